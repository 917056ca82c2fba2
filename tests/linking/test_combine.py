"""One case file of two: identifiers that do not collide, and one for each person."""

from datetime import date

import pandas as pd
import pytest

from features.case_file import CaseFile
from features.coverage import Covered
from features.errors import KizukiError
from features.events import read_event
from features.linking.combine import combine
from features.reading import day_number
from features.tables import TABLES

AS_OF = date(2024, 3, 31)
ONE = [(("north", "k1"), ("south", "k7"))]


def case_file(
    coverage: dict[str, Covered] | None = None, **tables: list[dict[str, object]]
) -> CaseFile:
    """A case file from rows as a case system writes them, known when they happened."""
    events = {
        name: [read_event(TABLES[name], {"known": row["happened"]} | row, name) for row in rows]
        for name, rows in tables.items()
    }
    return CaseFile.of_events(AS_OF, events, coverage)  # type: ignore[arg-type]


def person(row: str, who: str) -> dict[str, object]:
    return {"id": row, "happened": "2015-01-01", "person": who, "family_name": "高橋"}


NORTH = case_file(
    people=[person("p1", "k1"), person("p2", "k2")],
    children=[{"id": "c1", "happened": "2015-01-01", "child": "k1", "sex": "female"}],
    notifications=[{"id": "n1", "happened": "2020-05-05", "child": "k1", "source": "school"}],
    allegations=[{"id": "a1", "happened": "2020-05-05", "child": "k1", "notification": "n1",
                  "kind": "neglect"}],
)  # fmt: skip
SOUTH = case_file(
    people=[person("p1", "k7"), person("p2", "k1")],
    children=[{"id": "c1", "happened": "2015-01-10", "known": "2022-02-02", "child": "k7",
               "disability": True}],
    notifications=[{"id": "n1", "happened": "2022-02-02", "child": "k7", "source": "police"}],
    allegations=[{"id": "a1", "happened": "2022-02-02", "child": "k7", "notification": "n1",
                  "kind": "physical"}],
)  # fmt: skip


def told(combined: CaseFile, table: str, *columns: str) -> list[tuple[object, ...]]:
    frame = combined.tables[table][list(columns)].astype(object)
    return [tuple(None if pd.isna(v) else v for v in row) for row in frame.to_numpy().tolist()]


def test_who_is_merged_has_one_identifier_and_nobody_else_another() -> None:
    combined = combine({"north": NORTH, "south": SOUTH}, ONE)
    assert combined.persons.to_numpy().tolist() == [
        ["north", "k1", "north:k1"],
        ["north", "k2", "north:k2"],
        ["south", "k1", "south:k1"],
        ["south", "k7", "north:k1"],
    ]
    assert told(combined.case_file, "notifications", "id", "child", "source") == [
        ("north:n1", "north:k1", "school"),
        ("south:n1", "north:k1", "police"),
    ]
    assert told(combined.case_file, "allegations", "id", "notification") == [
        ("north:a1", "north:n1"),
        ("south:a1", "south:n1"),
    ]
    assert len(combined.case_file.tables["people"]) == 4  # both spellings of a name are kept


def test_a_child_of_two_agencies_has_one_row_that_the_later_corrects() -> None:
    combined = combine({"north": NORTH, "south": SOUTH}, ONE).case_file
    columns = ("id", "child", "happened", "withdrawn", "sex", "disability")
    first, later = pd.Timestamp("2015-01-01"), pd.Timestamp("2015-01-10")
    assert told(combined, "children", *columns) == [
        ("north:c1", "north:k1", first, pd.Timestamp("2022-02-02"), "female", None),
        ("north:c1", "north:k1", later, None, "female", True),
    ]


def test_the_same_housemate_told_by_two_agencies_is_one_fact() -> None:
    lived: dict[str, object] = {"id": "m1", "happened": "2015-01-01", "relation": "mother"}
    north = case_file(people=[person("p1", "k1"), person("p2", "k2")],
                      members=[lived | {"child": "k1", "person": "k2"}])  # fmt: skip
    south = case_file(people=[person("p1", "k7"), person("p2", "k8")],
                      members=[lived | {"child": "k7", "person": "k8", "known": "2021-01-01",
                                        "until": "2020-12-01"}])  # fmt: skip
    files = {"north": north, "south": south}
    both = combine(files, [*ONE, (("north", "k2"), ("south", "k8"))]).case_file
    assert told(both, "members", "id", "person", "withdrawn", "until") == [
        ("north:m1", "north:k2", pd.Timestamp("2021-01-01"), None),
        ("north:m1", "north:k2", None, pd.Timestamp("2020-12-01")),
    ]
    apart = combine(files, ONE).case_file  # two mothers, as long as nobody says they are one
    assert told(apart, "members", "id", "person", "withdrawn") == [
        ("north:m1", "north:k2", None),
        ("south:m1", "south:k8", None),
    ]


def test_without_merges_each_row_is_as_its_agency_has_it() -> None:
    combined = combine({"north": NORTH, "south": SOUTH}, [])
    assert not combined.left_out
    assert told(combined.case_file, "children", "id", "child", "withdrawn") == [
        ("north:c1", "north:k1", None),
        ("south:c1", "south:k7", None),
    ]


def test_what_not_all_agencies_record_is_left_out_and_counted() -> None:
    less = CaseFile(AS_OF, {k: v for k, v in SOUTH.tables.items() if k != "allegations"})
    combined = combine({"north": NORTH, "south": less}, ONE)
    assert "allegations" not in combined.case_file.tables
    assert combined.left_out == {"allegations": 1}


def test_the_coverage_is_what_all_agencies_cover() -> None:
    since = [day_number(date(year, 1, 1)) for year in (2010, 2019)]
    north = CaseFile(AS_OF, NORTH.tables, {"notifications": Covered(first=since[0])})
    south = CaseFile(AS_OF, SOUTH.tables, {
        "notifications": Covered(first=since[1]),
        "allegations": Covered(kinds=frozenset({"physical"})),
    })  # fmt: skip
    combined = combine({"north": north, "south": south}, ONE)
    assert combined.case_file.coverage == {
        "notifications": Covered(first=since[1]),
        "allegations": Covered(kinds=frozenset({"physical"})),
    }
    assert told(combined.case_file, "allegations", "kind") == [("physical",)]
    assert combined.left_out == {"allegations": 1}


def test_a_table_that_was_never_kept_by_all_at_once_is_left_out() -> None:
    day = day_number(date(2021, 1, 1))
    north = CaseFile(AS_OF, NORTH.tables, {"notifications": Covered(last=day)})
    south = CaseFile(AS_OF, SOUTH.tables, {"notifications": Covered(first=day + 1)})
    combined = combine({"north": north, "south": south}, ONE)
    assert "notifications" not in combined.case_file.tables
    assert combined.left_out == {"notifications": 2}


def test_case_files_of_different_days_are_refused() -> None:
    later = CaseFile(date(2024, 4, 1), SOUTH.tables)
    with pytest.raises(KizukiError, match="on different days"):
        combine({"north": NORTH, "south": later}, [])
