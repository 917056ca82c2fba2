"""The keys of children: what the journal keeps of a child opens with that child's key alone.

They lie in a file of their own, outside the chain. Who destroys a key has erased the child from
every record and every copy of the journal, and the chain still holds (crypto-shredding: Boneh and
Lipton, "A Revocable Backup System", USENIX Security 1996).
"""

import hmac
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from features.errors import KizukiError
from serving.strict_json import canonical

LONGEST_WAIT = 1.0  # seconds for another writer
BITS = 256
_TABLES = """
CREATE TABLE IF NOT EXISTS children (
    found_by TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, secret BLOB NOT NULL, held TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS finder (one INTEGER PRIMARY KEY CHECK (one = 1), secret BLOB NOT NULL)
STRICT;
CREATE TABLE IF NOT EXISTS backups (
    name TEXT PRIMARY KEY, secret BLOB NOT NULL, spoilt INTEGER NOT NULL
) STRICT;
"""
_FIND = "SELECT name, secret, held FROM children WHERE "


@dataclass(frozen=True)
class ChildKey:
    """The key of a child of an office, and the name that stands for the child in the chain.

    The name is the id hashed with the key itself: without the key, nobody can tell whose it is.
    `held` says since when, and by whom, nothing of the child may be erased.
    """

    name: str
    secret: bytes = field(repr=False)
    held: str | None = None


class ChildKeys:
    """The file of keys; raises KizukiError where it cannot be opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # whoever reads it reads the journal
            self._file = sqlite3.connect(path, timeout=LONGEST_WAIT, check_same_thread=False)
            self._set_up()
        except (OSError, sqlite3.Error) as problem:
            told = f"{path}: the keys of children cannot be used: {type(problem).__name__}"
            raise KizukiError(told) from None
        self._inode = path.stat().st_ino

    def of(self, office: str, child: str) -> ChildKey:
        """The key of a child, which is made, and on the disk, where there is none yet."""
        found_by = self._found_by(office, child)
        found = self._one("found_by", found_by)
        while found is None:
            secret = AESGCM.generate_key(BITS)
            made = found_by, _hashed(secret, office, child), secret
            with self._writing() as file:
                file.execute("INSERT OR IGNORE INTO children VALUES (?, ?, ?, NULL)", made)
            found = self._one("found_by", found_by)
        return found

    def find(self, office: str, child: str) -> ChildKey | None:
        """The key of a child, where there is one."""
        return self._one("found_by", self._found_by(office, child))

    def named(self, name: str) -> ChildKey | None:
        """The key by the name that stands for its child; None where it was destroyed."""
        return self._one("name", name)

    def hold(self, key: ChildKey, said: str | None) -> None:
        """Let nothing of the child be erased, for what is `said`; or let it be again."""
        with self._writing() as file:
            file.execute("UPDATE children SET held = ? WHERE name = ?", [said, key.name])

    def destroy(self, key: ChildKey) -> None:
        """Destroy a key for good: not even its bytes stay in the file, or in the log beside it.

        Every backup there is has the child in it, and is spoilt.
        """
        with self._writing() as file:
            file.execute("DELETE FROM children WHERE name = ?", [key.name])
            file.execute("UPDATE backups SET spoilt = 1")
        self._scrub()

    def begin_backup(self, name: str) -> bytes:
        """A key for a new backup, under its name."""
        secret = AESGCM.generate_key(BITS)
        with self._writing() as file:
            file.execute("INSERT INTO backups VALUES (?, ?, 0)", [name, secret])
        return secret

    def end_backup(self, name: str) -> None:
        """The backup of that name is whole: destroy the keys of those that are spoilt."""
        with self._writing() as file:
            file.execute("DELETE FROM backups WHERE spoilt = 1 AND name != ?", [name])
        self._scrub()

    def of_backup(self, name: str) -> bytes:
        """The key of a backup; raises KizukiError where it is not there, or not any more."""
        with self._lock:
            found = self._file.execute("SELECT secret FROM backups WHERE name = ?", [name])
            for (secret,) in found:
                return bytes(secret)
        raise KizukiError(f"{self.path}: has no key of this backup; an erasure may have ended it")

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _scrub(self) -> None:
        with self._lock:
            (busy, *_) = self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise KizukiError(f"{self.path}: is being read; do it again in a moment")

    def _set_up(self) -> None:
        for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            self._file.execute(f"PRAGMA {setting}")
        self._file.executescript(_TABLES)
        with self._file:
            made = [secrets.token_bytes(32)]
            self._file.execute("INSERT OR IGNORE INTO finder VALUES (1, ?)", made)
        (self._finder,) = self._file.execute("SELECT secret FROM finder").fetchone()

    def _found_by(self, office: str, child: str) -> str:
        return _hashed(self._finder, office, child)

    def _one(self, column: str, value: str) -> ChildKey | None:
        with self._lock:
            found = self._file.execute(f"{_FIND}{column} = ?", [value]).fetchone()
        return ChildKey(*found) if found else None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self.path.stat().st_ino != self._inode:
            raise FileNotFoundError("another file took the place of the keys of children")
        with self._lock, self._file:
            yield self._file


def _hashed(secret: bytes, office: str, child: str) -> str:
    return hmac.digest(secret, canonical([office, child]), "sha256").hex()
