"""Events: rows of the case file, read strictly, each with its two days.

Days are whole numbers, counted from 1970-01-01, so that both engines reckon alike.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from features.language.fields import Day
from features.language.rows import Table
from features.reading import Filled, Refused, calendar_day, reader_of
from features.tables import ROW_FIELDS, TABLES, fields_of


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a case file: the place and the reason, never the value."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """One row of a table: its days and those of its own fields that are filled in.

    `happened`, `known`, `withdrawn` and `until` are day numbers; the last two are None while the
    row is believed and goes on. Day fields among `filled` are day numbers too.
    """

    id: str
    happened: int
    known: int
    withdrawn: int | None
    until: int | None
    filled: Mapping[str, Filled]

    def believed_on(self, day: int) -> bool:
        """Whether the office had this row on record, and not withdrawn, on the day."""
        return self.known <= day and (self.withdrawn is None or day < self.withdrawn)


def read_event(table: Table, raw: Mapping[str, object], place: str) -> Event | list[Problem]:
    """One row read strictly: the event, or every problem that the row has.

    `raw` maps field names to values; days are ISO text or `datetime.date`.
    """
    readers = _readers(table)
    problems = [
        Problem(f"{place}.{name}", f"{table.name} has no such field")
        for name in raw
        if name not in readers
    ]
    read: dict[str, Filled] = {}
    for name, reader in readers.items():
        try:
            value = reader(raw.get(name))
        except Refused as refused:
            problems.append(Problem(f"{place}.{name}", str(refused)))
        else:
            if value is not None:
                read[name] = value
    return problems or _days_out_of_order(read, place) or _event(read)


def read_case_file(
    raw: Mapping[str, object], place: str
) -> tuple[dict[str, list[Event]], list[Problem]]:
    """All tables of a case file given as lists of rows: the events by table, and every problem.

    A table that is given, even empty, is one that the office records; one that is not given is
    unknown, and questions about it are answered with "missing".
    """
    tables: dict[str, list[Event]] = {}
    problems: list[Problem] = []
    for name, rows in raw.items():
        here = f"{place}.{name}"
        if name not in TABLES:
            problems.append(Problem(here, f"no such table; there are: {', '.join(TABLES)}"))
        elif not isinstance(rows, list):
            problems.append(Problem(here, "must be a list of rows"))
        else:
            tables[name] = _read_rows(TABLES[name], rows, here, problems)
    return tables, problems


def as_json(events: Mapping[str, Sequence[Event]]) -> dict[str, list[dict[str, Filled]]]:
    """Events in the shape in which a case system sends them: days as ISO text, by table."""
    return {name: [row_of(TABLES[name], event) for event in rows] for name, rows in events.items()}


def row_of(table: Table, event: Event) -> dict[str, Filled]:
    """An event in the shape in which it is read, without the fields that are not filled in."""
    row = {name: getattr(event, name) for name in ROW_FIELDS} | dict(event.filled)
    return {
        name: calendar_day(row[name]).isoformat() if isinstance(field, Day) else row[name]
        for name, field in fields_of(table).items()
        if row.get(name) is not None
    }


def contradictions(events: Sequence[Event], places: Sequence[str]) -> list[Problem]:
    """Rows with the same id that are believed on the same day: only one of them can be."""
    by_id: dict[str, list[tuple[Event, str]]] = defaultdict(list)
    for event, place in zip(events, places, strict=True):
        if event.withdrawn != event.known:  # else it was never believed
            by_id[event.id].append((event, place))
    problems = []
    for versions in by_id.values():
        versions.sort(key=lambda version: version[0].known)
        for (earlier, _), (later, place) in pairwise(versions):
            if earlier.believed_on(later.known):
                problems.append(
                    Problem(f"{place}.id", "an earlier row with this id is not withdrawn by then")
                )
    return problems


def _read_rows(
    table: Table, rows: Iterable[object], place: str, problems: list[Problem]
) -> list[Event]:
    events: dict[str, Event] = {}
    for index, raw in enumerate(rows):
        here = f"{place}[{index}]"
        read = read_event(table, raw, here) if isinstance(raw, dict) else None
        if isinstance(read, Event):
            events[here] = read
        else:
            problems.extend(read or [Problem(here, "must be a row: an object of fields")])
    problems.extend(contradictions(list(events.values()), list(events)))
    return list(events.values())


@cache
def _readers(table: Table) -> Mapping[str, Callable[[object], Filled | None]]:
    return {name: reader_of(field) for name, field in fields_of(table).items()}


def _event(read: dict[str, Filled]) -> Event:
    """The event of a row of which everything was read: what is left is its table's own."""
    days = [read.pop(name, None) for name in ROW_FIELDS]
    return Event(*days, read)  # type: ignore[arg-type, call-arg]  # read as what they are


_ORDER = (("happened", "known"), ("happened", "until"), ("known", "withdrawn"))


def _days_out_of_order(read: Mapping[str, Filled], place: str) -> list[Problem]:
    problems = []
    for first, second in _ORDER:
        before, after = read.get(first), read.get(second)
        if isinstance(before, int) and isinstance(after, int) and after < before:
            problems.append(Problem(f"{place}.{second}", f"lies before {first}"))
    return problems
