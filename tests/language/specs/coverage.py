"""Coverage: where an office has no records, no row is unknown, and not none."""

from features.language.roles import ADULT, SIBLING
from features.language.windows import DAYS_30, EVER, TODAY
from features.tables import (
    agency_events,
    allegations,
    contacts,
    findings,
    notifications,
    observations,
    placements,
)
from tests.language.spec import NEXT_30_DAYS, Spec, asked

OF_THE_MONTH = contacts.within(DAYS_30).count()
EVER_PLACED = placements.within(EVER).exists()
PSYCHOLOGICAL = allegations.kind.is_("psychological")
POLICE_CALLED = agency_events.kind.is_("police_call")

SPECS = (
    Spec(
        "no row is none where every day asked about is covered, the first and the last included",
        """
        cutoff 2024-01-31
        covered contacts from 2024-01-02 to 2024-01-31
        """,
        (
            asked(OF_THE_MONTH, 0),
            asked(OF_THE_MONTH, None, on="2024-01-30"),
            asked(OF_THE_MONTH, None, on="2024-02-01"),
            asked(contacts.within(TODAY).exists(), 0),
            asked(contacts.within(TODAY).exists(), 0, on="2024-01-02"),
            asked(contacts.within(TODAY).exists(), None, on="2024-01-01"),
        ),
    ),
    Spec(
        "where there is a row to answer from, it answers: a row outside the days is a fact too",
        """
        cutoff 2024-01-31
        contacts
          id  | happened
          one | 2024-01-10
        covered contacts from 2024-01-20
        """,
        (
            asked(OF_THE_MONTH, 1, rows="one"),
            asked(contacts.within(EVER).days_since_last(), 21, rows="one"),
            asked(contacts.within(DAYS_30).earlier().count(), None),
        ),
    ),
    Spec(
        "ever asks about the days since the child's birth, and so does a lookback that is longer",
        """
        cutoff 2024-01-31
        children
          happened
          2024-01-10
        covered placements from 2024-01-10
        """,
        (
            asked(EVER_PLACED, 0),
            asked(placements.within(DAYS_30).exists(), 0),
            asked(placements.within(DAYS_30).exists(), None, on="2024-01-09"),
        ),
    ),
    Spec(
        "a child who was born before the records begin may have rows that nobody wrote down",
        """
        cutoff 2024-01-31
        children
          happened
          2024-01-09
        covered placements from 2024-01-10
        """,
        (asked(EVER_PLACED, None), asked(placements.of(SIBLING).within(EVER).exists(), None)),
    ),
    Spec(
        "the birth is as it was known on the cutoff; where it is not known, ever has no beginning",
        """
        cutoff 2024-01-31
        children
          happened   | known
          2024-01-10 | 2024-01-20
        covered placements from 2024-01-10
        """,
        (
            asked(EVER_PLACED, 0),
            asked(EVER_PLACED, None, on="2024-01-19"),
            asked(findings.within(EVER).count(), 0, on="2024-01-19"),
        ),
    ),
    Spec(
        "rows of others need the link as well: who lived here before that was recorded is unknown",
        """
        cutoff 2024-01-31
        children
          happened
          2023-01-10
        covered members from 2024-01-02
        """,
        (
            asked(agency_events.of(ADULT).within(DAYS_30).count(), 0),
            asked(agency_events.of(ADULT).within(EVER).count(), None),
            asked(agency_events.within(EVER).count(), 0),
        ),
    ),
    Spec(
        "a question about other rows asks of their days, and of the tables of both",
        """
        cutoff 2024-01-31
        notifications
          id   | happened
          this | 2024-01-10
        covered allegations from 2024-01-02
        """,
        (
            asked(allegations.about(notifications.within(DAYS_30)).exists(), 0),
            asked(allegations.about(notifications.within(EVER)).exists(), None),
            asked(findings.about(notifications.within(EVER)).exists(), 0),
        ),
    ),
    Spec(
        "of the last day that is on record, only the days since then are asked about",
        """
        cutoff 2024-01-31
        notifications
          id   | happened   | source
          this | 2024-01-10 | school
        covered notifications from 2024-01-10
        covered allegations from 2024-01-10
        covered observations from 2024-01-11
        """,
        (
            asked(
                notifications.within(EVER)
                .latest()
                .where(notifications.source.is_("police"))
                .exists(),
                0,
            ),
            asked(allegations.about(notifications.within(EVER).latest()).exists(), 0),
            asked(observations.about(notifications.within(EVER).latest()).exists(), None),
            asked(notifications.within(EVER).earlier().count(), None),
            asked(contacts.within(EVER).latest().count(), 0),
            asked(
                notifications.where(notifications.source.is_("police"))
                .within(EVER)
                .latest()
                .exists(),
                None,
            ),
        ),
    ),
    Spec(
        "a question that asks only for kinds that are not recorded has no answer",
        """
        cutoff 2024-01-31
        agency_events
          happened   | kind | person
          2024-01-10 | arrest | child
        covered agency_events kinds arrest hospital_stay
        """,
        (
            asked(agency_events.where(POLICE_CALLED).within(DAYS_30).count(), None),
            asked(
                agency_events.where(agency_events.kind.is_("arrest", "police_call"))
                .within(DAYS_30)
                .count(),
                1,
            ),
            asked(agency_events.where(~POLICE_CALLED).within(DAYS_30).count(), 1),
            asked(
                agency_events.where(agency_events.kind.is_("hospital_stay"))
                .within(DAYS_30)
                .count(),
                0,
            ),
            asked(
                agency_events.where(POLICE_CALLED & agency_events.days.at_least(2))
                .within(DAYS_30)
                .exists(),
                None,
            ),
            asked(
                agency_events.where(POLICE_CALLED | agency_events.days.at_least(2))
                .within(DAYS_30)
                .exists(),
                0,
            ),
            asked(agency_events.within(EVER).earlier().where(POLICE_CALLED).count(), None),
            asked(agency_events.within(EVER).says(POLICE_CALLED), None),
            asked(agency_events.within(EVER).share(agency_events.kind.is_("arrest")), 1),
        ),
    ),
    Spec(
        "kinds that other rows are asked for count too, step by step",
        """
        cutoff 2024-01-31
        covered allegations kinds physical neglect
        """,
        (
            asked(allegations.where(PSYCHOLOGICAL).within(EVER).exists(), None),
            asked(
                allegations.where(~allegations.kind.is_("physical"))
                .within(EVER)
                .where(~allegations.kind.is_("neglect"))
                .exists(),
                None,
            ),
            asked(
                allegations.where(~allegations.kind.is_("physical")).within(EVER).exists(),
                0,
            ),
            asked(allegations.where(~allegations.kind.is_known()).within(EVER).exists(), 0),
        ),
    ),
    Spec(
        "a label needs the days ahead: without them it is missing, and the example none",
        """
        cutoff 2024-01-31
        covered placements to 2024-03-01
        """,
        (
            asked(placements.following(NEXT_30_DAYS).exists(), 0, known_by="2024-06-01"),
            asked(
                placements.following(NEXT_30_DAYS).exists(),
                None,
                on="2024-02-01",
                known_by="2024-06-01",
            ),
        ),
    ),
)
