"""How the household changes: who joins and leaves, moves of house, and how many children."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, MONTHS_6, TODAY, YEAR_1, YEARS_2, YEARS_5, Window
from features.tables import agency_events, members
from features.tables.codes import ADULT_RELATIONS, SIBLING_RELATIONS

_adults = members.where(members.relation.is_(*ADULT_RELATIONS))
_parents = members.where(members.relation.is_("mother", "father"))
_partners = members.where(members.relation.is_("step_mother", "step_father", "parents_partner"))
_moves = agency_events.where(agency_events.kind.is_("moved", "moved_in"))


@feature(
    windows=(MONTHS_6, YEARS_2),
    reason=Reason(
        some=Text("{window}、世帯に加わった大人が{value}人", "{value} adult(s) joined {window}"),
        none=Text("{window}、世帯に加わった大人なし", "no adult joined the household {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | known      | until      | person  | relation
          2023-10-02 |            | 2024-01-01 | partner | parents_partner   <- opens the 6 months
          2024-02-01 |            |            | partner | parents_partner   <- back: one person
          2023-01-01 |            |            | uncle   | other_relative
          2020-01-01 |            |            | mother  | mother   <- there all along
          2024-02-01 |            |            | baby    | sibling
          2024-03-30 | 2024-04-02 |            | lodger  | unrelated_adult   <- recorded too late
        gives 6m: 1, 2y: 2
    """,
)
def adults_joined(window: Window) -> Value:
    """How many different adults came to live with the child in the window."""
    return _adults.beginning(window).count_distinct(members.person)


@feature(
    windows=(MONTHS_6, YEARS_2),
    reason=Reason(
        some=Text("{window}、世帯を離れた大人が{value}人", "{value} adult(s) left {window}"),
        none=Text("{window}、世帯を離れた大人なし", "no adult left the household {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person | relation
          2018-05-01 | 2024-04-01 | father | father          <- left on the cutoff
          2018-05-01 | 2023-10-01 | uncle  | other_relative  <- a day too early for the 6 months
          2018-05-01 | 2024-04-02 | mother | mother          <- is to leave tomorrow
          2018-05-01 | 2024-02-01 | older  | sibling
        gives 6m: 1, 2y: 2
    """,
)
def adults_left(window: Window) -> Value:
    """How many different adults stopped living with the child in the window."""
    return _adults.ending(window).count_distinct(members.person)


@feature(
    windows=(YEARS_5,),
    reason=Reason(
        some=Text(
            "{window}、新たに同居した継父母・親の交際相手が{value}人",
            "{value} step-parent(s) or partner(s) moved in {window}",
        ),
        none=Text(
            "{window}、新たに同居した継父母・親の交際相手なし",
            "no step-parent or partner moved in {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person | relation
          2020-01-01 | 2021-01-01 | first  | parents_partner
          2023-01-01 |            | second | step_father
          2015-01-01 | 2020-06-01 | old    | parents_partner   <- moved in long ago
        gives 2
    """,
)
def partners_moved_in(window: Window) -> Value:
    """How many different partners of a parent came to live with the child in the window."""
    return _partners.beginning(window).count_distinct(members.person)


@feature(
    windows=(YEARS_5,),
    reason=Reason(
        some=Text(
            "{window}、実父母のどちらとも同居していない最長の期間は{value}",
            "the longest time {window} with neither mother nor father: {value}",
        ),
        none=Text("{window}、実父母との同居の記録なし", "no mother or father in the home {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person | relation
          2018-05-01 | 2022-01-01 | mother | mother
          2018-05-01 | 2021-06-01 | father | father   <- left before she did
          2022-01-31 |            | mother | mother
          2018-05-01 |            | aunt   | other_relative
        gives 30
    """,
)
def longest_without_a_parent(window: Window) -> Value:
    """The most days in a row of the window on which neither mother nor father was in the home."""
    return _parents.within(window).longest_gap()


@feature(
    windows=(YEAR_1, YEARS_5),
    reason=Reason(
        some=Text("{window}、転居が{value}回", "moved house {value} time(s) {window}"),
        none=Text("{window}、転居なし", "did not move house {window}"),
    ),
    example="""
        cutoff 2024-04-01
        agency_events
          happened   | kind
          2023-04-03 | moved      <- the first day of the year
          2020-04-03 | moved_in   <- from another office's area
          2024-01-03 | arrest
        gives 1y: 1, 5y: 2
    """,
)
def moves(window: Window) -> Value:
    """How often the child moved house in the window."""
    return _moves.within(window).count_days()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("管外から転入して{value}", "{value} since moving in from another office's area"),
        none=Text("管外からの転入の記録なし", "not on record as moved in from elsewhere"),
    ),
    example="""
        cutoff 2024-04-01
        agency_events
          happened   | kind
          2024-03-02 | moved_in
          2023-03-02 | moved_in
          2024-03-20 | moved      <- within the office's own area
        gives 30
    """,
)
def days_since_moved_in(window: Window) -> Value:
    """Days since the child came from another office's area, where its case was known and left."""
    came = agency_events.where(agency_events.kind.is_("moved_in"))
    return came.within(window).days_since_last()


@feature(
    windows=(TODAY,),
    reason=Reason(
        some=Text(
            "{window}、本人のほかに同居の子どもが{value}人",
            "{value} other child(ren) in the home {window}",
        ),
        none=Text("{window}、本人のほかに同居の子どもなし", "no other child in the home {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person | relation
          2022-05-01 |            | older  | sibling
          2022-05-01 |            | cousin | other_child
          2022-05-01 | 2024-01-01 | guest  | other_child   <- has left
          2022-05-01 |            | mother | mother
        gives 2
    """,
)
def children_in_home(window: Window) -> Value:
    """How many other children, siblings or not, live with the child."""
    others = members.where(members.relation.is_(*SIBLING_RELATIONS, "other_child"))
    return others.within(window).count_distinct(members.person)
