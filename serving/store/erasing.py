"""What the store has of a child is taken out of it, and out of the bytes of its file.

An event that told of the child stays as a number that tells nothing, so that all others keep
theirs. What a row of somebody else says of the child is part of that other's record, and stays.
"""

import json
import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Update, and_, delete, func, select, text, update

from features.tables import TABLES, children
from serving.store.case_event import RECORD
from serving.store.database import (
    POSTGRESQL,
    SQLITE,
    StoreUnavailable,
    check_fit,
    open_engine,
    see_one_office,
    told_as_unavailable,
)
from serving.store.schema import OF_AN_OFFICE, concerned, events

_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'"
_ALL = ", ".join(table.name for table in OF_AN_OFFICE)
_AT_LEISURE = "SET statement_timeout = 0"  # a large table takes its time


@dataclass(frozen=True)
class _Event:
    """An event of a row, and whom it says that the row is of; None where it says nothing."""

    number: int
    of: str | None


def erase(url: str, office: str, child: str) -> int:
    """Take out every row of a child, with its alerts; tells how many events told of them.

    On PostgreSQL the URL must be that of the owner of the tables. Raises StoreUnavailable.
    """
    engine = open_engine(url)
    try:
        with told_as_unavailable():
            with engine.begin() as connection:
                check_fit(connection)
                see_one_office(connection, office)
                with _unlocked(connection):
                    count = _erase(connection, office, child)
            _scrub(engine)
    finally:
        engine.dispose()
    return count


def newest(url: str, office: str) -> dict[str, str]:
    """The children of an office, and when it last told something of each (ISO 8601, in UTC)."""
    engine = open_engine(url)
    of_row = and_(
        events.c.office == concerned.c.office,
        events.c.of_table == concerned.c.of_table,
        events.c.of_row == concerned.c.of_row,
    )
    on_file = select(concerned.c.person).where(
        concerned.c.office == office, concerned.c.of_table == children.name
    )
    asked = (
        select(concerned.c.person, func.max(events.c.received_at))
        .join(events, of_row)
        .where(concerned.c.office == office, concerned.c.person.in_(on_file))
        .group_by(concerned.c.person)
    )
    try:
        with told_as_unavailable(), engine.begin() as connection:
            check_fit(connection)
            see_one_office(connection, office)
            return dict(connection.execute(asked).all())
    finally:
        engine.dispose()


def _erase(connection: Connection, office: str, child: str) -> int:
    count = 0
    for (table, row), told in _rows_naming(connection, office, child).items():
        of_row = (concerned.c.office == office, concerned.c.of_table == table)
        theirs = [event for event in told if event.of == child]
        if not theirs:
            continue
        whole = {event.of for event in told} <= {child, None}
        for event in told if whole else theirs:
            connection.execute(_emptied(office, event.number))
            count += 1
        index = delete(concerned).where(*of_row, concerned.c.of_row == row)
        connection.execute(index if whole else index.where(concerned.c.person == child))
    for other in (other for other in OF_AN_OFFICE if "child" in other.c):
        here = other.c.office == office, other.c.child == child
        connection.execute(delete(other).where(*here))
    return count


def _rows_naming(
    connection: Connection, office: str, child: str
) -> Mapping[tuple[str, str], Sequence[_Event]]:
    """Every row that has ever named the child, with all events that told of the row."""
    of_row = and_(events.c.of_table == concerned.c.of_table, events.c.of_row == concerned.c.of_row)
    asked = select(
        events.c.number, events.c.type, events.c.of_table, events.c.of_row, events.c.said
    )
    named = asked.join(concerned, of_row).where(
        events.c.office == office, concerned.c.office == office, concerned.c.person == child
    )
    rows: dict[tuple[str, str], list[_Event]] = defaultdict(list)
    for number, kind, table, row, said in connection.execute(named):
        subject = TABLES[table].concerns[0]
        of = json.loads(said).get(subject) if kind == RECORD else None
        rows[table, row].append(_Event(number, of))
    return rows


def _emptied(office: str, number: int) -> Update:
    """The event says nothing any more; its id, which may say something, is another."""
    other = f"erased-{secrets.token_hex(8)}"
    here = (events.c.office == office, events.c.number == number)
    return update(events).where(*here).values(id=other, of_row=other, said="{}")


@contextmanager
def _unlocked(connection: Connection) -> Iterator[None]:
    """Without the triggers of SQLite that refuse every change; they are there again afterwards."""
    if connection.dialect.name != SQLITE:
        yield
        return
    found = connection.execute(text(_TRIGGERS)).all()
    for name, _ in found:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, made in found:
        connection.exec_driver_sql(made)


def _scrub(engine: Engine) -> None:
    """Write the file anew, so that no byte is left of what was taken out."""
    raw = engine.raw_connection()
    try:
        connection: Any = raw.driver_connection
        if engine.dialect.name == POSTGRESQL:
            connection.autocommit = True
            connection.execute(_AT_LEISURE)
            connection.execute(f"VACUUM FULL {_ALL}")
        else:
            connection.execute("VACUUM")
            (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise StoreUnavailable("the store is being read; erase again in a moment")
    finally:
        raw.close()
