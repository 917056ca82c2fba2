"""Roles: rows of siblings, adults and alleged abusers, seen from the child."""

from features.language.roles import ABUSER, ADULT, SELF, SIBLING
from features.language.windows import EVER
from features.tables import agency_events, allegations, findings, members, notifications, people
from tests.language.spec import Spec, asked

FAMILY = """
        cutoff 2024-01-31
        members
          happened   | person  | relation
          2020-01-01 | sister  | half_sibling
          2020-01-01 | mother  | mother
          2020-01-01 | lodger  | unrelated_adult
          2020-01-01 | cousin  | other_child
          2020-01-01 | unknown |
        notifications
          id   | happened   | child
          own  | 2024-01-01 | child
          hers | 2024-01-02 | sister
          his  | 2024-01-03 | cousin
          who  | 2024-01-03 | unknown
        agency_events
          id     | happened   | person   | kind
          call   | 2024-01-04 | mother   | police_call
          held   | 2024-01-05 | lodger   | arrest
          absent | 2024-01-06 | sister   | school_absence
          far    | 2024-01-07 | stranger | arrest
"""

SPECS = (
    Spec(
        "a table is the child's own; of a role, it is that of those who hold it",
        FAMILY,
        (
            asked(notifications.within(EVER).count(), 1, rows="own"),
            asked(notifications.of(SELF).within(EVER).count(), 1, rows="own"),
            asked(notifications.of(SIBLING).within(EVER).count(), 1, rows="hers"),
            asked(agency_events.of(SIBLING).within(EVER).count(), 1, rows="absent"),
            asked(agency_events.of(ADULT).within(EVER).count(), 2, rows="call held"),
            asked(agency_events.within(EVER).count(), 0),
        ),
    ),
    Spec(
        "an alleged abuser brings what is alleged of them elsewhere, the child's own rows left out",
        """
        cutoff 2024-01-31
        allegations
          id    | happened   | child   | abuser
          here  | 2024-01-10 | child   | uncle
          none  | 2024-01-10 | child   |
          there | 2023-01-10 | another | uncle
        findings
          id    | happened   | child   | abuser | outcome
          mine  | 2024-01-20 | child   | uncle  | substantiated
          their | 2023-01-20 | another | uncle  | substantiated
        """,
        (
            asked(allegations.of(ABUSER).within(EVER).count(), 1, rows="there"),
            asked(findings.of(ABUSER).within(EVER).count(), 1, rows="their"),
            asked(findings.of(ABUSER).within(EVER).count(), 0, on="2024-01-09"),
        ),
    ),
    Spec(
        "as_ keeps the rows in which the linked person stands in one field: accused, or harmed",
        """
        cutoff 2024-01-31
        members
          happened   | person | relation
          2020-01-01 | mother | mother
          2020-01-01 | uncle  | other_relative
        allegations
          id      | happened   | child   | abuser
          accused | 2023-01-10 | another | uncle
          harmed  | 2000-01-10 | mother  | grandpa
          own     | 2023-01-11 | child   | uncle
          both    | 2001-01-10 | mother  | uncle   <- between the two of them
        findings
          id      | happened   | child   | abuser
          found   | 2023-02-10 | another | mother
        """,
        (
            asked(allegations.of(ADULT).within(EVER).count(), 3, rows="harmed both accused"),
            asked(
                allegations.of(ADULT, as_=allegations.abuser).within(EVER).count(),
                2,
                rows="both accused",
            ),
            asked(
                allegations.of(ADULT, as_=allegations.child).within(EVER).count(),
                2,
                rows="harmed both",
            ),
            asked(allegations.of(ABUSER, as_=allegations.child).within(EVER).count(), 0),
            asked(findings.of(ADULT, as_=findings.abuser).within(EVER).count(), 1, rows="found"),
            asked(findings.of(ADULT, as_=findings.child).within(EVER).count(), 0),
        ),
    ),
    Spec(
        "a row is seen as long as a link shows the person in that field",
        """
        cutoff 2024-01-31
        members
          happened   | until      | person | relation
          2020-01-01 |            | mother | mother
          2020-01-01 | 2024-01-10 | uncle  | other_relative
        allegations
          id   | happened   | child  | abuser
          late | 2024-01-20 | mother | uncle   <- he had left by then
        """,
        (
            asked(allegations.of(ADULT, as_=allegations.child).within(EVER).count(), 1),
            asked(allegations.of(ADULT, as_=allegations.abuser).within(EVER).count(), 0),
        ),
    ),
    Spec(
        "through several links a row is there once, for as long as any of them shows it",
        """
        cutoff 2024-01-12
        members
          id     | happened   | withdrawn  | person | relation
          long   | 2024-01-01 | 2024-01-20 | father | father
          inside | 2024-01-05 | 2024-01-08 | father | step_father
          over   | 2024-01-10 | 2024-01-25 | father | parents_partner
        agency_events
          id     | happened   | person | kind
          arrest | 2023-01-01 | father | arrest
        """,
        (
            asked(agency_events.of(ADULT).within(EVER).count(), 1, rows="arrest"),
            asked(agency_events.of(ADULT).within(EVER).count(), 1, on="2024-01-06"),
            asked(agency_events.of(ADULT).within(EVER).count(), 1, on="2024-01-22"),
            asked(agency_events.of(ADULT).within(EVER).count(), 0, on="2024-01-25"),
        ),
    ),
    Spec(
        "neither a person's name nor with whom else they live is brought along",
        """
        cutoff 2024-01-31
        members
          happened   | child  | person | relation
          2020-01-01 | child  | sister | sibling
          2020-01-01 | sister | lodger | unrelated_adult
        people
          happened   | person | family_name
          2020-01-01 | sister | 山田
        agency_events
          happened   | person | kind
          2024-01-01 | lodger | arrest
        """,
        (
            asked(members.of(SIBLING).within(EVER).count(), 0),
            asked(people.of(SIBLING).within(EVER).count(), 0),
            asked(agency_events.of(ADULT).within(EVER).count(), 0),
        ),
    ),
    Spec(
        "of who moved out, what happened until that day is asked, not what happened after it",
        """
        cutoff 2024-01-31
        members
          happened   | until      | person | relation
          2020-01-01 | 2024-01-10 | father | father
        agency_events
          id     | happened   | known      | person | kind
          before | 2024-01-09 | 2024-01-30 | father | arrest
          same   | 2024-01-10 | 2024-01-10 | father | arrest
          after  | 2024-01-11 | 2024-01-11 | father | arrest
        """,
        (
            asked(agency_events.of(ADULT).within(EVER).count(), 2, rows="before same"),
            asked(agency_events.of(ADULT).within(EVER).count(), 1, on="2024-01-29"),
        ),
    ),
    Spec(
        "one kind of role can be asked about another's rows",
        """
        cutoff 2024-01-31
        members
          happened   | person | relation
          2020-01-01 | sister | sibling
        notifications
          id   | happened   | child
          own  | 2024-01-01 | child
          hers | 2024-01-02 | sister
        findings
          id    | happened   | child  | notification
          f_own | 2024-01-10 | child  | own
          f_her | 2024-01-10 | sister | hers
          cross | 2024-01-11 | sister | own
        """,
        (
            asked(
                findings.of(SIBLING).about(notifications.of(SIBLING).within(EVER)).count(),
                1,
                rows="f_her",
            ),
            asked(findings.of(SIBLING).about(notifications.within(EVER)).count(), 1, rows="cross"),
            asked(findings.about(notifications.of(SIBLING).within(EVER)).count(), 0),
        ),
    ),
    Spec(
        "without the table that says who is linked, nobody can tell",
        """
        cutoff 2024-01-31
        unrecorded members
        unrecorded allegations
        notifications
          happened   | child
          2024-01-01 | child
        """,
        (
            asked(notifications.of(SIBLING).within(EVER).count(), None),
            asked(notifications.of(ADULT).within(EVER).count(), None),
            asked(notifications.of(ABUSER).within(EVER).count(), None),
            asked(notifications.within(EVER).count(), 1),
        ),
    ),
    Spec(
        "a child without links has nobody's rows but its own",
        """
        cutoff 2024-01-31
        notifications
          happened   | child
          2024-01-01 | another
        """,
        (
            asked(notifications.of(SIBLING).within(EVER).count(), 0),
            asked(notifications.of(ADULT).within(EVER).days_since_last(), None),
            asked(notifications.within(EVER).count(), 0),
        ),
    ),
)
