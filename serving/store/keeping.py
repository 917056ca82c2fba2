"""Events are kept: all that are told together, or none, and each of them once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, and_, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from features.errors import KizukiError
from features.events import Problem
from serving.store.case_event import COVERAGE, RECORD, CaseEvent
from serving.store.database import POSTGRESQL
from serving.store.schema import EVENT, concerned, events, kept_tables, offices

OTHER_CONTENT = "was told before, with other content"
OTHER_VERSION = "another event tells another version of this row for the same day: give a `version`"


@dataclass(frozen=True)
class Receipt:
    """Under which number an event of an office was kept, and when it was received (ISO, UTC)."""

    id: str
    number: int
    received_at: str


class Conflict(KizukiError):
    """Events that say something else than what was kept before; none of those with them are kept.

    A problem's place is the index of the event, and the field.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def keep(
    connection: Connection, office: str, told: Sequence[CaseEvent], moment: str
) -> list[Receipt]:
    """Keep what is new of the events, and give the receipt of each; raises Conflict."""
    last = take_turn(connection, office)
    before, receipts = _told_before(connection, office, told)
    new, problems = _new(told, before)
    problems += _other_versions(told, new, _versions(connection, office, new))
    if problems:
        raise Conflict(problems)
    numbered = list(enumerate(new, start=last + 1))
    _insert(connection, office, numbered, moment)
    receipts |= {event.id: Receipt(event.id, number, moment) for number, event in numbered}
    return [receipts[event.id] for event in told]


def _new(
    told: Sequence[CaseEvent], before: Mapping[str, CaseEvent]
) -> tuple[list[CaseEvent], list[Problem]]:
    """The events that are not told yet, each once, and those of an id that stands for another."""
    known = dict(before)
    new, problems = [], []
    for index, event in enumerate(told):
        if event.id not in known:
            known[event.id] = event
            new.append(event)
        elif known[event.id] != event:
            problems.append(Problem(f"[{index}].id", OTHER_CONTENT))
    return new, problems


def _other_versions(
    told: Sequence[CaseEvent], new: Sequence[CaseEvent], versions: dict[tuple[object, ...], str]
) -> list[Problem]:
    """The new events that tell a version of a row otherwise than another event does."""
    are_new = set(new)
    return [
        Problem(f"[{index}].version", OTHER_VERSION)
        for index, event in enumerate(told)
        if event in are_new and versions.setdefault(event.place, event.said) != event.said
    ]


def take_turn(connection: Connection, office: str) -> int:
    """How many events the office has told; until the end of this, no other writer can tell more.

    So numbers have no gap and follow the order in which they come to be seen.
    """
    first = upsert(connection, offices).values(office=office, received=0)
    turn = first.on_conflict_do_update(
        index_elements=["office"], set_={"received": offices.c.received}
    )
    return int(connection.execute(turn.returning(offices.c.received)).scalar_one())


def _told_before(
    connection: Connection, office: str, told: Sequence[CaseEvent]
) -> tuple[dict[str, CaseEvent], dict[str, Receipt]]:
    """Those events, by id, that were kept under an id of these, and their receipts."""
    ids = {event.id for event in told}
    asked = select(*EVENT, events.c.number, events.c.received_at)
    found = connection.execute(asked.where(events.c.office == office, events.c.id.in_(ids)))
    before: dict[str, CaseEvent] = {}
    receipts: dict[str, Receipt] = {}
    for *said, number, received_at in found:
        event = CaseEvent(*said)
        before[event.id] = event
        receipts[event.id] = Receipt(event.id, number, received_at)
    return before, receipts


def _versions(
    connection: Connection, office: str, new: Sequence[CaseEvent]
) -> dict[tuple[object, ...], str]:
    """What is on record of the rows that new events tell of, by version."""
    rows = sorted({(event.table, event.row) for event in new})
    of_rows = tuple_(events.c.of_table, events.c.of_row).in_(rows)
    found = connection.execute(select(*EVENT).where(events.c.office == office, of_rows))
    return {event.place: event.said for event in (CaseEvent(*said) for said in found)}


def _insert(
    connection: Connection, office: str, new: Sequence[tuple[int, CaseEvent]], moment: str
) -> None:
    if not new:
        return
    names = [column.name for column in EVENT]
    rows = [
        {
            "office": office,
            "number": number,
            "received_at": moment,
            **dict(zip(names, event.columns, strict=True)),
        }
        for number, event in new
    ]
    connection.execute(insert(events), rows)
    connection.execute(
        update(offices).where(offices.c.office == office).values(received=new[-1][0])
    )
    _insert_concerned(connection, office, [event for _, event in new])
    _insert_kept_tables(connection, office, new)


def _insert_concerned(connection: Connection, office: str, new: Sequence[CaseEvent]) -> None:
    rows = {(office, person, event.table, event.row) for event in new for person in event.concerns}
    if rows:
        once = upsert(connection, concerned).on_conflict_do_nothing()
        names = [column.name for column in concerned.columns]
        connection.execute(once, [dict(zip(names, row, strict=True)) for row in sorted(rows)])


def _insert_kept_tables(
    connection: Connection, office: str, new: Sequence[tuple[int, CaseEvent]]
) -> None:
    """Note the events that are the first of their table, and every declaration."""
    of_kept = (events.c.office == kept_tables.c.office, events.c.number == kept_tables.c.number)
    asked = select(events.c.of_table).join(kept_tables, and_(*of_kept))
    there = set(connection.scalars(asked.where(events.c.office == office)))
    numbers = []
    for number, event in new:
        if event.type == COVERAGE or (event.type == RECORD and event.table not in there):
            numbers.append({"office": office, "number": number})
            there.add(event.table)
    if numbers:
        connection.execute(insert(kept_tables), numbers)


def upsert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that can say what to do about a row that is there; each database has its own."""
    on_postgresql = connection.dialect.name == POSTGRESQL
    return postgresql.insert(table) if on_postgresql else sqlite.insert(table)
