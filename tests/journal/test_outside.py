"""The one file that an outsider needs finds what `kizuki journal verify` finds."""

import shutil
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from models.key_files import signing_key
from serving.journal import outside
from serving.journal.chain import link
from serving.journal.checkpoints import Checkpoints
from serving.journal.file import LINKED
from serving.journal.verify import Verdict
from tests.journal.test_verify import ENTRY, MEDDLING, Change, meddle, verdict_on, whole
from tests.serving.desks import journal_at

__all__ = ["whole"]
MANY = 5_000  # records; how long fifty thousand take, `make faults` tells


@pytest.fixture
def kept(whole: Path, tmp_path: Path) -> Path:
    """A copy of a journal, to meddle with."""
    shutil.copytree(whole.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / whole.name


def found(journal: Path) -> list[str]:
    beside = [journal.with_name(f"journal.{name}") for name in ("checkpoints", "pub")]
    return list(outside.faults(journal, *beside))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("change", MEDDLING, ids=lambda change: change.__name__)
def test_it_finds_what_was_done(change: Change, seed: int, kept: Path) -> None:
    assert found(kept) == []
    meddle(kept, change, seed)
    assert found(kept)
    assert verdict_on(kept).faults


def test_it_needs_nothing_of_ours(kept: Path, tmp_path: Path) -> None:
    """Copied elsewhere, in a Python that finds no other file of the checkout."""
    tool = shutil.copy(outside.__file__, tmp_path / "verify.py")
    names = ["journal.db", "journal.checkpoints", "journal.pub"]
    command = [sys.executable, "-I", tool, *names]

    def told() -> tuple[int, str, str]:
        done = subprocess.run(command, check=False, cwd=kept.parent, capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    before = told()
    meddle(kept, lambda file, _: file.execute("UPDATE answers SET version=4 WHERE number=17"), 0)
    assert [before, told()] == [
        (0, "nothing was changed since it was signed\n", ""),
        (1, "record 17 is not what was linked to the one before it\n", ""),
    ]


def test_thousands_of_records_are_held_against_their_word(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with closing(journal_at(path)) as journal:
        journal.keep(ENTRY)
        file, names = journal._writer, ", ".join(LINKED)
        last = file.execute(f"SELECT {names}, link FROM answers").fetchone()  # noqa: S608
        before, rows = last[-1], []
        for number in range(2, MANY + 1):
            values = [f"a{number}", *last[2:-1]]
            before = link(before, number, values)
            rows.append([number, *values, before])
        blanks = ", ".join("?" * (len(LINKED) + 1))
        with file:
            file.executemany(f"INSERT INTO answers ({names}, link) VALUES ({blanks})", rows)  # noqa: S608
        key = signing_key(tmp_path / "journal.key")
        signed = Checkpoints(tmp_path / "journal.checkpoints", key)
        signed.write(MANY, before, ENTRY.at + timedelta(days=1))
    assert found(path) == []
    assert verdict_on(path) == Verdict(MANY, 2, MANY, ())
