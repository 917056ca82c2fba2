"""A value: the one answer in which a question ends, with its own answer to "no rows"."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from features.language.fields import Condition, Field
from features.language.roles import Role
from features.language.values.asked import Asked, LeakError, must_name_span
from features.language.windows import Horizon, Lookback


@dataclass(frozen=True)
class Value:
    """A number made from rows; `verb` names it, `empty` is its answer where there are no rows.

    `unit` says how a person reads the number: a count, yes or no, days, years, a share of 1, a
    change (more or less), a weight, or a plain number.
    """

    rows: Asked
    verb: ClassVar[str]
    unit: ClassVar[str]
    empty: ClassVar[float | None]
    looks_ahead: ClassVar[bool] = False

    def __post_init__(self) -> None:
        must_name_span(self.rows)
        if isinstance(self.rows.span, Horizon) and not self.looks_ahead:
            raise LeakError(f"{self}: only count and exists can be asked of the days to come")

    @property
    def span(self) -> Lookback | Horizon:
        """The days the value asks about."""
        span = self.rows.span
        assert span is not None  # checked when the value was made
        return span

    @property
    def table(self) -> str:
        """The table whose rows the value is made from: its evidence."""
        return self.rows.table_name

    @cached_property
    def tables(self) -> frozenset[str]:
        """All tables whose rows can change the answer."""
        return self.rows.tables

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles of all whose rows can change the answer."""
        return self.rows.roles

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields that the value reads."""
        return self.rows.fields

    def __str__(self) -> str:
        return f"{self.rows}.{self.verb}()"


@dataclass(frozen=True)
class OfCondition(Value):
    """A value made from what a condition says of each row."""

    condition: Condition

    def __post_init__(self) -> None:
        super().__post_init__()
        for field in self.condition.fields:
            self.rows.must_have(field)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that decide the rows and those of the condition."""
        return self.rows.fields + self.condition.fields

    def __str__(self) -> str:
        return f"{self.rows}.{self.verb}({self.condition})"


@dataclass(frozen=True)
class OfField(Value):
    """A value made from one field of the rows; missing where there are rows and none has it."""

    field: Field

    def __post_init__(self) -> None:
        super().__post_init__()
        self.rows.must_have(self.field)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that decide the rows and the one that is read."""
        return (*self.rows.fields, self.field)

    def __str__(self) -> str:
        return f"{self.rows}.{self.verb}({self.field})"


def days_of(value: Value, length: Lookback | Horizon, what: str) -> int:
    """How many days a length has; raises ValueError for one without a beginning."""
    if length.days is None:
        raise ValueError(f"{value}: {what} must have a number of days")
    return length.days
