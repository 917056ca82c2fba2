"""The case file on disk: what is written is read again, to the last field."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from features.case_file import ABOUT, CaseFile, as_json, events_of
from features.errors import KizukiError
from features.events import Event, read_case_file
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
