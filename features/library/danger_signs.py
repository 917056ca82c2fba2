"""Danger signs on record: of this notification in all, and of all the time before."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, MONTHS_6, YEAR_1, YEARS_2, Window
from features.library.observations import observed
from features.tables import observations


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、性的被害の疑いあり", "signs of sexual harm this time"),
        none=Text("今回、性的被害の疑いの記録なし", "no sign of sexual harm on record this time"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-03-20
        observations
          happened   | notification | kind
          2024-03-20 | a            | sexual_harm
          2024-03-20 | a            | hygiene
          2023-03-20 | b            | sexual_harm   <- not this notification
        gives 1
    """,
)
def sexual_harm_observed(window: Window) -> Value:
    """Whether the latest notification tells of signs of sexual harm."""
    return observed(window).where(observations.kind.is_("sexual_harm")).exists()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、家庭内の暴力あり", "violence between adults at home this time"),
        none=Text("今回、家庭内の暴力の記録なし", "no violence between adults on record this time"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-03-20
        observations
          happened   | notification | kind
          2024-03-20 | a            | violence_at_home
          2024-03-20 | a            | carer_unwell
          2023-03-20 | b            | violence_at_home   <- not this notification
        gives 1
    """,
)
def violence_at_home_observed(window: Window) -> Value:
    """Whether adults of the home were violent to one another, by the latest notification."""
    return observed(window).where(observations.kind.is_("violence_at_home")).exists()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、住居・衣服の不衛生あり", "filthy home or clothing this time"),
        none=Text(
            "今回、住居・衣服の不衛生の記録なし", "no filthy home or clothing on record this time"
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-03-20
        observations
          happened   | notification | kind
          2024-03-20 | a            | hygiene
          2024-03-20 | a            | unfed
          2023-03-20 | b            | hygiene   <- not this notification
        gives 1
    """,
)
def squalor_observed(window: Window) -> Value:
    """Whether home or clothing were filthy according to the latest notification."""
    return observed(window).where(observations.kind.is_("hygiene")).exists()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、危険の所見が{value}種類", "{value} kind(s) of danger sign this time"),
        none=Text("今回、危険の所見の記録なし", "no danger sign on record this time"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-03-20
        observations
          happened   | notification | kind
          2024-03-20 | a            | injury
          2024-03-20 | a            | injury       <- the same kind again
          2024-03-20 | a            | disclosure
          2023-03-20 | b            | weapon       <- not this notification
        gives 2
    """,
)
def danger_sign_count(window: Window) -> Value:
    """Different kinds of red-flag observation in the latest notification."""
    return observed(window).count_distinct(observations.kind)


@feature(
    windows=(YEAR_1, EVER),
    reason=Reason(
        some=Text("{window}、危険の所見が{value}日", "danger signs on {value} day(s) {window}"),
        none=Text("{window}、危険の所見の記録なし", "no danger sign on record {window}"),
    ),
    example="""
        cutoff 2024-04-01
        observations
          happened   | known      | kind
          2024-03-20 | 2024-03-20 | hygiene
          2024-03-20 | 2024-03-20 | unfed      <- another sign of the same day
          2023-04-03 | 2023-04-03 | hygiene    <- the first day of the year
          2023-04-02 | 2023-04-02 | alone      <- a day too early for it
          2024-03-31 | 2024-04-02 | injury     <- recorded after the cutoff: never seen
        gives 1y: 2, ever: 3
    """,
)
def danger_signs_on_record(window: Window) -> Value:
    """Different days of the window on which a red flag was seen, by whomever."""
    return observations.within(window).count_days()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "危険の所見の累積（半年ごとに重みを半減した件数）は{value}",
            "danger signs, each worth half after six months: {value}",
        ),
        none=Text("危険の所見の累積なし", "no danger sign to weigh"),
    ),
    example="""
        cutoff 2024-04-01
        observations
          happened   | known      | kind
          2024-04-01 |            | threat
          2023-10-01 |            | injury   <- 183 days ago: half of one
          2024-03-01 | 2024-04-02 | injury   <- recorded after the cutoff
        gives 1.5
    """,
)
def faded_danger_signs(window: Window) -> Value:
    """Red-flag observations so far, each counting for half as much with every six months."""
    return observations.within(window).faded_count(MONTHS_6)


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、本人が訴えた・保護を求めた日が{value}日",
            "the child disclosed abuse or asked for protection on {value} day(s) {window}",
        ),
        none=Text(
            "{window}、本人からの訴え・保護の求めなし",
            "no disclosure or request for protection by the child {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        observations
          happened   | kind
          2024-03-20 | disclosure
          2024-03-20 | asks_protection   <- in the same talk
          2020-03-20 | disclosure
          2024-03-21 | injury
        gives 2y: 1, ever: 2
    """,
)
def days_child_spoke(window: Window) -> Value:
    """Different days of the window on which the child itself spoke of abuse or of protection."""
    spoke = observations.kind.is_("disclosure", "asks_protection")
    return observations.where(spoke).within(window).count_days()


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}、保護者の精神的不調・酒・薬物の所見が{value}日",
            "a carer unwell, drunk or on drugs on {value} day(s) {window}",
        ),
        none=Text(
            "{window}、保護者の精神的不調・酒・薬物の所見なし",
            "no carer unwell, drunk or on drugs on record {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        observations
          happened   | kind
          2024-03-20 | carer_unwell
          2024-03-20 | carer_intoxicated   <- on the same day
          2023-03-20 | carer_unwell
          2024-03-21 | injury
        gives 2
    """,
)
def carer_trouble_days(window: Window) -> Value:
    """Different days of the window on which a carer was seen unwell, drunk or on drugs."""
    trouble = observations.kind.is_("carer_unwell", "carer_intoxicated")
    return observations.where(trouble).within(window).count_days()
