"""What is on record of the adults of the household, apart from what concerns the child itself.

An adult's record is seen for as long as the adult lives with the child, with what was on record
before; the other children may be this child's siblings.
"""

from features.language.feature import Reason, feature
from features.language.roles import ADULT
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, YEAR_1, YEARS_2, YEARS_5, Window
from features.tables import agency_events, allegations, findings, notifications, placements


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、同居の大人による他の児童への虐待の訴えが{value}件",
            "{value} allegation(s) against household adults about other children {window}",
        ),
        none=Text(
            "{window}、同居の大人による他の児童への虐待の訴えなし",
            "no allegation against a household adult about another child {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person  | relation
          2023-06-01 |            | partner | parents_partner
          2018-05-01 | 2023-01-01 | father  | father
        allegations
          happened   | known      | child  | abuser
          2020-01-10 |            | former | partner   <- before he joined this household
          1999-01-10 |            | partner | grandpa   <- he was the child then
          2022-04-03 |            | former | partner   <- the first day of the two years
          2024-03-30 | 2024-04-02 | former | partner   <- recorded after the cutoff
          2023-01-02 |            | former | father   <- had left this household by then
          2024-01-10 |            | child  | partner   <- of the child itself
        gives 2y: 1, ever: 2
    """,
)
def adult_allegations(window: Window) -> Value:
    """Allegations about other children that accuse an adult of the household."""
    return allegations.of(ADULT, as_=allegations.abuser).within(window).count()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "同居の大人による被害が訴えられた他の児童が{value}人",
            "{value} other child(ren) in allegations against household adults",
        ),
        none=Text(
            "同居の大人による被害が訴えられた他の児童なし",
            "no other child in an allegation against a household adult",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person  | relation
          2023-06-01 | partner | parents_partner
          2018-05-01 | mother  | mother
          2018-05-01 | older   | sibling
        allegations
          happened   | child  | abuser
          2019-01-10 | former | partner
          2020-01-10 | former | partner
          2024-04-01 | older  | mother    <- on the cutoff itself
          2021-01-10 | other  |           <- by whom is not known
        gives 2
    """,
)
def children_alleged_with_adults(window: Window) -> Value:
    """How many different other children the allegations against household adults name."""
    return (
        allegations.of(ADULT, as_=allegations.abuser)
        .within(window)
        .count_distinct(allegations.child)
    )


