"""`kizuki extract`, as who answers for an office's data types it."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from features.case_file import CaseFile
from features.rows.source import Source
from tests.serving.desks import journal_at
from tests.training.small_office import small_office
from tests.typed import typed

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("KIZUKI_HOME", str(home))
    small_office(families=5, seed=2).write(home / "cases")
    words = ("extract", home / "cases", "--to", "Lab", "--by", "Sato")
    return partial(typed, capsys, *words, "--out")


def test_who_drew_it_and_for_whom_is_on_record_with_its_hash(run: Run, home: Path) -> None:
    code, out, err = run(home / "extract")
    assert (code, err) == (0, "")
    assert "next, kizuki train MODEL --cases" in out
    journal = journal_at(home / "journal.db")
    ((record,),) = journal._writer.execute("SELECT id FROM answers WHERE kind = 'extract'")
    entry = journal.entry(record)
    journal.close()
    assert entry
    assert (entry.asker.person, json.loads(entry.asked)) == ("Sato", {"to": "Lab"})
    said = json.loads(entry.answer)
    assert said["digest"] == Source(home / "extract").digest()
    assert said["rows"]["children"] == len(CaseFile.read(home / "extract").tables["children"])


def test_what_cannot_be_recorded_is_not_drawn(run: Run, home: Path) -> None:
    (home / "journal.db").mkdir()
    code, out, _ = run(home / "extract")
    assert (code, out) == (2, "")
    assert [path.name for path in home.iterdir() if "extract" in path.name] == []


def test_nothing_is_overwritten(run: Run, home: Path) -> None:
    code, _, err = run(home / "cases")
    assert code == 2
    assert "is there already: name a new folder" in err
