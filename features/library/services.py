"""Help offered to the family: how much, of what kind, and whether it was taken."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, YEAR_1, YEARS_2, Window
from features.tables import services

_given = services.where(~services.outcome.is_("refused") | ~services.outcome.is_known())


@feature(
    windows=(YEAR_1, EVER),
    reason=Reason(
        some=Text("{window}、支援の提案・開始が{value}件", "{value} service(s) offered {window}"),
        none=Text("{window}、支援の提案・開始なし", "no service offered {window}"),
    ),
    example="""
        cutoff 2024-04-01
        services
          happened   | known      | until      | kind      | outcome
          2024-01-10 |            |            | guidance  |
          2023-06-10 |            | 2023-06-10 | parenting | refused
          2022-01-10 |            | 2024-01-10 | respite   | completed   <- began long before
          2024-03-30 | 2024-04-02 |            | respite   |   <- recorded after the cutoff
        gives 1y: 2, ever: 3
    """,
)
def services_offered(window: Window) -> Value:
    """Services that were offered or began in the window, those refused included."""
    return services.beginning(window).count()


@feature(
    windows=(YEAR_1,),
    reason=Reason(
        some=Text("{window}、支援を受けた期間は計{value}", "{value} with a service {window}"),
        none=Text("{window}、支援を受けた日なし", "no day with a service {window}"),
    ),
    example="""
        cutoff 2024-04-01
        services
          happened   | until      | kind      | outcome
          2024-03-01 | 2024-03-11 | parenting | completed
          2024-03-06 | 2024-03-16 | respite   |             <- 5 of its days are counted already
          2024-01-01 | 2024-02-01 | guidance  | refused     <- never taken
        gives 15
    """,
)
def service_days(window: Window) -> Value:
    """Days of the window on which the family had a service that it had not refused."""
    return _given.within(window).days_covered()


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}、支援が途切れた最長の期間は{value}",
            "the longest time {window} between services: {value}",
        ),
        none=Text("{window}、支援なし", "no service {window}"),
    ),
    example="""
        cutoff 2024-04-01
        services
          happened   | until      | kind      | outcome
          2023-01-01 | 2023-06-01 | parenting | completed
          2023-07-01 | 2024-03-20 | respite   | ended_early   <- 30 days between
          2023-06-10 | 2023-06-20 | guidance  | refused       <- does not fill the gap
        gives 30
    """,
)
def longest_without_service(window: Window) -> Value:
    """The most days in a row without a service, since the first one of the window began."""
    return _given.within(window).longest_gap()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("支援のうち拒否が{value}", "{value} of the services were refused"),
        none=Text("結果の分かる支援なし", "no service of known outcome"),
    ),
    example="""
        cutoff 2024-04-01
        services
          happened   | until      | outcome
          2023-01-01 | 2023-01-01 | refused
          2022-01-01 | 2022-06-01 | completed
          2021-01-01 | 2021-06-01 | ended_early
          2020-01-01 | 2020-06-01 | completed
          2024-01-01 |            |             <- goes on: counted on neither side
        gives 0.25
    """,
)
def service_refused_share(window: Window) -> Value:
    """The share of services of known outcome that the family refused."""
    return services.within(window).share(services.outcome.is_("refused"))


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text("{window}、支援の種類が{value}種類", "{value} kind(s) of service {window}"),
        none=Text("{window}、種類の分かる支援なし", "no service of a known kind {window}"),
    ),
    example="""
        cutoff 2024-04-01
        services
          happened   | until      | kind
          2023-01-01 | 2023-06-01 | parenting
          2023-08-01 | 2023-09-01 | parenting   <- the same kind again
          2023-08-01 |            | respite
          2020-08-01 | 2021-09-01 | guidance    <- over before the two years
        gives 2
    """,
)
def service_kinds(window: Window) -> Value:
    """Different kinds of service that the family had, or was offered, in the window."""
    return services.within(window).count_distinct(services.kind)


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("最後に支援を提案してから{value}", "{value} since a service was last offered"),
        none=Text("支援を提案した記録なし", "no service was ever offered on record"),
    ),
    example="""
        cutoff 2024-04-01
        services
          happened   | until      | kind
          2024-03-02 |            | parenting
          2023-08-01 | 2024-03-30 | respite
        gives 30
    """,
)
def days_since_service_offered(window: Window) -> Value:
    """Days since the last service was offered or began."""
    return services.within(window).days_since_last()
