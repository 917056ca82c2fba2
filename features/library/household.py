"""Who lives with the child now, who has lived there lately, and how settled the home is."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, TODAY, YEARS_2, Window
from features.tables import members
from features.tables.codes import ADULT_RELATIONS, SIBLING_RELATIONS

_is_partner = members.relation.is_("step_mother", "step_father", "parents_partner")
_partners = members.where(_is_partner)


@feature(
    windows=(TODAY,),
    reason=Reason(
        some=Text(
            "{window}、同居のきょうだいが{value}人", "{value} sibling(s) in the home {window}"
        ),
        none=Text("{window}、同居のきょうだいなし", "no sibling in the home {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | known      | until      | person | relation
          2018-05-01 |            |            | older  | half_sibling
          2024-04-01 |            |            | baby   | sibling   <- born on the cutoff itself
          2016-01-01 |            | 2024-04-01 | gone   | sibling   <- has left by then
          2024-03-01 | 2024-04-02 |            | new    | step_sibling   <- recorded too late
          2018-05-01 |            |            | cousin | other_child
          2018-05-01 |            |            | hidden |   <- who it is to the child is not known
        gives 2
    """,
)
def siblings_in_home(window: Window) -> Value:
    """How many brothers and sisters, half and step ones included, live with the child."""
    siblings = members.where(members.relation.is_(*SIBLING_RELATIONS))
    return siblings.within(window).count_distinct(members.person)


