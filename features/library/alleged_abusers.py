"""Who is said to have done it, according to this notification."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, Window
from features.library.allegations import alleged
from features.tables import allegations


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、虐待者とされるのは実母", "the alleged abuser this time is the mother"),
        none=Text(
            "今回、実母を虐待者とする訴えなし",
            "the mother is not alleged as abuser this time",
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
        allegations
          happened   | notification | abuser_relation
          2024-03-20 | a            | mother
          2024-03-20 | a            | step_mother   <- not the mother
          2024-03-20 |              | mother        <- of no known notification
        gives 1
    """,
)
def mother_alleged(window: Window) -> Value:
    """Whether the latest notification alleges abuse by the mother."""
    return alleged(window).says(allegations.abuser_relation.is_("mother"))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、虐待者とされるのは実父", "the alleged abuser this time is the father"),
        none=Text(
            "今回、実父を虐待者とする訴えなし", "the father is not alleged as abuser this time"
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
        allegations
          happened   | notification | abuser_relation
          2024-03-20 | a            | father
          2024-03-20 | a            | step_father   <- not the father
          2024-03-20 | a            |               <- not known
        gives 1
    """,
)
def father_alleged(window: Window) -> Value:
    """Whether the latest notification alleges abuse by the father."""
    return alleged(window).says(allegations.abuser_relation.is_("father"))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "今回、虐待者とされるのは継父・養父または親の交際相手",
            "the alleged abuser this time is a step-father or a parent's partner",
        ),
        none=Text(
            "今回、継父・養父や親の交際相手を虐待者とする訴えなし",
            "no step-father or parent's partner is alleged as abuser this time",
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-03-20
        allegations
          happened   | notification | abuser_relation
          2024-03-20 | a            | parents_partner
          2024-03-20 | a            | father
          2024-03-20 | a            |               <- not known
          2023-03-20 | b            | step_father   <- not this notification
        gives 1
    """,
)
def step_father_or_partner_alleged(window: Window) -> Value:
    """Whether the latest notification alleges abuse by a step-father or a parent's partner."""
    not_by_birth = allegations.abuser_relation.is_("step_father", "parents_partner")
    return alleged(window).says(not_by_birth)


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "今回、虐待者とされるのは祖父母・親族またはその他の大人",
            "the alleged abuser this time is a relative or another adult",
        ),
        none=Text(
            "今回、祖父母・親族やその他の大人を虐待者とする訴えなし",
            "no relative or other adult is alleged as abuser this time",
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-03-20
        allegations
          happened   | notification | abuser_relation
          2024-03-20 | a            | mother
          2024-03-20 | a            |               <- not known: neither yes nor no
          2023-03-20 | b            | grandparent   <- not this notification
        gives missing
    """,
)
def other_adult_alleged(window: Window) -> Value:
    """Whether the latest notification alleges abuse by an adult who is no parent or partner."""
    others = ("grandparent", "other_relative", "unrelated_adult")
    return alleged(window).says(allegations.abuser_relation.is_(*others))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、虐待者不明の訴えあり", "an allegation this time names no abuser"),
        none=Text("今回、虐待者不明の訴えなし", "no allegation without an abuser this time"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-03-20
        allegations
          happened   | notification | abuser | abuser_relation
          2024-03-20 | a            |        |
          2024-03-20 | a            | adult  |           <- known, though not who it is to the child
          2024-03-20 | a            |        | father    <- known, though not by name
          2023-03-20 | b            |        |           <- not this notification
        gives 1
    """,
)
def unknown_abuser_alleged(window: Window) -> Value:
    """Whether an allegation of the latest notification leaves open who the abuser is."""
    named = allegations.abuser.is_known() | allegations.abuser_relation.is_known()
    return alleged(window).where(~named).exists()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("今回、虐待者とされる人が{value}人", "{value} alleged abuser(s) this time"),
        none=Text("今回、虐待者とされる人の記録なし", "no alleged abuser on record this time"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-03-20
        allegations
          happened   | notification | abuser      | kind
          2024-03-20 | a            | mother      | neglect
          2024-03-20 | a            | mother      | physical   <- the same person
          2024-03-20 | a            | father      | physical
          2024-03-20 | a            |             | sexual     <- not known who
          2023-03-20 | b            | grandfather | physical   <- not this notification
        gives 2
    """,
)
def alleged_abuser_count(window: Window) -> Value:
    """Different persons who are alleged abusers in the latest notification."""
    return alleged(window).count_distinct(allegations.abuser)
