"""Numbers: count, exists, count_distinct, sum and max, and what they say of no rows."""

from features.language.windows import EVER, YEAR_1
from features.tables import agency_events, findings, notifications
from tests.language.spec import Spec, asked

SILENT = "findings-1 findings-2"  # the rows that should have said it and did not

SPECS = (
    Spec(
        "count says how many rows there are, exists whether there is any",
        """
        cutoff 2024-01-31
        notifications
          id | happened
          b  | 2024-01-10
          a  | 2024-01-10
          c  | 2023-06-01
        """,
        (
            asked(notifications.within(EVER).count(), 3, rows="c a b"),  # by day, then by id
            asked(notifications.within(EVER).exists(), 1, rows="c a b"),
        ),
    ),
    Spec(
        "without rows, a count or a sum is zero and a largest number is missing",
        """
        cutoff 2024-01-31
        """,
        (
            asked(notifications.within(EVER).count(), 0, rows=""),
            asked(notifications.within(EVER).exists(), 0, rows=""),
            asked(notifications.within(EVER).count_distinct(notifications.source), 0, rows=""),
            asked(findings.within(EVER).sum(findings.severity), 0, rows=""),
            asked(findings.within(EVER).max(findings.severity), None, rows=""),
        ),
    ),
    Spec(
        "unknown is not zero: of rows that do not say, nothing is known",
        """
        cutoff 2024-01-31
        findings
          happened   | severity | kind
          2024-01-10 |          |
          2024-01-11 |          |
        """,
        (
            asked(findings.within(EVER).count(), 2),
            asked(findings.within(EVER).count_distinct(findings.kind), None, rows=SILENT),
            asked(findings.within(EVER).sum(findings.severity), None, rows=SILENT),
            asked(findings.within(EVER).max(findings.severity), None, rows=SILENT),
        ),
    ),
    Spec(
        "rows that say are told apart from rows that do not",
        """
        cutoff 2024-01-31
        findings
          id | happened   | severity | kind
          a  | 2024-01-10 | 0        | neglect
          b  | 2024-01-11 |          |
          c  | 2024-01-12 | 2.5      | physical
          d  | 2024-01-13 | 2.5      | neglect
        """,
        (
            asked(findings.within(EVER).count_distinct(findings.kind), 2, rows="a c d"),
            asked(findings.within(EVER).sum(findings.severity), 5, rows="a c d"),
            asked(findings.within(EVER).max(findings.severity), 2.5, rows="c d"),
        ),
    ),
    Spec(
        "a known zero is a zero",
        """
        cutoff 2024-01-31
        agency_events
          happened   | kind           | days
          2024-01-10 | school_absence | 0
        """,
        (
            asked(agency_events.within(EVER).sum(agency_events.days), 0, rows="agency_events-1"),
            asked(agency_events.within(EVER).max(agency_events.days), 0, rows="agency_events-1"),
        ),
    ),
    Spec(
        "different values are counted of numbers, days, flags, persons and references alike",
        """
        cutoff 2024-01-31
        notifications
          happened   | anonymous | report
          2024-01-10 | yes       | R1
          2024-01-11 | no        | R1
          2024-01-12 |           |
        findings
          happened   | severity | abuser | notification
          2024-01-10 | 0        | adult1 | notifications-1
          2024-01-11 | 3        | adult2 | notifications-9   <- a row that is not on file
          2024-01-12 | 3        | adult1 |
        """,
        (
            asked(notifications.within(EVER).count_distinct(notifications.anonymous), 2),
            asked(notifications.within(EVER).count_distinct(notifications.report), 1),
            asked(findings.within(EVER).count_distinct(findings.severity), 2),
            asked(findings.within(EVER).count_distinct(findings.abuser), 2),
            asked(findings.within(EVER).count_distinct(findings.notification), 2),
        ),
    ),
    Spec(
        "a table that the office does not record is unknown, not empty",
        """
        cutoff 2024-01-31
        unrecorded findings
        notifications
          happened
          2024-01-10
        """,
        (
            asked(findings.within(YEAR_1).count(), None, rows=""),
            asked(findings.within(YEAR_1).exists(), None, rows=""),
            asked(findings.about(notifications.within(YEAR_1)).exists(), None, rows=""),
            asked(notifications.within(YEAR_1).count(), 1),
        ),
    ),
)
