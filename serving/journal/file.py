"""The file of the journal: an append-only table of SQLite, written by one and read by many."""

import sqlite3
from pathlib import Path

from features.errors import KizukiError
from models.append_only import append_only
from serving.who.asker import RECORD

FORMAT = 7
LONGEST_WAIT = 0.5  # seconds for another process, before an answer is refused

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
    child TEXT NOT NULL,
    content BLOB NOT NULL,
    reason TEXT,
    about TEXT,
    key TEXT UNIQUE,
    person TEXT NOT NULL,
    through TEXT,
    roles TEXT NOT NULL,
    agency TEXT NOT NULL,
    office TEXT,
    purpose TEXT NOT NULL,
    policies TEXT NOT NULL,
    asked_in TEXT NOT NULL,
    clock_suspect INTEGER NOT NULL,
    link TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS answers_by_model ON answers (model, number);
CREATE INDEX IF NOT EXISTS answers_by_child ON answers (child, number);
CREATE INDEX IF NOT EXISTS answers_in_quarantine ON answers (number) WHERE kind = 'quarantine';
CREATE INDEX IF NOT EXISTS answers_about ON answers (about, kind, number) WHERE about IS NOT NULL;
{append_only("answers", "id", "number", "key", called="the journal")}
"""
COLUMNS = (
    "id", "at", "kind", "model", "version", "digest", "lock", "child", "content", "reason", "about",
    "key", *RECORD,
)  # fmt: skip
LINKED = ("number", *COLUMNS, "clock_suspect")  # in the order that a link is made of


class JournalUnavailable(KizukiError):
    """The journal cannot be written, so no answer may leave."""


def open_writer(path: Path) -> sqlite3.Connection:
    """A writer, on a journal that is made where there is none; raises JournalUnavailable."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # it tells whose answers were read by whom: its owner's alone
        writer = sqlite3.connect(path, timeout=LONGEST_WAIT, check_same_thread=False)
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("PRAGMA synchronous = FULL")
        found = _format(writer)
        if not found:
            writer.executescript(f"BEGIN; {_TABLE} PRAGMA user_version = {FORMAT}; COMMIT;")
    except (OSError, sqlite3.Error) as problem:
        raise JournalUnavailable(f"{path}: the journal cannot be written: {problem}") from problem
    if found not in {0, FORMAT}:
        writer.close()
        raise JournalUnavailable(_of_another(path, found))
    return writer


def open_reader(path: Path) -> sqlite3.Connection:
    """A reader that can change nothing; raises KizukiError where there is no such journal."""
    try:
        reader = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro", timeout=LONGEST_WAIT, uri=True
        )
        found = _format(reader)
    except sqlite3.Error as problem:
        raise KizukiError(f"{path}: there is no journal to read") from problem
    if found != FORMAT:
        reader.close()
        raise KizukiError(_of_another(path, found))
    return reader


def _format(file: sqlite3.Connection) -> int:
    (found,) = file.execute("PRAGMA user_version").fetchone()
    return int(found)


def _of_another(path: Path, found: int) -> str:
    return (
        f"{path}: is a journal of another format, {found}; move it elsewhere, and a new one is "
        "begun"
    )
