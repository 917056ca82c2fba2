"""The journal: every answer is in it before it leaves, and nothing in it ever changes."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from features.errors import KizukiError

FORMAT = 1
LONGEST_WAIT = 1.0  # seconds for another writer, before an answer is refused

_TABLE = """
CREATE TABLE IF NOT EXISTS answers (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    model TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    lock TEXT NOT NULL,
    request TEXT NOT NULL,
    child TEXT NOT NULL,
    cutoff TEXT NOT NULL,
    row TEXT NOT NULL,
    probability REAL,
    score INTEGER,
    band TEXT,
    answer BLOB NOT NULL,
    page BLOB
) STRICT;
CREATE INDEX IF NOT EXISTS answers_by_model ON answers (model, number);
CREATE TRIGGER IF NOT EXISTS no_update BEFORE UPDATE ON answers
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON answers
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER IF NOT EXISTS no_replace BEFORE INSERT ON answers
WHEN EXISTS (SELECT 1 FROM answers WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""
_COLUMNS = (
    "id", "at", "kind", "model", "version", "digest", "lock", "request", "child", "cutoff", "row",
    "probability", "score", "band", "answer", "page",
)  # fmt: skip
_APPEND = f"INSERT INTO answers ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608  # columns of our own


class JournalUnavailable(KizukiError):
    """The journal cannot be written, so no answer may leave."""


@dataclass(frozen=True)
class Entry:
    """One answer: when, from which model, to what, and the bytes that leave.

    `request` is the SHA-256 of the request as canonical JSON; `row` maps columns to numbers, None
    where missing; `answer` is canonical JSON, `page` the report where one was asked for.
    """

    id: str
    at: datetime
    kind: str
    model: str
    version: int
    digest: str
    lock: str
    request: str
    child: str
    cutoff: date
    row: Mapping[str, float | None]
    probability: float | None
    score: int | None
    band: str | None
    answer: bytes
    page: bytes | None


@dataclass(frozen=True)
class Served:
    """What a model was asked and what it said, for those who watch it."""

    at: datetime
    version: int
    child: str
    cutoff: date
    row: Mapping[str, float | None]
    probability: float | None
    score: int | None
    band: str | None


class Journal:
    """An append-only SQLite file: an entry that was kept is on the disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._writer = _open(path)
        self._file = path.stat().st_ino

    def keep(self, entry: Entry) -> None:
        """Append an entry; raises JournalUnavailable where it is not certainly on the disk."""
        values = {
            **vars(entry),
            "at": entry.at.isoformat(),
            "cutoff": entry.cutoff.isoformat(),
            "row": json.dumps(entry.row, allow_nan=False),
        }
        with self._lock:
            try:
                self.check()
                with self._writer:
                    self._writer.execute(_APPEND, [values[name] for name in _COLUMNS])
            except (OSError, sqlite3.Error) as problem:
                raise JournalUnavailable(f"{self.path}: {type(problem).__name__}") from problem

    def check(self) -> None:
        """Raise OSError where the file that is written is no longer the one that will be read."""
        if self.path.stat().st_ino != self._file:
            raise FileNotFoundError("another file took the place of the journal")

    def said(self, answer_id: str) -> tuple[bytes, bytes | None] | None:
        """The very bytes of an answer, and of its page; None where there is no such answer."""
        with closing(_read_only(self.path)) as reader:
            asked = "SELECT answer, page FROM answers WHERE id = ?"
            found: tuple[bytes, bytes | None] | None = reader.execute(asked, [answer_id]).fetchone()
        return found

    def served(self, model: str) -> Iterator[Served]:
        """Every answer of a model, the oldest first."""
        return served(self.path, model)

    def close(self) -> None:
        """Let go of the file."""
        self._writer.close()


def served(path: Path, model: str) -> Iterator[Served]:
    """Every answer of a model in the journal at a path, which is only read."""
    with closing(_read_only(path)) as reader:
        asked = (
            "SELECT at, version, child, cutoff, row, probability, score, band FROM answers "
            "WHERE model = ? ORDER BY number"
        )
        for at, version, child, cutoff, row, *given in reader.execute(asked, [model]):
            when, day = datetime.fromisoformat(at), date.fromisoformat(cutoff)
            yield Served(when, version, child, day, json.loads(row), *given)


def _open(path: Path) -> sqlite3.Connection:
    """A writer, on a journal that is made where there is none; raises KizukiError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # it holds case data: its owner's alone
        writer = sqlite3.connect(path, timeout=LONGEST_WAIT, check_same_thread=False)
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("PRAGMA synchronous = FULL")
        (found,) = writer.execute("PRAGMA user_version").fetchone()
        if not found:
            writer.executescript(f"BEGIN; {_TABLE} PRAGMA user_version = {FORMAT}; COMMIT;")
    except (OSError, sqlite3.Error) as problem:
        raise JournalUnavailable(f"{path}: the journal cannot be written: {problem}") from problem
    if found not in {0, FORMAT}:
        raise JournalUnavailable(f"{path}: is a journal of another format, {found}")
    return writer


def _read_only(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", timeout=LONGEST_WAIT, uri=True)
    except sqlite3.Error as problem:
        raise KizukiError(f"{path}: there is no journal to read") from problem
