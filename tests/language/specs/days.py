"""Days and years: how long ago, how old; and the rows of the last day."""

from features.language.windows import EVER, YEAR_1
from features.tables import children, notifications
from tests.language.spec import NEXT_30_DAYS, Spec, asked

THREE = """
        cutoff 2024-01-31
        notifications
          id | happened   | source
          a  | 2024-01-01 | police
          b  | 2024-01-20 | police
          c  | 2024-01-20 | school
"""

SPECS = (
    Spec(
        "days since the last and the first row are counted to the cutoff",
        THREE,
        (
            asked(notifications.within(EVER).days_since_last(), 11, rows="b c"),
            asked(notifications.within(EVER).days_since_first(), 30, rows="a"),
            asked(notifications.within(EVER).days_since_last(), 0, on="2024-01-20"),
        ),
    ),
    Spec(
        "without rows, nobody can say how long ago",
        """
        cutoff 2024-01-31
        """,
        (
            asked(notifications.within(EVER).days_since_last(), None, rows=""),
            asked(notifications.within(EVER).days_since_first(), None, rows=""),
            asked(children.within(EVER).age(), None, rows=""),
        ),
    ),
    Spec(
        "latest keeps all rows of the last day, earlier all rows before it",
        THREE,
        (
            asked(notifications.within(EVER).latest().count(), 2, rows="b c"),
            asked(notifications.within(EVER).earlier().count(), 1, rows="a"),
            asked(notifications.within(EVER).earlier().latest().count(), 1, rows="a"),
            asked(notifications.within(EVER).earlier().earlier().count(), 0, rows=""),
            asked(notifications.within(EVER).latest().earlier().count(), 0, rows=""),
        ),
    ),
    Spec(
        "the last day is that of the rows asked of: a condition before it is not one after it",
        THREE,
        (
            asked(
                notifications.where(notifications.source.is_("police"))
                .within(EVER)
                .earlier()
                .count(),
                1,
                rows="a",
            ),
            asked(
                notifications.within(EVER)
                .latest()
                .where(notifications.source.is_("police"))
                .count(),
                1,
                rows="b",
            ),
        ),
    ),
    Spec(
        "the last day moves when a row becomes known, and back when it is withdrawn",
        """
        cutoff 2024-01-31
        notifications
          id | happened   | known      | withdrawn
          a  | 2024-01-01 | 2024-01-01 |
          b  | 2024-01-20 | 2024-01-22 | 2024-01-25
        """,
        (
            asked(notifications.within(EVER).latest().count(), 1, rows="a", on="2024-01-21"),
            asked(notifications.within(EVER).latest().count(), 1, rows="b", on="2024-01-22"),
            asked(notifications.within(EVER).latest().count(), 1, rows="a", on="2024-01-25"),
        ),
    ),
    Spec(
        "the last day can be that of a horizon",
        """
        cutoff 2024-01-31
        notifications
          id | happened
          a  | 2024-01-30
          b  | 2024-02-10
          c  | 2024-02-20
        """,
        (
            asked(
                notifications.following(NEXT_30_DAYS).latest().count(),
                1,
                rows="c",
                known_by="2024-12-31",
            ),
            asked(
                notifications.following(NEXT_30_DAYS).earlier().count(),
                1,
                rows="b",
                known_by="2024-12-31",
            ),
        ),
    ),
    Spec(
        "a year of age is completed on the birthday",
        """
        cutoff 2024-06-15
        children
          id   | happened
          born | 2016-06-15
        """,
        (
            asked(children.within(EVER).age(), 8, rows="born"),
            asked(children.within(EVER).age(), 7, on="2024-06-14"),
            asked(children.within(EVER).age(), 0, on="2016-06-15"),
            asked(children.within(EVER).age(), None, on="2016-06-14"),
            asked(children.within(YEAR_1).age(), None),  # born longer ago than that
        ),
    ),
    Spec(
        "before_age keeps what happened before a birthday of the child's own",
        """
        cutoff 2024-06-15
        children
          happened
          2016-06-15
        notifications
          id    | happened
          first | 2017-06-14
          day   | 2017-06-15   <- the first birthday
          later | 2018-06-14
        """,
        (
            asked(notifications.within(EVER).before_age(1).count(), 1, rows="first"),
            asked(notifications.before_age(2).within(EVER).count(), 3),
            asked(notifications.within(EVER).before_age(1).latest().count(), 1, rows="first"),
            asked(notifications.before_age(1).within(YEAR_1).count(), 0),
        ),
    ),
    Spec(
        "where the day of birth is not on record, nothing is known to have happened before it",
        """
        cutoff 2024-06-15
        notifications
          happened
          2017-06-14
        """,
        (asked(notifications.within(EVER).before_age(18).count(), 0, rows=""),),
    ),
    Spec(
        "of a birthday the month counts before the day",
        """
        cutoff 2024-02-01
        children
          happened
          2016-01-31
        """,
        (
            asked(children.within(EVER).age(), 8),
            asked(children.within(EVER).age(), 8, on="2024-12-01"),
            asked(children.within(EVER).age(), 7, on="2024-01-30"),
        ),
    ),
    Spec(
        "who was born on 29 February completes a year on 1 March, in leap years on the 29th",
        """
        cutoff 2023-02-28
        children
          happened
          2020-02-29
        """,
        (
            asked(children.within(EVER).age(), 2),
            asked(children.within(EVER).age(), 3, on="2023-03-01"),
            asked(children.within(EVER).age(), 3, on="2024-02-28"),
            asked(children.within(EVER).age(), 4, on="2024-02-29"),
        ),
    ),
)
