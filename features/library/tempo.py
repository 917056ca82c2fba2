"""The tempo of notifications: faster or slower of late, and how long it was quiet."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, MONTHS_6, YEAR_1, YEARS_2, Window
from features.tables import notifications

PROFESSIONALS = ("police", "school", "nursery", "medical", "welfare", "health")


@feature(
    windows=(MONTHS_6, YEARS_2, EVER),
    reason=Reason(
        some=Text("{window}、通告のあった日が{value}日", "notified on {value} day(s) {window}"),
        none=Text("{window}、通告のあった日なし", "notified on no day {window}"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | source
          2024-03-20 | police
          2024-03-20 | school   <- the same day again
          2023-10-01 | school   <- a day too early for the 6 months
          2020-03-20 | police
        gives 6m: 1, 2y: 2, ever: 3
    """,
)
def notification_days(window: Window) -> Value:
    """Different days on which the child was notified: reports of one incident count once."""
    return notifications.within(window).count_days()


@feature(
    windows=(YEAR_1, YEARS_2),
    reason=Reason(
        some=Text(
            "{window}の通告の増減（後半と前半の差）は{value}件",
            "notifications {window}: {value} in the later half against the earlier",
        ),
        none=Text("{window}、通告の増減なし", "as many notifications early as late {window}"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | known
          2024-03-20 |
          2024-02-20 |
          2023-06-01 |              <- in the earlier half of the year
          2022-05-01 |
          2020-06-01 |
          2024-03-30 | 2024-04-02   <- recorded after the cutoff: never seen
        gives 1y: 1, 2y: 2
    """,
)
def notification_change(window: Window) -> Value:
    """Notifications in the later half of the window less those in the earlier half."""
    return notifications.within(window).change()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "通告の頻度（1年ごとに重みを半減した件数）は{value}",
            "notifications, each worth half after a year: {value}",
        ),
        none=Text("通告の記録なし", "no notification on record"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | withdrawn
          2024-04-01 |
          2023-04-02 |              <- 365 days ago: half of one
          2022-04-02 |              <- 730 days ago: a quarter
          2024-03-01 | 2024-03-02   <- entered by mistake
        gives 1.75
    """,
)
def faded_notifications(window: Window) -> Value:
    """Notifications so far, each counting for half as much with every year that has passed."""
    return notifications.within(window).faded_count(YEAR_1)


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "通告が途絶えた最長の期間は{value}", "the longest time without a notification: {value}"
        ),
        none=Text(
            "通告の記録がなく、間隔は測れない", "no notification to measure a quiet time from"
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened
          2024-03-31
          2024-01-31   <- 59 days before, both left out
          2024-01-15
          2024-01-15
        gives 59
    """,
)
def longest_quiet_time(window: Window) -> Value:
    """The most days in a row without a notification, since the first one."""
    return notifications.within(window).longest_gap()


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、通告のうち関係機関からのものが{value}",
            "{value} of the notifications {window} came from professionals",
        ),
        none=Text("{window}、経路の分かる通告なし", "no notification from a known source {window}"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | source
          2024-03-20 | school
          2024-01-20 | neighbour
          2023-01-20 |             <- who notified is not known: counted on neither side
          2020-01-20 | police
          2020-01-20 | medical
        gives 2y: 0.5, ever: 0.75
    """,
)
def share_by_professionals(window: Window) -> Value:
    """The share of notifications that came from police, schools, doctors and offices."""
    return notifications.within(window).share(notifications.source.is_(*PROFESSIONALS))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "これまでの通告のうち匿名が{value}", "{value} of all notifications were anonymous"
        ),
        none=Text(
            "匿名かどうかの分かる通告なし", "no notification of which it is known who gave it"
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | anonymous
          2024-03-20 | no
          2024-01-20 | yes
          2023-01-20 | no
          2022-01-20 | no
          2021-01-20 |             <- not known
        gives 0.25
    """,
)
def share_anonymous(window: Window) -> Value:
    """The share of notifications in which the notifier gave no name."""
    return notifications.within(window).share(notifications.anonymous.is_true())
