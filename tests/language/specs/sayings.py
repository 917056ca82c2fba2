"""What rows say: yes, no, or nobody filled it in."""

from features.language.windows import EVER, TODAY
from features.tables import agency_events, notifications
from tests.language.spec import Spec, asked

SEEN = notifications.child_seen.is_true()
POLICE = notifications.source.is_("police")

SPECS = (
    Spec(
        "one yes is a yes, whatever the other rows say or leave open",
        """
        cutoff 2024-01-31
        notifications
          id  | happened   | child_seen
          a   | 2024-01-05 | no
          b   | 2024-01-06 | yes
          c   | 2024-01-07 |
          d   | 2024-01-08 | yes
        """,
        (asked(notifications.within(EVER).says(SEEN), 1, rows="b d"),),
    ),
    Spec(
        "a no takes a no of every row: not filled in is not no",
        """
        cutoff 2024-01-31
        notifications
          id  | happened   | child_seen | source
          a   | 2024-01-05 | no         | school
          b   | 2024-01-06 |            | school
        """,
        (
            asked(notifications.within(EVER).says(SEEN), None, rows="b"),
            asked(notifications.within(EVER).says(SEEN), 0, rows="a", on="2024-01-05"),
            asked(notifications.within(EVER).says(POLICE), 0, rows="a b"),
            asked(notifications.within(EVER).says(SEEN & POLICE), 0, rows="a b"),
            asked(notifications.within(EVER).says(SEEN | ~POLICE), 1, rows="a b"),
        ),
    ),
    Spec(
        "without rows nothing is said",
        """
        cutoff 2024-01-31
        """,
        (
            asked(notifications.within(EVER).says(SEEN), 0, rows=""),
            asked(notifications.within(EVER).share(SEEN), None, rows=""),
            asked(notifications.within(EVER).turns(SEEN), 0, rows=""),
        ),
    ),
    Spec(
        "a share is that of the rows that say it, one way or the other",
        """
        cutoff 2024-01-31
        notifications
          id  | happened   | child_seen
          a   | 2024-01-05 | no
          b   | 2024-01-06 | yes
          c   | 2024-01-07 |
          d   | 2024-01-08 | no
        """,
        (
            asked(notifications.within(EVER).share(SEEN), 1 / 3, rows="a b d"),
            asked(notifications.within(EVER).share(~SEEN), 2 / 3, rows="a b d"),
            asked(notifications.within(EVER).share(SEEN), 0, on="2024-01-05"),
            asked(notifications.within(EVER).latest().share(SEEN), None, rows="c", on="2024-01-07"),
        ),
    ),
    Spec(
        "it turns where it is no at first, and yes for the first time on a later day",
        """
        cutoff 2024-01-31
        notifications
          id  | happened   | source
          z   | 2024-01-04 |
          a   | 2024-01-05 | school
          b   | 2024-01-07 | police
          c   | 2024-01-07 | school   <- no earlier than the first yes
          d   | 2024-01-08 | school
          e   | 2024-01-09 | police
        """,
        (
            asked(notifications.within(EVER).turns(POLICE), 1, rows="a b e"),
            asked(notifications.within(EVER).turns(POLICE), 0, rows="a", on="2024-01-06"),
            asked(notifications.within(EVER).turns(~POLICE), 0, rows="a b c d e"),
            asked(
                notifications.within(EVER).latest().turns(POLICE), 0, rows="b c", on="2024-01-07"
            ),
            asked(notifications.within(EVER).turns(POLICE), None, rows="z", on="2024-01-04"),
        ),
    ),
    Spec(
        "a number can be said to be large",
        """
        cutoff 2024-01-31
        agency_events
          id | happened   | kind           | days
          a  | 2024-01-31 | school_absence | 9
          b  | 2024-01-31 | school_absence |
        """,
        (
            asked(agency_events.within(TODAY).says(agency_events.days.at_least(9)), 1, rows="a"),
            asked(
                agency_events.within(TODAY).says(agency_events.days.at_least(10)), None, rows="b"
            ),
        ),
    ),
)
