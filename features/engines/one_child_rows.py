"""Rows of one child, in plain Python: one small function for each step of the language."""

from dataclasses import dataclass
from functools import singledispatch
from math import inf

from features.conditions import holds
from features.coverage import ALWAYS, last_days_asked
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
from features.language.values import BIRTHS, Asked, Value
from features.language.windows import Lookback
from features.reading import calendar_day


@dataclass(frozen=True, slots=True)
class View:
    """A history as it was believed on one day, looked at from a cutoff; both are day numbers."""

    history: History
    cutoff: int
    believed_on: int


@singledispatch
def select(rows: Asked, view: View) -> list[Event]:
    """The rows that are believed and that the steps keep, ordered by day and id."""
    raise TypeError(f"{type(rows).__name__} is not a verb of the language")


@select.register
def _table(rows: Table, view: View) -> list[Event]:
    return _believed(rows.name, SELF, view)


@select.register
def _of(rows: Of, view: View) -> list[Event]:
    if rows.as_ is None:
        return _believed(rows.table.name, rows.role, view)
    standing = view.history.standing.get((rows.table.name, rows.role, rows.as_.name), ())
    return [event for event in standing if event.believed_on(view.believed_on)]


@select.register
def _where(rows: Where, view: View) -> list[Event]:
    return [event for event in select(rows.rows, view) if holds(rows.condition, event)]


@select.register
def _within(rows: Within, view: View) -> list[Event]:
    return [
        event
        for event in select(rows.rows, view)
        if _touches(event, rows.lookback, view.cutoff, spans=rows.lasting)
    ]


@select.register
def _beginning(rows: Beginning, view: View) -> list[Event]:
    return [e for e in select(rows.rows, view) if _in(e.happened, rows.lookback, view.cutoff)]


@select.register
def _ending(rows: Ending, view: View) -> list[Event]:
    return [
        event
        for event in select(rows.rows, view)
        if event.until is not None and _in(event.until, rows.lookback, view.cutoff)
    ]


@select.register
def _following(rows: Following, view: View) -> list[Event]:
    last = view.cutoff + rows.horizon.days
    return [e for e in select(rows.rows, view) if view.cutoff < e.happened <= last]


@select.register
def _about(rows: About, view: View) -> list[Event]:
    ids = {event.id for event in select(rows.others, view)}
    name = rows.reference.name
    return [event for event in select(rows.rows, view) if event.filled.get(name) in ids]


@select.register
def _before_age(rows: BeforeAge, view: View) -> list[Event]:
    born = last_birth(view)
    if born is None:
        return []
    return [
        event
        for event in select(rows.rows, view)
        if completed_years(born, event.happened) < rows.years
    ]


@select.register
def _latest(rows: Latest, view: View) -> list[Event]:
    events = select(rows.rows, view)
    return [event for event in events if event.happened == events[-1].happened]


@select.register
def _earlier(rows: Earlier, view: View) -> list[Event]:
    events = select(rows.rows, view)
    return [event for event in events if event.happened < events[-1].happened]


def _believed(table: str, role: Role, view: View) -> list[Event]:
    events = view.history.events.get((table, role), ())
    return [event for event in events if event.believed_on(view.believed_on)]


def _in(day: int, lookback: Lookback, cutoff: int) -> bool:
    return day <= cutoff and (lookback.days is None or day > cutoff - lookback.days)


def _touches(event: Event, lookback: Lookback, cutoff: int, *, spans: bool) -> bool:
    last: float = event.happened
    if spans:  # `until` itself is outside the span
        last = inf if event.until is None else max(last, event.until - 1)
    return lookback.days is None or last > cutoff - lookback.days


def completed_years(since: int, day: int) -> int:
    """Completed years from one day to another; from a 29 February, completed on 1 March."""
    began, now = calendar_day(since), calendar_day(day)
    return now.year - began.year - ((now.month, now.day) < (began.month, began.day))


def last_birth(view: View) -> int | None:
    """The day on which the child was born, where it is on record."""
    births = _believed(BIRTHS, SELF, view)
    return births[-1].happened if births else None


def days_asked(value: Value, view: View) -> tuple[int, int]:
    """The first and the last day that a question asks about; none before the child's birth."""
    span = value.span
    if not isinstance(span, Lookback):
        return view.cutoff + 1, view.cutoff + span.days
    for rows in last_days_asked(value):
        events = select(rows, view)
        if events:
            return events[-1].happened, view.cutoff
    opens = -ALWAYS if span.days is None else view.cutoff - span.days + 1
    born = last_birth(view)
    return (opens if born is None else max(opens, born)), view.cutoff
