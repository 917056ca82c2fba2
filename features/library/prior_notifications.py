"""What was notified before: how often, by whom, and at what pace."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, MONTHS_6, YEAR_1, YEARS_2, Window
from features.tables import allegations, notifications


@feature(
    windows=(MONTHS_6, YEAR_1, YEARS_2, EVER),
    reason=Reason(
        some=Text("{window}、通告が{value}件", "{value} notification(s) {window}"),
        none=Text("{window}、通告なし", "no notification {window}"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | known      | source
          2024-01-10 | 2024-01-10 | police
          2022-06-01 | 2022-06-01 | school
          2022-04-02 | 2022-04-02 | family    <- a day too early for the 2 years
          2024-03-30 | 2024-04-02 | medical   <- recorded after the cutoff: never seen
        gives 6m: 1, 1y: 1, 2y: 2, ever: 3
    """,
)
def notification_count(window: Window) -> Value:
    """Notifications received in the window, counting each report of the same incident."""
    return notifications.within(window).count()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("前回の通告から{value}", "{value} since the notification before this one"),
        none=Text("以前の通告なし", "no earlier notification"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened
          2024-03-31
          2024-03-01
          2023-01-01
        gives 31
    """,
)
def days_since_previous_notification(window: Window) -> Value:
    """Days from the notification before the latest one to the cutoff."""
    return notifications.within(window).earlier().days_since_last()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("最初の通告から{value}", "{value} since the first notification"),
        none=Text("以前の通告なし", "no earlier notification"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | withdrawn
          2024-03-31 |
          2024-03-01 |
          2023-04-02 |
          2020-01-01 | 2020-02-01   <- entered by mistake
        gives 365
    """,
)
def days_since_first_notification(window: Window) -> Value:
    """Days from the first notification to the cutoff, where the latest is not the first."""
    return notifications.within(window).earlier().days_since_first()


@feature(
    windows=(YEAR_1, EVER),
    reason=Reason(
        some=Text(
            "{window}、{value}種類の経路から通告", "notified by {value} kind(s) of source {window}"
        ),
        none=Text("{window}、通告した人の記録なし", "no source of notification on record {window}"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | source
          2024-03-20 | police
          2024-01-20 | police    <- the same source again
          2023-04-03 | school    <- the first day of the year
          2023-04-02 | medical   <- a day too early for it
          2023-12-20 |           <- who notified is not known
        gives 1y: 2, ever: 3
    """,
)
def notification_source_count(window: Window) -> Value:
    """Different kinds of source that notified the office in the window."""
    return notifications.within(window).count_distinct(notifications.source)


@feature(
    windows=(YEAR_1, EVER),
    reason=Reason(
        some=Text(
            "{window}、警察からの通告が{value}件", "{value} notification(s) by the police {window}"
        ),
        none=Text(
            "{window}、警察からの通告の記録なし", "no notification by the police on record {window}"
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | known      | source
          2024-03-20 | 2024-03-20 | police
          2022-03-20 | 2022-03-20 | police
          2024-01-20 | 2024-01-20 | school
          2024-04-01 | 2024-04-02 | police   <- recorded after the cutoff: never seen
        gives 1y: 1, ever: 2
    """,
)
def police_notification_count(window: Window) -> Value:
    """Notifications by the police in the window."""
    return notifications.where(notifications.source.is_("police")).within(window).count()


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、今回より前に身体的虐待の疑いで通告{value}件",
            "{value} earlier notification(s) alleging physical abuse {window}",
        ),
        none=Text(
            "{window}、今回より前に身体的虐待の疑いでの通告なし",
            "no earlier notification alleging physical abuse {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-01-10
          c  | 2022-04-02   <- a day too early for the 2 years
          d  | 2022-08-01
        allegations
          happened   | notification | kind
          2024-03-20 | a            | physical   <- this notification, no earlier one
          2023-01-10 | b            | physical
          2023-01-10 | b            | physical   <- by somebody else, in the same notification
          2023-01-10 | b            | neglect
          2022-04-02 | c            | physical
          2022-08-01 | d            | neglect
        gives 2y: 1, ever: 2
    """,
)
def earlier_physical_notification_count(window: Window) -> Value:
    """Notifications in the window, before the latest one, that allege physical abuse."""
    earlier = notifications.within(window).earlier()
    physical = allegations.where(allegations.kind.is_("physical"))
    return physical.about(earlier).count_distinct(allegations.notification)
