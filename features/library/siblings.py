"""What is on record of the child's brothers and sisters, half and step ones included.

A sibling's record is seen for as long as the two live in one household, with what was on record
before; what happens to a sibling who has left is not seen.
"""

from features.language.feature import Reason, feature
from features.language.roles import SIBLING
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, MONTHS_6, TODAY, YEARS_2, Window
from features.tables import agency_events, children, findings, notifications, placements


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("児童記録のあるきょうだいが{value}人", "{value} sibling(s) on file"),
        none=Text("児童記録のあるきょうだいなし", "no sibling on file"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person | relation
          2016-01-01 | 2023-01-01 | gone   | sibling
          2018-05-01 |            | older  | half_sibling
          2018-05-01 |            | cousin | other_child
        children
          child | happened   | known
          gone  | 2016-01-01 |   <- has left since, and was born while the two were linked
          older | 2012-07-01 | 2024-04-02   <- put on file after the cutoff
          cousin| 2014-01-01 |
          child | 2018-05-01 |   <- the child itself
        gives 1
    """,
)
def siblings_on_file(window: Window) -> Value:
    """How many siblings, also those who have left the home, the office has a record of."""
    return children.of(SIBLING).within(window).count()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "記録のある最年少のきょうだいは生後{value}", "youngest sibling on file: {value} old"
        ),
        none=Text("児童記録のあるきょうだいなし", "no sibling on file"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | older  | sibling
          2024-03-01 | baby   | half_sibling
        children
          child | happened
          older | 2012-07-01
          baby  | 2024-03-01
          child | 2024-03-20   <- the child itself
        gives 31
    """,
)
def days_since_youngest_sibling_born(window: Window) -> Value:
    """Days since the birth of the youngest sibling on file: how young a child is at stake too."""
    return children.of(SIBLING).within(window).days_since_last()


@feature(
    windows=(MONTHS_6, YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、きょうだいへの通告が{value}件",
            "{value} notification(s) of siblings {window}",
        ),
        none=Text("{window}、きょうだいへの通告なし", "no notification of a sibling {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person | relation
          2018-05-01 | 2024-02-01 | gone   | sibling
          2018-05-01 |            | older  | sibling
        notifications
          happened   | child
          2023-10-01 | gone    <- one day before the six months
          2024-02-02 | gone    <- no longer of this household
          2023-10-02 | older   <- the first day of the six months
          2021-01-01 | older
          2024-03-01 | child   <- of the child itself
        gives 6m: 1, 2y: 2, ever: 3
    """,
)
def sibling_notifications(window: Window) -> Value:
    """Notifications of siblings, one for each sibling that a report names."""
    return notifications.of(SIBLING).within(window).count()


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}、通告されたきょうだいが{value}人", "{value} sibling(s) notified {window}"
        ),
        none=Text("{window}、通告されたきょうだいなし", "no sibling notified {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | known      | person | relation
          2018-05-01 |            | older  | sibling
          2018-05-01 |            | other  | step_sibling
          2018-05-01 | 2024-04-02 | late   | sibling   <- the office learns of this one too late
        notifications
          happened   | child
          2024-01-10 | older
          2024-02-10 | older
          2022-04-02 | other   <- one day before the two years
          2024-02-10 | late
        gives 1
    """,
)
def siblings_notified(window: Window) -> Value:
    """How many different siblings were notified: whether one child is hit, or all."""
    return notifications.of(SIBLING).within(window).count_distinct(notifications.child)


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、きょうだいの虐待認定が{value}件",
            "{value} substantiated finding(s) on siblings {window}",
        ),
        none=Text(
            "{window}、きょうだいの虐待認定なし", "no substantiated finding on a sibling {window}"
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | older  | sibling
        findings
          happened   | known      | child | abuser | outcome
          2024-01-20 |            | older |        | unsubstantiated
          2022-04-03 |            | older |        | substantiated   <- first of the two years
          2019-06-01 |            | older | mother | substantiated
          2024-03-25 | 2024-04-05 | older |        | substantiated   <- recorded after the cutoff
          2024-02-01 |            | older |        |   <- not decided
          2024-02-01 |            | child |        | substantiated   <- of the child itself
          2024-02-01 |            | pupil | older  | substantiated   <- the one who did the harm
        gives 2y: 1, ever: 2
    """,
)
def sibling_substantiated_findings(window: Window) -> Value:
    """Substantiated findings that siblings were abused."""
    harmed = findings.of(SIBLING, as_=findings.child)
    return harmed.where(findings.outcome.is_("substantiated")).within(window).count()


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、きょうだいの一時保護・措置が{value}件",
            "{value} placement(s) of siblings {window}",
        ),
        none=Text("{window}、きょうだいの一時保護・措置なし", "no placement of a sibling {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | older  | sibling
          2018-05-01 | other  | sibling
        placements
          happened   | until      | child | kind
          2021-01-01 | 2022-04-04 | older | custody   <- its last day opens the two years
          2015-01-01 | 2016-01-01 | other | infant_home   <- before they lived together
          2024-01-01 |            | child | custody   <- of the child itself
        gives 2y: 1, ever: 2
    """,
)
def sibling_placements(window: Window) -> Value:
    """Placements of siblings that lasted into the window."""
    return placements.of(SIBLING).within(window).count()


@feature(
    windows=(TODAY,),
    reason=Reason(
        some=Text("{window}、きょうだいが一時保護・措置中", "a sibling is away from home {window}"),
        none=Text(
            "{window}、一時保護・措置中のきょうだいなし", "no sibling is away from home {window}"
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | older  | sibling
        placements
          id | happened   | known      | withdrawn  | until      | child
          p1 | 2024-01-10 |            | 2024-04-03 |            | older   <- open, as is believed
          p1 | 2024-01-10 | 2024-04-03 |            | 2024-03-30 | older
        gives 1
    """,
)
def sibling_placed_now(window: Window) -> Value:
    """Whether a placement of a sibling goes on at the cutoff."""
    return placements.of(SIBLING).within(window).is_open()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("きょうだいの死亡あり", "a sibling has died"),
        none=Text("きょうだいの死亡の記録なし", "no death of a sibling on record"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person | relation
          2018-05-01 | 2021-06-01 | older  | sibling
          2018-05-01 |            | uncle  | other_relative
        agency_events
          happened   | known      | person | kind
          2021-05-31 | 2021-06-20 | older  | death   <- while the two lived together
          2023-01-01 |            | uncle  | death
        gives 1
    """,
)
def sibling_death(window: Window) -> Value:
    """Whether a sibling who lived with the child has died."""
    deaths = agency_events.of(SIBLING).where(agency_events.kind.is_("death"))
    return deaths.within(window).exists()


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}、きょうだいのけがの受診が{value}回",
            "siblings treated for injury {value} time(s) {window}",
        ),
        none=Text("{window}、きょうだいのけがの受診なし", "no sibling treated for injury {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | older  | sibling
        agency_events
          id | happened   | known      | withdrawn  | person | kind
          e1 | 2023-08-01 |            |            | older  | injury_treated
          e2 | 2023-09-01 |            | 2023-10-01 | older  | injury_treated   <- withdrawn
          e3 | 2022-04-02 |            |            | older  | injury_treated   <- too long ago
          e4 | 2023-08-01 |            |            | child  | injury_treated
        gives 1
    """,
)
def sibling_injuries_treated(window: Window) -> Value:
    """How often siblings were treated for an injury."""
    injuries = agency_events.kind.is_("injury_treated")
    return agency_events.of(SIBLING).where(injuries).within(window).count()
