"""Conditions: true, false or unknown; only rows for which they are true are kept."""

from features.language.fields import Condition
from features.language.windows import EVER
from features.tables import notifications, observations
from tests.language.spec import Asked, Spec, asked

POLICE = notifications.source.is_("police")
ANONYMOUS = notifications.anonymous.is_true()


def kept(condition: Condition, rows: str) -> Asked:
    question = notifications.where(condition).within(EVER).count()
    return asked(question, len(rows.split()), rows=rows)


SPECS = (
    Spec(
        "a code is one of those named; what is not filled in is neither that nor another",
        """
        cutoff 2024-01-31
        notifications
          id | happened   | source
          p  | 2024-01-01 | police
          s  | 2024-01-02 | school
          u  | 2024-01-03 |
        """,
        (
            kept(notifications.source.is_("police"), "p"),
            kept(notifications.source.is_("school", "police"), "p s"),
            kept(~notifications.source.is_("police"), "s"),
            kept(notifications.source.is_known(), "p s"),
            kept(~notifications.source.is_known(), "u"),
        ),
    ),
    Spec(
        "a flag is true where it says yes, not where it says no or nothing",
        """
        cutoff 2024-01-31
        notifications
          id | happened   | anonymous
          y  | 2024-01-01 | yes
          n  | 2024-01-02 | no
          u  | 2024-01-03 |
        """,
        (
            kept(notifications.anonymous.is_true(), "y"),
            kept(~notifications.anonymous.is_true(), "n"),
            kept(~~notifications.anonymous.is_true(), "y"),
            kept(notifications.anonymous.is_known(), "y n"),
        ),
    ),
    Spec(
        "bounds on a number are inside, and an unknown number is on neither side",
        """
        cutoff 2024-01-31
        observations
          id    | happened   | kind   | extent
          one   | 2024-01-01 | injury | 1
          two   | 2024-01-02 | injury | 2
          three | 2024-01-03 | injury | 3
          u     | 2024-01-04 | injury |
        """,
        (
            asked(
                observations.where(observations.extent.at_least(2)).within(EVER).count(),
                2,
                rows="two three",
            ),
            asked(
                observations.where(observations.extent.at_most(2)).within(EVER).count(),
                2,
                rows="one two",
            ),
            asked(
                observations.where(~observations.extent.at_most(2)).within(EVER).count(),
                1,
                rows="three",
            ),
            asked(
                observations.where(observations.extent.at_least(2) | observations.extent.at_most(2))
                .within(EVER)
                .count(),
                3,
            ),
        ),
    ),
    Spec(
        "and, or and not over the unknown, as in SQL",
        """
        cutoff 2024-01-31
        notifications
          id | happened   | source | anonymous
          tt | 2024-01-01 | police | yes
          tf | 2024-01-02 | police | no
          tu | 2024-01-03 | police |
          ft | 2024-01-04 | school | yes
          ff | 2024-01-05 | school | no
          fu | 2024-01-06 | school |
          ut | 2024-01-07 |        | yes
          uf | 2024-01-08 |        | no
          uu | 2024-01-09 |        |
        """,
        (
            kept(POLICE & ANONYMOUS, "tt"),
            kept(~(POLICE & ANONYMOUS), "tf ft ff fu uf"),
            kept(POLICE | ANONYMOUS, "tt tf tu ft ut"),
            kept(~(POLICE | ANONYMOUS), "ff"),
            kept(~POLICE & ~ANONYMOUS, "ff"),
            kept(POLICE & ~ANONYMOUS, "tf"),
            kept(POLICE | ~POLICE, "tt tf tu ft ff fu"),
            kept(POLICE & ~POLICE, ""),
        ),
    ),
    Spec(
        "one condition after another keeps what both keep, before the span or after it",
        """
        cutoff 2024-01-31
        notifications
          id | happened   | source | anonymous
          tt | 2024-01-01 | police | yes
          tf | 2024-01-02 | police | no
          ft | 2024-01-04 | school | yes
        """,
        (
            asked(notifications.where(POLICE).where(ANONYMOUS).within(EVER).count(), 1, rows="tt"),
            asked(notifications.where(POLICE).within(EVER).where(ANONYMOUS).count(), 1, rows="tt"),
        ),
    ),
)
