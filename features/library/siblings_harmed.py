"""Harm to the child's brothers and sisters, and by them."""

from features.language.feature import Reason, feature
from features.language.roles import SIBLING
from features.language.text import Text
from features.language.values import Value
from features.language.windows import DAYS_30, EVER, YEAR_1, YEARS_2, YEARS_5, Window
from features.tables import allegations, children, findings, notifications, observations, placements


@feature(
    windows=(DAYS_30,),
    reason=Reason(
        some=Text(
            "{window}、同時期に通告されたきょうだいが{value}人",
            "{value} sibling(s) notified at about the same time, {window}",
        ),
        none=Text(
            "{window}、同時期に通告されたきょうだいなし",
            "no sibling notified at about the same time, {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | older  | sibling
          2018-05-01 | other  | sibling
        notifications
          happened   | child
          2024-03-20 | older
          2024-03-21 | older
          2024-03-02 | other   <- a day too early for the 30 days
        gives 1
    """,
)
def siblings_notified_lately(window: Window) -> Value:
    """How many different siblings were notified in the past days: is one child at risk, or all."""
    return notifications.of(SIBLING).within(window).count_distinct(notifications.child)


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}のきょうだいへの通告の増減（後半と前半の差）は{value}件",
            "notifications of siblings {window}: {value} in the later half",
        ),
        none=Text(
            "{window}、きょうだいへの通告の増減なし",
            "as many notifications of siblings early as late {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | older  | sibling
        notifications
          happened   | child
          2024-03-20 | older
          2024-01-20 | older
          2022-05-20 | older   <- in the earlier half
          2024-01-20 | child   <- of the child itself
        gives 1
    """,
)
def sibling_notification_change(window: Window) -> Value:
    """Notifications of siblings in the later half of the window less those in the earlier."""
    return notifications.of(SIBLING).within(window).change()


@feature(
    windows=(YEARS_5, EVER),
    reason=Reason(
        some=Text(
            "{window}、きょうだいの虐待認定の重症度は最大{value}（4が生命の危険）",
            "gravest finding on a sibling {window}: severity {value} of 4",
        ),
        none=Text(
            "{window}、きょうだいに重症度の分かる認定なし",
            "no finding of known severity on a sibling {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | older  | sibling
        findings
          happened   | child | outcome       | severity
          2023-01-10 | older | substantiated | 2
          2018-06-10 | older | substantiated | 3
          2023-02-10 | older | inconclusive  | 4
          2023-03-10 | child | substantiated | 4   <- of the child itself
        gives 5y: 2, ever: 3
    """,
)
def sibling_severest_finding(window: Window) -> Value:
    """Severity of the gravest abuse of a sibling that was substantiated in the window."""
    harmed = findings.of(SIBLING, as_=findings.child)
    substantiated = harmed.where(findings.outcome.is_("substantiated"))
    return substantiated.within(window).max(findings.severity)


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}、きょうだいに危険の所見が{value}日",
            "danger signs on siblings on {value} day(s) {window}",
        ),
        none=Text("{window}、きょうだいに危険の所見なし", "no danger sign on a sibling {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | older  | sibling
        observations
          happened   | child | kind
          2024-01-10 | older | injury
          2024-01-10 | older | threat   <- of the same day
          2024-02-10 | older | unfed
          2024-02-12 | child | unfed    <- of the child itself
        gives 2
    """,
)
def sibling_danger_sign_days(window: Window) -> Value:
    """Different days on which a danger sign was seen on a sibling."""
    return observations.of(SIBLING).within(window).count_days()


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}に始まったきょうだいの一時保護・措置が{value}件",
            "{value} placement(s) of siblings began {window}",
        ),
        none=Text(
            "{window}に始まったきょうだいの一時保護・措置なし",
            "no placement of a sibling began {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | older  | sibling
        placements
          happened   | until      | child
          2022-04-03 | 2022-05-03 | older   <- the first day of the two years
          2022-04-02 | 2024-01-03 | older   <- began a day too early
        gives 1
    """,
)
def sibling_placements_begun(window: Window) -> Value:
    """Placements of siblings that began in the window."""
    return placements.of(SIBLING).beginning(window).count()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "一時保護・措置を経験したきょうだいが{value}人", "{value} sibling(s) were ever placed"
        ),
        none=Text("一時保護・措置を経験したきょうだいなし", "no sibling was ever placed"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | older  | sibling
          2018-05-01 | other  | sibling
        placements
          happened   | until      | child
          2020-01-10 | 2020-02-10 | older
          2022-01-10 | 2022-02-10 | older   <- the same sibling
          2021-01-10 | 2021-02-10 | other
        gives 2
    """,
)
def siblings_ever_placed(window: Window) -> Value:
    """How many different siblings have been placed away from home."""
    return placements.of(SIBLING).within(window).count_distinct(placements.child)


@feature(
    windows=(YEAR_1,),
    reason=Reason(
        some=Text("{window}に生まれたきょうだいが{value}人", "{value} sibling(s) born {window}"),
        none=Text("{window}に生まれたきょうだいなし", "no sibling born {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | older  | sibling
          2023-06-01 | baby   | sibling
        children
          child | happened
          older | 2018-05-01
          baby  | 2023-06-01
          child | 2023-06-01   <- the child itself, a twin
        gives 1
    """,
)
def siblings_born(window: Window) -> Value:
    """How many brothers and sisters on file were born in the window."""
    return children.of(SIBLING).within(window).count()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "きょうだいによる他の児童への加害の訴えが{value}件",
            "{value} allegation(s) against siblings about other children",
        ),
        none=Text(
            "きょうだいによる他の児童への加害の訴えなし",
            "no allegation against a sibling about another child",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person  | relation
          2018-05-01 | brother | half_sibling
        allegations
          happened   | child   | abuser
          2024-01-10 | pupil   | brother
          2023-01-10 | brother | father    <- the one who was harmed
          2024-01-10 | child   | brother   <- asked of among the child's own allegations
        gives 1
    """,
)
def sibling_accused(window: Window) -> Value:
    """Allegations about other children that accuse a brother or sister."""
    return allegations.of(SIBLING, as_=allegations.abuser).within(window).count()
