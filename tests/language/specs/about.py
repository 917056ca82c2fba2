"""About: rows that refer to other rows, such as the findings of a notification."""

from features.language.roles import SIBLING
from features.language.windows import DAYS_30, EVER
from features.tables import allegations, findings, notifications, screenings
from tests.language.spec import NEXT_30_DAYS, Spec, asked

OF_THE_MONTH = findings.about(notifications.within(DAYS_30))

SPECS = (
    Spec(
        "rows are about another where they refer to it; a missing or foreign reference is not",
        """
        cutoff 2024-01-31
        notifications
          id   | happened
          this | 2024-01-10
          old  | 2023-01-10
        findings
          id      | happened   | notification
          yes     | 2024-01-20 | this
          same    | 2024-01-20 | this
          of_old  | 2024-01-20 | old
          missing | 2024-01-20 |
          foreign | 2024-01-20 | another
        """,
        (
            asked(OF_THE_MONTH.count(), 2, rows="same yes"),
            asked(findings.about(notifications.within(EVER)).count(), 3, rows="of_old same yes"),
            asked(
                findings.where(findings.notification.is_known())
                .about(notifications.within(EVER))
                .count(),
                3,
            ),
            asked(
                findings.where(findings.notification.is_known()).within(EVER).count(),
                4,
                rows="foreign of_old same yes",
            ),
        ),
    ),
    Spec(
        "the span is that of the other rows: those about them may lie anywhere before the cutoff",
        """
        cutoff 2024-01-31
        notifications
          id   | happened
          this | 2024-01-02
        allegations
          id     | happened   | notification
          before | 2023-12-01 | this
          after  | 2024-01-30 | this
        """,
        (
            asked(allegations.about(notifications.within(DAYS_30)).count(), 2),
            asked(
                allegations.about(notifications.within(DAYS_30)).days_since_last(), 1, rows="after"
            ),
            asked(allegations.about(notifications.within(DAYS_30)).count(), 0, on="2024-02-01"),
        ),
    ),
    Spec(
        "both must be on record: the row, and the row that it is about",
        """
        cutoff 2024-01-31
        notifications
          id   | happened   | known      | withdrawn
          this | 2024-01-10 | 2024-01-12 | 2024-01-25
        findings
          id  | happened   | known      | notification
          one | 2024-01-10 | 2024-01-15 | this
          two | 2024-01-10 | 2024-01-11 | this
        """,
        (
            asked(OF_THE_MONTH.count(), 0, on="2024-01-11"),
            asked(OF_THE_MONTH.count(), 1, rows="two", on="2024-01-12"),
            asked(OF_THE_MONTH.count(), 2, on="2024-01-15"),
            asked(OF_THE_MONTH.count(), 0, on="2024-01-25"),
        ),
    ),
    Spec(
        "the other rows can be narrowed first, and so can those about them",
        """
        cutoff 2024-01-31
        notifications
          id | happened   | source
          a  | 2024-01-10 | police
          b  | 2024-01-20 | police
          c  | 2024-01-25 | school
        screenings
          id | happened   | notification | outcome
          a1 | 2024-01-11 | a            | screened_in
          b1 | 2024-01-21 | b            | screened_in
          b2 | 2024-01-22 | b            | screened_out
          c1 | 2024-01-26 | c            | screened_in
        """,
        (
            asked(screenings.about(notifications.within(EVER).latest()).count(), 1, rows="c1"),
            asked(screenings.about(notifications.within(EVER).earlier()).count(), 3),
            asked(
                screenings.where(screenings.outcome.is_("screened_in"))
                .about(
                    notifications.where(notifications.source.is_("police")).within(EVER).latest()
                )
                .count(),
                1,
                rows="b1",
            ),
            asked(
                screenings.about(notifications.within(EVER))
                .latest()
                .count_distinct(screenings.outcome),
                1,
                rows="c1",
            ),
        ),
    ),
    Spec(
        "where the other table is not recorded, or who is linked is not, nobody can tell",
        """
        cutoff 2024-01-31
        unrecorded notifications
        unrecorded members
        findings
          happened   | notification
          2024-01-10 | this
        """,
        (
            asked(OF_THE_MONTH.count(), None, rows=""),
            asked(findings.about(notifications.of(SIBLING).within(EVER)).exists(), None),
            asked(findings.within(EVER).count(), 1),
        ),
    ),
    Spec(
        "of siblings' notifications nothing can be told without the household",
        """
        cutoff 2024-01-31
        unrecorded members
        findings
          happened   | notification
          2024-01-10 | this
        """,
        (
            asked(findings.about(notifications.of(SIBLING).within(EVER)).exists(), None),
            asked(OF_THE_MONTH.count(), 0),
        ),
    ),
    Spec(
        "without other rows nothing is about them",
        """
        cutoff 2024-01-31
        findings
          happened   | notification
          2024-01-10 | this
        """,
        (asked(OF_THE_MONTH.count(), 0, rows=""),),
    ),
    Spec(
        "what is about rows that follow is known by the same named day",
        """
        cutoff 2024-01-31
        notifications
          id  | happened
          new | 2024-02-10
        findings
          happened   | known      | notification
          2024-05-01 | 2024-05-02 | new
        """,
        (
            asked(
                findings.about(notifications.following(NEXT_30_DAYS)).exists(),
                1,
                known_by="2024-05-02",
            ),
            asked(
                findings.about(notifications.following(NEXT_30_DAYS)).exists(),
                0,
                known_by="2024-05-01",
            ),
        ),
    ),
)