@feature(
    windows=(TODAY, YEARS_2),
    reason=Reason(
        some=Text(
            "{window}、同居の大人が{value}人", "{value} adult(s) living in the home {window}"
        ),
        none=Text("{window}、同居の大人の記録なし", "no adult recorded in the home {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person  | relation
          2018-05-01 | 2021-01-01 | mother  | mother   <- left and came back: one person
          2022-01-01 |            | mother  | mother
          2020-01-01 | 2022-04-04 | first   | parents_partner   <- his last day opens the two years
          2019-01-01 | 2022-04-03 | uncle   | other_relative   <- left a day too early to count
          2023-01-01 | 2023-06-01 | second  | parents_partner
          2018-05-01 |            | brother | sibling
        gives now: 1, 2y: 3
    """,
)
def adults_in_home(window: Window) -> Value:
    """How many different adults lived with the child in the window, if only for a day."""
    adults = members.where(members.relation.is_(*ADULT_RELATIONS))
    return adults.within(window).count_distinct(members.person)


@feature(
    windows=(TODAY,),
    reason=Reason(
        some=Text("{window}、実母と同居", "lives with the mother {window}"),
        none=Text("{window}、実母と同居していない", "does not live with the mother {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          id | happened   | known      | withdrawn  | until      | person | relation
          m1 | 2018-05-01 |            | 2024-03-20 |            | mother | mother
          m1 | 2018-05-01 | 2024-03-20 |            | 2024-03-18 | mother | mother   <- her leaving
          m2 | 2020-01-01 |            |            |            | second | step_mother
        gives 0
    """,
)
def mother_in_home(window: Window) -> Value:
    """Whether the child's mother is on record as living with the child."""
    return members.within(window).says(members.relation.is_("mother"))


@feature(
    windows=(TODAY,),
    reason=Reason(
        some=Text("{window}、実父と同居", "lives with the father {window}"),
        none=Text("{window}、実父と同居していない", "does not live with the father {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          id | happened   | known      | withdrawn  | until      | person | relation
          m1 | 2018-05-01 |            | 2024-04-02 |            | father | father   <- not yet
          m1 | 2018-05-01 | 2024-04-02 |            | 2024-03-30 | father | father
        gives 1
    """,
)
def father_in_home(window: Window) -> Value:
    """Whether the child's father is on record as living with the child."""
    return members.within(window).says(members.relation.is_("father"))


@feature(
    windows=(TODAY, YEARS_2),
    reason=Reason(
        some=Text(
            "{window}、継父母または親の交際相手が同居",
            "a step-parent or a parent's partner living in the home {window}",
        ),
        none=Text(
            "{window}、継父母・親の交際相手の同居なし",
            "no step-parent or parent's partner living in the home {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person  | relation
          2023-01-01 | 2024-04-01 | partner | parents_partner   <- left on the cutoff
          2018-05-01 |            | lodger  |   <- unknown is neither yes nor no
          2018-05-01 |            | mother  | mother
        gives now: missing, 2y: 1
    """,
)
def partner_in_home(window: Window) -> Value:
    """Whether a step-parent or a parent's partner lived with the child in the window."""
    return members.within(window).says(_is_partner)


@feature(
    windows=(TODAY,),
    reason=Reason(
        some=Text(
            "{window}同居する継父母・親の交際相手の同居開始から{value}",
            "{value} since the step-parent or partner living there {window} moved in",
        ),
        none=Text(
            "{window}、同居する継父母・親の交際相手なし",
            "no step-parent or parent's partner in the home {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | known      | until      | person | relation
          2023-11-01 |            | 2024-02-01 | gone   | parents_partner   <- no longer there
          2024-02-01 | 2024-03-15 |            | second | parents_partner
          2020-02-01 |            |            | first  | step_father
        gives 60
    """,
)
def days_since_partner_moved_in(window: Window) -> Value:
    """Days since the newest step-parent or parent's partner who still lives there moved in."""
    return _partners.within(window).days_since_last()


@feature(
    windows=(TODAY, YEARS_2),
    reason=Reason(
        some=Text(
            "{window}、親族でない大人が同居", "an adult who is no relative in the home {window}"
        ),
        none=Text(
            "{window}、親族でない大人の同居なし", "no adult outside the family in the home {window}"
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person  | relation
          2021-01-01 | 2022-04-04 | lodger  | unrelated_adult   <- the first day of the two years
          2023-01-01 |            | partner | parents_partner   <- asked of in its own question
        gives now: 0, 2y: 1
    """,
)
def unrelated_adult_in_home(window: Window) -> Value:
    """Whether an adult who is neither kin nor a parent's partner lived there in the window."""
    return members.within(window).says(members.relation.is_("unrelated_adult"))


@feature(
    windows=(TODAY,),
    reason=Reason(
        some=Text(
            "{window}、祖父母など親族の大人が同居",
            "a grandparent or other adult relative in the home {window}",
        ),
        none=Text(
            "{window}、祖父母など親族の大人の同居なし",
            "no grandparent or other adult relative in the home {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person  | relation
          2018-05-01 | 2024-04-02 | grandma | grandparent   <- leaves the day after the cutoff
        gives 1
    """,
)
def relative_in_home(window: Window) -> Value:
    """Whether a grandparent or another adult relative lives with the child."""
    return members.within(window).says(members.relation.is_("grandparent", "other_relative"))


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text("{window}、実父母と同居した日数は{value}", "{value} with a parent {window}"),
        none=Text("{window}、実父母と同居した日なし", "no day with mother or father {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person | relation
          2018-05-01 | 2022-04-13 | mother | mother   <- the first 10 of the 730 days
          2022-04-08 | 2022-04-18 | father | father   <- 5 of these 10 days were hers too
          2024-03-31 |            | mother | mother   <- back, with the cutoff 2 days
          2018-05-01 |            | second | step_mother
        gives 17
    """,
)
def days_with_a_parent(window: Window) -> Value:
    """Days of the window on which the mother or the father, or both, lived with the child."""
    parents = members.where(members.relation.is_("mother", "father"))
    return parents.within(window).days_covered()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("世帯に人が加わってから{value}", "{value} since somebody joined the household"),
        none=Text("世帯に加わった人の記録なし", "nobody on record as joining the household"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | known      | until      | person  | relation
          2018-05-01 |            |            | mother  | mother
          2024-03-02 | 2024-03-10 | 2024-03-20 | partner | parents_partner   <- gone again
          2024-03-30 | 2024-04-02 |            | baby    | sibling   <- recorded after the cutoff
        gives 30
    """,
)
def days_since_newcomer(window: Window) -> Value:
    """Days since anybody last joined the household, a newborn or one who has left included."""
    return members.within(window).days_since_last()
