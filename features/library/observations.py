"""Danger signs of this notification: what somebody saw, or the child said."""

from features.language.feature import Reason, feature
from features.language.rows import Rows
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, Window
from features.library.this_notification import this_notification
from features.tables import observations


def observed(window: Window) -> Rows:
    """The red-flag observations that belong to the latest notification."""
    return observations.about(this_notification(window))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、本人が虐待を打ち明けている", "the child disclosed abuse this time"),
        none=Text(
            "今回、本人からの訴えの記録なし", "no disclosure by the child on record this time"
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
          2024-03-25 | a            | disclosure   <- said at school, some days later
          2024-03-20 | a            | injury
          2023-03-20 | b            | disclosure   <- not this notification
        gives 1
    """,
)
def disclosure_observed(window: Window) -> Value:
    """Whether the child disclosed abuse in the latest notification."""
    return observed(window).where(observations.kind.is_("disclosure")).exists()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、本人が保護を求めている", "the child asks for protection this time"),
        none=Text(
            "今回、本人が保護を求めた記録なし", "no request for protection on record this time"
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
        observations
          happened   | known      | notification | kind
          2024-03-31 | 2024-04-01 | a            | asks_protection   <- known on the cutoff
          2024-03-31 | 2024-04-02 | a            | asks_protection   <- recorded after it
        gives 1
    """,
)
def protection_asked_for(window: Window) -> Value:
    """Whether the child asked for protection in the latest notification."""
    return observed(window).where(observations.kind.is_("asks_protection")).exists()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、凶器・道具が使われている", "a weapon or tool was used this time"),
        none=Text(
            "今回、凶器・道具の使用の記録なし", "no use of a weapon or tool on record this time"
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
        observations
          id | happened   | known      | withdrawn  | notification | kind
          o1 | 2024-03-20 | 2024-03-20 | 2024-03-27 | a            | threat   <- corrected later
          o1 | 2024-03-20 | 2024-03-27 |            | a            | weapon
        gives 1
    """,
)
def weapon_observed(window: Window) -> Value:
    """Whether a weapon or tool was used according to the latest notification."""
    return observed(window).where(observations.kind.is_("weapon")).exists()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "今回、殺傷の脅しまたは心中の示唆あり",
            "threat to kill, or of family suicide, this time",
        ),
        none=Text(
            "今回、殺傷の脅し・心中の示唆の記録なし",
            "no threat to kill, or of family suicide, on record this time",
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
        observations
          happened   | notification | kind
          2024-03-20 | a            | threat
          2024-03-10 |              | threat   <- of no known notification
        gives 1
    """,
)
def threat_observed(window: Window) -> Value:
    """Whether the latest notification tells of a threat to kill or of family suicide."""
    return observed(window).where(observations.kind.is_("threat")).exists()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、監禁・締め出しあり", "the child was locked in or out this time"),
        none=Text("今回、監禁・締め出しの記録なし", "no locking in or out on record this time"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2024-03-19
        observations
          happened   | notification | kind
          2024-03-20 | a            | confined
          2024-03-20 | a            | alone
          2024-03-20 | b            | confined   <- belongs to the notification of the day before
        gives 1
    """,
)
def confinement_observed(window: Window) -> Value:
    """Whether the child was locked in or locked out according to the latest notification."""
    return observed(window).where(observations.kind.is_("confined")).exists()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、食事を与えられていない", "the child went without food this time"),
        none=Text("今回、食事を与えられない記録なし", "no lack of food on record this time"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened   | child
          a  | 2024-03-20 | child
          b  | 2024-03-20 | other
        observations
          happened   | notification | kind    | child
          2024-03-20 | a            | unfed   | child
          2024-03-20 | b            | unfed   | other   <- of another child
          2024-03-20 | a            | hygiene | child
        gives 1
    """,
)
def lack_of_food_observed(window: Window) -> Value:
    """Whether the child was not given food according to the latest notification."""
    return observed(window).where(observations.kind.is_("unfed")).exists()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、乳幼児の放置あり", "a young child left alone this time"),
        none=Text(
            "今回、乳幼児の放置の記録なし", "no young child on record as left alone this time"
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2024-03-20
        observations
          happened   | notification | kind
          2024-03-20 | b            | alone      <- the second notification of the same day
          2024-03-20 | a            | confined
        gives 1
    """,
)
def left_alone_observed(window: Window) -> Value:
    """Whether a young child was left alone according to the latest notification."""
    return observed(window).where(observations.kind.is_("alone")).exists()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、保護者に精神的な不調あり", "a carer mentally unwell this time"),
        none=Text(
            "今回、保護者の精神的な不調の記録なし", "no mentally unwell carer on record this time"
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2022-03-20
        observations
          happened   | notification | kind
          2024-03-20 | a            | carer_unwell
          2024-03-20 | a            | carer_intoxicated
          2022-03-20 | b            | carer_unwell   <- unwell two years ago
        gives 1
    """,
)
def carer_unwell_observed(window: Window) -> Value:
    """Whether a carer was mentally unwell according to the latest notification."""
    return observed(window).where(observations.kind.is_("carer_unwell")).exists()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、保護者に酒・薬物の影響あり", "a carer drunk or on drugs this time"),
        none=Text(
            "今回、保護者の酒・薬物の記録なし", "no carer on record as drunk or on drugs this time"
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
        observations
          happened   | withdrawn  | notification | kind
          2024-03-20 |            | a            | carer_intoxicated
          2024-03-20 | 2024-04-01 | a            | carer_intoxicated   <- withdrawn on the cutoff
        gives 1
    """,
)
def carer_intoxicated_observed(window: Window) -> Value:
    """Whether a carer was drunk or on drugs according to the latest notification."""
    return observed(window).where(observations.kind.is_("carer_intoxicated")).exists()
