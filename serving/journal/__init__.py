"""The journal: every answer is in it before it leaves, and nothing in it ever changes.

What is done about an answer later, when it is read, reviewed or contested, is a record behind it.
Each record is linked to all before it (`serving.journal.chain`), and the chain is signed from time
to time (`serving.journal.checkpoints`). What is of a child is encrypted with the child's own key
(`serving.journal.child_keys`), and who destroys the key erases it.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from features.errors import KizukiError
from serving.journal.chain import START, Value, link
from serving.journal.checkpoints import Checkpoints
from serving.journal.child_keys import ChildKey, ChildKeys
from serving.journal.encryption import Erased, encrypt
from serving.journal.entry import Entry, Served
from serving.journal.file import COLUMNS, LINKED, JournalUnavailable, open_writer
from serving.journal.reading import (
    Record,
    entries,
    entry,
    in_quarantine,
    key_of,
    persons_about,
    records,
    served,
)
from serving.journal.steadiness import Steadiness

__all__ = [
    "Entry", "Erased", "Journal", "JournalUnavailable", "Record", "Served", "entry", "records",
    "served",
]  # fmt: skip

LONGEST_LINE = 1.0  # seconds for others of this process, before an answer is refused
_APPEND = (
    f"INSERT INTO answers ({', '.join(LINKED)}, link) VALUES ({', '.join('?' * (len(LINKED) + 1))})"  # noqa: S608  # columns of our own
)
_LAST = "SELECT number, link, at FROM answers ORDER BY number DESC LIMIT 1"
_LAST_CHILD = "SELECT child FROM answers ORDER BY number DESC LIMIT 1"
_CHILD_OF = "SELECT child FROM answers WHERE id = ?"


class Journal:
    """An append-only SQLite file: an entry that was kept is on the disk.

    `steady` is a clock that nobody can set, in seconds; the one that dates entries is held to it.
    """

    def __init__(
        self, path: Path, checkpoints: Checkpoints, keys: Path, steady: Callable[[], float]
    ) -> None:
        self.path = path
        self._checkpoints = checkpoints
        self._steadiness = Steadiness(steady)
        self._unsigned: tuple[int, str, datetime] | None = None
        self._lock = Lock()
        self._writer = open_writer(path)
        self._file = path.stat().st_ino
        self.keys = ChildKeys(keys)
        with self._told(), suppress(Erased):
            for (name,) in self._writer.execute(_LAST_CHILD):
                key_of(self._writer, self.keys, name)  # without it all would be lost, and unseen

    def keep(self, entry: Entry, look: Callable[[], None] = lambda: None) -> None:
        """Append an entry; raises JournalUnavailable where it is not certainly on the disk.

        Raises Erased where the answer that it is about was erased. `look` is called once nobody
        else can append, in whichever process: where it raises, nothing is kept.
        """
        with self._told(), self._in_line():
            self.check()
            if self._checkpoints.too_late(entry.at):
                self._sign()
            key = self._key_for(entry)
            content = encrypt(entry, key)
            said = {**vars(entry), **entry.asker.record, "child": key.name, "content": content}
            said["at"] = entry.at.isoformat()
            number = self._append([said[name] for name in COLUMNS], entry.at, look)
            if self._checkpoints.due(number, entry.at):
                self._sign_in_time(entry.at)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Raise JournalUnavailable for whatever a file can do to us; Erased stays what it is."""
        try:
            yield
        except Erased:
            raise
        except KizukiError as lost:
            raise JournalUnavailable(str(lost)) from lost
        except (OSError, sqlite3.Error) as problem:
            raise JournalUnavailable(f"{self.path}: {type(problem).__name__}") from problem

    @contextmanager
    def _in_line(self) -> Iterator[None]:
        """Write when nobody else of this process does; raises TimeoutError after a while."""
        if not self._lock.acquire(timeout=LONGEST_LINE):
            raise TimeoutError
        try:
            yield
        finally:
            self._lock.release()

    def _key_for(self, entry: Entry) -> ChildKey:
        """The key of the child whom an entry is of; of what is about an answer, the answer's."""
        for (name,) in self._writer.execute(_CHILD_OF, [entry.about]) if entry.about else ():
            return key_of(self._writer, self.keys, name)
        return self.keys.of(entry.office, entry.child)

    def _append(self, values: list[Value], at: datetime, look: Callable[[], None]) -> int:
        """Put a record behind the last one, whichever process wrote that; its number."""
        with self._writer:
            self._writer.execute("BEGIN IMMEDIATE")
            look()
            last, before, when = self._writer.execute(_LAST).fetchone() or (0, START, None)
            dated = datetime.fromisoformat(when) if when else None
            told = [*values, int(self._steadiness.suspect(at, dated))]
            linked = link(before, last + 1, told)
            self._writer.execute(_APPEND, (last + 1, *told, linked))
        self._steadiness.kept(at)
        self._unsigned = last + 1, linked, at
        return last + 1

    def _sign_in_time(self, at: datetime) -> None:
        """Sign what is not signed yet; that it fails is borne for a while, and answers go on."""
        try:
            self._sign()
        except OSError:
            if self._checkpoints.too_late(at):
                raise

    def _sign(self) -> None:
        if self._unsigned:
            self._checkpoints.write(*self._unsigned)
            self._unsigned = None

    def lag(self, at: datetime) -> timedelta:
        """For how long nothing could be signed."""
        return self._checkpoints.lag(at)

    def check(self) -> None:
        """Raise OSError where the file that is written is no longer the one that will be read."""
        if self.path.stat().st_ino != self._file:
            raise FileNotFoundError("another file took the place of the journal")

    def entry(self, answer_id: str) -> Entry | None:
        """The entry of that id; raises JournalUnavailable where the journal cannot be read.

        This, and what else is read, raises Erased where it was erased.
        """
        return next(self._entries("id", answer_id), None)

    def under(self, key: str) -> Entry | None:
        """The entry that was kept under a key; raises JournalUnavailable."""
        return next(self._entries("key", key), None)

    def about(self, answer_id: str, *kinds: str) -> list[Entry]:
        """What is on record about an answer, of some kinds or of all, the oldest first.

        Each time that somebody reads it is a record of its own, so that of all there may be
        thousands. Raises JournalUnavailable.
        """
        return list(self._entries("about", answer_id, kinds))

    def persons_about(self, answer_id: str, but: str) -> set[str]:
        """Who did something about an answer, but for one kind; raises JournalUnavailable."""
        with self._told():
            return persons_about(self.path, answer_id, but)

    def _entries(self, column: str, value: str, kinds: Sequence[str] = ()) -> Iterator[Entry]:
        with self._told():
            yield from entries(self.path, self.keys, column, value, kinds)

    def served(self, model: str) -> Iterator[Served]:
        """Every answer of a model, the oldest first, but those that were erased."""
        return served(self.path, model, self.keys.path)

    def in_quarantine(self) -> int:
        """How many answers are in quarantine; raises JournalUnavailable."""
        with self._told():
            return in_quarantine(self.path)

    def close(self) -> None:
        """Sign what is not signed yet, and let go of the files."""
        with closing(self._writer), closing(self.keys):
            self._sign()
