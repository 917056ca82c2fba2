"""What this notification alleges: the kinds of abuse."""

from features.language.feature import Reason, feature
from features.language.rows import Rows
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, Window
from features.library.this_notification import this_notification
from features.tables import allegations


def alleged(window: Window) -> Rows:
    """The allegations made in the latest notification."""
    return allegations.about(this_notification(window))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "今回の通告で疑われる虐待種別が{value}種類",
            "{value} kind(s) of abuse alleged this time",
        ),
        none=Text("今回、虐待種別の記録なし", "no kind of abuse on record this time"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-03-20
        allegations
          happened   | notification | kind
          2024-03-20 | a            | physical
          2024-03-20 | a            | neglect
          2024-03-21 | a            | neglect   <- the same kind, by somebody else
          2024-03-20 | a            |           <- not known
          2023-03-20 | b            | sexual    <- not this notification
        gives 2
    """,
)
def alleged_kind_count(window: Window) -> Value:
    """Different kinds of abuse alleged in the latest notification."""
    return alleged(window).count_distinct(allegations.kind)


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、身体的虐待の疑いあり", "physical abuse alleged this time"),
        none=Text(
            "今回、身体的虐待の疑いなし",
            "no physical abuse alleged this time",
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-03-20
        allegations
          happened   | notification | kind
          2024-03-20 | a            | neglect
          2024-03-20 | a            |            <- not filled in: it may have been physical
          2023-03-20 | b            | physical   <- not this notification
        gives missing
    """,
)
def physical_alleged(window: Window) -> Value:
    """Whether the latest notification alleges physical abuse."""
    return alleged(window).says(allegations.kind.is_("physical"))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、心理的虐待の疑いあり", "psychological abuse alleged this time"),
        none=Text(
            "今回、心理的虐待の疑いなし",
            "no psychological abuse alleged this time",
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
        allegations
          happened   | known      | notification | kind
          2024-03-20 | 2024-03-20 | a            | psychological
          2024-03-20 | 2024-04-02 | a            | psychological   <- recorded after the cutoff
          2024-03-20 | 2024-03-20 | a            | physical
        gives 1
    """,
)
def psychological_alleged(window: Window) -> Value:
    """Whether the latest notification alleges psychological abuse, witnessed violence included."""
    return alleged(window).says(allegations.kind.is_("psychological"))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、性的虐待の疑いあり", "sexual abuse alleged this time"),
        none=Text("今回、性的虐待の疑いなし", "no sexual abuse alleged this time"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
        allegations
          happened   | withdrawn  | notification | kind
          2024-03-20 |            | a            | sexual
          2024-03-20 | 2024-03-21 | a            | sexual    <- entered twice by mistake
          2024-03-20 |            | a            | neglect
        gives 1
    """,
)
def sexual_alleged(window: Window) -> Value:
    """Whether the latest notification alleges sexual abuse."""
    return alleged(window).says(allegations.kind.is_("sexual"))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、ネグレクトの疑いあり", "neglect alleged this time"),
        none=Text("今回、ネグレクトの疑いなし", "no neglect alleged this time"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened   | child
          a  | 2024-03-20 | child
          b  | 2024-03-20 | other
        allegations
          happened   | notification | kind    | child
          2024-03-20 | a            | neglect | child
          2024-03-20 | b            | neglect | other   <- of another child
          2024-03-20 | a            | sexual  | child
        gives 1
    """,
)
def neglect_alleged(window: Window) -> Value:
    """Whether the latest notification alleges neglect."""
    return alleged(window).says(allegations.kind.is_("neglect"))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、面前DVの疑いあり", "violence witnessed by the child alleged this time"),
        none=Text(
            "今回、面前DVの疑いなし",
            "no violence witnessed by the child alleged this time",
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-03-20
        allegations
          happened   | notification | kind          | witnessed_violence
          2024-03-20 | a            | psychological | yes
          2024-03-20 | a            | psychological |       <- not known
          2024-03-20 | a            | physical      | no
          2023-03-20 | b            | psychological | yes   <- not this notification
        gives 1
    """,
)
def witnessed_violence_alleged(window: Window) -> Value:
    """Whether the latest notification says that the child witnessed violence between adults."""
    return alleged(window).says(allegations.witnessed_violence.is_true())
