"""A model learns from rows that were made before, here or on a cluster, as from a case file."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.errors import KizukiError
from features.reading import day_number
from features.rows.made import MadeRows
from features.rows.source import Source
from models.specs import spec_of
from tests.rows.front_door import run
from tests.training.small_office import small_office
from training.examples import draw_examples, read_rows, rows_made

SPEC = spec_of("placement_24m")
LOCK = Path(__file__).parents[2] / "models/placement_24m/features.lock"


@pytest.fixture(scope="module")
def few() -> CaseFile:
    return small_office(families=60, seed=3)


@pytest.fixture(scope="module")
def cases(few: CaseFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    few.write(folder)
    return folder


@pytest.fixture(scope="module")
def made(cases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made") / "rows.parquet"
    assert run("rows", "make", "--cases", cases, "--out", out, "--lock", LOCK) == 0
    return out


def test_they_are_the_rows_of_the_examples_to_the_last_bit(
    few: CaseFile, cases: Path, made: Path
) -> None:
    tables = BatchTables(few)
    examples = draw_examples(SPEC, tables)
    rows = rows_made(MadeRows(made, SPEC.columns, Source(cases)))(SPEC, tables, examples)
    assert len(rows) > 50
    assert np.array_equal(rows, read_rows(SPEC, tables, examples), equal_nan=True)


def test_a_row_that_was_not_made_is_missed(cases: Path, made: Path) -> None:
    first = pq.read_table(made, columns=["child", "cutoff"]).slice(0, 1).to_pylist()[0]
    day, rows = day_number(first["cutoff"]), MadeRows(made, SPEC.columns, Source(cases))
    with pytest.raises(KizukiError, match=r"1 of 2 rows were not made; the first is number 2"):
        rows.at([first["child"], "nobody"], [day, day])


def test_rows_of_other_columns_or_of_another_case_file_teach_nothing(
    few: CaseFile, cases: Path, made: Path, tmp_path: Path
) -> None:
    with pytest.raises(KizukiError, match="made of other columns"):
        MadeRows(made, SPEC.columns[1:], Source(cases))
    less = few.tables | {"placements": few.tables["placements"].iloc[1:]}
    CaseFile(few.as_of, less, few.coverage).write(tmp_path)
    with pytest.raises(KizukiError, match="made of other case file"):
        MadeRows(made, SPEC.columns, Source(tmp_path))


def test_another_file_is_refused(cases: Path, tmp_path: Path) -> None:
    (tmp_path / "rows.parquet").write_text("child,cutoff\n", "utf-8")
    with pytest.raises(KizukiError, match="is not what `kizuki rows make` writes"):
        MadeRows(tmp_path / "rows.parquet", SPEC.columns, Source(cases))
