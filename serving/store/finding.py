"""Events of an office found by index: those of the rows that concern somebody."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, select

from serving.store.case_event import CaseEvent
from serving.store.schema import EVENT, concerned, events, kept_tables, offices


@dataclass(frozen=True)
class Asked:
    """Of which office, known on which day, and of how many of the events that it told."""

    office: str
    day: date
    received: int


def received(connection: Connection, office: str) -> int:
    """How many events the office has told."""
    asked = select(offices.c.received).where(offices.c.office == office)
    return connection.execute(asked).scalar() or 0


def looked(connection: Connection, office: str) -> tuple[int, int]:
    """Of how many of its events an office was looked at, and how many it has told."""
    asked = select(offices.c.looked, offices.c.received).where(offices.c.office == office)
    found = connection.execute(asked).one_or_none()
    return (found.looked, found.received) if found else (0, 0)


def every_office(connection: Connection) -> Sequence[str]:
    """Every office that has told anything, in order."""
    return connection.scalars(select(offices.c.office).order_by(offices.c.office)).all()


def unlooked_offices(connection: Connection) -> Sequence[str]:
    """Every office with events that nobody looked at yet, in order."""
    asked = select(offices.c.office).where(offices.c.looked < offices.c.received)
    return connection.scalars(asked.order_by(offices.c.office)).all()


def concerning(
    connection: Connection, asked: Asked, persons: Collection[str]
) -> Iterator[CaseEvent]:
    """Every event, known by then, of the rows that have ever concerned one of the persons.

    An event that gives a row to somebody else is among them, and so is a withdrawal.
    """
    theirs = (
        select(concerned.c.of_table, concerned.c.of_row)
        .where(concerned.c.office == asked.office, concerned.c.person.in_(sorted(persons)))
        .distinct()
        .subquery()
    )
    of_row = and_(events.c.of_table == theirs.c.of_table, events.c.of_row == theirs.c.of_row)
    found = _received(asked).select_from(events.join(theirs, of_row))
    yield from map(_event, connection.execute(found.where(events.c.known <= asked.day)))


def kept(connection: Connection, asked: Asked) -> Iterator[CaseEvent]:
    """Every event that says that the office keeps a table, whenever it became known.

    What an office keeps is no news of a child: it holds for days before it was declared, too.
    """
    of_kept = and_(events.c.office == kept_tables.c.office, events.c.number == kept_tables.c.number)
    found = _received(asked).select_from(events.join(kept_tables, of_kept))
    yield from map(_event, connection.execute(found))


def _received(asked: Asked) -> Select[*tuple[Any, ...]]:
    within = (events.c.office == asked.office, events.c.number <= asked.received)
    return select(*EVENT).where(*within).order_by(events.c.number)


def _event(row: Row[*tuple[Any, ...]]) -> CaseEvent:
    return CaseEvent(*row)
