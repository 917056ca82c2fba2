"""One child at once, compiled: the row of a history, by the kernel that also answers in batch.

The events of a history, already read, are laid out as streams of a single child; the program is the
same as in batch. There is no evidence here: `one_child` names the records behind an answer, and is
what this is checked against.
"""

from collections.abc import Callable, Sequence
from itertools import accumulate
from math import nan

import numpy as np

from features.engines.kernel import run
from features.engines.plan import Plan, plan_of
from features.engines.plan_rows import Stream
from features.engines.program import NEVER, ROOM, Floats, Ints, Pairs, Streams
from features.events import Event
from features.histories import History
from features.language.fields import Choice, Day, Flag, Number
from features.language.values import Value
from features.reading import Filled
from features.tables import TABLES, fields_of

_Events = Sequence[Event]
_Names = dict[Filled, float]  # names and ids, numbered in the order in which they are met
_Reader = Callable[[Event, _Names], float]
_FIRST = np.zeros(1, np.int64)


class Questions:
    """Questions that are asked of one child after another; planned once for each kind of office."""

    def __init__(self, values: Sequence[Value]) -> None:
        self._values = tuple(values)
        self._planned: dict[object, tuple[Plan, _Layout]] = {}

    def answers(self, history: History, cutoff: int, known_by: int | None = None) -> Floats:
        """The answer to each question on the cutoff, a day number; NaN where it is missing.

        Questions that look ahead see what was known by the day `known_by`, which they need.
        """
        plan, layout = self._plan(history)
        if plan.looks_ahead is not None and known_by is None:
            raise ValueError(f"{plan.looks_ahead} looks ahead: say by which day it must be known")
        answers = np.full((len(self._values), 1), nan)
        pairs = Pairs(_FIRST, np.array([cutoff]), _FIRST)
        run(plan.program, layout.streams(history), pairs, known_by or 0, answers)
        row: Floats = answers[:, 0]
        return row

    def _plan(self, history: History) -> "tuple[Plan, _Layout]":
        office = history.recorded, frozenset(history.coverage.items())
        if office not in self._planned:
            plan = plan_of(self._values, history.recorded, history.coverage)
            self._planned[office] = plan, _Layout(plan)
        return self._planned[office]


class _Layout:
    """Where the rows and fields of a history go in the streams that a plan reads."""

    def __init__(self, plan: Plan) -> None:
        self._streams = [_rows_of(stream) for stream in plan.streams]
        self._slots = [
            (slot.stream, _reader(plan.streams[slot.stream], slot.field)) for slot in plan.slots
        ]

    def streams(self, history: History) -> Streams:
        """The rows of a history, those of its one child."""
        events = [rows(history) for rows in self._streams]
        ends = [0, *accumulate(map(len, events))]
        days = np.empty((4, ends[-1] + ROOM), np.int32)
        known = [day for rows in events for event in rows for day in _days_of(event)]
        days[:, : ends[-1]] = np.array(known, np.int32).reshape(ends[-1], 4).T
        fields, slots = self._fields(events, ends)
        return Streams(np.array([ends[:-1], ends[1:]], np.int64).T.copy(), days, fields, slots)

    def _fields(self, events: Sequence[_Events], firsts: Sequence[int]) -> tuple[Floats, Ints]:
        """The fields one after another, past the number of every row, and where each begins."""
        names: _Names = {}
        fields, slots = [nan] * firsts[-1], []
        for stream, read in self._slots:
            slots.append(len(fields) - firsts[stream])
            if events[stream]:
                fields += [read(event, names) for event in events[stream]]
        return np.array(fields + [nan] * ROOM), np.array(slots, np.int64)


def _rows_of(stream: Stream) -> Callable[[History], _Events]:
    """How the rows of a stream are found in a history."""
    if stream.as_ is None:
        own = stream.table, stream.role
        return lambda history: history.events.get(own, ())
    apart = stream.table, stream.role, stream.as_
    return lambda history: history.standing.get(apart, ())


def _days_of(event: Event) -> tuple[int, int, int, int]:
    """The four days of a row, NEVER where there is none."""
    return (
        event.happened,
        event.known,
        NEVER if event.withdrawn is None else event.withdrawn,
        NEVER if event.until is None else event.until,
    )


def _reader(stream: Stream, name: str) -> _Reader:
    """How a field is read as a number: NaN where it is not filled in."""
    field = fields_of(TABLES[stream.table])[name]
    if name == "id":
        return lambda event, names: names.setdefault(event.id, len(names))
    if isinstance(field, Choice):
        codes = {code: float(place) for place, code in enumerate(field.allowed)}
        return lambda event, _: codes.get(event.filled.get(name), nan)  # type: ignore[arg-type]
    if isinstance(field, Day | Flag | Number):
        return lambda event, _: event.filled.get(name, nan)  # type: ignore[return-value]
    return lambda event, names: _named(event.filled.get(name), names)


def _named(text: Filled | None, names: _Names) -> float:
    return nan if text is None else names.setdefault(text, len(names))
