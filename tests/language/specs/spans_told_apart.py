"""Spans by their first day, by their end, and joined to stretches."""

from features.language.windows import DAYS_30, EVER, TODAY
from features.tables import members, notifications, placements
from tests.language.spec import Spec, asked

SPECS = (
    Spec(
        "beginning keeps the spans whose first day lies in the lookback",
        """
        cutoff 2024-01-31
        placements
          id    | happened   | until
          out   | 2024-01-01 |
          first | 2024-01-02 | 2024-01-02
          last  | 2024-01-31 |
          known | 2024-01-31 | 2024-02-10   <- that it is to end is known already
        """,
        (
            asked(placements.beginning(DAYS_30).count(), 3, rows="first known last"),
            asked(placements.beginning(TODAY).count(), 2, rows="known last"),
            asked(placements.beginning(EVER).count(), 4),
            asked(placements.beginning(DAYS_30).days_covered(), 1),
        ),
    ),
    Spec(
        "ending keeps the spans whose end, the first day outside them, lies in the lookback",
        """
        cutoff 2024-01-31
        placements
          id    | happened   | until
          out   | 2023-06-01 | 2024-01-01
          first | 2023-06-01 | 2024-01-02
          last  | 2023-06-01 | 2024-01-31   <- it ended on the cutoff
          after | 2023-06-01 | 2024-02-01   <- that it is to end is known already
          open  | 2023-06-01 |
        """,
        (
            asked(placements.ending(DAYS_30).count(), 2, rows="first last"),
            asked(placements.ending(TODAY).count(), 1, rows="last"),
            asked(placements.ending(EVER).count(), 3, rows="first last out"),
            asked(placements.ending(EVER).is_open(), 0),
        ),
    ),
    Spec(
        "an end that is recorded later is not seen before",
        """
        cutoff 2024-01-31
        placements
          id  | happened   | known      | withdrawn  | until
          one | 2024-01-01 | 2024-01-01 | 2024-02-10 |
          one | 2024-01-01 | 2024-02-10 |            | 2024-01-15
        """,
        (
            asked(placements.ending(EVER).count(), 0),
            asked(placements.ending(EVER).count(), 1, rows="one", on="2024-02-10"),
            asked(placements.ending(DAYS_30).count(), 0, on="2024-02-14"),
        ),
    ),
    Spec(
        "spans that touch or overlap are one stretch",
        """
        cutoff 2024-01-31
        placements
          id     | happened   | until
          a      | 2023-12-01 | 2024-01-10
          inside | 2023-12-10 | 2023-12-20
          touch  | 2024-01-10 | 2024-01-15
          apart  | 2024-01-16 | 2024-01-16   <- over on the day that it began
          again  | 2024-01-16 |
          late   | 2024-01-20 |
        """,
        (
            asked(placements.within(EVER).stretches(), 2, rows="a inside touch again apart late"),
            asked(placements.within(DAYS_30).stretches(), 2, rows="a touch again apart late"),
            asked(placements.within(EVER).stretches(), 1, on="2024-01-15"),
            asked(placements.within(TODAY).stretches(), 1),
        ),
    ),
    Spec(
        "a stretch has ended where no span goes on from it, and by the cutoff",
        """
        cutoff 2024-01-31
        placements
          id    | happened   | until
          a     | 2023-12-01 | 2024-01-10
          touch | 2024-01-10 | 2024-01-15   <- a move, no end
          again | 2024-01-20 | 2024-01-31   <- over on the cutoff
        """,
        (
            asked(placements.within(EVER).stretches_ended(), 2, rows="a touch again"),
            asked(placements.within(EVER).stretches_ended(), 1, on="2024-01-30"),
            asked(placements.within(EVER).stretches_ended(), 0, on="2024-01-10"),
            asked(placements.within(DAYS_30).stretches_ended(), 2, rows="a touch again"),
        ),
    ),
    Spec(
        "without rows there is no stretch",
        """
        cutoff 2024-01-31
        """,
        (
            asked(placements.within(EVER).stretches(), 0, rows=""),
            asked(placements.within(EVER).stretches_ended(), 0, rows=""),
            asked(placements.beginning(EVER).count(), 0, rows=""),
            asked(placements.ending(EVER).count(), 0, rows=""),
        ),
    ),
    Spec(
        "the longest gap is the most days in a row without a row, from the first row on",
        """
        cutoff 2024-01-31
        notifications
          happened
          2023-10-01
          2024-01-05
          2024-01-05
          2024-01-20
        """,
        (
            asked(notifications.within(DAYS_30).longest_gap(), 14),  # 6 to 19 January
            asked(notifications.within(EVER).longest_gap(), 95),
            asked(notifications.within(DAYS_30).latest().longest_gap(), 11),  # to the cutoff
            asked(notifications.within(TODAY).longest_gap(), None),
            asked(notifications.within(DAYS_30).longest_gap(), 0, on="2024-01-05"),
        ),
    ),
    Spec(
        "between spans, the longest gap is the most days in a row that none covers",
        """
        cutoff 2024-01-31
        placements
          id   | happened   | until
          a    | 2023-12-01 | 2024-01-06   <- it began before the lookback
          b    | 2024-01-10 | 2024-01-12
          in_b | 2024-01-10 | 2024-01-11
          c    | 2024-01-20 | 2024-01-25
        """,
        (
            asked(placements.within(DAYS_30).longest_gap(), 8, rows="a b in_b c"),
            asked(placements.within(DAYS_30).earlier().longest_gap(), 20),
            asked(placements.within(EVER).longest_gap(), 8),
            asked(placements.within(EVER).longest_gap(), 10, on="2024-02-03"),
            asked(placements.within(EVER).longest_gap(), 0, on="2024-01-05"),
        ),
    ),
    Spec(
        "ages of persons are told by the days on which they were born, where these are known",
        """
        cutoff 2024-06-15
        members
          id     | happened   | person | relation | born
          mother | 2020-01-01 | mother | mother   | 2003-06-16   <- turns 21 tomorrow
          father | 2020-01-01 | father | father   | 2000-01-01
          uncle  | 2020-01-01 | uncle  | other_relative |
          baby   | 2020-01-01 | baby   | sibling  | 2024-06-16   <- a day to come
        """,
        (
            asked(members.within(EVER).least_age(members.born), 20, rows="mother"),
            asked(members.within(EVER).most_age(members.born), 24, rows="father"),
            asked(members.within(EVER).least_age(members.born), 0, rows="baby", on="2024-06-16"),
            asked(members.within(TODAY).least_age(members.born), 20),
            asked(
                members.where(members.relation.is_("other_relative"))
                .within(EVER)
                .most_age(members.born),
                None,
                rows="uncle",
            ),
            asked(members.within(EVER).most_age(members.born), None, rows="", on="2019-12-31"),
        ),
    ),
    Spec(
        "spacing is the fewest days between a birth and the child's own",
        """
        cutoff 2024-01-31
        children
          happened
          2020-01-01
        members
          id    | happened   | person | relation | born
          older | 2020-01-01 | older  | sibling  | 2019-01-01
          young | 2020-12-31 | young  | sibling  | 2020-12-30
          other | 2020-01-01 | other  | sibling  |
        """,
        (
            asked(members.within(EVER).spacing(members.born), 364, rows="young"),
            asked(members.within(EVER).spacing(members.born), 365, rows="older", on="2020-06-01"),
            asked(members.within(TODAY).earlier().spacing(members.born), 365, rows="older"),
        ),
    ),
    Spec(
        "without the child's own birth, or another, nobody can tell the spacing",
        """
        cutoff 2024-01-31
        members
          id    | happened   | person | relation | born
          older | 2020-01-01 | older  | sibling  | 2019-01-01
        """,
        (
            asked(members.within(EVER).spacing(members.born), None, rows="older"),
            asked(members.within(EVER).spacing(members.born), None, rows="", on="2019-01-01"),
        ),
    ),
)
