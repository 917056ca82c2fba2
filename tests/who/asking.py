"""Asking a desk that asks everybody: as whom, when, and what the journal has of it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from serving.journal import Entry, entry
from tests.serving.desks import NOW
from tests.who.tokens import AT, AUDIENCE, ISSUER, key_file, token

SYSTEM = {"sub": "case-system", "office": None}
SUPERVISOR = {"sub": "person-2", "roles": ["supervisor"]}
AUDITOR = {"sub": "person-3", "roles": ["auditor"], "office": None}


@dataclass
class Clock:
    """The time at the desk, which passes where a test says so."""

    minutes: float = 0

    def __call__(self) -> datetime:
        return NOW + timedelta(minutes=self.minutes)

    @property
    def fresh(self) -> dict[str, int]:
        """The times of a token that was given just now."""
        now = AT + int(60 * self.minutes)
        return {"iat": now - 60, "exp": now + 600}


def by_tokens(home: Path) -> dict[str, Any]:
    """The settings of a desk that asks everybody for a token, with the provider's keys."""
    return {
        "ask": "everybody", "agency": "tokyo", "token_issuer": ISSUER, "token_audience": AUDIENCE,
        "token_keys": key_file(home / "keys.json"),
    }  # fmt: skip


def bearing(purpose: str = "screening", **claims: Any) -> dict[str, str]:
    return {"authorization": f"Bearer {token(**claims)}", "purpose-of-use": purpose}


def records(home: Path) -> list[Entry]:
    """What the journal has, the oldest first."""
    path = home / "journal.db"
    with closing(sqlite3.connect(path)) as reader:
        ids = [one for (one,) in reader.execute("SELECT id FROM answers ORDER BY number")]
    return [entry(path, one) for one in ids]


def last_record(home: Path) -> Entry:
    with closing(sqlite3.connect(home / "journal.db")) as reader:
        (last,) = reader.execute("SELECT id FROM answers ORDER BY number DESC LIMIT 1").fetchone()
    return entry(home / "journal.db", last)


def many_records(home: Path) -> int:
    with closing(sqlite3.connect(home / "journal.db")) as reader:
        return int(reader.execute("SELECT count(*) FROM answers").fetchone()[0])
