"""An extract names nobody, and every feature answers on it as on the case file."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.case_file import CaseFile
from features.coverage import Covered
from features.engines.batch import answer_all
from features.engines.batch_tables import BatchTables
from features.events import read_case_file
from features.language.fields import Choice, Code, Day, Field, Flag, Number, Person, Reference
from features.library import COLUMNS
from features.pseudonyms import pseudonym, write_pseudonymous
from features.reading import day_number
from features.rows.pairs import notified
from features.rows.source import Source
from features.tables import TABLES, fields_of
from tests.promises.canaries import with_canaries
from tests.serving.desks import example
from tests.training.small_office import small_office

AS_OF = date(2024, 7, 1)
KEY = bytes(range(32))


def drawn(case_file: CaseFile, folder: Path, key: bytes = KEY) -> Path:
    """An extract of a case file."""
    case_file.write(folder / "cases")
    (folder / "extract").mkdir()
    write_pseudonymous(Source(folder / "cases"), folder / "extract", key)
    return folder / "extract"


def cells(extract: Path) -> Iterator[tuple[str, str, object]]:
    """The table, the column and the value of each cell that is filled in."""
    for path in sorted(extract.glob("*.parquet")):
        for name, column in zip(*_columns(pq.read_table(path)), strict=True):
            yield from ((path.stem, name, cell) for cell in column if cell is not None)


def _columns(table: pa.Table) -> tuple[list[str], list[list[object]]]:
    return table.column_names, [column.to_pylist() for column in table.columns]


def test_of_names_numbers_and_words_nothing_is_left(tmp_path: Path) -> None:
    rows, problems = read_case_file(with_canaries()["caseFile"], "caseFile")
    assert problems == []
    extract = drawn(CaseFile.of_events(AS_OF, rows), tmp_path)
    assert "CANARY" in (tmp_path / "cases/people.parquet").read_bytes().decode("latin-1")
    assert [path.name for path in extract.iterdir() if b"CANARY" in path.read_bytes()] == []
    assert [cell for cell in cells(extract) if "CANARY" in str(cell)] == []
    assert "people" not in json.loads((extract / "case_file.json").read_text("utf-8"))["tables"]


def test_whatever_is_text_is_a_pseudonym_a_code_of_a_closed_list_or_a_large_group(
    tmp_path: Path,
) -> None:
    extract = drawn(small_office(families=30, seed=4), tmp_path)
    texts = [(table, name, cell) for table, name, cell in cells(extract) if isinstance(cell, str)]
    assert len(texts) > 1000
    for table, name, cell in texts:
        field = fields_of(TABLES[table])[name]
        if isinstance(field, Choice):
            assert cell in field.allowed
        elif not (isinstance(field, Code) and field.protected):
            assert len(bytes.fromhex(cell)) == 16, (table, name)


def test_no_table_but_that_of_names_has_a_field_for_words() -> None:
    kinds = (Choice, Code, Day, Flag, Number, Person, Reference)
    others = [table for name, table in TABLES.items() if name != "people"]
    assert [f for t in others for f in fields_of(t).values() if not isinstance(f, kinds)] == []


def test_a_group_of_seven_children_is_not_known_and_one_of_eight_is(tmp_path: Path) -> None:
    rows = [
        {"id": f"r{number}-{again}", "child": f"c{number}", "happened": "2020-01-01",
         "known": "2020-01-01", "office": "small" if number < 7 else "large"}
        for number in range(15) for again in range(2)  # rows are not children
    ]  # fmt: skip
    events, _ = read_case_file({"children": rows}, "")
    extract = drawn(CaseFile.of_events(AS_OF, events), tmp_path)
    offices = pq.read_table(extract / "children.parquet")["office"].to_pylist()
    assert offices == [None] * 14 + ["large"] * 16


def test_within_a_kind_an_identifier_has_one_pseudonym_wherever_it_stands(tmp_path: Path) -> None:
    rows, _ = read_case_file(example()["caseFile"], "caseFile")
    extract = drawn(CaseFile.of_events(AS_OF, rows), tmp_path)
    stands: dict[str, set[tuple[str, str]]] = {}
    for path in extract.glob("*.parquet"):
        before, after = pq.read_table(tmp_path / "cases" / path.name), pq.read_table(path)
        for name, field in fields_of(TABLES[path.stem]).items():
            if kind := kind_of(path.stem, name, field):
                pairs = zip(before[name].to_pylist(), after[name].to_pylist(), strict=True)
                stands.setdefault(kind, set()).update(pair for pair in pairs if None not in pair)
    assert {"person", "notifications"} < set(stands)
    for pairs in stands.values():
        assert len(pairs) == len(dict(pairs)) == len({after for _, after in pairs})
    every = [after for pairs in stands.values() for _, after in pairs]
    assert len(every) == len(set(every))  # what two kinds have the same number for differs


def kind_of(table: str, name: str, field: Field) -> str | None:
    """What a column names: rows of a table, or persons."""
    if isinstance(field, Person):
        return "person"
    return field.to if isinstance(field, Reference) else table if name == "id" else None


def test_every_feature_answers_as_before(tmp_path: Path) -> None:
    office = small_office(families=60, seed=3)
    extract = drawn(office, tmp_path)
    pairs = notified(Source(tmp_path / "cases"))
    children, days = pairs["child"].to_pylist(), pairs["cutoff"].cast("int32").to_numpy()
    values = [column.value for column in COLUMNS.values()]
    before = answer_all(values, BatchTables(office), children, days.astype("int64"))
    under = [pseudonym(KEY, "person", child) for child in children]
    after = answer_all(values, BatchTables(CaseFile.read(extract)), under, days.astype("int64"))
    assert (before > 0).any()
    assert before.tobytes() == after.tobytes()


def test_under_another_key_nothing_of_it_is_the_same(tmp_path: Path) -> None:
    office, found = small_office(families=2, seed=1), []
    for key in (KEY, bytes(32)):
        (tmp_path / key.hex()).mkdir()
        extract = drawn(office, tmp_path / key.hex(), key)
        found.append(set(pq.read_table(extract / "children.parquet")["child"].to_pylist()))
    assert not found[0] & found[1]


@pytest.mark.parametrize("table", ["children", "people"])
def test_what_is_declared_of_a_table_goes_with_it(table: str, tmp_path: Path) -> None:
    covered = {table: Covered(day_number(date(2020, 1, 1)), day_number(AS_OF))}
    rows, _ = read_case_file(with_canaries()["caseFile"], "caseFile")
    extract = drawn(replace(CaseFile.of_events(AS_OF, rows), coverage=covered), tmp_path)
    assert set(CaseFile.read(extract).coverage) == {table} - {"people"}
