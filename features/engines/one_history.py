"""One child at once, compiled: the row of a history, by the kernel that also answers in batch.

The events around the child, already read, become numbers; whom they are linked to is found
compiled too, so that nothing but those events is shared with plain Python. There is no evidence
here: `one_child` names the records behind an answer, and is what this is checked against.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from math import nan
from operator import attrgetter, getitem
from typing import Any

import numpy as np

from features.conditions import holds
from features.engines.laying_out import (
    CHILD,
    EVERY,
    HEAD,
    LINK,
    SLOT,
    STREAM,
    Layout,
    Rows,
    answer_child,
)
from features.engines.plan import Plan, plan_of
from features.engines.plan_rows import Stream
from features.engines.program import NEVER, NONE, Floats
from features.events import Event
from features.histories import NOT_FOLLOWED, History
from features.language.fields import Choice, Day, Flag, Number
from features.language.roles import SELF
from features.language.values import Value
from features.reading import Filled
from features.tables import LINKS, TABLES, Link, fields_of

_Numbers = dict[Any, float]  # what is filled in, or None, as a number
_order = attrgetter("id", "known")


class Questions:
    """Questions that are asked of one child after another; planned once for each kind of office."""

    def __init__(self, values: Sequence[Value]) -> None:
        self._values = tuple(values)
        self._planned: dict[object, tuple[Plan, _Cells]] = {}

    def answers(self, history: History, cutoff: int, known_by: int | None = None) -> Floats:
        """The answer to each question on the cutoff, a day number; NaN where it is missing.

        Questions that look ahead see what was known by the day `known_by`, which they need.
        """
        plan, cells = self._plan(history)
        if plan.looks_ahead is not None and known_by is None:
            raise ValueError(f"{plan.looks_ahead} looks ahead: say by which day it must be known")
        answers = np.full((len(self._values), 1), nan)
        answer_child(
            plan.program, cells.layout, cells.rows(history), cutoff, known_by or 0, answers
        )
        row: Floats = answers[:, 0]
        return row

    def _plan(self, history: History) -> "tuple[Plan, _Cells]":
        office = history.recorded, frozenset(history.coverage.items())
        if office not in self._planned:
            plan = plan_of(self._values, history.recorded, history.coverage)
            self._planned[office] = plan, _Cells(plan)
        return self._planned[office]


class _AsItIs(_Numbers):
    """Days and numbers."""

    def __missing__(self, filled: Filled) -> float:
        return filled  # type: ignore[return-value]


class _Cells:
    """Which fields of which tables a plan reads, and where they go in the streams."""

    def __init__(self, plan: Plan) -> None:
        streams = plan.streams
        self._fields: dict[str, dict[str, _Numbers | None]] = {}  # by table; None: names and ids
        self._in_order = {streams[slot.stream].table for slot in plan.summed}
        links = [link for link in LINKS if any(link.role is stream.role for stream in streams)]
        slots = [
            (slot.stream, self._cell(streams[slot.stream].table, slot.field)) for slot in plan.slots
        ]
        self.layout = Layout(
            np.array([self._link(link) for link in links], LINK),
            np.array([self._stream(stream, links) for stream in streams], STREAM),
            np.array(slots, SLOT),
        )

    def rows(self, history: History) -> Rows:
        """The rows around a child as numbers; this is done for every child that is asked about."""
        names: _Numbers = defaultdict(count(1).__next__, {None: nan, history.child: CHILD})
        firsts, heads, cells = [0], list[int](), list[float]()
        for table, fields in self._fields.items():
            events = history.rows.get(table, ())
            numbers = [names if of_field is None else of_field for of_field in fields.values()]
            for event in sorted(events, key=_order) if table in self._in_order else events:
                withdrawn, until = event.withdrawn, event.until
                heads += (
                    event.happened,
                    event.known,
                    NEVER if withdrawn is None else withdrawn,
                    NEVER if until is None else until,
                    len(cells),
                )
                cells.append(names[event.id])
                cells += map(getitem, numbers, map(event.filled.get, fields))
            firsts.append(len(heads) // HEAD)
        return Rows(
            np.array(firsts),
            np.array(heads, np.int32).reshape(-1, HEAD),
            np.fromiter(cells, np.float64, len(cells)),
        )

    def _cell(self, table: str, name: str) -> int:
        """The place of a field among the cells of a row, the id first."""
        fields = self._fields.setdefault(table, {})
        if name == "id":
            return 0
        field = fields_of(TABLES[table])[name]
        numbers: _Numbers | None = None
        if isinstance(field, Choice):
            numbers = {None: nan} | {code: place for place, code in enumerate(field.allowed)}
        elif isinstance(field, Flag):
            numbers = {None: nan, False: 0, True: 1}
        elif isinstance(field, Day | Number):
            numbers = _AsItIs({None: nan})
        fields.setdefault(name, numbers)
        return 1 + list(fields).index(name)

    def _link(self, link: Link) -> tuple[int, ...]:
        table, (field,) = link.table.name, link.condition.fields
        codes = EVERY
        if isinstance(field, Choice):
            said = [Event("", 0, 0, None, None, {field.name: code}) for code in field.allowed]
            codes = sum(holds(link.condition, one) << place for place, one in enumerate(said))
        names = (link.table.concerns[0], link.person.name, field.name)
        cells = [self._cell(table, name) for name in names]
        return (list(self._fields).index(table), *cells, codes)

    def _stream(self, stream: Stream, links: Sequence[Link]) -> tuple[int, ...]:
        concerns = TABLES[stream.table].concerns
        persons = concerns if stream.as_ is None else (stream.as_,)
        cells = [self._cell(stream.table, name) for name in (concerns[0], persons[0], persons[-1])]
        link = NONE
        if stream.role is not SELF:
            roles = [link.role for link in links]
            followed = stream.table not in NOT_FOLLOWED
            link = roles.index(stream.role) if followed else len(links)
        return (list(self._fields).index(stream.table), link, *cells)
