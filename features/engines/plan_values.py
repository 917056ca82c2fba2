"""Planning the number that a question ends in: each verb as a step of a program."""

from typing import Any

import numpy as np

from features.engines.plan_rows import RowsPlanner, Slot, Steps
from features.engines.program import (
    AGE,
    CHANGE,
    CHANGE_IN,
    COUNT,
    COUNT_CODES,
    COUNT_DAYS,
    COUNT_DISTINCT,
    DAYS_COVERED,
    EVER,
    EXISTS,
    FADED_COUNT,
    LEAST_AGE,
    LONGEST_GAP,
    MAX,
    MOST_AGE,
    SAYS,
    SHARE,
    SINCE_FIRST,
    SINCE_LAST,
    SPACING,
    STRETCHES,
    STRETCHES_ENDED,
    SUM,
    TURNS,
    VALUE,
    Floats,
)
from features.language.fields import Choice, Flag
from features.language.values import (
    Age,
    Change,
    ChangeIn,
    Count,
    CountDays,
    CountDistinct,
    DaysCovered,
    DaysSinceFirst,
    DaysSinceLast,
    Exists,
    FadedCount,
    IsOpen,
    LeastAge,
    LongestGap,
    Max,
    MostAge,
    OfCondition,
    OfDay,
    OfField,
    OfHalves,
    Says,
    Share,
    Spacing,
    Stretches,
    StretchesEnded,
    Sum,
    Turns,
    Value,
)

OPS: dict[type[Value], int] = {
    Count: COUNT,
    Exists: EXISTS,
    Says: SAYS,
    Share: SHARE,
    Turns: TURNS,
    CountDays: COUNT_DAYS,
    Change: CHANGE,
    FadedCount: FADED_COUNT,
    DaysSinceLast: SINCE_LAST,
    DaysSinceFirst: SINCE_FIRST,
    Age: AGE,
    LongestGap: LONGEST_GAP,
    DaysCovered: DAYS_COVERED,
    IsOpen: EXISTS,  # of those that are open
    Stretches: STRETCHES,
    StretchesEnded: STRETCHES_ENDED,
    CountDistinct: COUNT_DISTINCT,
    Sum: SUM,
    Max: MAX,
    ChangeIn: CHANGE_IN,
    LeastAge: LEAST_AGE,
    MostAge: MOST_AGE,
    Spacing: SPACING,
}


class ValuesPlanner:
    """Turns values into steps, and notes what is read besides rows and fields."""

    def __init__(self, rows: RowsPlanner) -> None:
        self._rows = rows
        self.steps = Steps(VALUE)
        self.summed: set[Slot] = set()
        self._weights: list[Floats] = []
        self._weights_at: dict[int, int] = {}

    @property
    def weights(self) -> Floats:
        """The tables of weights, one after another."""
        return np.concatenate([np.empty(0), *self._weights])

    def place(self, value: Value, column: int) -> int:
        """The number of the step that answers a value in a column."""
        if type(value) not in OPS:
            raise TypeError(f"{type(value).__name__} is not a verb of the language")
        open_ = isinstance(value, IsOpen)
        return self.steps.place(
            op=COUNT_CODES if _counts_codes(value) else OPS[type(value)],
            stream=self._rows.stream(value.rows),
            source=self._rows.still_open(value.rows) if open_ else self._rows.rows(value.rows),
            column=column,
            empty=np.nan if value.empty is None else value.empty,
            days=value.later_days if isinstance(value, OfHalves) else value.span.days or EVER,
            **self._reads(value),
        )

    def _reads(self, value: Value) -> dict[str, Any]:
        """What a step reads besides the days of its rows."""
        if isinstance(value, OfCondition):
            return {"condition": self._rows.condition(value.condition, value.rows)}
        if isinstance(value, OfField):
            slot = self._rows.slot(value.rows, value.field.name)
            if isinstance(value, Sum | ChangeIn):
                self.summed.add(Slot(self._rows.stream(value.rows), value.field.name))
            filled = self._rows.condition(value.field.is_known(), value.rows)
            return {"slot": slot, "condition": filled, "to_come": int(not isinstance(value, OfDay))}
        if isinstance(value, FadedCount):
            return {"weights": self._weights_of(value)}
        return {"lasting": int(value.rows.lasting)}

    def _weights_of(self, value: FadedCount) -> int:
        days = value.half_life.days
        assert days is not None  # checked when the value was made
        if days not in self._weights_at:
            self._weights_at[days] = sum(map(len, self._weights))
            self._weights.append(np.array(value.weights))
        return self._weights_at[days]


def _counts_codes(value: Value) -> bool:
    """Whether the values that are to be told apart are codes so small that each can be a bit."""
    return isinstance(value, CountDistinct) and isinstance(value.field, Choice | Flag)
