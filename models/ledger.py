"""The ledger: who made which version answer, when and why; nothing in it ever changes.

It lies beside the bundles that answer, and says which of them does: the desk reads it, the
workshop appends to it. What MLflow says of a champion only repeats it.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from features.errors import KizukiError
from models.append_only import append_only

PROPOSED, PROMOTED, ROLLED_BACK, CHALLENGES, STOOD_DOWN, DELETED = ACTS = (
    "proposed",
    "promoted",
    "rolled back",
    "challenges",
    "stood down",
    "deleted",
)
LONGEST_WAIT = 5.0  # seconds for somebody else who decides

_COLUMNS = "at, act, model, version, digest, by, why, evidence"
_TABLE = f"""
CREATE TABLE IF NOT EXISTS decisions (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    act TEXT NOT NULL,
    model TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    by TEXT NOT NULL,
    why TEXT NOT NULL,
    evidence TEXT NOT NULL
) STRICT;
{append_only("decisions", "number", called="decisions")}
"""
_APPEND = f"INSERT INTO decisions ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608  # columns of our own
_READ = f"SELECT {_COLUMNS} FROM decisions WHERE model = ? ORDER BY number"  # noqa: S608  # as above


@dataclass(frozen=True)
class Decision:
    """One decision about a model: what was done to which version, by whom, when and why.

    `version` answers after a promotion and a rollback; `digest` is that of its bundle. `by` names
    of a promotion who proposed and who approved it. `evidence` is what it was decided on.
    """

    at: datetime
    act: str
    model: str
    version: int
    digest: str
    by: str
    why: str
    evidence: Mapping[str, object] = field(default_factory=dict)


class Ledger:
    """The decisions under a state folder, in the order in which they were made."""

    def __init__(self, home: Path) -> None:
        self.path = home / "champions" / "ledger.db"

    def decisions(self, model: str) -> list[Decision]:
        """All decisions about a model, the oldest first; raises KizukiError where unreadable."""
        if not self.path.exists():
            return []
        with (
            self._unbroken(),
            closing(sqlite3.connect(self._uri, LONGEST_WAIT, uri=True)) as reader,
        ):
            return _read(reader, model)

    def decide(self, model: str, how: Callable[[Sequence[Decision]], Decision]) -> Decision:
        """Append the decision that `how` makes of those before; nobody else decides meanwhile.

        Raises KizukiError where `how` does, where the ledger cannot be written, or where the clock
        is behind the decisions on record: they would no longer tell who answered when.
        """
        with self._unbroken():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, LONGEST_WAIT, isolation_level=None)) as writer:
                writer.execute("PRAGMA synchronous = FULL")
                writer.executescript(_TABLE)
                writer.execute("BEGIN IMMEDIATE")
                before = _read(writer, model)
                decision = how(before)
                if before and decision.at < before[-1].at:
                    raise KizukiError(f"the clock is behind the last decision, of {before[-1].at}")
                writer.execute(_APPEND, _values(decision))
                writer.execute("COMMIT")
        return decision

    @property
    def _uri(self) -> str:
        return f"{self.path.resolve().as_uri()}?mode=ro"

    @contextmanager
    def _unbroken(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error, ValueError) as problem:
            raise KizukiError(f"{self.path}: the ledger cannot be used: {problem}") from problem


def bundle_folder(home: Path, model: str, version: int) -> Path:
    """Where the bundle of a version lies that answers, or did."""
    return home / "champions" / model / str(version)


def champions(decisions: Sequence[Decision]) -> list[Decision]:
    """The champion, last, after those that it would be rolled back to."""
    standing: list[Decision] = []
    for decision in decisions:
        if decision.act == PROMOTED:
            standing.append(decision)
        elif decision.act == ROLLED_BACK:
            standing[-2:] = [decision]
    return standing


def challenger(decisions: Sequence[Decision]) -> Decision | None:
    """Who answers silently beside the champion; None where nobody does."""
    standing = None
    for decision in decisions:
        if decision.act == CHALLENGES:
            standing = decision
        elif decision.act == STOOD_DOWN:
            standing = None
        elif standing and decision.act in {PROMOTED, ROLLED_BACK}:
            standing = None if decision.version == standing.version else standing
    return standing


def proposal(decisions: Sequence[Decision], version: int) -> Decision | None:
    """The proposal of a version that waits for approval; any change of the champion ends it."""
    standing = None
    for decision in decisions:
        if decision.act in {PROMOTED, ROLLED_BACK}:
            standing = None
        elif decision.act == PROPOSED and decision.version == version:
            standing = decision
    return standing


def _read(connection: sqlite3.Connection, model: str) -> list[Decision]:
    rows = connection.execute(_READ, [model])
    return [
        Decision(datetime.fromisoformat(at), act, name, version, digest, by, why, json.loads(on))
        for at, act, name, version, digest, by, why, on in rows
    ]


def _values(decision: Decision) -> list[object]:
    evidence = json.dumps(decision.evidence, ensure_ascii=False, sort_keys=True)
    return [decision.at.isoformat(), *list(vars(decision).values())[1:-1], evidence]
