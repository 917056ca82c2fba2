"""Whatever call on whatever file fails, once or for ever: kept wholly, or refused in clean words.

As SQLite's own ioerr.test: fail the first call, the second, and so on, until none is left to fail.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from features.errors import KizukiError
from serving.journal import entry
from tests.faulty_disk import ERRORS, FULL, FaultyDisk, faulty_disk
from tests.journal.test_verify import ENTRY, verdict_on
from tests.serving.desks import journal_at

EVERY = 1 if "KIZUKI_SLOW" in os.environ else 3  # calls
FAULTS = {**{kind: {kind: code} for kind, code in ERRORS.items()}, "full": {"write": FULL}}
GIVEN = [replace(ENTRY, id=name, child=child) for name, child in ("ac", "bc", "cd")]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with one record, as a desk left it that was closed."""
    path = tmp_path_factory.mktemp("begun") / "journal.db"
    with closing(journal_at(path)) as journal:
        journal.keep(replace(ENTRY, id="before"))
    return path


def keep_all(path: Path) -> list[str]:
    """Open the journal, keep what is given, and close it: the ids that it says it has kept."""
    told = []
    try:
        with closing(journal_at(path)) as journal:
            for given in GIVEN:
                try:
                    journal.keep(given)
                except KizukiError:
                    continue
                told.append(given.id)
    except KizukiError:
        pass
    return told


def sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as file:
        return file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def check(path: Path, told: list[str]) -> None:
    """What was acknowledged is there, in a journal and beside keys that hold, and go on."""
    for name in ("before", *told):
        assert entry(path, name).answer == ENTRY.answer
    with closing(journal_at(path)) as journal:
        journal.keep(replace(ENTRY, id="after", child="e"))
    assert sound(path)
    assert sound(path.with_name("children.keys"))
    assert verdict_on(path).faults == ()


@pytest.mark.parametrize("for_ever", [False, True], ids=["once", "for ever"])
@pytest.mark.parametrize("fault", FAULTS)
def test_any_single_error_is_survived(
    fault: str, for_ever: bool, begun: Path, tmp_path: Path
) -> None:
    for whole in count(step := 0, EVERY):
        home = shutil.copytree(begun.parent, tmp_path / str(whole))
        with faulty_disk() as disk:
            disk.fail(FAULTS[fault], whole, for_ever=for_ever)
            told = keep_all(home / begun.name)
        check(home / begun.name, told)
        if not disk.failed:
            break
        step += 1
    assert step, "it was never met"
    assert told == ["a", "b", "c"], "where nothing failed, all is kept"


@pytest.fixture
def disk() -> FaultyDisk:
    with faulty_disk() as made:
        yield made


def test_what_is_acknowledged_was_synced_first(disk: FaultyDisk, tmp_path: Path) -> None:
    journal = journal_at(tmp_path / "journal.db")
    for given in GIVEN:
        disk.asked.clear()
        journal.keep(given)
        of_log = [kind for kind, name in disk.asked if name == "journal.db-wal"]
        assert of_log[-1] == "sync", "nothing is written behind the last sync"
        assert "write" in of_log
    journal.close()


def test_a_new_childs_key_is_synced_before_what_it_opens_is_written(
    disk: FaultyDisk, tmp_path: Path
) -> None:
    journal = journal_at(tmp_path / "journal.db")
    disk.asked.clear()
    journal.keep(ENTRY)
    written = disk.asked.index(("write", "journal.db-wal"))
    before = [kind for kind, name in disk.asked[:written] if name == "children.keys-wal"]
    assert before[-1] == "sync"
    journal.close()
