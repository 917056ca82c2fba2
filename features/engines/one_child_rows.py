"""Rows of one child, in plain Python: one small function for each step of the language.

A step is turned into a function once, for all columns that share it; a view of a history remembers
what each of these functions selected, so that no step is taken twice.
"""

from collections.abc import Callable
from functools import cached_property, singledispatchmethod

from features.conditions import truth_of
from features.coverage import ALWAYS
from features.events import Event
from features.histories import History
from features.language.roles import SELF, Role
from features.language.rows import (
    About,
    BeforeAge,
    Beginning,
    Earlier,
    Ending,
    Following,
    Latest,
    Of,
    Table,
    Where,
    Within,
)
from features.language.values import BIRTHS, Asked
from features.language.windows import Lookback
from features.reading import calendar_day

FOREVER = 1 << 40  # an end that has not come


class View:
    """A history as it was believed on one day, looked at from a cutoff; both are day numbers."""

    def __init__(self, history: History, cutoff: int, believed_on: int) -> None:
        self.history, self.cutoff, self.believed_on = history, cutoff, believed_on
        self.selected: dict[int, list[Event]] = {}

    @cached_property
    def born(self) -> int | None:
        """The day on which the child was born, where it is on record."""
        births = self.believed(self.history.events.get((BIRTHS, SELF), ()))
        return births[-1].happened if births else None

    def believed(self, events: tuple[Event, ...]) -> list[Event]:
        """Those of the events that the office had on record, and not withdrawn, on the day."""
        day = self.believed_on
        return [event for event in events if event.believed_on(day)]

    def opens(self, lookback: Lookback) -> int:
        """The first day of a lookback; a day before all days where it has no beginning."""
        return -ALWAYS if lookback.days is None else self.cutoff - lookback.days + 1


Select = Callable[[View], list[Event]]


class Selections:
    """The functions that select rows: one for each step, whoever asks for it."""

    def __init__(self) -> None:
        self._made: dict[Asked, Select] = {}

    def of(self, rows: Asked) -> Select:
        """A function: the rows that are believed and that the steps keep, by day and id."""
        if rows not in self._made:
            select = self._step(rows)
            self._made[rows] = _remembered(select, len(self._made))
        return self._made[rows]

    @singledispatchmethod
    def _step(self, rows: Asked) -> Select:
        raise TypeError(f"{type(rows).__name__} is not a verb of the language")

    @_step.register
    def _table(self, rows: Table) -> Select:
        return _those_of(rows, SELF)

    @_step.register
    def _of(self, rows: Of) -> Select:
        if rows.as_ is None:
            return _those_of(rows.table, rows.role)
        key = (rows.table.name, rows.role, rows.as_.name)
        return lambda view: view.believed(view.history.standing.get(key, ()))

    @_step.register
    def _where(self, rows: Where) -> Select:
        before, truth = self.of(rows.rows), truth_of(rows.condition)
        return lambda view: [event for event in before(view) if truth(event) is True]

    @_step.register
    def _within(self, rows: Within) -> Select:
        before, lookback = self.of(rows.rows), rows.lookback
        if lookback.days is None:
            return before
        last_day = _last_day if rows.lasting else _day

        def select(view: View) -> list[Event]:
            opens = view.opens(lookback)
            return [event for event in before(view) if last_day(event) >= opens]

        return select

    @_step.register
    def _beginning(self, rows: Beginning) -> Select:
        before, lookback = self.of(rows.rows), rows.lookback

        def select(view: View) -> list[Event]:
            opens, closes = view.opens(lookback), view.cutoff
            return [event for event in before(view) if opens <= event.happened <= closes]

        return select

    @_step.register
    def _ending(self, rows: Ending) -> Select:
        before, lookback = self.of(rows.rows), rows.lookback

        def select(view: View) -> list[Event]:
            opens, closes = view.opens(lookback), view.cutoff
            return [
                event
                for event in before(view)
                if event.until is not None and opens <= event.until <= closes
            ]

        return select

    @_step.register
    def _following(self, rows: Following) -> Select:
        before, days = self.of(rows.rows), rows.horizon.days

        def select(view: View) -> list[Event]:
            cutoff = view.cutoff
            return [e for e in before(view) if cutoff < e.happened <= cutoff + days]

        return select

    @_step.register
    def _about(self, rows: About) -> Select:
        before, others, name = self.of(rows.rows), self.of(rows.others), rows.reference.name

        def select(view: View) -> list[Event]:
            ids = {event.id for event in others(view)}
            return [event for event in before(view) if event.filled.get(name) in ids]

        return select

    @_step.register
    def _before_age(self, rows: BeforeAge) -> Select:
        before, years = self.of(rows.rows), rows.years

        def select(view: View) -> list[Event]:
            born = view.born
            if born is None:
                return []
            return [e for e in before(view) if completed_years(born, e.happened) < years]

        return select

    @_step.register
    def _latest(self, rows: Latest) -> Select:
        before = self.of(rows.rows)

        def select(view: View) -> list[Event]:
            events = before(view)
            return [event for event in events if event.happened == events[-1].happened]

        return select

    @_step.register
    def _earlier(self, rows: Earlier) -> Select:
        before = self.of(rows.rows)

        def select(view: View) -> list[Event]:
            events = before(view)
            return [event for event in events if event.happened < events[-1].happened]

        return select


def _remembered(select: Select, place: int) -> Select:
    """The same function, asked once of each view; what it selected is kept in that place."""

    def remembered(view: View) -> list[Event]:
        selected = view.selected.get(place)
        if selected is None:
            selected = view.selected[place] = select(view)
        return selected

    return remembered


def _those_of(table: Table, role: Role) -> Select:
    key = (table.name, role)
    return lambda view: view.believed(view.history.events.get(key, ()))


def _day(event: Event) -> int:
    return event.happened


def _last_day(event: Event) -> int:
    """The last day of a span; `until` itself is outside it."""
    return FOREVER if event.until is None else max(event.happened, event.until - 1)


def completed_years(since: int, day: int) -> int:
    """Completed years from one day to another; from a 29 February, completed on 1 March."""
    began, now = calendar_day(since), calendar_day(day)
    return now.year - began.year - ((now.month, now.day) < (began.month, began.day))
