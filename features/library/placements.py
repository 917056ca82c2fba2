"""The child's own time away from home: how often, how long, how lately and in how many kinds."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, MONTHS_6, TODAY, YEARS_2, YEARS_5, Window
from features.tables import placements


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text("{window}、一時保護・措置が{value}件", "{value} placement(s) {window}"),
        none=Text("{window}、一時保護・措置なし", "no placement {window}"),
    ),
    example="""
        cutoff 2024-04-01
        placements
          happened   | known      | until      | kind
          2021-05-01 |            | 2022-04-04 | foster   <- its last day opens the two years
          2022-04-04 |            | 2022-06-01 | residential   <- moved on: another placement
          2018-01-01 |            | 2018-02-01 | custody
          2024-03-30 | 2024-04-02 |            | custody   <- recorded after the cutoff
        gives 2y: 2, ever: 3
    """,
)
def placement_count(window: Window) -> Value:
    """Placements that lasted into the window, each move to another place counted anew."""
    return placements.within(window).count()


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text("{window}、家庭外で過ごした期間は計{value}", "{value} away from home {window}"),
        none=Text("{window}、家庭外で過ごした日なし", "no day away from home {window}"),
    ),
    example="""
        cutoff 2024-04-01
        placements
          happened   | until      | kind
          2022-03-24 | 2022-04-13 | custody   <- 20 days, 10 of them in the two years
          2022-04-08 | 2022-04-18 | foster   <- 5 of its 10 days are counted already
          2024-03-31 |            | custody   <- goes on: this day and the cutoff
          2023-05-01 | 2023-05-01 | custody   <- ended on the day it began: no day
        gives 2y: 17, ever: 27
    """,
)
def days_placed(window: Window) -> Value:
    """Days of the window that the child spent in placement, days in two at once counted once."""
    return placements.within(window).days_covered()


@feature(
    windows=(TODAY,),
    reason=Reason(
        some=Text("{window}、一時保護・措置中", "away from home {window}"),
        none=Text("{window}、一時保護・措置中ではない", "not away from home {window}"),
    ),
    example="""
        cutoff 2024-04-01
        placements
          id | happened   | known      | withdrawn  | until      | kind
          p1 | 2024-02-01 |            | 2024-04-03 |            | custody   <- open, as is believed
          p1 | 2024-02-01 | 2024-04-03 |            | 2024-03-25 | custody   <- its end, known later
          p2 | 2023-01-01 |            |            | 2024-04-01 | foster   <- home on the cutoff
        gives 1
    """,
)
def placed_now(window: Window) -> Value:
    """Whether a placement of the child goes on at the cutoff."""
    return placements.within(window).is_open()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "直近の一時保護・措置の開始から{value}", "{value} since the last placement began"
        ),
        none=Text("一時保護・措置歴なし", "never placed"),
    ),
    example="""
        cutoff 2024-04-01
        placements
          id | happened   | withdrawn  | until      | kind
          p1 | 2024-03-02 |            | 2024-03-05 | custody
          p2 | 2023-01-01 |            |            | kinship
          p3 | 2024-03-20 | 2024-03-25 |            | custody   <- entered by mistake
        gives 30
    """,
)
def days_since_placement_began(window: Window) -> Value:
    """Days since the last placement began, whether or not it has ended."""
    return placements.within(window).days_since_last()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("一時保護・措置の種類が{value}種類", "{value} kind(s) of placement so far"),
        none=Text("種類の分かる一時保護・措置なし", "no placement of a known kind"),
    ),
    example="""
        cutoff 2024-04-01
        placements
          happened   | until      | kind
          2016-02-01 | 2016-03-01 | custody
          2016-03-01 | 2018-03-01 | infant_home
          2020-02-01 | 2020-03-01 | custody   <- a kind that was there before
          2021-02-01 | 2021-03-01 |   <- which kind is not known
        gives 2
    """,
)
def placement_kinds(window: Window) -> Value:
    """How many different kinds of placement the child has been in: a sign of unsettled care."""
    return placements.within(window).count_distinct(placements.kind)


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、一時保護が{value}件", "{value} spell(s) of temporary custody {window}"
        ),
        none=Text("{window}、一時保護なし", "no temporary custody {window}"),
    ),
    example="""
        cutoff 2024-04-01
        placements
          happened   | until      | kind
          2024-04-01 |            | custody   <- begins on the cutoff
          2022-03-01 | 2022-04-03 | custody   <- ended before the two years
          2023-01-01 | 2023-06-01 | residential
          2023-06-01 | 2023-07-01 |   <- which kind is not known
        gives 2y: 1, ever: 2
    """,
)
def custody_count(window: Window) -> Value:
    """Spells of temporary custody, the office's own emergency step, that lasted into the window."""
    return placements.where(placements.kind.is_("custody")).within(window).count()


