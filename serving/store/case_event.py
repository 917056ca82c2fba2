"""One case event: what an office tells of a row, or of a table, read strictly.

An event is of one of the three types of `features.sources.event_lines`. What is told for the
store says one thing more: its `version`, since a row can be corrected on the very day on which it
became known, and events come in any order. Of what became known of a row on one day, the highest
version stands.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from features.declared_coverage import coverage_as_json
from features.events import Problem, row_of
from features.language.rows import Table
from features.reading import Refused, calendar_day, day_number, read_field
from features.sources.event_lines import (
    COVERAGE,
    RECORD,
    WITHDRAWAL,
    Declaration,
    Record,
    Withdrawal,
    read_told,
)
from features.tables import LINKS, ROW_FIELDS, TABLES
from serving.question import days_of
from serving.strict_json import canonical

KNOWN = "known"


@dataclass(frozen=True)
class CaseEvent:
    """An event under the id that the case system gave it; equal where they say the same.

    `row` is the id of the row that it tells of, "" for a whole table. `said` is what it says, as
    canonical JSON, and `concerns` are the persons that a record concerns or makes a link to.
    """

    id: str
    type: str
    table: str
    row: str
    known: date
    version: int
    said: str
    concerns: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def columns(self) -> tuple[object, ...]:
        """What is stored of it, in the order in which it is made."""
        return self.id, self.type, self.table, self.row, self.known, self.version, self.said

    @property
    def place(self) -> tuple[str, str, date, int, str]:
        """What there can be only one of: a version of a row, on a day, of a type."""
        return self.table, self.row, self.known, self.version, self.type


@dataclass(frozen=True)
class Heading:
    """What stands above an event: its id, its type, the table that it is of, and its version."""

    id: str
    type: str
    table: str
    version: int


def read_case_event(
    heading: Heading, row: Mapping[str, object], place: str, today: date
) -> CaseEvent | list[Problem]:
    """The event, or every problem of its row; no day that is past may lie after today."""
    table = TABLES[heading.table]
    if heading.type == COVERAGE:
        return _declaration(heading, table, row, place, today)
    told = read_told(heading.type, row, table, place)
    if isinstance(told, list):
        return told
    late = list(_late(told, place, day_number(today)))
    return late or _event_of(heading, told)


def _event_of(heading: Heading, told: Record | Withdrawal | Declaration) -> CaseEvent:
    if isinstance(told, Record):
        event, names = told.event, _named(told.table)
        said = _written(row_of(told.table, event))
        persons = frozenset(str(event.filled[name]) for name in names if name in event.filled)
        return _made(heading, event.id, event.known, said, persons)
    assert isinstance(told, Withdrawal)
    said = _written({"id": told.id, KNOWN: calendar_day(told.known).isoformat()})
    return _made(heading, told.id, told.known, said)


@cache
def _named(table: Table) -> frozenset[str]:
    links = {link.person.name for link in LINKS if link.table is table}
    return frozenset({*links, *table.concerns})


def _declaration(
    heading: Heading, table: Table, row: Mapping[str, object], place: str, today: date
) -> CaseEvent | list[Problem]:
    """A declaration says from when on it is known, as rows do: the last one stands."""
    known, problems = _read_known(row, place, day_number(today))
    rest = {name: value for name, value in row.items() if name != KNOWN}
    told = read_told(COVERAGE, rest, table, place)
    if isinstance(told, list) or problems:
        return problems + (told if isinstance(told, list) else [])
    assert isinstance(told, Declaration)
    covered = coverage_as_json({table.name: told.covered})[table.name]
    said = _written({**covered, KNOWN: calendar_day(known).isoformat()})
    return _made(heading, "", known, said)


def _read_known(row: Mapping[str, object], place: str, today: int) -> tuple[int, list[Problem]]:
    try:
        known = read_field(ROW_FIELDS[KNOWN], row.get(KNOWN))
    except Refused as refused:
        return 0, [Problem(f"{place}.{KNOWN}", str(refused))]
    assert isinstance(known, int)
    return known, [Problem(f"{place}.{KNOWN}", "is a future date")] if known > today else []


def _late(told: Record | Withdrawal | Declaration, place: str, today: int) -> Iterator[Problem]:
    if isinstance(told, Withdrawal):
        days = [(KNOWN, told.known)]
    else:
        assert isinstance(told, Record)
        days = list(days_of(told.table, told.event))
    yield from (Problem(f"{place}.{name}", "is a future date") for name, day in days if day > today)


def _made(
    heading: Heading, row: str, known: int, said: str, concerns: frozenset[str] = frozenset()
) -> CaseEvent:
    day = calendar_day(known)
    return CaseEvent(
        heading.id, heading.type, heading.table, row, day, heading.version, said, concerns
    )


def _written(row: Mapping[str, object]) -> str:
    return canonical(row).decode()


__all__ = ["COVERAGE", "RECORD", "WITHDRAWAL", "CaseEvent", "Heading", "read_case_event"]
