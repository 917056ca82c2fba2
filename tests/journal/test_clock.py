"""The order of the journal is that of its numbers: a clock that jumps is told of, record by record.

In the tables, `steady` is what a clock says that nobody can set, and `at` what each record is dated
by; both in minutes.
"""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.key_files import signing_key
from serving.journal import Journal
from serving.journal.checkpoints import Checkpoints
from serving.journal.verify import Verdict
from tests.journal.test_verify import ENTRY, verdict_on

Told = list[tuple[float, float]]
TOLD: dict[str, tuple[Told, list[int]]] = {
    "as time goes": ([(0, 0), (1, 1), (600, 600)], [0, 0, 0]),
    "an hour back": ([(0, 0), (1, -59), (2, -58)], [0, 1, 0]),
    "ten minutes ahead": ([(0, 0), (1, 11), (2, 12)], [0, 1, 0]),
    "back, where it was quiet for longer": ([(0, 0), (120, 60)], [0, 1]),
    "back and forth": ([(0, 0), (0, -60), (0, -50), (0, -110), (0, -100)], [0, 1, 1, 1, 1]),
    "an answer that took its time": ([(0, 0), (0.9, 0), (0.9, 0.9)], [0, 0, 0]),
}


def journal_on(home: Path, steady: list[float]) -> Journal:
    signed = Checkpoints(home / "journal.checkpoints", signing_key(home / "journal.key"))
    return Journal(home / "journal.db", signed, home / "children.keys", lambda: 60 * steady[0])


def suspect(home: Path) -> list[int]:
    with closing(sqlite3.connect(home / "journal.db")) as file:
        told = file.execute("SELECT number, clock_suspect FROM answers ORDER BY number").fetchall()
    assert [number for number, _ in told] == list(range(1, len(told) + 1))
    return [said for _, said in told]


def keep(journal: Journal, minutes: float, name: str) -> None:
    journal.keep(replace(ENTRY, id=name, at=ENTRY.at + timedelta(minutes=minutes)))


@pytest.mark.parametrize("case", TOLD)
def test_a_record_before_which_the_clock_jumped_says_so(case: str, tmp_path: Path) -> None:
    now = [0.0]
    told, expected = TOLD[case]
    with closing(journal_on(tmp_path, now)) as journal:
        for number, (steady, at) in enumerate(told):
            now[0] = steady
            keep(journal, at, str(number))
    assert suspect(tmp_path) == expected
    found = verdict_on(tmp_path / "journal.db")
    assert (found.records, found.faults) == (len(told), ())
    assert found.suspect == sum(expected)


def test_that_it_went_back_while_nobody_was_at_the_desk_is_told_too(tmp_path: Path) -> None:
    for name, at in (("one", 0.0), ("two", -60.0), ("three", 60.0)):
        with closing(journal_on(tmp_path, [0.0])) as journal:
            keep(journal, at, name)
    assert suspect(tmp_path) == [0, 1, 0], "ahead, it may as well have been closed for so long"


def test_that_a_clock_jumped_cannot_be_taken_back(tmp_path: Path) -> None:
    now = [0.0]
    with closing(journal_on(tmp_path, now)) as journal:
        keep(journal, 0, "one")
        keep(journal, -60, "two")
    with closing(sqlite3.connect(tmp_path / "journal.db")) as file, file:
        file.execute("DROP TRIGGER answers_no_update")
        file.execute("UPDATE answers SET clock_suspect = 0")
    found: Verdict = verdict_on(tmp_path / "journal.db")
    assert found.faults == ("record 2 is not what was linked to the one before it",)
