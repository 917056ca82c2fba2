"""What the office did before: intake decisions, inquiries, and help given or refused."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, TODAY, YEAR_1, YEARS_2, YEARS_5, Window
from features.library.this_notification import this_notification
from features.tables import assessments, screenings, services

_plans = services.where(services.kind.is_("protection_plan"))


@feature(
    windows=(YEAR_1, EVER),
    sunset=YEARS_5,
    reason=Reason(
        some=Text(
            "{window}、不受理の判断が{value}件", "{value} notification(s) screened out {window}"
        ),
        none=Text("{window}、不受理の判断なし", "no notification screened out {window}"),
    ),
    example="""
        cutoff 2024-04-01
        screenings
          happened   | known      | outcome
          2024-03-20 | 2024-03-20 | screened_out
          2024-03-30 | 2024-04-02 | screened_out   <- recorded after the cutoff: never seen
          2023-04-02 | 2023-04-02 | screened_out   <- a day too early for the year
          2024-01-20 | 2024-01-20 | referred
          2024-01-10 | 2024-01-10 |                <- the decision is not known
          2019-04-01 | 2019-04-01 | screened_out   <- after five years it is let be
        gives 1y: 1, 5y: 2
    """,
)
def screened_out_count(window: Window) -> Value:
    """Decisions at intake, in the window, not to take a notification up."""
    return screenings.where(screenings.outcome.is_("screened_out")).within(window).count()


@feature(
    windows=(YEAR_1, EVER),
    reason=Reason(
        some=Text(
            "{window}、受理時の緊急度は最高{value}（3が最も緊急）",
            "urgency at intake up to {value} of 3 {window}",
        ),
        none=Text(
            "{window}、緊急度の分かる受理判断なし",
            "no intake of known urgency {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        screenings
          happened   | withdrawn  | outcome     | urgency
          2024-03-20 |            | screened_in | 1
          2024-03-20 | 2024-03-21 | screened_in | 3         <- withdrawn
          2024-01-20 |            | screened_in |           <- not known
          2022-03-20 |            | screened_in | 2
        gives 1y: 1, ever: 2
    """,
)
def highest_urgency(window: Window) -> Value:
    """The highest urgency given to a notification at intake in the window, from 0 to 3."""
    return screenings.within(window).max(screenings.urgency)


@feature(
    windows=(TODAY,),
    reason=Reason(
        some=Text("{window}、調査が継続中", "an assessment is open {window}"),
        none=Text("{window}、継続中の調査なし", "no assessment is open {window}"),
    ),
    example="""
        cutoff 2024-04-01
        assessments
          id | happened   | known      | withdrawn  | until      | kind
          s1 | 2024-02-01 | 2024-02-01 | 2024-04-02 |            | full
          s1 | 2024-02-01 | 2024-04-02 |            | 2024-03-31 | full      <- end not yet known
          s2 | 2024-01-01 | 2024-01-01 |            | 2024-04-01 | initial   <- ended on the cutoff
        gives 1
    """,
)
def assessment_open(window: Window) -> Value:
    """Whether an assessment that began by the cutoff has not ended by then."""
    return assessments.within(window).is_open()


