"""One child, in plain Python: the online path, and the reference for every other engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch

from features.engines.one_child_rows import View, select
from features.events import Event
from features.histories import History
from features.language.feature import Column
from features.language.values import (
    Age,
    Count,
    CountDistinct,
    DaysCovered,
    DaysSinceFirst,
    DaysSinceLast,
    Exists,
    IsOpen,
    Max,
    OfField,
    Sum,
    Value,
)
from features.language.windows import Lookback
from features.reading import Filled, calendar_day
from features.tables import needed_tables

_Made = tuple[float | None, list[Event]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question comes to: the number, None where it is missing, and the rows behind it.

    `evidence` holds (table, id) of each row that made the answer; where rows are there but none of
    them says what was asked, the number is missing and these rows are the evidence. `recorded` is
    False where the office does not record what was asked at all: unknown, not "none".
    """

    number: float | None
    evidence: tuple[tuple[str, str], ...] = ()
    recorded: bool = True


def answer(value: Value, history: History, cutoff: int, known_by: int | None = None) -> Answer:
    """The answer to one question about one child on the cutoff, a day number.

    A question that looks back sees what was known on the cutoff and nothing else. One that looks
    ahead, a label, sees what was known by the day `known_by`, which it needs.
    """
    if not needed_tables(value) <= history.recorded:
        return Answer(None, recorded=False)
    view = View(history, cutoff, _day_of_knowledge(value, cutoff, known_by))
    events = select(value.rows, view)
    if not events:
        return Answer(value.empty)
    if isinstance(value, OfField) and not _known(value, events):
        number, used = None, events
    else:
        number, used = _evaluate(value, events, cutoff)
    return Answer(number, tuple((value.table, event.id) for event in used))


def answer_row(columns: Sequence[Column], history: History, cutoff: int) -> dict[str, Answer]:
    """The row of a child and cutoff: every column answered, by column name."""
    return {column.name: answer(column.value, history, cutoff) for column in columns}


def _day_of_knowledge(value: Value, cutoff: int, known_by: int | None) -> int:
    if isinstance(value.span, Lookback):
        return cutoff
    if known_by is None:
        raise ValueError(f"{value} looks ahead: say by which day it must be known")
    return known_by


@singledispatch
def _evaluate(value: Value, events: list[Event], cutoff: int) -> _Made:
    """The number that a value makes of at least one row, and the rows that made it."""
    raise TypeError(f"{type(value).__name__} is not a verb of the language")


@_evaluate.register
def _count(value: Count, events: list[Event], cutoff: int) -> _Made:
    return float(len(events)), events


@_evaluate.register
def _exists(value: Exists, events: list[Event], cutoff: int) -> _Made:
    return 1.0, events


@_evaluate.register
def _days_since_last(value: DaysSinceLast, events: list[Event], cutoff: int) -> _Made:
    last = events[-1].happened
    return float(cutoff - last), [event for event in events if event.happened == last]


@_evaluate.register
def _days_since_first(value: DaysSinceFirst, events: list[Event], cutoff: int) -> _Made:
    first = events[0].happened
    return float(cutoff - first), [event for event in events if event.happened == first]


@_evaluate.register
def _age(value: Age, events: list[Event], cutoff: int) -> _Made:
    born, now = calendar_day(events[-1].happened), calendar_day(cutoff)
    years = now.year - born.year - ((now.month, now.day) < (born.month, born.day))
    return float(years), [event for event in events if event.happened == events[-1].happened]


@_evaluate.register
def _days_covered(value: DaysCovered, events: list[Event], cutoff: int) -> _Made:
    days = value.span.days
    covered = 0
    first_free = min(e.happened for e in events) if days is None else cutoff - days + 1
    for event in events:
        until = cutoff + 1 if event.until is None else min(event.until, cutoff + 1)
        covered += max(0, until - max(event.happened, first_free))
        first_free = max(first_free, until)
    return float(covered), events


@_evaluate.register
def _is_open(value: IsOpen, events: list[Event], cutoff: int) -> _Made:
    open_spans = [e for e in events if e.until is None or e.until > cutoff]
    return float(bool(open_spans)), open_spans


@_evaluate.register
def _count_distinct(value: CountDistinct, events: list[Event], cutoff: int) -> _Made:
    known = _known(value, events)
    return float(len({filled for filled, _ in known})), _rows(known)


@_evaluate.register
def _sum(value: Sum, events: list[Event], cutoff: int) -> _Made:
    known = _known(value, events)
    return sum(float(number) for number, _ in known), _rows(known)


@_evaluate.register
def _max(value: Max, events: list[Event], cutoff: int) -> _Made:
    known = _known(value, events)
    largest = max(float(number) for number, _ in known)
    return largest, [event for number, event in known if number == largest]


def _known(value: OfField, events: list[Event]) -> list[tuple[Filled, Event]]:
    name = value.field.name
    return [(event.filled[name], event) for event in events if name in event.filled]


def _rows(known: list[tuple[Filled, Event]]) -> list[Event]:
    return [event for _, event in known]
