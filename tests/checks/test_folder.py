"""Tables that are not what they must be: each is told with its reasons, the others are checked."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.case_file import ABOUT, CaseFile
from features.checks.checked import Checked, check_folder
from features.errors import KizukiError
from tests.checks.small_folder import row, write_folder

Spoil = Callable[[pa.Table], pa.Table]


def reasons(checked: Checked, table: str = "contacts") -> list[str]:
    return [misfit.read("en") for misfit in checked.folder.refused[table].misfits]


def cast(column: str, kind: pa.DataType) -> Spoil:
    def spoil(table: pa.Table) -> pa.Table:
        place = table.column_names.index(column)
        return table.set_column(place, column, table[column].cast(kind))

    return spoil


def twice(table: pa.Table) -> pa.Table:
    return table.append_column("kind", table["kind"])


SPOILT: dict[str, tuple[Spoil, str]] = {
    "days as text": (
        cast("happened", pa.string()),
        "the column happened must hold days, and holds string",
    ),
    "days as moments": (
        cast("happened", pa.timestamp("ms")),
        "the column happened must hold days, and holds timestamp[ms]",
    ),
    "yes as a number": (
        cast("child_seen", pa.int8()),
        "the column child_seen must hold yes or no, and holds int8",
    ),
    "text as bytes": (
        cast("kind", pa.binary()),
        "the column kind must hold text, and holds binary",
    ),
    "a column is missing": (
        lambda table: table.drop_columns(["known"]),
        "the column known is missing",
    ),
    "a column too many": (
        lambda table: table.append_column("colour", table["kind"]),
        "the table has no column colour",
    ),
    "a column twice": (twice, "the column kind is there more than once"),
    "braces": (
        lambda table: table.append_column("{x", table["kind"]),
        "the table has no column {x",
    ),
}


@pytest.mark.parametrize(("spoil", "reason"), SPOILT.values(), ids=SPOILT)
def test_a_table_of_another_shape_is_refused_with_the_column(
    tmp_path: Path, spoil: Spoil, reason: str
) -> None:
    write_folder(tmp_path, {"contacts": [row(child_seen=True)], "notifications": [row(office=" ")]})
    path = tmp_path / "contacts.parquet"
    pq.write_table(spoil(pq.read_table(path)), path)
    checked = check_folder(tmp_path)
    assert reasons(checked) == [reason]
    (counted,) = [rows for rows in checked.rows if rows.table == "contacts"]
    assert (counted.read, counted.kept, counted.set_aside) == (1, 0, 1)
    assert [found.table for found in checked.found] == ["notifications"]
    assert not checked.clean


def test_a_number_that_is_written_as_text_is_not_read_as_one(tmp_path: Path) -> None:
    write_folder(tmp_path, {"screenings": [row(urgency=2.0)]})
    path = tmp_path / "screenings.parquet"
    pq.write_table(cast("urgency", pa.string())(pq.read_table(path)), path)
    assert reasons(check_folder(tmp_path), "screenings") == [
        "the column urgency must hold numbers, and holds string"
    ]


def test_all_reasons_are_told_at_once(tmp_path: Path) -> None:
    write_folder(tmp_path, {"contacts": [row()]})
    path = tmp_path / "contacts.parquet"
    spoilt = cast("happened", pa.string())(pq.read_table(path)).drop_columns(["known", "kind"])
    pq.write_table(spoilt, path)
    assert len(reasons(check_folder(tmp_path))) == 3


def test_columns_may_stand_in_another_order_and_be_packed_another_way(tmp_path: Path) -> None:
    write_folder(tmp_path, {"contacts": [row(kind="visit")]})
    path = tmp_path / "contacts.parquet"
    table = cast("kind", pa.dictionary(pa.int32(), pa.string()))(pq.read_table(path))
    pq.write_table(table.select(table.column_names[::-1]), path)
    assert check_folder(tmp_path).clean


def test_a_column_in_which_nothing_is_filled_in_has_no_type_to_get_wrong(tmp_path: Path) -> None:
    write_folder(tmp_path, {"contacts": [row()]})
    path = tmp_path / "contacts.parquet"
    table = pq.read_table(path).drop_columns("child_seen")
    pq.write_table(table.append_column("child_seen", pa.nulls(1)), path)
    assert check_folder(tmp_path).clean


def test_a_number_too_long_to_be_kept_exactly_is_not_rounded(tmp_path: Path) -> None:
    write_folder(tmp_path, {"screenings": [row()]})
    path = tmp_path / "screenings.parquet"
    table = pq.read_table(path)
    place = table.column_names.index("urgency")
    pq.write_table(table.set_column(place, "urgency", pa.array([2**60 + 1])), path)
    assert reasons(check_folder(tmp_path), "screenings") == [
        "it holds values that are not of their column's type"
    ]


def test_a_file_that_is_missing_or_no_parquet_is_told(tmp_path: Path) -> None:
    write_folder(tmp_path, {"contacts": [row()], "placements": [row()]})
    (tmp_path / "contacts.parquet").unlink()
    (tmp_path / "placements.parquet").write_bytes(b"id,child\n1,ann\n")
    checked = check_folder(tmp_path)
    assert reasons(checked) == ["its file is missing"]
    assert reasons(checked, "placements") == ["its file is not sound Parquet"]
    assert [rows.read for rows in checked.rows] == [1, None, None]
    assert not checked.clean


def test_a_table_nobody_knows_is_told(tmp_path: Path) -> None:
    write_folder(tmp_path, {})
    (tmp_path / ABOUT).write_text(json.dumps({"as_of": "2024-04-01", "tables": ["../visits"]}))
    assert reasons(check_folder(tmp_path), "../visits") == ["there is no such table"]


NO_FOLDER = {
    "no such folder": (None, "holds no case file"),
    "no JSON": ("as_of: today", "does not say what it must"),
    "no day": ('{"as_of": "soon", "tables": []}', "does not say what it must"),
    "no tables": ('{"as_of": "2024-04-01"}', "does not say what it must"),
    "a list": ("[]", "does not say what it must"),
    "a coverage of a table that is not there": (
        '{"as_of": "2024-04-01", "tables": [], "coverage": {"contacts": {}}}',
        "coverage.contacts",
    ),
}


@pytest.mark.parametrize(("about", "why"), NO_FOLDER.values(), ids=NO_FOLDER)
def test_a_folder_that_is_no_case_file_is_refused_in_one_line(
    tmp_path: Path, about: str | None, why: str
) -> None:
    if about is not None:
        (tmp_path / ABOUT).write_text(about, "utf-8")
    with pytest.raises(KizukiError, match=why) as refused:
        check_folder(tmp_path)
    assert "\n" not in str(refused.value)


def test_the_kept_rows_are_a_case_file_that_is_clean(tmp_path: Path) -> None:
    write_folder(tmp_path, {"contacts": [row(id="a"), row(id="b", kind="dance")],
                            "placements": [row(kind="castle")], "services": []})  # fmt: skip
    check_folder(tmp_path).case_file().write(tmp_path / "kept")
    kept = CaseFile.read(tmp_path / "kept")
    assert list(kept.tables["contacts"]["id"]) == ["a"]
    assert "placements" not in kept.tables, "no row was kept: to call it empty would be a guess"
    assert len(kept.tables["services"]) == 0
    assert check_folder(tmp_path / "kept").clean


def test_a_file_in_place_of_the_folder_holds_no_case_file(tmp_path: Path) -> None:
    (tmp_path / "children.parquet").write_bytes(b"")
    with pytest.raises(KizukiError, match="holds no case file"):
        check_folder(tmp_path / "children.parquet")
