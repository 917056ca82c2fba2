"""What the store knows of a child on a day, from what it was told, on both databases."""

from datetime import date

import pytest

from serving.store.keeping import Conflict
from serving.store.store import Store
from tests.store.telling import NOW, OFFICE, events_of, known, tell

CORRECTED = """
    event | table         | id | happened   | known      | source
    e1    | notifications | n1 | 2024-01-08 | 2024-01-10 | police
    e2    | notifications | n1 | 2024-01-09 | 2024-02-01 | school   <- corrects it
"""


def test_a_row_is_seen_from_the_day_that_it_is_known(store: Store) -> None:
    tell(store, CORRECTED)
    assert known(store, "2024-01-09", "source") == []
    assert known(store, "2024-01-10", "source") == [("police",)]


def test_a_correction_takes_the_rows_place_and_the_day_before_shows_the_earlier(
    store: Store,
) -> None:
    tell(store, CORRECTED)
    fields = ("happened", "source", "withdrawn")
    assert known(store, "2024-01-31", *fields) == [("2024-01-08", "police", None)]
    assert known(store, "2024-02-01", *fields) == [
        ("2024-01-08", "police", "2024-02-01"),
        ("2024-01-09", "school", None),
    ]


def test_of_what_became_known_on_one_day_the_highest_version_stands(store: Store) -> None:
    tell(
        store,
        """
        event | table         | type       | version | id | known      | source
        e3    | notifications | withdrawal | 1       | n2 | 2024-01-10 |
        e2    | notifications |            | 1       | n1 | 2024-01-10 | school
        e1    | notifications |            |         | n1 | 2024-01-10 | police
        e4    | notifications |            |         | n2 | 2024-01-10 | police
        e5    | notifications |            | 2       | n2 | 2024-01-10 | nursery
        """,
    )
    assert known(store, "2024-01-10", "id", "source", "withdrawn") == [
        ("n1", "school", None),
        ("n2", "nursery", None),
    ]


def test_of_a_row_that_was_withdrawn_nothing_is_believed_any_more(store: Store) -> None:
    tell(
        store,
        """
        event | table         | type       | id | known      | source
        e2    | notifications | withdrawal | n1 | 2024-02-01 |
        e1    | notifications |            | n1 | 2024-01-10 | police
        e3    | notifications |            | n2 | 2024-02-01 | police
        e4    | notifications | withdrawal | n2 | 2024-02-01 |          <- the same day
        """,
    )
    assert known(store, "2024-01-31", "id", "withdrawn") == [("n1", None)]
    assert known(store, "2024-02-01", "id", "withdrawn") == [("n1", "2024-02-01")]


LINKED = """
    event | table         | id | happened   | known      | child   | person | relation | kind
    e1    | members       | m1 | 2020-01-01 | 2024-01-10 | child   | s      | sibling  |
    e2    | members       | m2 | 2020-01-01 | 2024-01-10 | child   | a      | mother   |
    e3    | members       | m3 | 2020-01-01 | 2024-01-10 | child   | o      | other_child |
    e4    | members       | m4 | 2020-01-01 | 2024-01-10 | s       | b      | father   |
    e5    | agency_events | x1 | 2024-01-01 | 2024-01-01 |         | a      |          | arrest
    e6    | agency_events | x2 | 2024-01-01 | 2024-01-01 |         | b      |          | arrest
    e7    | agency_events | x3 | 2024-01-01 | 2024-01-01 |         | s      |          | arrest
    e8    | agency_events | x4 | 2024-01-01 | 2024-01-01 |         | o      |          | arrest
"""


def test_the_rows_of_those_linked_come_along_and_nobody_elses(store: Store) -> None:
    tell(store, LINKED)
    assert known(store, "2024-01-31", "id", table="agency_events") == [("x1",), ("x3",)]
    assert known(store, "2024-01-31", "id", table="members") == [("m1",), ("m2",), ("m3",)]
    assert known(store, "2024-01-09", "id", table="agency_events") == []


