"""Where rows of every source become events of a case file: one strict check, every row counted."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from features.case_file import CaseFile
from features.coverage import Coverage
from features.events import Event, Problem, read_event
from features.language.rows import Table
from features.reading import Refused, day_number, read_field
from features.sources.report import Report
from features.tables import ROW_FIELDS, TABLES, is_of_the_end


@dataclass(frozen=True)
class Limit:
    """Days that a row cannot reach outside of, and why not."""

    first: int | None
    last: int | None
    why: str

    def broken_by(self, day: int | None) -> bool:
        """Whether the day lies outside."""
        return day is not None and (
            (self.first is not None and day < self.first)
            or (self.last is not None and day > self.last)
        )


@dataclass(frozen=True)
class Offered:
    """A row of a source on its way into a table, with the places at which its values stand.

    `raw` maps field names to values as `read_event` takes them, or to `Refused` for a value that
    could not be made into one. `end_known` is the day on which the office came to know of the end
    of a span; left out, it is the day of the end itself. `places` says where each value stands, or
    `columns` in which column of the place; `united` are the places of other rows that this one
    speaks for.
    """

    table: Table
    part: str
    place: str
    raw: Mapping[str, object]
    end_known: object = None
    places: Mapping[str, str] = field(default_factory=dict)
    limits: Sequence[Limit] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    united: Sequence[str] = ()

    def place_of(self, name: str) -> str:
        """Where the value of a field stands."""
        if name in self.places:
            return self.places[name]
        return f"{self.place}, {self.columns[name]}" if name in self.columns else self.place


class Intake:
    """The case file in the making: takes or refuses whole rows, and reports which and why."""

    def __init__(self, as_of: date, report: Report, coverage: Coverage | None = None) -> None:
        self.as_of = as_of
        self.report = report
        self.coverage = coverage or {}
        self._drawn = Limit(None, day_number(as_of), "lies after the day of the extract")
        self._events: dict[str, list[Event]] = {}
        self._by_id: dict[str, dict[str, list[Event]]] = defaultdict(lambda: defaultdict(list))

    def declare(self, table: Table) -> None:
        """The office records this table, even where the source holds no row of it."""
        self._events.setdefault(table.name, [])

    def offer(self, row: Offered) -> None:
        """Take the row into its table, all its versions, or refuse all of it."""
        self.declare(row.table)
        found, table = self._read(row), row.table.name
        problems = [problem for one in found if isinstance(one, list) for problem in one]
        versions = [one for one in found if isinstance(one, Event)]
        if problems := problems or list(self._out_of_place(row, versions)):
            self._refuse(row, problems)
            return
        self._events[table].extend(versions)
        self._by_id[table][versions[0].id].extend(versions)
        self.report.kept(row.part, table, row.place)
        for place in row.united:
            self.report.kept(row.part, table, place, "is one row with an earlier one")

    def case_file(self) -> CaseFile:
        """All that was kept.

        A table all of whose rows were refused is left unknown: to call it empty would say that
        nothing happened.
        """
        for name, events in list(self._events.items()):
            if not events and self.report.faults(name):
                del self._events[name]
                self.report.noted("", name, "every row was refused: the table is left unknown")
        return CaseFile.of_events(
            self.as_of,
            {name: self._events[name] for name in TABLES if name in self._events},
            {name: said for name, said in self.coverage.items() if name in self._events},
        )

    def _read(self, row: Offered) -> list[Event | list[Problem]]:
        """Each version of the row, read; an end recorded later than the start is a correction."""
        values = (*row.raw.values(), row.end_known)
        if Refused in map(type, values):
            named = zip((*row.raw, "until"), values, strict=True)
            return [[Problem(f".{n}", str(why)) for n, why in named if isinstance(why, Refused)]]
        whole = read_event(row.table, row.raw, "")
        if not isinstance(whole, Event) or whole.until is None:
            return [whole]
        try:
            end_known = read_field(ROW_FIELDS["known"], row.end_known or row.raw["until"])
        except Refused as problem:
            return [[Problem(".until", str(problem))]]
        assert isinstance(end_known, int)
        return list(self._versions(row, whole, end_known))

    def _versions(self, row: Offered, whole: Event, end_known: int) -> list[Event]:
        if end_known <= whole.known:
            return [whole]
        if self._drawn.broken_by(end_known):
            reason = "until: lies after the day of the extract, so the row is taken to go on"
            self.report.noted(row.part, row.table.name, reason, row.place_of("until"))
            return [_going_on(row.table, whole, whole.withdrawn)]
        if whole.withdrawn is not None and whole.withdrawn <= end_known:
            return [_going_on(row.table, whole, whole.withdrawn)]
        return [
            _going_on(row.table, whole, end_known),
            replace(whole, known=end_known),
        ]

    def _out_of_place(self, row: Offered, versions: Sequence[Event]) -> Iterator[Problem]:
        """The first reason for which the row cannot stand among the others."""
        first, last = versions[0], versions[-1]
        days = ("happened", first.happened), ("known", first.known), ("withdrawn", last.withdrawn)
        for name, day in days:
            if self._drawn.broken_by(day):
                yield Problem(f".{name}", self._drawn.why)
                return
        for limit in row.limits:
            if limit.broken_by(first.happened):
                yield Problem(".happened", limit.why)
                return
        others = self._by_id[row.table.name].get(first.id)
        if others and any(_believed_together(one, two) for one in versions for two in others):
            yield Problem(".id", "repeats that of an earlier row, which is not withdrawn by then")

    def _refuse(self, row: Offered, problems: Sequence[Problem]) -> None:
        names = [problem.place.rpartition(".")[2] for problem in problems]
        reason = "; ".join(
            f"{name}: {problem.reason}" for name, problem in zip(names, problems, strict=True)
        )
        self.report.refused(row.part, row.table.name, reason, row.place_of(names[0]))
        for place in row.united:
            reason = f"is one row with an earlier one, which is refused: {reason}"
            self.report.refused(row.part, row.table.name, reason, place)


def _going_on(table: Table, event: Event, withdrawn: int | None) -> Event:
    """The row as it was known before its end was: not ended, nor said how."""
    filled = {
        name: value for name, value in event.filled.items() if not is_of_the_end(table, name, value)
    }
    return replace(event, withdrawn=withdrawn, until=None, filled=filled)


def _believed_together(one: Event, other: Event) -> bool:
    return one.believed_on(other.known) or other.believed_on(one.known)