@feature(
    windows=(YEARS_5, EVER),
    reason=Reason(
        some=Text(
            "{window}、同居の大人による他の児童への虐待の認定が{value}件",
            "{value} substantiated finding(s) of household adults on other children {window}",
        ),
        none=Text(
            "{window}、同居の大人による他の児童への虐待の認定なし",
            "no substantiated finding of a household adult on another child {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | known      | person  | relation
          2023-06-01 |            | partner | step_father
          2023-06-01 | 2024-04-02 | lodger  | unrelated_adult   <- the office learns of him too late
        findings
          id | happened   | withdrawn  | child  | abuser  | outcome
          f1 | 2019-04-03 |            | former | partner | substantiated   <- first of the 5 years
          f2 | 2019-04-02 |            | former | partner | substantiated
          f3 | 2022-01-01 | 2022-03-01 | former | partner | substantiated   <- taken back
          f3 | 2022-03-01 |            | former | partner | unsubstantiated
          f4 | 2022-01-01 |            | former | lodger  | substantiated
        gives 5y: 1, ever: 2
    """,
)
def adult_substantiated_findings(window: Window) -> Value:
    """Substantiated findings that an adult of the household abused another child."""
    accused = findings.of(ADULT, as_=findings.abuser)
    return accused.where(findings.outcome.is_("substantiated")).within(window).count()


@feature(
    windows=(YEAR_1, YEARS_5),
    reason=Reason(
        some=Text(
            "{window}、同居の大人への警察の臨場が{value}回",
            "police called to adults of the household {value} time(s) {window}",
        ),
        none=Text(
            "{window}、同居の大人への警察の臨場なし",
            "police not called to an adult of the household {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person | relation
          2018-05-01 |            | mother | mother
          2018-05-01 | 2023-06-01 | father | father
        agency_events
          happened   | person | kind
          2023-04-03 | mother | police_call   <- the first day of the year
          2023-04-02 | mother | police_call
          2023-05-01 | father | police_call   <- lived there then
          2023-07-01 | father | police_call   <- had left
          2024-01-01 | child  | police_call
        gives 1y: 2, 5y: 3
    """,
)
def adult_police_calls(window: Window) -> Value:
    """How often the police were called to an adult while of the household, or before joining it."""
    calls = agency_events.kind.is_("police_call")
    return agency_events.of(ADULT).where(calls).within(window).count()


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、同居の大人の逮捕・検挙が{value}件",
            "{value} arrest(s) of adults of the household {window}",
        ),
        none=Text(
            "{window}、同居の大人の逮捕・検挙なし",
            "no arrest of an adult of the household {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person  | relation
          2023-06-01 | partner | parents_partner
        agency_events
          happened   | known      | person  | kind
          2017-02-01 |            | partner | arrest   <- comes with the newcomer
          2024-03-20 | 2024-04-01 | partner | arrest   <- known on the cutoff itself
          2024-03-25 | 2024-04-02 | partner | arrest
        gives 2y: 1, ever: 2
    """,
)
def adult_arrests(window: Window) -> Value:
    """Arrests of adults of the household, those before they joined it included."""
    arrests = agency_events.kind.is_("arrest")
    return agency_events.of(ADULT).where(arrests).within(window).count()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "同居の大人に、児童だった頃の通告歴あり",
            "an adult of the household was notified as a child",
        ),
        none=Text(
            "同居の大人に、児童だった頃の通告の記録なし",
            "no adult of the household on record as notified as a child",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | mother | mother
        notifications
          happened   | child
          2004-09-01 | mother   <- she was a child then
          2024-03-30 | child
        gives 1
    """,
)
def adult_notified_as_child(window: Window) -> Value:
    """Whether an adult of the household was once notified as the child at risk."""
    return notifications.of(ADULT).within(window).exists()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "同居の大人に、児童だった頃の一時保護・措置歴あり",
            "an adult of the household was placed away from home as a child",
        ),
        none=Text(
            "同居の大人に、児童だった頃の一時保護・措置の記録なし",
            "no adult of the household on record as placed as a child",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person | relation
          2018-05-01 | 2019-01-01 | father | father
        placements
          happened   | until      | child
          2003-01-01 | 2009-03-31 | father   <- he has left, and was seen while he was there
          2024-03-30 |            | child
        gives 1
    """,
)
def adult_placed_as_child(window: Window) -> Value:
    """Whether an adult who lives or lived with the child grew up partly in placement."""
    return placements.of(ADULT).within(window).exists()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "同居の大人が児童だった頃に虐待を受けたとの訴えが{value}件",
            "{value} allegation(s) that a household adult was abused as a child",
        ),
        none=Text(
            "同居の大人が児童だった頃に虐待を受けたとの訴えなし",
            "no allegation that a household adult was abused as a child",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | mother | mother
        allegations
          happened   | child  | abuser
          2004-09-01 | mother | grandpa
          2023-09-01 | former | mother    <- the one accused, not the one harmed
        gives 1
    """,
)
def adult_harmed_as_child(window: Window) -> Value:
    """Allegations that an adult of the household was abused as a child."""
    return allegations.of(ADULT, as_=allegations.child).within(window).count()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "同居の大人への警察の臨場の累積（1年ごとに重みを半減した件数）は{value}",
            "police calls to household adults, each worth half after a year: {value}",
        ),
        none=Text("同居の大人への警察の臨場の累積なし", "no police call to an adult to weigh"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | mother | mother
        agency_events
          happened   | person | kind
          2024-04-01 | mother | police_call
          2023-04-02 | mother | police_call   <- 365 days ago: half of one
          2023-04-02 | mother | arrest
        gives 1.5
    """,
)
def faded_adult_police_calls(window: Window) -> Value:
    """Police calls to adults of the household, each counting for half as much after a year."""
    calls = agency_events.of(ADULT).where(agency_events.kind.is_("police_call"))
    return calls.within(window).faded_count(YEAR_1)