def test_a_row_that_was_another_childs_by_mistake_leaves_no_trace_but_its_first_version(
    store: Store,
) -> None:
    tell(
        store,
        """
        event | table         | id | known      | child | source
        e1    | notifications | n1 | 2024-01-10 | child | police
        e2    | notifications | n1 | 2024-02-01 | other | police   <- it was the other's
        e3    | notifications | n2 | 2024-02-01 | child | school
        """,
    )
    assert known(store, "2024-03-01", "id", "child", "withdrawn") == [
        ("n1", "child", "2024-02-01"),
        ("n2", "child", None),
    ]
    asked = {"child": "other"}
    assert known(store, "2024-03-01", "id", "child", **asked) == [("n1", "other")]


def test_a_table_that_was_told_of_is_kept_and_another_is_unknown(store: Store) -> None:
    tell(store, CORRECTED)
    tell(
        store,
        """
        event | table      | type     | known      | from       | to
        c2    | placements | coverage | 2024-02-01 | 2016-04-01 | 2024-01-31
        c1    | placements | coverage | 2024-01-01 | 2010-04-01 |
        c3    | contacts   | coverage | 2024-01-01 |            |
        """,
    )
    found = store.around(OFFICE, "child", date(2023, 1, 1))
    assert {table: list(rows) for table, rows in found.rows.items()} == {
        "notifications": [],
        "placements": [],
        "contacts": [],
    }
    assert found.coverage == {"placements": {"from": "2016-04-01", "to": "2024-01-31"}}


def test_names_are_kept_and_never_part_of_a_history(store: Store) -> None:
    tell(
        store,
        """
        event | table  | id | known      | person | family_name
        e1    | people | p1 | 2024-01-10 | child  | 渡邊
        """,
    )
    assert "people" not in store.around(OFFICE, "child", date(2024, 2, 1)).rows


def test_what_the_store_had_received_by_then_can_be_asked(store: Store) -> None:
    first, last = tell(store, CORRECTED)
    assert known(store, "2024-03-01", "source", received=first) == [("police",)]
    assert known(store, "2024-03-01", "source", received=last) == [("police",), ("school",)]
    assert store.around(OFFICE, "child", date(2024, 3, 1), 99).received == last


def test_an_event_that_is_told_again_counts_once_and_has_the_same_receipt(store: Store) -> None:
    assert tell(store, CORRECTED) == [1, 2]
    later = NOW.replace(year=2025)
    again = store.keep(OFFICE, [*events_of(CORRECTED)[::-1], *events_of(CORRECTED)], later)
    assert [receipt.number for receipt in again] == [2, 1, 1, 2]
    assert {receipt.received_at for receipt in again} == {"2024-07-01T09:30:00.000000+00:00"}
    assert known(store, "2024-03-01", "source") == [("police",), ("school",)]


NEW = "e9 | notifications | n9 | 2024-01-10 | 2024-01-10 | police"
OTHER = {
    "id": "e1 | notifications | n1 | 2024-01-08 | 2024-01-10 | medical",
    "version": "e3 | notifications | n1 | 2024-01-08 | 2024-01-10 | medical",
}


@pytest.mark.parametrize("field", OTHER)
def test_what_says_otherwise_is_a_conflict_and_nothing_with_it_is_kept(
    store: Store, field: str
) -> None:
    tell(store, CORRECTED)
    header = CORRECTED.strip().splitlines()[0]
    with pytest.raises(Conflict) as conflict:
        tell(store, "\n".join([header, NEW, OTHER[field]]))
    assert [problem.place for problem in conflict.value.problems] == [f"[1].{field}"]
    assert known(store, "2024-03-01", "source") == [("police",), ("school",)]
    assert tell(store, "\n".join([header, NEW])) == [3]


def test_two_events_of_one_request_can_conflict_too(store: Store) -> None:
    header = CORRECTED.strip().splitlines()[0]
    first = "e1 | notifications | n1 | 2024-01-08 | 2024-01-10 | police"
    for field, other in OTHER.items():
        with pytest.raises(Conflict) as conflict:
            tell(store, "\n".join([header, first, other]))
        assert [problem.place for problem in conflict.value.problems] == [f"[1].{field}"]
    assert store.around(OFFICE, "child", date(2024, 3, 1)).received == 0


def test_each_office_counts_for_itself_and_sees_its_own(store: Store) -> None:
    assert tell(store, CORRECTED) == [1, 2]
    assert tell(store, CORRECTED, office="office-4") == [1, 2]
    assert known(store, "2024-03-01", "source", office="office-5") == []
