"""The journal is appended to, and read; nothing else can be done with it."""

import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import shake_256
from pathlib import Path

import pytest

from features.errors import KizukiError
from serving.journal import Entry, Journal, JournalUnavailable, Served, entry, served
from serving.who.asker import Asker
from tests.serving.desks import journal_at

ENTRY = Entry(
    id="a-1", at=datetime(2024, 7, 1, 9, 30, tzinfo=UTC), kind="score", model="m", version=3,
    digest="d", lock="l", request="r", asked=b"{}", child="c", cutoff=date(2024, 6, 3),
    row={"x": 0.1, "y": None}, probability=0.1 + 0.2, score=14, band="middle",
    answer=b'{"a":1}', page=None,
    asker=Asker(
        "p", frozenset({"screener", "supervisor"}), "tokyo", "north", "s", "qa", "r-1", ("a", "b")
    ),
)  # fmt: skip
LARGE = shake_256(b"a seed").hexdigest(100_000).encode()  # hardly to be made smaller than half


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = journal_at(tmp_path / "home" / "journal.db")
    yield made
    made.close()


def test_what_was_kept_is_read_back_bit_for_bit(journal: Journal) -> None:
    journal.keep(ENTRY)
    journal.keep(replace(ENTRY, id="a-2", model="other"))
    journal.keep(replace(ENTRY, id="a-3", probability=None, score=None, band=None, page=b"<p>"))
    row = {"x": 0.1, "y": None}
    first = Served(
        ENTRY.at, 3, "c", date(2024, 6, 3), row, 0.1 + 0.2, 14, "middle", ENTRY.answer, ENTRY.kind
    )
    assert list(journal.served("m")) == [
        first,
        replace(first, probability=None, score=None, band=None),
    ]
    assert entry(journal.path, "a-1") == ENTRY
    assert entry(journal.path, "a-3").page == b"<p>"
    with pytest.raises(KizukiError, match="no answer has the id nobody"):
        entry(journal.path, "nobody")


def test_it_is_on_the_disk_when_keep_returns(journal: Journal, tmp_path: Path) -> None:
    journal.keep(ENTRY)
    copy = tmp_path / "copy.db"
    for name in ("", "-wal"):  # as a machine would find it that lost power now
        (tmp_path / f"copy.db{name}").write_bytes(Path(f"{journal.path}{name}").read_bytes())
    assert [given.score for given in served(copy, "m", journal.keys.path)] == [14]
    assert journal._writer.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL: after a sync


def test_it_goes_on_where_it_stopped(journal: Journal) -> None:
    journal.keep(ENTRY)
    again = journal_at(journal.path)
    again.keep(replace(ENTRY, id="a-2"))
    again.close()
    assert len(list(journal.served("m"))) == 2


FORBIDDEN = (
    "UPDATE answers SET version = 1",
    "DELETE FROM answers",
    "INSERT OR REPLACE INTO answers SELECT * FROM answers",
    "REPLACE INTO answers SELECT 99, id, at, kind, model, version, digest, lock, child, content, "
    "reason, about, key, person, through, roles, agency, office, purpose, policies, asked_in, "
    "clock_suspect, link FROM answers",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_nothing_in_it_can_be_changed(statement: str, journal: Journal) -> None:
    journal.keep(ENTRY)
    with sqlite3.connect(journal.path) as other, pytest.raises(sqlite3.IntegrityError) as refused:
        other.execute(statement)
    other.close()
    assert str(refused.value) == "the journal is append-only"
    assert entry(journal.path, "a-1") == ENTRY


def test_an_answer_is_kept_once(journal: Journal) -> None:
    journal.keep(ENTRY)
    with pytest.raises(JournalUnavailable):
        journal.keep(ENTRY)
    journal.keep(replace(ENTRY, id="a-2"))  # and the next one as if nothing had been


def test_it_says_so_where_the_file_is_gone(journal: Journal) -> None:
    journal.path.unlink()
    with pytest.raises(JournalUnavailable, match="FileNotFoundError"):
        journal.keep(ENTRY)


def test_it_says_so_where_another_file_took_its_place(journal: Journal, tmp_path: Path) -> None:
    journal_at(tmp_path / "other.db").close()
    (tmp_path / "other.db").rename(journal.path)
    with pytest.raises(JournalUnavailable):
        journal.keep(ENTRY)


def test_it_says_so_where_another_holds_it_and_recovers(journal: Journal) -> None:
    other = sqlite3.connect(journal.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(JournalUnavailable):
        journal.keep(ENTRY)
    other.execute("ROLLBACK")
    other.close()
    journal.keep(ENTRY)
    assert entry(journal.path, "a-1") == ENTRY


def test_what_is_alike_takes_little_room(journal: Journal) -> None:
    journal.keep(replace(ENTRY, answer=b'{"code": "notification_count_6m"}' * 1000))
    (size,) = journal._writer.execute("SELECT length(content) FROM answers").fetchone()
    assert size < 1000


def test_it_says_so_where_the_disk_is_full_and_recovers(journal: Journal) -> None:
    journal.keep(ENTRY)
    (pages,) = journal._writer.execute("PRAGMA page_count").fetchone()
    journal._writer.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(JournalUnavailable):
        journal.keep(replace(ENTRY, id="large", answer=LARGE))
    journal._writer.execute("PRAGMA max_page_count = 1000000")
    journal.keep(replace(ENTRY, id="large", answer=LARGE))
    assert len(list(journal.served("m"))) == 2


def test_nobody_else_may_read_it(journal: Journal) -> None:
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600


def test_a_file_that_is_no_journal_is_refused(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"not a database" * 100)
    with pytest.raises(KizukiError, match=r"journal\.db: the journal cannot be written"):
        journal_at(tmp_path / "journal.db")


def test_a_journal_of_another_format_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "journal.db") as other:
        other.execute("PRAGMA user_version = 6")
    other.close()
    with pytest.raises(KizukiError, match="is a journal of another format, 6"):
        journal_at(tmp_path / "journal.db")


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(KizukiError, match=r"home/journal\.key: cannot be used as a key"):
        journal_at(tmp_path / "home" / "journal.db")


def test_reading_where_there_is_none_says_so(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match="there is no journal to read"):
        list(served(tmp_path / "none.db", "m"))
