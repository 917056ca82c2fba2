"""From the events of some rows to the rows themselves, as they were known of."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from features.events import Event
from features.histories import NOT_FOLLOWED, links_of
from features.sources.event_facts import Facts
from features.sources.event_lines import Record, Withdrawal, read_told
from features.tables import TABLES
from serving.store.case_event import COVERAGE, WITHDRAWAL, CaseEvent

CaseFile = Mapping[str, Sequence[Event]]


@dataclass(frozen=True)
class Around:
    """What an office knew around a child: the rows by table, and what is declared of the tables.

    `received` is how many events of the office this was made of.
    """

    rows: Mapping[str, Sequence[Event]]
    coverage: Mapping[str, Mapping[str, object]]
    received: int

    def has(self, child: str) -> bool:
        """Whether there is a row of the child itself."""
        return any(
            event.filled.get(TABLES[table].concerns[0]) == child
            for table, rows in self.rows.items()
            for event in rows
        )


def rows_of(events: Iterable[CaseEvent]) -> dict[str, list[Event]]:
    """All versions of the rows that the events tell of, each from when until when it stood."""
    facts: dict[str, Facts] = defaultdict(Facts)
    for event in _last_said(events):
        told = read_told(event.type, json.loads(event.said), TABLES[event.table], "store")
        if isinstance(told, Record):
            facts[event.table].record(told.event)
        else:
            assert isinstance(told, Withdrawal), "what is stored was read before"
            facts[event.table].withdraw(told.id, told.known)
    return {table: of_table.folded().rows for table, of_table in facts.items()}


def linked_to(child: str, case_file: CaseFile) -> set[str]:
    """Everybody whose rows are followed in the child's history."""
    return {person for _, person, _ in links_of(child, case_file)}


def around(child: str, case_file: CaseFile) -> dict[str, list[Event]]:
    """The rows that the child's history is made of; names and other households are left aside."""
    persons = {child, *linked_to(child, case_file)}
    return {
        table: [event for event in rows if _is_followed(table, event, child, persons)]
        for table, rows in case_file.items()
    }


def declared(events: Iterable[CaseEvent]) -> dict[str, dict[str, object]]:
    """Every table that the office keeps, with what it declared of it last."""
    standing: dict[str, dict[str, object]] = {}
    for event in sorted(events, key=lambda event: (event.known, event.version)):
        said = standing.setdefault(event.table, {})
        if event.type == COVERAGE:
            said.clear()
            said.update(json.loads(event.said))
    for said in standing.values():
        said.pop("known", None)
    return standing


def _last_said(events: Iterable[CaseEvent]) -> Iterator[CaseEvent]:
    """Of what became known of a row on one day, the highest version, a withdrawal before a row."""
    last: dict[tuple[object, ...], CaseEvent] = {}
    for event in events:
        day = event.table, event.row, event.known
        if day not in last or _rank(last[day]) < _rank(event):
            last[day] = event
    yield from last.values()


def _rank(event: CaseEvent) -> tuple[int, bool]:
    return event.version, event.type == WITHDRAWAL


def _is_followed(table: str, event: Event, child: str, persons: set[str]) -> bool:
    concerns = TABLES[table].concerns
    if event.filled.get(concerns[0]) == child:
        return table != "people"
    return table not in NOT_FOLLOWED and any(event.filled.get(name) in persons for name in concerns)
