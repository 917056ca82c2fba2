"""How old the people of the household are, and how close together its children were born."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, TODAY, Window
from features.tables import members
from features.tables.codes import ADULT_RELATIONS, SIBLING_RELATIONS

_adults = members.where(members.relation.is_(*ADULT_RELATIONS))
_siblings = members.where(members.relation.is_(*SIBLING_RELATIONS))
_parents = members.where(members.relation.is_("mother", "father"))


@feature(
    windows=(TODAY,),
    reason=Reason(
        some=Text(
            "{window}同居する若い方の親は{value}", "the younger parent {window} is {value} old"
        ),
        none=Text(
            "{window}同居する親の年齢不明", "the age of no parent living there {window} is known"
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation    | born
          2022-05-01 | mother | mother      | 2004-04-02   <- twenty tomorrow
          2022-05-01 | father | father      | 2001-01-01
          2022-05-01 | second | step_mother | 2006-01-01
        gives 19
    """,
)
def youngest_parent_age(window: Window) -> Value:
    """Completed years of the younger of mother and father who live with the child."""
    return _parents.within(window).least_age(members.born)


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "実母の出生から本人の出生まで{value}", "{value} from the mother's birth to the child's"
        ),
        none=Text(
            "実母と本人の出生の間隔は不明",
            "the time from the mother's birth to the child's is not known",
        ),
    ),
    example="""
        cutoff 2024-04-01
        children
          happened
          2022-05-01
        members
          happened   | until      | person | relation    | born
          2022-05-01 | 2023-05-01 | mother | mother      | 2004-05-05   <- has left since
          2022-05-01 |            | second | step_mother | 2006-01-01
        gives 6570
    """,
)
def mothers_age_at_birth(window: Window) -> Value:
    """Days of the mother's life when the child was born: how young she was, whatever she is now."""
    return members.where(members.relation.is_("mother")).within(window).spacing(members.born)


@feature(
    windows=(TODAY,),
    reason=Reason(
        some=Text(
            "{window}同居する最年長の大人は{value}", "the oldest adult {window} is {value} old"
        ),
        none=Text(
            "{window}同居する大人の年齢不明", "the age of no adult living there {window} is known"
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person  | relation    | born
          2022-05-01 |            | mother  | mother      | 1994-04-01   <- thirty today
          2022-05-01 |            | uncle   | other_relative |          <- not known
          2022-05-01 | 2024-01-01 | grandma | grandparent | 1950-01-01   <- has left
        gives 30
    """,
)
def oldest_adult_age(window: Window) -> Value:
    """Completed years of the oldest adult who lives with the child: is there anybody of age."""
    return _adults.within(window).most_age(members.born)


@feature(
    windows=(TODAY,),
    reason=Reason(
        some=Text(
            "{window}同居する最年少のきょうだいは{value}",
            "the youngest sibling living there {window} is {value} old",
        ),
        none=Text(
            "{window}同居するきょうだいの年齢不明",
            "the age of no sibling living there {window} is known",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation | born
          2022-05-01 | older  | sibling  | 2012-01-01
          2023-05-01 | baby   | sibling  | 2023-05-01
          2023-05-01 | cousin | other_child | 2024-01-01
        gives 0
    """,
)
def youngest_sibling_age(window: Window) -> Value:
    """Completed years of the youngest brother or sister who lives with the child."""
    return _siblings.within(window).least_age(members.born)


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "最も近いきょうだいとの出生間隔は{value}",
            "{value} between the nearest births of siblings",
        ),
        none=Text(
            "きょうだいとの出生間隔は不明", "the time between births of siblings is not known"
        ),
    ),
    example="""
        cutoff 2024-04-01
        children
          happened
          2020-01-01
        members
          happened   | person | relation    | born
          2020-01-01 | older  | sibling     | 2018-01-01
          2020-12-01 | baby   | half_sibling | 2020-12-01   <- eleven months apart
          2020-01-01 | cousin | other_child | 2020-01-05
        gives 335
    """,
)
def birth_spacing(window: Window) -> Value:
    """Days between the child's birth and the nearest birth of a sibling; of twins, none."""
    return _siblings.within(window).spacing(members.born)
