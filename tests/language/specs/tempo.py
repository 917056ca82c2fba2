"""Tempo: different days, more of late than before, and facts that fade."""

from features.language.text import Text
from features.language.windows import DAYS_30, EVER, Lookback
from features.tables import agency_events, findings, notifications
from tests.language.spec import Spec, asked

FIVE_DAYS = Lookback("5d", 5, Text("過去5日間", "in the past 5 days"))
TEN_DAYS = Lookback("10d", 10, Text("過去10日間", "in the past 10 days"))

SPECS = (
    Spec(
        "count_days says on how many different days the rows happened",
        """
        cutoff 2024-01-31
        notifications
          id | happened
          a  | 2024-01-05
          b  | 2024-01-05   <- the same incident, told by somebody else
          c  | 2024-01-20
        """,
        (
            asked(notifications.within(DAYS_30).count_days(), 2, rows="a b c"),
            asked(notifications.within(DAYS_30).latest().count_days(), 1, rows="c"),
            asked(notifications.within(DAYS_30).count_days(), 0, rows="", on="2024-01-04"),
        ),
    ),
    Spec(
        "change is how many rows the later half of the lookback has more than the earlier",
        """
        cutoff 2024-01-31
        notifications
          happened
          2024-01-02
          2024-01-16   <- the last day of the earlier 15
          2024-01-17   <- the first of the later 15
          2024-01-30
          2024-01-31
        """,
        (
            asked(notifications.within(DAYS_30).change(), 1),
            asked(notifications.within(TEN_DAYS).change(), 2),
            asked(notifications.within(DAYS_30).change(), 2, on="2024-01-16"),
            asked(notifications.within(DAYS_30).change(), -2, on="2024-02-14"),
            asked(notifications.within(DAYS_30).change(), 0, rows="", on="2024-01-01"),
        ),
    ),
    Spec(
        "of an odd number of days, the middle one is in the earlier half",
        """
        cutoff 2024-01-31
        notifications
          happened
          2024-01-29
        """,
        (
            asked(notifications.within(FIVE_DAYS).change(), -1),
            asked(notifications.within(FIVE_DAYS).change(), 1, on="2024-01-30"),
        ),
    ),
    Spec(
        "change_in is the same of the numbers that are known",
        """
        cutoff 2024-01-31
        agency_events
          id | happened   | kind           | days
          a  | 2024-01-03 | school_absence | 2
          b  | 2024-01-20 | school_absence | 3
          c  | 2024-01-25 | school_absence | 4
          d  | 2024-01-28 | school_absence |
        """,
        (
            asked(agency_events.within(DAYS_30).change_in(agency_events.days), 5, rows="a b c"),
            asked(agency_events.within(DAYS_30).latest().change_in(agency_events.days), None),
            asked(agency_events.within(DAYS_30).change_in(agency_events.days), 0, on="2024-01-01"),
        ),
    ),
    Spec(
        "a faded count halves the weight of a row with every half-life since it happened",
        """
        cutoff 2024-01-31
        findings
          happened   | known
          2024-01-31 |
          2024-01-21 |              <- one half-life ago
          2024-01-01 | 2024-02-01
          2023-12-22 |              <- four half-lives
        """,
        (
            asked(findings.within(EVER).faded_count(TEN_DAYS), 1 + 0.5 + 0.5**4),
            asked(findings.within(DAYS_30).faded_count(TEN_DAYS), 1.5),
            asked(findings.within(EVER).faded_count(DAYS_30), 1 + 0.5 ** (1 / 3) + 0.5 ** (4 / 3)),
            asked(findings.within(EVER).faded_count(TEN_DAYS), 0, rows="", on="2023-12-21"),
        ),
    ),
)
