"""Injuries: where, how grave, and how often."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, MONTHS_6, YEARS_2, Window
from features.library.this_notification import this_notification
from features.tables import observations

_injuries = observations.where(observations.kind.is_("injury"))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、頭部・顔面・頸部にけがあり", "injury to the head, face or neck this time"),
        none=Text(
            "今回、頭部・顔面・頸部のけがなし",
            "no injury to the head, face or neck this time",
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-03-20
        observations
          happened   | notification | kind   | site
          2024-03-20 | a            | injury | face
          2024-03-20 | a            | injury | limbs
          2024-03-20 | a            | injury |         <- where is not known
          2024-03-20 | a            | weapon | head    <- no injury
          2023-03-20 | b            | injury | head    <- not this notification
        gives 1
    """,
)
def head_injury_observed(window: Window) -> Value:
    """Whether the latest notification tells of an injury to the head, face or neck."""
    at_head = observations.site.is_("head", "face", "neck")
    return _injuries.about(this_notification(window)).says(at_head)


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "今回、けがが{value}部位にある", "injury to {value} part(s) of the body this time"
        ),
        none=Text("今回、けがの記録なし", "no injury on record this time"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-03-20
        observations
          happened   | withdrawn  | notification | kind   | site
          2024-03-20 |            | a            | injury | limbs
          2024-03-22 |            | a            | injury | limbs   <- another injury there
          2024-03-20 |            | a            | injury | trunk
          2024-03-20 |            | a            | injury |         <- where is not known
          2024-03-20 | 2024-03-22 | a            | injury | neck    <- withdrawn
          2024-03-20 |            | a            | weapon | head    <- no injury
          2023-03-20 |            | b            | injury | mouth   <- not this notification
        gives 2
    """,
)
def injury_site_count(window: Window) -> Value:
    """Different parts of the body that are injured according to the latest notification."""
    return _injuries.about(this_notification(window)).count_distinct(observations.site)


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "今回、けがの程度は最大{value}（4が生命の危険）",
            "injury of extent up to {value} of 4 this time",
        ),
        none=Text("今回、程度の分かるけがの記録なし", "no injury of known extent this time"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-03-20
        observations
          happened   | known      | notification | kind   | extent
          2024-03-20 | 2024-03-20 | a            | injury | 1
          2024-03-20 | 2024-03-20 | a            | injury | 2
          2024-03-20 | 2024-03-20 | a            | injury |     <- how grave is not known
          2024-03-20 | 2024-04-03 | a            | injury | 3   <- the doctor's letter came later
          2024-03-20 | 2024-03-20 | a            | weapon | 3   <- no injury
          2023-03-20 | 2023-03-20 | b            | injury | 4   <- not this notification
        gives 2
    """,
)
def largest_injury_extent(window: Window) -> Value:
    """Extent of the gravest injury in the latest notification, from 1 slight to 4 grave."""
    return _injuries.about(this_notification(window)).max(observations.extent)


@feature(
    windows=(MONTHS_6, YEARS_2, EVER),
    reason=Reason(
        some=Text("{window}、けがの所見が{value}日", "injury observed on {value} day(s) {window}"),
        none=Text("{window}、けがの所見の記録なし", "no injury on record {window}"),
    ),
    example="""
        cutoff 2024-04-01
        observations
          happened   | kind
          2024-04-01 | injury
          2024-04-01 | injury    <- seen on the same day, elsewhere on the body
          2023-10-02 | injury    <- the first day of the 6 months
          2023-10-01 | injury    <- a day too early for them
          2022-04-02 | injury    <- a day too early for the 2 years
          2024-03-20 | hygiene
        gives 6m: 2, 2y: 3, ever: 4
    """,
)
def injury_count(window: Window) -> Value:
    """Different days of the window on which an injury was observed, whoever saw it."""
    return _injuries.within(window).count_days()
