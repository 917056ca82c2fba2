"""A case file as the events that would have told it, so that a store can begin with a history."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from features.case_file import CaseFile, events_of
from features.declared_coverage import coverage_as_json
from features.events import Event, row_of
from features.language.rows import Table
from features.reading import calendar_day
from features.tables import TABLES
from serving.store.case_event import (
    COVERAGE,
    RECORD,
    WITHDRAWAL,
    CaseEvent,
    Heading,
    read_case_event,
)


def told_by(case_file: CaseFile) -> Iterator[CaseEvent]:
    """An event for each version of each row, each withdrawal, and each table that is kept.

    Their ids follow from what they tell: to import a case file again adds nothing.
    """
    for name, frame in case_file.tables.items():
        declared = coverage_as_json(case_file.coverage).get(name, {})
        row = {**declared, "known": case_file.as_of.isoformat()}
        yield _read(COVERAGE, TABLES[name], "", case_file.as_of, 0, row)
        rows = sorted(events_of(TABLES[name], frame), key=_order)
        for _, versions in groupby(rows, key=lambda event: event.id):
            yield from _told_of_row(TABLES[name], list(versions))


def _told_of_row(table: Table, versions: Sequence[Event]) -> Iterator[CaseEvent]:
    """A record for each version of a row, and withdrawals where nothing took its place."""
    days = {event.known for event in versions}
    counted = dict.fromkeys(days, 0)
    for event in versions:
        row = {name: value for name, value in row_of(table, event).items() if name != "withdrawn"}
        known = calendar_day(event.known)
        yield _read(RECORD, table, event.id, known, counted[event.known], row)
        counted[event.known] += 1
        alone = event.withdrawn == event.known and counted[event.known] == _on(versions, event)
        if event.withdrawn is not None and (alone or event.withdrawn not in days):
            day = calendar_day(event.withdrawn)
            said = {"id": event.id, "known": day.isoformat()}
            yield _read(WITHDRAWAL, table, event.id, day, counted.get(event.withdrawn, 0), said)


def _on(versions: Sequence[Event], event: Event) -> int:
    return sum(1 for other in versions if other.known == event.known)


def _read(
    type_: str, table: Table, row: str, day: date, version: int, said: Mapping[str, object]
) -> CaseEvent:
    place = f"{table.name}/{row}/{day}/{version}/{type_}"
    read = read_case_event(Heading(place, type_, table.name, version), said, place, day)
    assert isinstance(read, CaseEvent), "a case file was read strictly when it was made"
    return read


def _order(event: Event) -> tuple[str, int, bool, int]:
    """By row and day; of those of one day, the one that was believed comes last."""
    return event.id, event.known, event.withdrawn != event.known, event.withdrawn or 0
