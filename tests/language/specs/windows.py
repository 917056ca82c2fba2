"""Windows: which days a question covers, and what was on record by then."""

from features.language.windows import DAYS_30, EVER, TODAY
from features.tables import notifications
from tests.language.spec import NEXT_30_DAYS, Spec, asked

SPECS = (
    Spec(
        "a lookback holds the cutoff and the days before it, as many as it has",
        """
        cutoff 2024-01-31
        notifications
          id    | happened
          long  | 2001-01-01
          out   | 2024-01-01   <- 30 days before the cutoff
          first | 2024-01-02   <- 29 days before it
          last  | 2024-01-31
        """,
        (
            asked(notifications.within(DAYS_30).count(), 2, rows="first last"),
            asked(notifications.within(TODAY).count(), 1, rows="last"),
            asked(notifications.within(EVER).count(), 4, rows="long out first last"),
        ),
    ),
    Spec(
        "a row is seen from the day that it is known, not from the day that it happened",
        """
        cutoff 2024-01-31
        notifications
          id   | happened   | known
          late | 2024-01-10 | 2024-02-01
        """,
        (
            asked(notifications.within(EVER).count(), 0, rows=""),
            asked(notifications.within(EVER).count(), 1, rows="late", on="2024-02-01"),
        ),
    ),
    Spec(
        "a row known late still lies in the window in which it happened",
        """
        cutoff 2024-03-01
        notifications
          happened   | known
          2024-01-10 | 2024-02-28
        """,
        (
            asked(notifications.within(DAYS_30).count(), 0),
            asked(notifications.within(EVER).count(), 1),
        ),
    ),
    Spec(
        "a withdrawn row is seen until the day before; its correction from that day on",
        """
        cutoff 2024-01-31
        notifications
          id  | happened   | known      | withdrawn  | source
          one | 2024-01-10 | 2024-01-10 | 2024-01-20 | school
          one | 2024-01-10 | 2024-01-20 |            | police
        """,
        (
            asked(
                notifications.where(notifications.source.is_("school")).within(EVER).count(),
                1,
                on="2024-01-19",
            ),
            asked(
                notifications.where(notifications.source.is_("school")).within(EVER).count(),
                0,
                on="2024-01-20",
            ),
            asked(
                notifications.where(notifications.source.is_("police")).within(EVER).count(),
                1,
                on="2024-01-20",
                rows="one",
            ),
            asked(notifications.within(EVER).count(), 1, on="2024-01-20"),
        ),
    ),
    Spec(
        "a row withdrawn on the day it became known was never on record",
        """
        cutoff 2024-01-31
        notifications
          happened   | withdrawn
          2024-01-10 | 2024-01-10
        """,
        (asked(notifications.within(EVER).exists(), 0, on="2024-01-10"),),
    ),
    Spec(
        "a horizon holds the days after the cutoff, as many as it has, and not the cutoff",
        """
        cutoff 2024-01-31
        notifications
          id    | happened
          now   | 2024-01-31
          first | 2024-02-01
          last  | 2024-03-01   <- 30 days after the cutoff
          out   | 2024-03-02
        """,
        (
            asked(
                notifications.following(NEXT_30_DAYS).count(),
                2,
                rows="first last",
                known_by="2024-12-31",
            ),
        ),
    ),
    Spec(
        "what follows is told as it was known by a named day, corrections included",
        """
        cutoff 2024-01-31
        notifications
          happened   | known      | withdrawn
          2024-02-10 | 2024-02-12 | 2024-03-01
        """,
        (
            asked(notifications.following(NEXT_30_DAYS).exists(), 0, known_by="2024-02-11"),
            asked(notifications.following(NEXT_30_DAYS).exists(), 1, known_by="2024-02-12"),
            asked(notifications.following(NEXT_30_DAYS).exists(), 1, known_by="2024-02-29"),
            asked(notifications.following(NEXT_30_DAYS).exists(), 0, known_by="2024-03-01"),
        ),
    ),
    Spec(
        "days before 1970 are days like others",
        """
        cutoff 1969-12-31
        notifications
          happened
          1969-12-31
          1970-01-01
        """,
        (
            asked(notifications.within(TODAY).count(), 1),
            asked(notifications.following(NEXT_30_DAYS).count(), 1, known_by="1970-01-01"),
        ),
    ),
)
