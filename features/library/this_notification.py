"""This notification: who notified the office, what they saw, and how old the child is."""

from features.language.feature import Reason, feature
from features.language.rows import Rows
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, YEAR_1, Window
from features.tables import children, notifications


def this_notification(window: Window) -> Rows:
    """The notifications of the last day on which there was any in the window."""
    return notifications.within(window).latest()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回は警察からの通告", "this notification came from the police"),
        none=Text("今回は警察からの通告ではない", "this notification did not come from the police"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | known      | source
          2024-04-01 | 2024-04-02 | school   <- recorded after the cutoff: never seen
          2024-03-20 | 2024-03-20 | police
          2024-03-01 | 2024-03-01 | school
          2023-05-01 | 2023-05-01 | police   <- not this notification
        gives 1
    """,
)
def notified_by_police(window: Window) -> Value:
    """Whether the latest notification came from the police."""
    return this_notification(window).says(notifications.source.is_("police"))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "今回は学校・保育所等からの通告", "this notification came from a school or nursery"
        ),
        none=Text(
            "今回は学校・保育所等からの通告ではない",
            "this notification did not come from a school or nursery",
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | source
          2024-03-20 | nursery
          2024-03-20 |           <- who notified is not known
          2023-05-01 | school    <- not this notification
        gives 1
    """,
)
def notified_by_school(window: Window) -> Value:
    """Whether the latest notification came from a school, nursery or kindergarten."""
    from_school = notifications.source.is_("school", "nursery")
    return this_notification(window).says(from_school)


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回は医療・保健機関からの通告", "this notification came from a health service"),
        none=Text(
            "今回は医療・保健機関からの通告ではない",
            "this notification did not come from a health service",
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | withdrawn  | source
          2024-03-25 | 2024-03-26 | welfare  <- entered by mistake
          2024-03-20 |            | medical
          2024-03-01 |            | welfare
          2024-02-01 |            | health   <- not this notification
        gives 1
    """,
)
def notified_by_health_service(window: Window) -> Value:
    """Whether the latest notification came from a doctor, hospital or public health service."""
    from_health_service = notifications.source.is_("medical", "health")
    return this_notification(window).says(from_health_service)


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回は家族・親戚からの通告", "this notification came from the family"),
        none=Text(
            "今回は家族・親戚からの通告ではない", "this notification did not come from the family"
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | source
          2024-04-01 | family   <- on the cutoff itself
          2024-03-31 | child
          2024-03-01 | family   <- not this notification
        gives 1
    """,
)
def notified_by_family(window: Window) -> Value:
    """Whether the latest notification came from the family or relatives, not from the child."""
    return this_notification(window).says(notifications.source.is_("family"))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回は児童本人からの通告", "this notification came from the child"),
        none=Text(
            "今回は児童本人からの通告ではない", "this notification did not come from the child"
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | source | child
          2024-03-30 | child  | other   <- of another child
          2024-03-20 | child  | child
          2024-03-20 | school | child   <- the school rang on the same day
          2024-01-20 | child  | child   <- not this notification
        gives 1
    """,
)
def notified_by_child(window: Window) -> Value:
    """Whether the child turned to the office in the latest notification."""
    return this_notification(window).says(notifications.source.is_("child"))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回は近隣・知人からの通告", "this notification came from a neighbour"),
        none=Text(
            "今回は近隣・知人からの通告ではない", "this notification did not come from a neighbour"
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | known      | source
          2024-03-28 | 2024-04-03 | police     <- recorded after the cutoff: never seen
          2024-03-20 | 2024-03-21 | neighbour
          2024-03-20 | 2024-03-20 | other      <- another source on the same day
        gives 1
    """,
)
def notified_by_neighbour(window: Window) -> Value:
    """Whether the latest notification came from a neighbour or acquaintance."""
    return this_notification(window).says(notifications.source.is_("neighbour"))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回は匿名の通告", "this notification was anonymous"),
        none=Text("今回は匿名の通告ではない", "this notification was not anonymous"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | anonymous
          2024-03-20 | no
          2024-03-20 |             <- whether a name was given is not known: no "no" either
          2024-03-01 | no
          2024-02-01 | yes         <- not this notification
        gives missing
    """,
)
def notified_anonymously(window: Window) -> Value:
    """Whether the notifier gave no name in the latest notification."""
    return this_notification(window).says(notifications.anonymous.is_true())


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("通告者が児童を直接見ている", "the notifier saw the child"),
        none=Text("通告者は児童を見ていない", "the notifier did not see the child"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened   | known      | withdrawn  | child_seen
          a  | 2024-03-20 | 2024-03-20 | 2024-03-25 | no    <- corrected later
          a  | 2024-03-20 | 2024-03-25 |            | yes
          b  | 2024-03-20 | 2024-03-20 |            |       <- not known
        gives 1
    """,
)
def notifier_saw_child(window: Window) -> Value:
    """Whether a notifier of the latest notification saw the child."""
    return this_notification(window).says(notifications.child_seen.is_true())


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("児童は{value}", "the child is {value} old"),
        none=Text("児童の年齢不明", "the age of the child is not known"),
    ),
    example="""
        cutoff 2024-04-01
        children
          id | happened   | known      | withdrawn
          a  | 2019-04-02 | 2024-03-20 | 2024-03-25   <- a day of birth corrected later
          a  | 2020-04-02 | 2024-03-25 |              <- four years old tomorrow
        gives 3
    """,
)
def child_age(window: Window) -> Value:
    """Completed years of the child's life on the cutoff."""
    return children.within(window).age()


@feature(
    windows=(YEAR_1,),
    reason=Reason(
        some=Text("生後{value}の乳児", "an infant, {value} old"),
        none=Text("1歳未満との記録なし", "not on record as under one year old"),
    ),
    example="""
        cutoff 2024-04-01
        children
          happened   | child
          2023-04-03 | child   <- 364 days before: the oldest that counts as an infant
          2024-03-25 | other   <- another child
        gives 364
    """,
)
def infant_age(window: Window) -> Value:
    """Days of life of a child born in the year before the cutoff."""
    return children.within(window).days_since_last()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "今回、{value}種類の経路から通告", "notified by {value} kind(s) of source this time"
        ),
        none=Text("今回、通告した人の記録なし", "no source of notification on record this time"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | source
          2024-03-20 | police
          2024-03-20 | school
          2024-03-20 | school
          2024-03-01 | medical   <- not this notification
        gives 2
    """,
)
def sources_this_time(window: Window) -> Value:
    """Different kinds of source that notified on the day of the latest notification."""
    return this_notification(window).count_distinct(notifications.source)


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回の通告から{value}", "{value} since this notification"),
        none=Text("通告の記録がない", "no notification so far"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | known
          2024-03-30 | 2024-04-01   <- put on record two days later
          2024-03-31 | 2024-04-02   <- recorded after the cutoff: never seen
          2023-03-20 | 2023-03-20
        gives 2
    """,
)
def days_since_this_notification(window: Window) -> Value:
    """Days from the latest notification to the cutoff: how fresh the report is."""
    return notifications.within(window).days_since_last()
