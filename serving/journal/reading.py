"""The journal as it is read, by whoever has its file and the keys of the children in it."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from features.errors import KizukiError
from serving.journal.chain import Value
from serving.journal.child_keys import ChildKey, ChildKeys
from serving.journal.encryption import Erased, decrypt
from serving.journal.entry import Entry, Served
from serving.journal.file import COLUMNS, LINKED, open_reader
from serving.who.asker import RECORD, Asker

ERASURE = "erasure"
QUARANTINE = "quarantine"
_RECORDS = f"SELECT link, {', '.join(LINKED)} FROM answers ORDER BY number"  # noqa: S608  # our own
_ERASED = "SELECT at FROM answers WHERE child = ? AND kind = ?"
_SERVED = (
    "SELECT id, at, version, kind, child, content FROM answers WHERE model = ? AND about IS NULL "
    "ORDER BY number"
)
_GIVEN = (
    "SELECT id, at FROM answers AS given WHERE model = ? AND about IS NULL AND NOT EXISTS "
    "(SELECT 1 FROM answers WHERE about = given.id AND kind = ?) ORDER BY number"
)
_PERSONS = "SELECT DISTINCT person FROM answers WHERE about = ? AND kind <> ?"
_OF_KIND = "SELECT count(*) FROM answers WHERE kind = 'quarantine'"  # as its index is made
_FIRST = "SELECT child, id, min(number) FROM answers GROUP BY child"  # SQLite: of that very row
_LATEST = "SELECT child, at, max(number) FROM answers WHERE kind NOT IN ({}) GROUP BY child"
_OF_SERVED = ("child", "cutoff", "row", "probability", "score", "band", "answer")


@dataclass(frozen=True)
class Record:
    """What a link is made of, and the link that was kept with it."""

    number: int
    values: tuple[Value, ...]
    link: str

    @property
    def clock_suspect(self) -> bool:
        """Whether the clock had jumped since the record before."""
        return bool(self.values[-1])


def keys_beside(path: Path) -> Path:
    """Where the keys of a journal's children lie unless a setting says otherwise."""
    return path.with_name("children.keys")


def entry(path: Path, answer_id: str, keys: Path | None = None) -> Entry:
    """An entry of the journal at a path; raises KizukiError where there is none of that id.

    Raises Erased where it was erased.
    """
    with closing(_keys_of(path, keys)) as opened:
        for found in entries(path, opened, "id", answer_id):
            return found
    raise KizukiError(f"{path}: no answer has the id {answer_id}")


def entries(
    path: Path, keys: ChildKeys, column: str, value: str, kinds: Sequence[str] = ()
) -> Iterator[Entry]:
    """The entries with that value in a column, of some kinds or of all, the oldest first.

    Raises Erased.
    """
    some = f"AND kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    asked = f"SELECT {', '.join(COLUMNS)} FROM answers WHERE {column} = ? {some} ORDER BY number"  # noqa: S608  # our own
    with closing(open_reader(path)) as reader:
        for found in reader.execute(asked, [value, *kinds]).fetchall():
            said = dict(zip(COLUMNS, found, strict=True))
            asker = Asker.recorded({name: said.pop(name) for name in RECORD})
            try:
                key = key_of(reader, keys, said["child"])
            except Erased as erased:
                erased.asker = asker
                raise
            yield _entry(said, asker, key)


def persons_about(path: Path, answer_id: str, but: str) -> set[str]:
    """Who asked for, or did, something about an answer that is on record, but for one kind."""
    with closing(open_reader(path)) as reader:
        return {person for (person,) in reader.execute(_PERSONS, [answer_id, but])}


def records(path: Path) -> Iterator[Record]:
    """Every record of the journal at a path, in its order; no key is needed."""
    with closing(open_reader(path)) as reader:
        for linked, number, *values in reader.execute(_RECORDS):
            yield Record(number, tuple(values), linked)


def served(path: Path, model: str, keys: Path | None = None) -> Iterator[Served]:
    """Every answer of a model in the journal at a path but those of children who were erased."""
    with closing(open_reader(path)) as reader, closing(_keys_of(path, keys)) as opened:
        for record, at, version, kind, name, content in reader.execute(_SERVED, [model]):
            try:
                said = decrypt(record, content, key_of(reader, opened, name))
            except Erased:
                continue
            told = {part: said[part] for part in _OF_SERVED}
            yield Served(datetime.fromisoformat(at), version, kind=kind, **told)


def sampled(
    path: Path, keys: ChildKeys, model: str, since: datetime, chosen: Callable[[str], bool]
) -> Iterator[Entry]:
    """The chosen answers of a model since a time that are neither erased nor in quarantine."""
    with closing(open_reader(path)) as reader:
        given = reader.execute(_GIVEN, [model, QUARANTINE]).fetchall()
    for answer_id, at in given:
        if chosen(answer_id) and datetime.fromisoformat(at) >= since:
            with suppress(Erased):
                yield from entries(path, keys, "id", answer_id)


def in_quarantine(path: Path) -> int:
    """How many answers of the journal are in quarantine."""
    with closing(open_reader(path)) as reader:
        (count,) = reader.execute(_OF_KIND).fetchone()
    return int(count)


def last_of_children(
    path: Path, keys: ChildKeys, office: str, aside: Sequence[str]
) -> dict[str, datetime]:
    """The children of an office who are not erased, and when something was last kept of each.

    Records of the kinds `aside` do not count; who has no others is not among them.
    """
    latest = _LATEST.format(", ".join("?" * len(aside)))
    with closing(open_reader(path)) as reader:
        firsts = {name: first for name, first, _ in reader.execute(_FIRST)}
        lasts = {name: at for name, at, _ in reader.execute(latest, aside)}
    found: dict[str, datetime] = {}
    for name, at in lasts.items():
        with suppress(Erased):
            (first,) = entries(path, keys, "id", firsts[name])
            if first.office == office and first.child:  # some are about no child
                found[first.child] = datetime.fromisoformat(at)
    return found


def key_of(reader: sqlite3.Connection, keys: ChildKeys, name: str) -> ChildKey:
    """The key that opens the records of a child.

    Raises Erased where it was destroyed, and KizukiError where it is merely not at hand.
    """
    key = keys.named(name)
    if key:
        return key
    for (at,) in reader.execute(_ERASED, [name, ERASURE]):
        raise Erased(f"this was erased on {at[:10]}")
    raise KizukiError(
        f"{keys.path}: does not have the key of a child in the journal; put the keys back that "
        "belong to it"
    )


def _keys_of(path: Path, keys: Path | None) -> ChildKeys:
    found = keys or keys_beside(path)
    if not found.exists():
        raise KizukiError(f"{found}: there are no keys of children to open {path} with")
    return ChildKeys(found)


def _entry(said: dict[str, Any], asker: Asker, key: ChildKey) -> Entry:
    of_child = decrypt(said["id"], said.pop("content"), key)
    at = datetime.fromisoformat(said["at"])
    return Entry(**{**said, **of_child, "at": at, "asker": asker})
