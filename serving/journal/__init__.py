"""The journal: every answer is in it before it leaves, and nothing in it ever changes.

What is done about an answer later, when it is read, reviewed or contested, is a record behind it.
Each record is linked to all before it (`serving.journal.chain`), and the chain is signed from time
to time (`serving.journal.checkpoints`).
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from features.errors import KizukiError
from models.append_only import append_only
from serving.journal.chain import START, Value, link
from serving.journal.checkpoints import Checkpoints
from serving.who.asker import NOBODY, RECORD, SERVICE, Asker

FORMAT = 4
LONGEST_WAIT = 1.0  # seconds for another writer, before an answer is refused

_TABLE = f"""
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
    asked BLOB NOT NULL,
    child TEXT NOT NULL,
    cutoff TEXT NOT NULL,
    row TEXT NOT NULL,
    probability REAL,
    score INTEGER,
    band TEXT,
    answer BLOB NOT NULL,
    page BLOB,
    about TEXT,
    key TEXT UNIQUE,
    sent TEXT,
    person TEXT NOT NULL,
    through TEXT,
    roles TEXT NOT NULL,
    agency TEXT NOT NULL,
    office TEXT,
    purpose TEXT NOT NULL,
    policies TEXT NOT NULL,
    asked_in TEXT NOT NULL,
    link TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS answers_by_model ON answers (model, number);
