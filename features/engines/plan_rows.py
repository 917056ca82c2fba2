"""Planning the rows of a question: each step of the language as a step of a program."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatchmethod
from typing import Any

import numpy as np

from features.engines.program import (
    ABOUT,
    AMONG,
    AND,
    AT_LEAST,
    AT_MOST,
    BEFORE_AGE,
    BEGAN,
    BELIEVED,
    BOTH,
    CONDITION,
    EARLIER,
    EITHER,
    ENDED,
    EVER,
    FILLED,
    LATEST,
    NONE,
    OPPOSITE,
    SELECTION,
    TOUCHED,
    WHERE,
    Table,
)
from features.language.fields import (
    AtLeast,
    AtMost,
    Both,
    Choice,
    Condition,
    Either,
    IsKnown,
    IsOneOf,
    IsTrue,
    OnField,
    Opposite,
)
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
    Where,
    Within,
)
from features.language.rows import Table as CaseTable
from features.language.values import BIRTHS, Asked
from features.language.windows import Horizon, Lookback
from features.tables import TABLES

MOST_CODES = 63  # of a choice: its codes are the bits of one word


@dataclass(frozen=True)
class Stream:
    """A table in a role: one stream of rows in each child's history.

    With `as_`, only rows in which the other person stands in that field.
    """

    table: str
    role: Role
    as_: str | None = None


@dataclass(frozen=True)
class Slot:
    """A field of the rows of a stream, which is known by its number."""

    stream: int
    field: str


class Steps:
    """Steps of one kind, each once: a step that was taken already is found again."""

    def __init__(self, kind: np.dtype[Any]) -> None:
        self._kind = kind
        self._places: dict[tuple[float, ...], int] = {}

    def place(self, **said: float) -> int:
        """The number of the step that says this; what it does not say is NONE."""
        step = tuple(said.get(name, NONE) for name in self._kind.names or ())
        return self._places.setdefault(step, len(self._places))

    def table(self) -> Table:
        """All steps, in the order in which they were first taken."""
        return np.array(list(self._places), self._kind)


class RowsPlanner:
    """Turns rows and conditions into steps, and notes the streams and fields that they read."""

    def __init__(self) -> None:
        self.streams: dict[Stream, int] = {}
        self.slots: dict[Slot, int] = {}
        self.conditions, self.selections = Steps(CONDITION), Steps(SELECTION)

    def stream(self, rows: Asked) -> int:
        """The number of the stream that the rows come from."""
        while not isinstance(rows, CaseTable | Of):
            rows = rows.rows  # type: ignore[attr-defined]  # all else is narrowed from others
        if isinstance(rows, CaseTable):
            stream = Stream(rows.name, SELF)
        else:
            stream = Stream(rows.table.name, rows.role, rows.as_.name if rows.as_ else None)
        return self.streams.setdefault(stream, len(self.streams))

    def slot(self, rows: Asked, field: str) -> int:
        """The number of a field of the rows' stream."""
        return self.slots.setdefault(Slot(self.stream(rows), field), len(self.slots))

    def condition(self, condition: Condition, rows: Asked) -> int:
        """The number of a condition on the rows of a stream."""
        return self.conditions.place(stream=self.stream(rows), **self._says(condition, rows))

    def rows(self, rows: Asked) -> int:
        """The number of the selection that holds these rows."""
        if isinstance(rows, CaseTable | Of):
            raise TypeError(f"{rows} names no span")
        return self._select(rows, int(isinstance(rows.span, Horizon)))

    @singledispatchmethod
    def _select(self, rows: Asked, ahead: int) -> int:  # noqa: ARG002  # its siblings take it
        """The same; `ahead` is 1 where the rows are believed on the day that was named."""
        raise TypeError(f"{type(rows).__name__} is not a verb of the language")

    @_select.register
    def _believed(self, rows: CaseTable | Of, ahead: int) -> int:
        return self.selections.place(op=BELIEVED, stream=self.stream(rows), ahead=ahead)

    @_select.register
    def _where(self, rows: Where, ahead: int) -> int:
        condition = self.condition(rows.condition, rows)
        return self._narrow(rows, ahead, op=WHERE, condition=condition)

    @_select.register
    def _within(self, rows: Within, ahead: int) -> int:
        if rows.lookback.days is None:
            return self._select(rows.rows, ahead)
        op = TOUCHED if rows.lasting else BEGAN
        return self._in_window(rows, ahead, op=op, after=-rows.lookback.days, upto=EVER)

    @_select.register
    def _beginning(self, rows: Beginning, ahead: int) -> int:
        return self._in_window(rows, ahead, op=BEGAN, after=_opens(rows.lookback), upto=0)

    @_select.register
    def _ending(self, rows: Ending, ahead: int) -> int:
        return self._in_window(rows, ahead, op=ENDED, after=_opens(rows.lookback), upto=0)

    @_select.register
    def _following(self, rows: Following, ahead: int) -> int:
        return self._in_window(rows, ahead, op=BEGAN, after=0, upto=rows.horizon.days)

    @_select.register
    def _before_age(self, rows: BeforeAge, ahead: int) -> int:
        births = TABLES[BIRTHS]
        born, stream = self._select(births, ahead), self.stream(births)
        said = {"others": born, "their_stream": stream, "upto": rows.years}
        return self._in_window(rows, ahead, op=BEFORE_AGE, **said)

    @_select.register
    def _about(self, rows: About, ahead: int) -> int:
        return self._narrow(
            rows,
            ahead,
            op=ABOUT,
            others=self._select(rows.others, ahead),
            their_stream=self.stream(rows.others),
            ids=self.slot(rows.others, "id"),
            slot=self.slot(rows, rows.reference.name),
        )

    @_select.register
    def _latest(self, rows: Latest, ahead: int) -> int:
        return self._narrow(rows, ahead, op=LATEST)

    @_select.register
    def _earlier(self, rows: Earlier, ahead: int) -> int:
        return self._narrow(rows, ahead, op=EARLIER)

    def _in_window(self, rows: Asked, ahead: int, **said: int) -> int:
        """The rows of a window, which is the same whatever rows are narrowed by it."""
        window = self.selections.place(stream=self.stream(rows), **said)
        return self._narrow(rows, ahead, op=AND, others=window)

    def _narrow(self, rows: Asked, ahead: int, **said: int) -> int:
        source = self._select(rows.rows, ahead)  # type: ignore[attr-defined]  # it is narrowed
        return self.selections.place(stream=self.stream(rows), source=source, **said)

    def still_open(self, rows: Asked) -> int:
        """The number of the selection that holds those of the rows that have not ended."""
        stream = self.stream(rows)
        still = self.selections.place(op=ENDED, stream=stream, after=0, upto=EVER)
        return self.selections.place(op=AND, stream=stream, source=self.rows(rows), others=still)

    @singledispatchmethod
    def _says(
        self,
        condition: Condition,
        rows: Asked,  # noqa: ARG002  # its siblings take it
    ) -> Mapping[str, float]:
        """What the step of a condition says."""
        raise TypeError(f"{type(condition).__name__} is not a condition of the language")

    @_says.register
    def _is_known(self, condition: IsKnown, rows: Asked) -> Mapping[str, float]:
        return self._on_field(condition, rows, op=FILLED)

    @_says.register
    def _is_true(self, condition: IsTrue, rows: Asked) -> Mapping[str, float]:
        return self._on_field(condition, rows, op=AMONG, codes=1 << 1)  # yes is 1, no is 0

    @_says.register
    def _is_one_of(self, condition: IsOneOf, rows: Asked) -> Mapping[str, float]:
        assert isinstance(condition.field, Choice)
        allowed = list(condition.field.allowed)
        if len(allowed) > MOST_CODES:
            raise TypeError(
                f"{condition.field.table}.{condition.field} has over {MOST_CODES} codes"
            )
        codes = sum(1 << allowed.index(code) for code in condition.codes)
        return self._on_field(condition, rows, op=AMONG, codes=codes)

    @_says.register
    def _at_least(self, condition: AtLeast, rows: Asked) -> Mapping[str, float]:
        return self._on_field(condition, rows, op=AT_LEAST, bound=condition.bound)

    @_says.register
    def _at_most(self, condition: AtMost, rows: Asked) -> Mapping[str, float]:
        return self._on_field(condition, rows, op=AT_MOST, bound=condition.bound)

    @_says.register
    def _both(self, condition: Both, rows: Asked) -> Mapping[str, float]:
        left, right = condition.left, condition.right
        return self._joined(BOTH, rows, left=left, right=right)

    @_says.register
    def _either(self, condition: Either, rows: Asked) -> Mapping[str, float]:
        left, right = condition.left, condition.right
        return self._joined(EITHER, rows, left=left, right=right)

    @_says.register
    def _opposite(self, condition: Opposite, rows: Asked) -> Mapping[str, float]:
        return self._joined(OPPOSITE, rows, left=condition.condition)

    def _on_field(self, condition: OnField, rows: Asked, **said: float) -> Mapping[str, float]:
        return {"slot": self.slot(rows, condition.field.name), **said}

    def _joined(self, op: int, rows: Asked, **sides: Condition) -> Mapping[str, float]:
        return {"op": op, **{name: self.condition(side, rows) for name, side in sides.items()}}


def _opens(lookback: Lookback) -> int:
    return -EVER if lookback.days is None else -lookback.days
