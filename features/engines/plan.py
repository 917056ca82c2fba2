"""A plan: many questions turned into one program, in which no step is taken twice.

Two columns that ask of the same rows share every step up to where they part, whichever feature they
belong to: a step is known by what it does and what it does it to, so that the second time that one
is asked for, the first is found. What comes out is a `Program` for the compiled engine, and the
list of streams and fields that it reads: nothing else has to be made ready.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from features.coverage import WHOLLY, Coverage, Covered, days_covered, gap_of, last_days_asked
from features.engines.plan_rows import RowsPlanner, Slot, Steps, Stream
from features.engines.plan_values import ValuesPlanner
from features.engines.program import ASKED, EVER, GAP, NONE, Program
from features.language.values import BIRTHS, Spacing, Value
from features.language.windows import EVER as SO_FAR
from features.language.windows import Horizon
from features.tables import TABLES


@dataclass(frozen=True, eq=False)
class Plan:
    """A program, and what it reads; columns that it does not fill can never be answered.

    `summed` holds the fields whose numbers are added up, and `looks_ahead` the first of the values
    that looks ahead, None where none does.
    """

    program: Program
    streams: tuple[Stream, ...]
    slots: tuple[Slot, ...]
    summed: frozenset[Slot]
    looks_ahead: Value | None


def plan_of(values: Sequence[Value], recorded: frozenset[str], coverage: Coverage) -> Plan:
    """The plan that answers all values, of an office that records these tables and days."""
    return _plan_of(tuple(values), recorded, frozenset(coverage.items()))


@lru_cache(maxsize=16)  # asked for anew with every part of a large office
def _plan_of(
    values: tuple[Value, ...], recorded: frozenset[str], covered: frozenset[tuple[str, Covered]]
) -> Plan:
    coverage = dict(covered)
    planner = _Planner(coverage, recorded)
    for column, value in enumerate(values):
        if gap_of(value, recorded, coverage) is None:
            planner.add(value, column)
    ahead = (value for value in values if isinstance(value.span, Horizon))
    return planner.plan(next(ahead, None))


class _Planner:
    def __init__(self, coverage: Coverage, recorded: frozenset[str]) -> None:
        self._coverage, self._recorded = coverage, recorded
        self._rows = RowsPlanner()
        self._values = ValuesPlanner(self._rows)
        self._gaps, self._asked = Steps(GAP), list[tuple[int, int]]()
        self._births = [NONE, NONE]

    def add(self, value: Value, column: int) -> None:
        """Answer a value in a column; take "none" back where nobody would have written it down."""
        step = self._values.place(value, column)
        first, last = days_covered(value, self._coverage)
        if value.empty is not None and (first, last) != (WHOLLY.first, WHOLLY.last):
            asked = [
                (self._rows.rows(rows), self._rows.stream(rows)) for rows in last_days_asked(value)
            ]
            self._gaps.place(
                source=self._rows.rows(value.rows),
                stream=self._rows.stream(value.rows),
                value=step,
                from_day=first,
                to_day=last,
                days=value.span.days or EVER,
                ahead=int(isinstance(value.span, Horizon)),
                asked=len(self._asked),
                asked_end=len(self._asked) + len(asked),
            )
            self._asked += asked
            self._need_births()
        if isinstance(value, Spacing):
            self._need_births()

    def plan(self, looks_ahead: Value | None) -> Plan:
        """The plan of all that was added."""
        program = Program(
            conditions=self._rows.conditions.table(),
            selections=self._rows.selections.table(),
            values=self._values.steps.table(),
            gaps=self._gaps.table(),
            asked=np.array(self._asked, ASKED),
            weights=self._values.weights,
            births=np.array(self._births),
        )
        streams, slots = tuple(self._rows.streams), tuple(self._rows.slots)
        return Plan(program, streams, slots, frozenset(self._values.summed), looks_ahead)

    def _need_births(self) -> None:
        if BIRTHS in self._recorded:
            births = TABLES[BIRTHS].within(SO_FAR)
            self._births = [self._rows.rows(births), self._rows.stream(births)]
