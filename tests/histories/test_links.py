"""What a link shows, and when: small families, and the rows that are in the child's history."""

from dataclasses import dataclass
from datetime import date

import pytest

from features.histories import history_of, join_days
from features.language.roles import ABUSER, ADULT, SELF, SIBLING, Role
from features.reading import day_number
from tests.small_world import CHILD, read_world


@dataclass(frozen=True)
class Case:
    """A family, and for a role the ids of the rows that are on record on each of some days."""

    says: str
    family: str
    role: Role
    seen: dict[str, str]


CASES = (
    Case(
        "a sister's rows are seen from the day that the link is known, also those from before it",
        """
        members
          happened   | known      | person | relation
          2024-01-05 | 2024-01-10 | sister | sibling
        notifications
          id     | happened   | child
          before | 2020-01-01 | sister
          after  | 2024-01-20 | sister
        """,
        SIBLING,
        {
            "2024-01-04": "",
            "2024-01-09": "",
            "2024-01-10": "before",
            "2024-01-19": "before",
            "2024-01-20": "before after",
        },
    ),
    Case(
        "of an adult who left, what happened until that day is kept, what happens after it is not",
        """
        members
          happened   | until      | person | relation
          2020-01-01 | 2024-01-10 | father | father
        agency_events
          id     | happened   | known      | person | kind
          before | 2024-01-09 | 2024-01-09 | father | arrest
          late   | 2024-01-09 | 2024-01-15 | father | arrest
          same   | 2024-01-10 | 2024-01-10 | father | arrest
          after  | 2024-01-11 | 2024-01-11 | father | arrest
        """,
        ADULT,
        {"2024-01-09": "before", "2024-01-11": "before same", "2024-01-15": "before late same"},
    ),
    Case(
        "until it was known that he had left, the history shows what was believed",
        """
        members
          id   | happened   | known      | withdrawn  | until      | person | relation
          link | 2020-01-01 | 2020-01-01 | 2024-01-20 |            | father | father
          link | 2020-01-01 | 2024-01-20 |            | 2024-01-10 | father | father
        agency_events
          id     | happened   | person | kind
          before | 2024-01-05 | father | arrest
          after  | 2024-01-15 | father | arrest
        """,
        ADULT,
        {
            "2024-01-10": "before",
            "2024-01-15": "before after",
            "2024-01-19": "before after",
            "2024-01-20": "before",
        },
    ),
    Case(
        "a link that was a mistake shows nothing from the day that it is withdrawn",
        """
        members
          happened   | withdrawn  | person   | relation
          2024-01-05 | 2024-01-20 | stranger | father
        agency_events
          id     | happened   | person   | kind
          arrest | 2024-01-10 | stranger | arrest
        """,
        ADULT,
        {"2024-01-09": "", "2024-01-10": "arrest", "2024-01-19": "arrest", "2024-01-20": ""},
    ),
    Case(
        "a corrected relation moves the rows from one role to another: no longer an adult's",
        """
        members
          id   | happened   | known      | withdrawn  | person | relation
          link | 2024-01-01 | 2024-01-01 | 2024-01-20 | robin  | other_relative
          link | 2024-01-01 | 2024-01-20 |            | robin  | step_sibling
        agency_events
          id  | happened   | person | kind
          one | 2024-01-10 | robin  | missing
        """,
        ADULT,
        {"2024-01-19": "one", "2024-01-20": ""},
    ),
    Case(
        "a row that is corrected is seen in the words of the day, once",
        """
        members
          happened   | person | relation
          2024-01-01 | sister | sibling
        notifications
          id  | happened   | known      | withdrawn  | child
          one | 2024-01-05 | 2024-01-05 | 2024-01-10 | sister
          one | 2024-01-04 | 2024-01-10 | 2024-01-15 | sister
        """,
        SIBLING,
        {"2024-01-04": "", "2024-01-09": "one", "2024-01-10": "one", "2024-01-15": ""},
    ),
    Case(
        "through two links the same row is seen once, for as long as either shows it",
        """
        members
          id  | happened   | withdrawn  | person | relation
          one | 2024-01-01 | 2024-01-12 | father | father
          two | 2024-01-10 | 2024-01-20 | father | step_father
        agency_events
          id     | happened   | person | kind
          arrest | 2023-01-01 | father | arrest
        """,
        ADULT,
        {"2024-01-01": "arrest", "2024-01-11": "arrest", "2024-01-19": "arrest", "2024-01-20": ""},
    ),
    Case(
        "two adults in one row are two links to it, and still one row",
        """
        members
          happened   | person | relation
          2024-01-01 | father | father
          2024-01-01 | lodger | unrelated_adult
        allegations
          id    | happened   | child  | abuser
          there | 2024-01-05 | lodger | father
        """,
        ADULT,
        {"2024-01-05": "there"},
    ),
    Case(
        "an alleged abuser's rows about other children are seen, those about the child are its own",
        """
        allegations
          id    | happened   | child   | abuser
          here  | 2024-01-10 | child   | uncle
          there | 2023-01-10 | another | uncle
          past  | 2024-01-12 | another | aunt
        agency_events
          id     | happened   | person | kind
          arrest | 2024-01-11 | uncle  | arrest
        """,
        ABUSER,
        {"2024-01-09": "", "2024-01-10": "there", "2024-01-11": "arrest there"},
    ),
    Case(
        "the child's own rows hold what is alleged of it, whoever else lives there",
        """
        members
          happened   | person | relation
          2024-01-01 | uncle  | other_relative
        allegations
          id    | happened   | child   | abuser
          here  | 2024-01-10 | child   | uncle
          there | 2024-01-10 | another | child   <- alleged of the child, about another
        """,
        SELF,
        {"2024-01-10": "here members-1"},
    ),
    Case(
        "links are not followed further: neither a sister's household nor whom she names",
        """
        members
          id   | happened   | child  | person  | relation
          link | 2024-01-01 | child  | sister  | sibling
          hers | 2024-01-01 | sister | lodger  | unrelated_adult
        agency_events
          id   | happened   | person | kind
          far  | 2024-01-05 | lodger | arrest
          near | 2024-01-05 | sister | missing
        people
          id   | happened   | person | family_name
          name | 2024-01-05 | sister | Yamada
        """,
        SIBLING,
        {"2024-01-05": "near"},
    ),
    Case(
        "other children of the household, and whoever has no relation, are not siblings",
        """
        members
          happened   | person | relation
          2024-01-01 | cousin | other_child
          2024-01-01 | guest  |
        agency_events
          id  | happened   | person | kind
          one | 2024-01-05 | cousin | missing
          two | 2024-01-05 | guest  | missing
        """,
        SIBLING,
        {"2024-01-05": ""},
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_a_link_shows(case: Case) -> None:
    history = history_of(CHILD, read_world(case.family).case_file)
    for text, ids in case.seen.items():
        day = day_number(date.fromisoformat(text))
        seen = [
            event.id
            for (_, role), events in history.events.items()
            for event in events
            if role is case.role and event.believed_on(day)
        ]
        assert sorted(seen) == sorted(ids.split()), text


def test_a_history_is_ordered_by_day_and_id_and_names_what_is_recorded() -> None:
    world = read_world("""
        unrecorded benefits
        notifications
          id | happened
          c  | 2024-01-02
          b  | 2024-01-05
          a  | 2024-01-05
    """)
    history = history_of(CHILD, world.case_file)
    assert [event.id for event in history.events["notifications", SELF]] == ["c", "a", "b"]
    assert "notifications" in history.recorded
    assert "benefits" not in history.recorded


def test_stretches_of_days_are_joined_where_they_touch() -> None:
    assert join_days([(5, 7), (1, 3), (3, 4)]) == [(1, 4), (5, 7)]
    assert join_days([(1, 9), (2, 3), (4, 10)]) == [(1, 10)]
    assert join_days([]) == []
