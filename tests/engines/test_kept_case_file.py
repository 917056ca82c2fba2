"""A case file answers alike whether its frames are at hand or its columns are read from disk."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from features.case_file import ABOUT, CaseFile
from features.engines.batch import answer_all
from features.engines.batch_tables import BatchTables
from features.engines.kept_case_file import KeptCaseFile
from features.errors import KizukiError
from features.tables import TABLES, fields_of
from tests.engines.both import AS_OF, assert_bit_equal
from tests.engines.test_compiled import CHILDREN, OFFICE, VALUES


def test_answers_are_the_same_from_disk(tmp_path: Path) -> None:
    case_file = CaseFile.of_events(AS_OF, OFFICE)
    case_file.write(tmp_path)
    cutoffs = np.full(len(CHILDREN), 300)
    one, other = (
        answer_all(VALUES, BatchTables(each), CHILDREN, cutoffs)
        for each in (case_file, KeptCaseFile(tmp_path))
    )
    assert_bit_equal(one, other, VALUES)


def test_columns_of_one_table_are_read_by_several_threads(tmp_path: Path) -> None:
    """They had one reader of Arrow's, and the process ended: seen in a test in six thousand."""
    CaseFile.of_events(AS_OF, OFFICE).write(tmp_path)
    table = TABLES["notifications"]
    names = list(fields_of(table)) * 20
    for _ in range(20):
        kept = KeptCaseFile(tmp_path)
        alone = {name: kept.column(table, name) for name in fields_of(table)}
        with ThreadPoolExecutor(4) as pool:
            read = list(pool.map(kept.column, [table] * len(names), names))
        assert all(column.equals(alone[name]) for name, column in zip(names, read, strict=True))


def test_a_folder_without_a_case_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match="holds no case file"):
        KeptCaseFile(tmp_path)


def test_a_table_that_is_cut_short_is_refused_when_it_is_read(tmp_path: Path) -> None:
    CaseFile.of_events(AS_OF, OFFICE).write(tmp_path)
    (tmp_path / "notifications.parquet").write_bytes(b"PAR1")
    with pytest.raises(KizukiError, match="is broken"):
        answer_all(VALUES[:1], BatchTables(KeptCaseFile(tmp_path)), ["c1"], np.array([0]))


def test_a_row_of_a_kind_that_is_not_recorded_is_refused(tmp_path: Path) -> None:
    CaseFile.of_events(AS_OF, OFFICE).write(tmp_path)
    about = json.loads((tmp_path / ABOUT).read_text("utf-8"))
    about["coverage"] = {"agency_events": {"kinds": ["missing"]}}
    (tmp_path / ABOUT).write_text(json.dumps(about), "utf-8")
    for read in (CaseFile.read, KeptCaseFile):
        with pytest.raises(KizukiError, match="rows are of a kind"):
            read(tmp_path)


def test_what_is_asked_by_and_by_is_answered_as_what_is_asked_at_once() -> None:
    """Ids get their codes when a question first compares them, beside those that have one."""
    case_file = CaseFile.of_events(AS_OF, OFFICE)
    cutoffs, by_and_by = np.full(len(CHILDREN), 300), BatchTables(case_file)
    at_once = answer_all(VALUES, BatchTables(case_file), CHILDREN, cutoffs)
    single = [answer_all([value], by_and_by, CHILDREN, cutoffs) for value in reversed(VALUES)]
    assert_bit_equal(at_once, np.hstack(single[::-1]), VALUES)
