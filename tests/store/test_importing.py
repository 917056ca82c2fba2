"""A case file comes into the store as the events that would have told it, and out as it was."""

from datetime import date
from pathlib import Path

import pytest

from features.case_file import CaseFile
from features.commands import request_for
from features.events import as_json, read_case_file
from serving.store.importing import told_by
from serving.store.migrating import open_store
from serving.store.store import Store
from tests.store.telling import NOW, OFFICE
from tests.typed import typed

AS_OF = date(2024, 6, 30)
ROW = {"child": "child", "happened": "2024-01-01"}
CASES = {
    "children": [
        {"id": "c1", "child": "child", "happened": "2018-01-01", "known": "2020-01-01"},
    ],
    "members": [
        {"id": "m1", "child": "child", "person": "a", "relation": "mother",
         "happened": "2018-01-01", "known": "2020-01-01"},
    ],
    "notifications": [
        {**ROW, "id": "n1", "known": "2024-01-01", "withdrawn": "2024-02-01", "source": "police"},
        {**ROW, "id": "n1", "known": "2024-02-01", "withdrawn": "2024-03-01", "source": "school"},
        {**ROW, "id": "n2", "known": "2024-02-01", "withdrawn": "2024-02-01", "source": "police"},
        {**ROW, "id": "n2", "known": "2024-02-01", "source": "nursery"},
        {**ROW, "id": "n3", "known": "2024-02-01", "withdrawn": "2024-02-01"},
    ],
    "agency_events": [
        {"id": "x1", "person": "a", "kind": "arrest",
         "happened": "2023-01-01", "known": "2023-01-01"},
        {"id": "x2", "person": "b", "kind": "arrest",
         "happened": "2023-01-01", "known": "2023-01-01"},
    ],
    "placements": [],
}  # fmt: skip


@pytest.fixture
def case_file() -> CaseFile:
    rows, problems = read_case_file(CASES, "cases")
    assert not problems
    return CaseFile.of_events(AS_OF, rows)


def test_the_store_has_around_the_child_what_the_case_file_has(
    store: Store, case_file: CaseFile
) -> None:
    store.keep(OFFICE, list(told_by(case_file)), NOW)
    found = as_json(store.around(OFFICE, "child", AS_OF).rows)
    there = request_for(case_file, "child", AS_OF)["caseFile"]
    assert isinstance(there, dict)
    believed = [row for row in there["notifications"] if row.get("withdrawn") != row["known"]]
    assert found == {**there, "notifications": believed}


def test_to_import_again_adds_nothing(
    case_file: CaseFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case_file.write(tmp_path / "cases")
    monkeypatch.setenv("KIZUKI_HOME", str(tmp_path / "home"))
    told = len(list(told_by(case_file)))
    for _ in range(2):
        code, said, problem = typed(capsys, "store", "import", tmp_path / "cases", "--office", "o")
        assert (code, problem) == (0, "")
        assert said.endswith(f"o has told {told} in all\n")
    store = open_store(f"sqlite:///{tmp_path / 'home' / 'store.db'}")
    assert store.around("o", "child", AS_OF).received == told
    store.close()
