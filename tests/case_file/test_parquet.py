"""The case file on disk: what is written is read again, to the last field."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from features.case_file import ABOUT, CaseFile, events_of
from features.commands import request_for
from features.coverage import Coverage, Covered
from features.declared_coverage import coverage_as_json
from features.errors import KizukiError
from features.events import Event, as_json, read_case_file
from features.tables import TABLES
from tests.engines.case_files import case_files

Rows = Mapping[str, Sequence[Event]]
AS_OF = date(2024, 4, 1)
NOTIFICATION = Event("1", 19_732, 19_734, None, None, {"child": "甲", "anonymous": False})


def plain(case_file: CaseFile) -> dict[str, list[dict[str, object]]]:
    """All rows in the shape of a case system, with the values of Python itself."""
    rows = {name: events_of(TABLES[name], frame) for name, frame in case_file.tables.items()}
    return as_json(rows)  # type: ignore[return-value]


@settings(max_examples=60)
@given(case_files())
def test_what_is_written_is_read_again(rows: Rows) -> None:
    case_file = CaseFile.of_events(AS_OF, rows)
    assert plain(case_file) == as_json(rows)
    with TemporaryDirectory() as folder:
        case_file.write(Path(folder))
        again = CaseFile.read(Path(folder))
    assert again.as_of == AS_OF
    assert plain(again) == as_json(rows)
    for name, frame in again.tables.items():
        assert (frame.dtypes == case_file.tables[name].dtypes).all()


@settings(max_examples=60)
@given(case_files())
def test_the_shape_of_a_case_system_is_read_strictly_to_the_same_events(rows: Rows) -> None:
    sent = json.loads(json.dumps(as_json(rows)))
    read, problems = read_case_file(sent, "case_file")
    assert not problems
    assert as_json(read) == as_json(rows)


def test_values_keep_their_kind() -> None:
    days = Event("2", 0, 0, 5, None, {"person": "甲", "kind": "hospital_stay", "days": 3.0})
    case_file = CaseFile.of_events(
        AS_OF, {"notifications": [NOTIFICATION], "agency_events": [days]}
    )
    (first,) = events_of(TABLES["notifications"], case_file.tables["notifications"])
    (second,) = events_of(TABLES["agency_events"], case_file.tables["agency_events"])
    assert [type(value) for value in (first.id, first.happened, first.filled["anonymous"])] == [
        str,
        int,
        bool,
    ]
    assert second.filled == days.filled
    assert type(second.filled["days"]) is float
    assert second.withdrawn == 5


def test_a_case_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    CaseFile.of_events(AS_OF, {"notifications": [NOTIFICATION], "contacts": []}).write(tmp_path)
    CaseFile.of_events(AS_OF, {"notifications": []}).write(tmp_path)
    assert plain(CaseFile.read(tmp_path)) == {"notifications": []}
    assert sorted(path.name for path in tmp_path.iterdir()) == [ABOUT, "notifications.parquet"]


def test_the_same_case_file_is_the_same_bytes(tmp_path: Path) -> None:
    for folder in (tmp_path / "one", tmp_path / "two"):
        CaseFile.of_events(AS_OF, {"notifications": [NOTIFICATION]}).write(folder)
    for name in (ABOUT, "notifications.parquet"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_folder_without_a_case_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match=f"holds no case file: {ABOUT} is missing"):
        CaseFile.read(tmp_path)


def no_table(folder: Path) -> None:
    (folder / "notifications.parquet").unlink()


def no_parquet(folder: Path) -> None:
    (folder / "notifications.parquet").write_bytes(b"happened,known\n")


def another_table(folder: Path) -> None:
    path = folder / "notifications.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["known"]), path)


def unknown_table(folder: Path) -> None:
    (folder / ABOUT).write_text('{"as_of": "2024-04-01", "tables": ["visits"]}')


def no_json(folder: Path) -> None:
    (folder / ABOUT).write_text("as_of: 2024-04-01")


def no_day(folder: Path) -> None:
    (folder / ABOUT).write_text('{"as_of": "soon", "tables": []}')


@pytest.mark.parametrize(
    "spoil", [no_table, no_parquet, another_table, unknown_table, no_json, no_day]
)
def test_a_spoilt_case_file_is_told_in_one_line(tmp_path: Path, spoil: object) -> None:
    CaseFile.of_events(AS_OF, {"notifications": [NOTIFICATION]}).write(tmp_path)
    spoil(tmp_path)  # type: ignore[operator]
    with pytest.raises(KizukiError, match="import it anew") as problem:
        CaseFile.read(tmp_path)
    assert "\n" not in str(problem.value)


CALL = Event("3", 17_000, 17_000, None, None, {"person": "甲", "kind": "police_call"})
COVERAGE = {
    "notifications": Covered(first=16_892),
    "agency_events": Covered(last=19_722, kinds=frozenset({"police_call", "arrest"})),
}


def covered_file(coverage: Coverage) -> CaseFile:
    rows = {"notifications": [NOTIFICATION], "agency_events": [CALL]}
    return CaseFile.of_events(AS_OF, rows, coverage)


def test_coverage_is_kept_beside_the_tables_where_a_person_can_read_it(tmp_path: Path) -> None:
    covered_file(COVERAGE).write(tmp_path)
    assert json.loads((tmp_path / ABOUT).read_text("utf-8"))["coverage"] == {
        "agency_events": {"to": "2023-12-31", "kinds": ["arrest", "police_call"]},
        "notifications": {"from": "2016-04-01"},
    }
    again = CaseFile.read(tmp_path)
    assert again.coverage == COVERAGE
    assert again.only({"甲"}).coverage == COVERAGE


WRONG: dict[str, tuple[object, str]] = {
    "no object": ([], "coverage: must be an object of tables"),
    "another table": ({"visits": {}}, "coverage.visits: no such table; there are: people"),
    "a table that is not there": ({"contacts": {}}, "coverage.contacts: is not in the case file"),
    "no such word": ({"notifications": {"until": "2024-01-01"}}, "must be an object of from, to"),
    "no object of days": ({"notifications": "2016"}, "must be an object of from, to and kinds"),
    "no day": ({"notifications": {"from": "2016"}}, "coverage.notifications.from: must be a day"),
    "an open end": ({"notifications": {"to": None}}, "coverage.notifications.to: is required"),
    "from after to": (
        {"notifications": {"from": "2016-04-01", "to": "2016-03-31"}},
        "coverage.notifications.to: lies before from",
    ),
    "kinds of a table without": (
        {"notifications": {"kinds": ["police"]}},
        "coverage.notifications.kinds: notifications has no field kind",
    ),
    "no kinds": ({"agency_events": {"kinds": []}}, "kinds: must be a list of codes that is not"),
    "an unknown code": (
        {"agency_events": {"kinds": ["police_call", "police"]}},
        r"coverage.agency_events.kinds\[1\]: must be one of: health_check_missed",
    ),
    "no code": ({"agency_events": {"kinds": [7]}}, r"agency_events.kinds\[0\]: must be one of"),
    "rows of a kind that is not recorded": (
        {"agency_events": {"kinds": ["arrest"]}},
        "agency_events: 1 rows are of a kind that the coverage of the case file declares",
    ),
}


@pytest.mark.parametrize(("coverage", "problem"), WRONG.values(), ids=WRONG)
def test_a_coverage_that_cannot_be_is_told_with_its_place(
    tmp_path: Path, coverage: object, problem: str
) -> None:
    covered_file({}).write(tmp_path)
    about = tmp_path / ABOUT
    said = json.loads(about.read_text("utf-8"))
    about.write_text(json.dumps({**said, "coverage": coverage}), "utf-8")
    with pytest.raises(KizukiError, match=problem) as told:
        CaseFile.read(tmp_path)
    assert "\n" not in str(told.value)


def test_a_row_outside_its_days_is_a_fact_and_stays(tmp_path: Path) -> None:
    covered_file({"agency_events": Covered(first=18_000, last=18_500)}).write(tmp_path)
    assert len(CaseFile.read(tmp_path).tables["agency_events"]) == 1


def test_a_request_says_what_the_case_file_says_of_its_tables() -> None:
    child = Event("4", 17_000, 17_000, None, None, {"person": "甲"})
    rows = {"notifications": [NOTIFICATION], "agency_events": [CALL], "people": [child]}
    case_file = CaseFile.of_events(AS_OF, rows, {**COVERAGE, "people": Covered(first=1)})
    asked = request_for(case_file, "甲", AS_OF)
    assert asked["coverage"] == coverage_as_json(COVERAGE), "names are not sent"
    assert "coverage" not in request_for(covered_file({}), "甲", AS_OF)