CREATE INDEX IF NOT EXISTS answers_about ON answers (about, number) WHERE about IS NOT NULL;
{append_only("answers", "id", "number", "key", called="the journal")}
"""
_COLUMNS = (
    "id", "at", "kind", "model", "version", "digest", "lock", "request", "asked", "child", "cutoff",
    "row", "probability", "score", "band", "answer", "page", "about", "key", "sent", *RECORD,
)  # fmt: skip
_LINKED = ", ".join(("number", *_COLUMNS))  # in the order that a link is made of
_APPEND = f"INSERT INTO answers ({_LINKED}, link) VALUES ({', '.join('?' * (len(_COLUMNS) + 2))})"  # noqa: S608  # columns of our own
_RECORDS = f"SELECT link, {_LINKED} FROM answers ORDER BY number"  # noqa: S608
_LAST = "SELECT number, link FROM answers ORDER BY number DESC LIMIT 1"


class JournalUnavailable(KizukiError):
    """The journal cannot be written, so no answer may leave."""


@dataclass(frozen=True)
class Entry:
    """One answer: when, from which model, to what, and the bytes that leave.

    `asked` is the request as canonical JSON, and `request` its SHA-256; `row` maps columns to
    numbers, None where missing; `answer` is canonical JSON, `page` the report where one was asked
    for. What is not an answer itself says which one it is `about`. Under a `key` there is one entry
    at the most: who asks again with it is given that one, if what was `sent` is the same. `asker`
    is who asked, through whom, for what, and by which rules of the policy.
    """

    id: str
    at: datetime
    kind: str
    model: str
    version: int
    digest: str
    lock: str
    request: str
    asked: bytes
    child: str
    cutoff: date
    row: Mapping[str, float | None]
    probability: float | None
    score: int | None
    band: str | None
    answer: bytes
    page: bytes | None
    about: str | None = None
    key: str | None = None
    sent: str | None = None
    asker: Asker = NOBODY

    def whose(self, asker: Asker) -> tuple[str, str]:
        """The office of the case, and the person who handles it, as `asker` finds it.

        That is who asked for the answer; where a system asked for itself, whoever asks about it.
        """
        office = json.loads(self.asked).get("office") or self.asker.office or ""
        return office, asker.person if SERVICE in self.asker.roles else self.asker.person


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
    answer: bytes


@dataclass(frozen=True)
class Record:
    """What a link is made of, and the link that was kept with it."""

    number: int
    values: tuple[Value, ...]
    link: str


class Journal:
    """An append-only SQLite file: an entry that was kept is on the disk."""

    def __init__(self, path: Path, checkpoints: Checkpoints) -> None:
        self.path = path
        self._checkpoints = checkpoints
        self._unsigned: tuple[int, str, datetime] | None = None
        self._lock = Lock()
        self._writer = _open(path)
        self._file = path.stat().st_ino

    def keep(self, entry: Entry) -> None:
        """Append an entry; raises JournalUnavailable where it is not certainly on the disk."""
        said = {
            **vars(entry),
            "at": entry.at.isoformat(),
            "cutoff": entry.cutoff.isoformat(),
            "row": json.dumps(entry.row, allow_nan=False),
            **entry.asker.record,
        }
        with self._lock:
            try:
                self.check()
                number, linked = self._append([said[name] for name in _COLUMNS])
                self._unsigned = number, linked, entry.at
                if self._checkpoints.due(number, entry.at):
                    self._sign()
            except (OSError, sqlite3.Error) as problem:
                raise JournalUnavailable(f"{self.path}: {type(problem).__name__}") from problem

    def _append(self, values: list[Value]) -> tuple[int, str]:
        """Put a record behind the last one, whichever process wrote that; its number and link."""
        with self._writer:
            self._writer.execute("BEGIN IMMEDIATE")
            last, before = self._writer.execute(_LAST).fetchone() or (0, START)
            linked = link(before, last + 1, values)
            self._writer.execute(_APPEND, (last + 1, *values, linked))
        return last + 1, linked

    def _sign(self) -> None:
        if self._unsigned:
            self._checkpoints.write(*self._unsigned)
            self._unsigned = None

    def check(self) -> None:
        """Raise OSError where the file that is written is no longer the one that will be read."""
        if self.path.stat().st_ino != self._file:
            raise FileNotFoundError("another file took the place of the journal")

    def entry(self, answer_id: str) -> Entry | None:
        """The entry of that id; raises JournalUnavailable where the journal cannot be read."""
        return next(self._entries("id", answer_id), None)

    def under(self, key: str) -> Entry | None:
        """The entry that was kept under a key; raises JournalUnavailable."""
        return next(self._entries("key", key), None)

    def about(self, answer_id: str) -> list[Entry]:
        """What is on record about an answer, the oldest first; raises JournalUnavailable."""
        return list(self._entries("about", answer_id))

    def _entries(self, column: str, value: str) -> Iterator[Entry]:
        try:
            yield from _entries(self.path, column, value)
        except (KizukiError, OSError, sqlite3.Error) as problem:
            raise JournalUnavailable(f"{self.path}: {type(problem).__name__}") from problem

    def served(self, model: str) -> Iterator[Served]:
        """Every answer of a model, the oldest first."""
        return served(self.path, model)

    def close(self) -> None:
        """Sign what is not signed yet, and let go of the file."""
        with closing(self._writer):
            self._sign()


def entry(path: Path, answer_id: str) -> Entry:
    """An entry of the journal at a path; raises KizukiError where there is none of that id."""
    for found in _entries(path, "id", answer_id):
        return found
    raise KizukiError(f"{path}: no answer has the id {answer_id}")


def _entries(path: Path, column: str, value: str) -> Iterator[Entry]:
    columns = ", ".join(_COLUMNS)
    asked = f"SELECT {columns} FROM answers WHERE {column} = ? ORDER BY number"  # noqa: S608  # columns of our own
    with closing(_read_only(path)) as reader:
        for found in reader.execute(asked, [value]).fetchall():
            yield _entry(dict(zip(_COLUMNS, found, strict=True)))


def _entry(said: dict[str, Any]) -> Entry:
    asker = Asker.recorded({name: said.pop(name) for name in RECORD})
    return Entry(
        **{
            **said,
            "at": datetime.fromisoformat(said["at"]),
            "cutoff": date.fromisoformat(said["cutoff"]),
            "row": json.loads(said["row"]),
            "asker": asker,
        }
    )


def records(path: Path) -> Iterator[Record]:
    """Every record of the journal at a path, in its order."""
    with closing(_read_only(path)) as reader:
        for linked, number, *values in reader.execute(_RECORDS):
            yield Record(number, tuple(values), linked)


def served(path: Path, model: str) -> Iterator[Served]:
    """Every answer of a model in the journal at a path, which is only read."""
    with closing(_read_only(path)) as reader:
        asked = (
            "SELECT at, version, child, cutoff, row, probability, score, band, answer FROM answers "
            "WHERE model = ? AND about IS NULL ORDER BY number"
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
        raise JournalUnavailable(
            f"{path}: is a journal of another format, {found}; move it elsewhere, and a new one "
            "is begun"
        )
    return writer


def _read_only(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", timeout=LONGEST_WAIT, uri=True)
    except sqlite3.Error as problem:
        raise KizukiError(f"{path}: there is no journal to read") from problem
