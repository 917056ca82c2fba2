"""A case file read strictly: every problem is found, with its place."""

import pytest

from features.events import Event, Problem, contradictions, read_case_file
from features.language.rows import Table
from features.tables import TABLES

GOOD = {"id": "1", "happened": "2024-01-10", "known": "2024-01-12", "child": "A"}
SPAN = GOOD | {"until": "2024-02-01", "kind": "foster"}


def problems_of(**tables: object) -> list[str]:
    return [str(problem) for problem in read_case_file(tables, "case_file")[1]]


def test_a_good_case_file_is_read() -> None:
    tables, problems = read_case_file(
        {"notifications": [GOOD | {"anonymous": False, "source": None}], "placements": [SPAN]},
        "case_file",
    )
    assert not problems
    (event,) = tables["notifications"]
    assert (event.id, event.happened, event.known) == ("1", 19_732, 19_734)
    assert (event.withdrawn, event.until) == (None, None)
    assert event.filled == {"child": "A", "anonymous": False}, "not filled in is not there"
    assert tables["placements"][0].until == 19_754


def test_a_table_given_empty_is_recorded_and_one_not_given_is_not() -> None:
    tables, problems = read_case_file({"contacts": []}, "case_file")
    assert tables == {"contacts": []}
    assert not problems


WRONG: dict[str, tuple[dict[str, object], list[str]]] = {
    "an unknown table": (
        {"visits": []},
        ["case_file.visits: no such table; there are: people, children"],
    ),
    "a table that is no list": (
        {"contacts": {}},
        ["case_file.contacts: must be a list of rows"],
    ),
    "a row that is no object": (
        {"contacts": [GOOD, None, "x", [GOOD]]},
        [f"case_file.contacts[{index}]: must be a row: an object of fields" for index in (1, 2, 3)],
    ),
    "an unknown field": (
        {"contacts": [GOOD | {"colour": "red"}]},
        ["case_file.contacts[0].colour: contacts has no such field"],
    ),
    "an end where rows do not last": (
        {"contacts": [GOOD | {"until": "2024-02-01"}]},
        ["case_file.contacts[0].until: contacts has no such field"],
    ),
    "nothing at all": (
        {"contacts": [{}]},
        [
            f"case_file.contacts[0].{name}: is required"
            for name in ("id", "happened", "known", "child")
        ],
    ),
    "several problems of one row": (
        {"contacts": [GOOD | {"kind": "dance", "child_seen": "yes"}]},
        [
            "case_file.contacts[0].kind: must be one of: visit, meeting, phone",
            "case_file.contacts[0].child_seen: must be true or false",
        ],
    ),
    "known before it happened": (
        {"contacts": [GOOD | {"known": "2024-01-09"}]},
        ["case_file.contacts[0].known: lies before happened"],
    ),
    "withdrawn before it was known": (
        {"contacts": [GOOD | {"withdrawn": "2024-01-11"}]},
        ["case_file.contacts[0].withdrawn: lies before known"],
    ),
    "ended before it began": (
        {"placements": [SPAN | {"until": "2024-01-09"}]},
        ["case_file.placements[0].until: lies before happened"],
    ),
}


@pytest.mark.parametrize(("tables", "expected"), WRONG.values(), ids=WRONG)
def test_every_problem_is_told(tables: dict[str, object], expected: list[str]) -> None:
    told = problems_of(**tables)
    assert len(told) == len(expected)
    assert all(map(str.startswith, told, expected)), told


def test_the_days_of_a_row_may_be_the_same() -> None:
    same = dict.fromkeys(("happened", "known", "withdrawn", "until"), "2024-01-10")
    assert not problems_of(placements=[SPAN | same])


def version(known: int, withdrawn: int | None, name: str = "one") -> Event:
    return Event(name, 0, known, withdrawn, None, {})


IN_ORDER = {
    "one": [version(1, None)],
    "a correction": [version(1, 5), version(5, None)],
    "given the other way around": [version(5, None), version(1, 5)],
    "with days between": [version(1, 5), version(7, 9)],
    "corrected on the same day": [version(5, 5), version(5, None)],
    "corrected on the same day, given last": [version(5, None), version(5, 5)],
    "never on record while the other was": [version(1, None), version(3, 3)],
    "another id": [version(1, None), version(1, None, "two")],
}
CONTRADICT = {
    "twice the same": [version(1, None), version(1, None)],
    "not withdrawn": [version(1, None), version(5, None)],
    "withdrawn a day late": [version(1, 6), version(5, None)],
    "the later one withdrawn": [version(1, 9), version(5, 7)],
    "the third meets the first": [version(1, 9), version(2, 2), version(5, None)],
}


@pytest.mark.parametrize("events", IN_ORDER.values(), ids=IN_ORDER)
def test_versions_that_take_turns_do_not_contradict(events: list[Event]) -> None:
    assert not contradictions(events, [str(place) for place in range(len(events))])


@pytest.mark.parametrize("events", CONTRADICT.values(), ids=CONTRADICT)
def test_two_versions_on_record_on_one_day_contradict(events: list[Event]) -> None:
    places = [f"rows[{place}]" for place in range(len(events))]
    (problem,) = contradictions(events, places)
    assert problem == Problem(
        f"{places[-1]}.id", "an earlier row with this id is not withdrawn by then"
    )


def test_the_row_recorded_later_is_told_wherever_it_stands() -> None:
    (problem,) = contradictions([version(5, None), version(1, None)], ["rows[0]", "rows[1]"])
    assert problem.place == "rows[0].id"


def test_contradictions_are_found_in_a_case_file() -> None:
    assert problems_of(contacts=[GOOD, GOOD | {"known": "2024-02-01"}]) == [
        "case_file.contacts[1].id: an earlier row with this id is not withdrawn by then"
    ]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_table_has_what_its_declaration_promises(table: Table) -> None:
    subject, *_ = table.concerns
    assert set(table.concerns) <= set(table.columns)
    assert table.columns[subject].required, "a row is about somebody"
