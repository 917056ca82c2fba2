"""Spans: rows that last from the day they happened until another, which is outside them."""

from features.language.windows import DAYS_30, EVER, TODAY
from features.tables import assessments, notifications, placements
from tests.language.spec import NEXT_30_DAYS, Spec, asked

SPECS = (
    Spec(
        "a span lies in a window where any of its days does; its end is the first day outside it",
        """
        cutoff 2024-01-31
        placements
          id    | happened   | until
          out   | 2023-12-01 | 2024-01-02   <- its last day is 1 January, a day too early
          in    | 2023-12-01 | 2024-01-03
          ended | 2023-12-01 | 2024-01-31   <- it ended on the cutoff, and was over by then
          open  | 2023-12-01 |
          new   | 2024-01-31 |
        """,
        (
            asked(placements.within(DAYS_30).count(), 4, rows="ended in open new"),
            asked(placements.within(TODAY).count(), 2, rows="open new"),
            asked(placements.within(EVER).count(), 5),
        ),
    ),
    Spec(
        "a span that ends after the cutoff is open: the days to come are not looked at",
        """
        cutoff 2024-01-31
        placements
          happened   | until
          2024-01-01 | 2024-02-15
        """,
        (
            asked(placements.within(EVER).is_open(), 1, rows="placements-1"),
            asked(placements.within(EVER).days_covered(), 31),
            asked(placements.within(TODAY).days_covered(), 1),
            asked(placements.within(EVER).is_open(), 1, on="2024-02-14"),
            asked(placements.within(EVER).is_open(), 0, on="2024-02-15", rows=""),
            asked(placements.within(EVER).days_covered(), 45, on="2024-02-15"),
        ),
    ),
    Spec(
        "a span that ended on the day it began is of that day, and covers no day",
        """
        cutoff 2024-01-31
        placements
          id   | happened   | until
          same | 2024-01-31 | 2024-01-31
        """,
        (
            asked(placements.within(TODAY).count(), 1, rows="same"),
            asked(placements.within(EVER).days_covered(), 0, rows="same"),
            asked(placements.within(EVER).is_open(), 0, rows=""),
            asked(placements.within(TODAY).count(), 0, on="2024-02-01"),
        ),
    ),
    Spec(
        "days that several spans cover are counted once, and only those of the lookback",
        """
        cutoff 2024-01-31
        placements
          id     | happened   | until
          long   | 2023-12-01 | 2024-01-12   <- 2 to 11 January: 10 days of the lookback
          inside | 2024-01-03 | 2024-01-05
          over   | 2024-01-10 | 2024-01-16   <- 12 to 15 January: 4 more
          apart  | 2024-01-30 |              <- 30 and 31 January: 2 more
        """,
        (
            asked(placements.within(DAYS_30).days_covered(), 16, rows="long inside over apart"),
            asked(placements.within(EVER).days_covered(), 31 + 15 + 2),
            asked(placements.within(TODAY).days_covered(), 1, rows="apart"),
            asked(placements.within(DAYS_30).is_open(), 1, rows="apart"),
            asked(placements.within(DAYS_30).earlier().is_open(), 0),
        ),
    ),
    Spec(
        "without rows, no day is covered and nothing is open",
        """
        cutoff 2024-01-31
        """,
        (
            asked(placements.within(DAYS_30).days_covered(), 0, rows=""),
            asked(placements.within(DAYS_30).is_open(), 0, rows=""),
        ),
    ),
    Spec(
        "an end that is recorded later does not close the span before",
        """
        cutoff 2024-01-31
        placements
          id  | happened   | known      | withdrawn  | until
          one | 2024-01-01 | 2024-01-01 | 2024-02-10 |
          one | 2024-01-01 | 2024-02-10 |            | 2024-01-15
        """,
        (
            asked(placements.within(EVER).is_open(), 1),
            asked(placements.within(EVER).days_covered(), 31),
            asked(placements.within(EVER).is_open(), 0, on="2024-02-10"),
            asked(placements.within(EVER).days_covered(), 14, on="2024-02-10"),
        ),
    ),
    Spec(
        "days since a span are days since it began",
        """
        cutoff 2024-01-31
        placements
          happened   | until
          2024-01-01 | 2024-01-20
        """,
        (
            asked(placements.within(EVER).days_since_last(), 30),
            asked(placements.within(TODAY).days_since_last(), None),
        ),
    ),
    Spec(
        "a span follows the cutoff where it begins after it",
        """
        cutoff 2024-01-31
        placements
          id     | happened   | until
          before | 2024-01-31 |
          after  | 2024-02-01 | 2024-02-01
        """,
        (
            asked(
                placements.following(NEXT_30_DAYS).count(), 1, rows="after", known_by="2024-12-31"
            ),
        ),
    ),
    Spec(
        "spans about other rows are counted over the lookback of those",
        """
        cutoff 2024-01-31
        notifications
          happened
          2024-01-05
          2023-06-01
        assessments
          id    | happened   | until      | notification
          this  | 2024-01-06 | 2024-01-10 | notifications-1
          other | 2024-01-20 |            | notifications-2
        """,
        (
            asked(assessments.about(notifications.within(DAYS_30)).days_covered(), 4, rows="this"),
            asked(assessments.about(notifications.within(DAYS_30)).is_open(), 0),
            asked(assessments.about(notifications.within(EVER)).is_open(), 1, rows="other"),
        ),
    ),
)