@feature(
    windows=(YEARS_5, EVER),
    reason=Reason(
        some=Text(
            "{window}、家庭を離れたのは{value}回（続けての措置は1回と数える）",
            "away from home {value} unbroken time(s) {window}",
        ),
        none=Text("{window}、家庭を離れた期間なし", "never away from home {window}"),
    ),
    example="""
        cutoff 2024-04-01
        placements
          happened   | until      | kind
          2023-01-01 | 2023-02-01 | custody
          2023-02-01 | 2023-06-01 | residential   <- moved on the same day: one time away
          2023-08-01 | 2023-09-01 | custody
          2015-01-01 | 2015-03-01 | foster
        gives 5y: 2, ever: 3
    """,
)
def times_away(window: Window) -> Value:
    """Unbroken stretches away from home: moves from one place to the next counted once."""
    return placements.within(window).stretches()


@feature(
    windows=(MONTHS_6, YEARS_2, EVER),
    reason=Reason(
        some=Text("{window}、家庭に戻ったのは{value}回", "returned home {value} time(s) {window}"),
        none=Text("{window}、家庭に戻った記録なし", "not on record as returned home {window}"),
    ),
    example="""
        cutoff 2024-04-01
        placements
          happened   | until      | kind
          2024-02-01 | 2024-03-01 | custody       <- moved on: not home yet
          2024-03-01 | 2024-04-01 | residential   <- home on the cutoff
          2023-05-01 | 2023-06-01 | custody
          2015-01-01 | 2015-03-01 | foster
        gives 6m: 1, 2y: 2, ever: 3
    """,
)
def returns_home(window: Window) -> Value:
    """How often a time away from home ended in the window; a move to another place is no return."""
    return placements.within(window).stretches_ended()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "最初の一時保護・措置の後、家庭で過ごした最長の期間は{value}",
            "the longest time at home since first placed: {value}",
        ),
        none=Text("家庭から離れた記録なし", "never away from home on record"),
    ),
    example="""
        cutoff 2024-04-01
        placements
          happened   | until      | kind
          2024-01-01 | 2024-01-11 | custody
          2024-01-21 | 2024-03-31 | custody     <- ten days at home before
          2024-02-01 | 2024-02-03 | residential
        gives 10
    """,
)
def longest_time_at_home(window: Window) -> Value:
    """The most days in a row at home since the first placement began: did a return hold."""
    return placements.within(window).longest_gap()


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}に始まった一時保護・措置の増減（後半と前半の差）は{value}件",
            "placements begun {window}: {value} in the later half",
        ),
        none=Text(
            "{window}、一時保護・措置の増減なし", "as many placements begun early as late {window}"
        ),
    ),
    example="""
        cutoff 2024-04-01
        placements
          happened   | until      | kind
          2024-01-01 | 2024-01-11 | custody
          2024-02-01 | 2024-02-11 | custody
          2022-05-01 | 2022-05-11 | custody   <- in the earlier half
          2020-05-01 |            | foster    <- began long before
        gives 1
    """,
)
def placement_change(window: Window) -> Value:
    """Placements begun in the later half of the window less those begun in the earlier."""
    return placements.beginning(window).change()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("最初の一時保護・措置の開始から{value}", "{value} since first placed"),
        none=Text("一時保護・措置の開始の記録なし", "not on record as ever placed"),
    ),
    example="""
        cutoff 2024-04-01
        placements
          id | happened   | withdrawn  | until      | kind
          p1 | 2024-03-02 |            | 2024-03-05 | custody
          p2 | 2024-03-20 |            |            | foster
          p3 | 2020-01-01 | 2020-02-01 |            | custody   <- entered by mistake
        gives 30
    """,
)
def days_since_first_placement(window: Window) -> Value:
    """Days since the child was placed for the first time."""
    return placements.within(window).days_since_first()