@feature(
    windows=(TODAY,),
    reason=Reason(
        some=Text("{window}、支援を利用中", "a service is under way {window}"),
        none=Text("{window}、利用中の支援なし", "no service is under way {window}"),
    ),
    example="""
        cutoff 2024-04-01
        services
          happened   | until      | kind       | outcome
          2024-03-01 |            | parenting  |
          2024-03-01 |            | guidance   | refused   <- never began
          2023-01-01 | 2024-04-01 | respite    |           <- ended on the cutoff
        gives 1
    """,
)
def service_open(window: Window) -> Value:
    """Whether a service has neither ended nor come to an outcome by the cutoff."""
    return services.where(~services.outcome.is_known()).within(window).is_open()


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text("{window}、支援の拒否が{value}件", "{value} service(s) refused {window}"),
        none=Text("{window}、支援の拒否の記録なし", "no service on record as refused {window}"),
    ),
    example="""
        cutoff 2024-04-01
        services
          happened   | until      | outcome
          2023-06-01 | 2023-06-02 | refused
          2022-04-02 | 2022-04-03 | refused     <- a day too early for the 2 years
          2023-06-01 | 2023-09-01 | completed
          2024-01-01 |            |             <- goes on
        gives 2y: 1, ever: 2
    """,
)
def service_refused_count(window: Window) -> Value:
    """Services that the family refused in the window."""
    return services.where(services.outcome.is_("refused")).within(window).count()


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text("{window}、支援の中断が{value}件", "{value} service(s) ended early {window}"),
        none=Text("{window}、支援の中断の記録なし", "no service on record as ended early {window}"),
    ),
    example="""
        cutoff 2024-04-01
        services
          happened   | until      | outcome
          2022-01-01 | 2022-04-03 | ended_early   <- the first day of the 2 years
          2022-01-01 | 2022-04-02 | ended_early
          2023-01-01 | 2023-04-01 | completed
        gives 2y: 1, ever: 2
    """,
)
def service_ended_early_count(window: Window) -> Value:
    """Services that were broken off in the window before they were done."""
    return services.where(services.outcome.is_("ended_early")).ending(window).count()


@feature(
    windows=(YEAR_1, EVER),
    reason=Reason(
        some=Text(
            "{window}、支援計画（要保護）の期間が計{value}",
            "{value} under a child protection plan {window}",
        ),
        none=Text("{window}、支援計画（要保護）なし", "no child protection plan {window}"),
    ),
    example="""
        cutoff 2024-04-01
        services
          happened   | until      | kind
          2023-03-24 | 2023-04-13 | protection_plan   <- 10 of its 20 days lie in the year
          2023-04-08 | 2023-04-18 | protection_plan   <- 5 of these were covered already
          2024-03-31 |            | protection_plan   <- with the cutoff 2 days so far
          2023-06-01 | 2023-07-01 | need_plan
        gives 1y: 17, ever: 27
    """,
)
def protection_plan_days(window: Window) -> Value:
    """Days of the window on which a child protection plan was in force."""
    return _plans.within(window).days_covered()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("支援計画（要保護）が通算{value}回", "{value} child protection plan(s) in all"),
        none=Text("支援計画（要保護）の記録なし", "no child protection plan on record"),
    ),
    example="""
        cutoff 2024-04-01
        services
          id | happened   | known      | withdrawn  | until      | kind
          p1 | 2020-02-01 | 2020-02-01 | 2021-02-01 |            | protection_plan
          p1 | 2020-02-01 | 2021-02-01 |            | 2021-02-01 | protection_plan   <- it ended
          p2 | 2023-05-01 | 2023-05-01 |            |            | protection_plan
          n1 | 2022-05-01 | 2022-05-01 |            | 2022-06-01 | need_plan
        gives 2
    """,
)
def protection_plan_count(window: Window) -> Value:
    """Child protection plans so far, the present one included."""
    return _plans.within(window).count()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "今回の受理時の緊急度は{value}（3が最も緊急）", "urgency this time: {value} of 3"
        ),
        none=Text("今回の緊急度の記録なし", "no urgency on record this time"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-03-20
        screenings
          happened   | notification | urgency
          2024-03-21 | a            | 1
          2024-03-22 | a            |     <- not known
          2023-03-21 | b            | 3   <- not this notification
        gives 1
    """,
)
def urgency_this_time(window: Window) -> Value:
    """The urgency given to the latest notification at intake, from 0 to 3."""
    return screenings.about(this_notification(window)).max(screenings.urgency)


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text("{window}、調査の開始が{value}件", "{value} assessment(s) begun {window}"),
        none=Text("{window}、調査の開始なし", "no assessment begun {window}"),
    ),
    example="""
        cutoff 2024-04-01
        assessments
          happened   | known      | until      | kind
          2022-04-03 |            | 2022-05-01 | initial   <- the first day of the two years
          2022-04-02 |            | 2023-05-01 | full      <- began a day too early
          2024-03-30 | 2024-04-02 |            | full      <- recorded after the cutoff
        gives 2y: 1, ever: 2
    """,
)
def assessments_begun(window: Window) -> Value:
    """Inquiries that began in the window."""
    return assessments.beginning(window).count()
