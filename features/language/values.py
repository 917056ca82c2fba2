"""Values: the one answer in which a question ends, each with its own answer to "no rows"."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from features.language.fields import Field, Number
from features.language.roles import Role
from features.language.windows import Horizon, Lookback


class LeakError(ValueError):
    """A question that could see, or does not say whether it sees, past the cutoff."""


class Asked(ABC):
    """Rows of which a value can be asked, once they have named their span."""

    @property
    @abstractmethod
    def span(self) -> Lookback | Horizon | None:
        """The days that the rows lie in, once they have been named."""

    @property
    @abstractmethod
    def roles(self) -> frozenset[Role]:
        """The roles of all whose rows can change the answer."""

    @property
    @abstractmethod
    def tables(self) -> frozenset[str]:
        """The names of all tables whose rows can change the answer."""

    @property
    @abstractmethod
    def fields(self) -> tuple[Field, ...]:
        """The fields that decide which rows are kept."""

    @property
    @abstractmethod
    def table_name(self) -> str:
        """The name of the table that the rows are of."""

    @property
    @abstractmethod
    def lasting(self) -> bool:
        """Whether the rows last from one day until another."""

    @abstractmethod
    def must_have(self, field: Field) -> None:
        """Raise ValueError where the field is not one of the rows' table."""

    def count(self) -> "Count":
        """How many rows there are; none is 0."""
        return Count(self)

    def exists(self) -> "Exists":
        """1 where there is any row, else 0."""
        return Exists(self)

    def count_distinct(self, field: Field) -> "CountDistinct":
        """How many different known values the field has; 0 without rows."""
        return CountDistinct(self, field)

    def days_since_last(self) -> "DaysSinceLast":
        """Days from the last row to the cutoff; missing without rows."""
        return DaysSinceLast(self)

    def days_since_first(self) -> "DaysSinceFirst":
        """Days from the first row to the cutoff; missing without rows."""
        return DaysSinceFirst(self)

    def sum(self, field: Number) -> "Sum":
        """The known numbers added up; 0 without rows, missing where rows have none known."""
        return Sum(self, field)

    def max(self, field: Number) -> "Max":
        """The largest known number; missing where there is none."""
        return Max(self, field)

    def days_covered(self) -> "DaysCovered":
        """Days of the lookback that lie in at least one of the spans; 0 without rows."""
        return DaysCovered(self)

    def is_open(self) -> "IsOpen":
        """1 where a span has not ended by the cutoff, else 0."""
        return IsOpen(self)

    def age(self) -> "Age":
        """Completed years from the last row to the cutoff: asked of `children`, the age."""
        return Age(self)


def must_name_span(rows: Asked) -> None:
    """Raise LeakError unless the rows say which days they lie in."""
    if rows.span is None:
        raise LeakError(f"{rows} names no span: add .within(lookback) or .following(horizon)")


def must_not_name_span(rows: Asked) -> None:
    """Raise LeakError where the rows have said already which days they lie in."""
    if rows.span is not None:
        raise LeakError(f"{rows} names its span already; a question names it exactly once")


@dataclass(frozen=True)
class Value:
    """A number made from rows; `verb` names it, `empty` is its answer where there are no rows.

    `unit` says how a person reads the number: a count, yes or no, days, years, or a plain number.
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
        """The name of the table whose rows make the number."""
        return self.rows.table_name

    @cached_property
    def tables(self) -> frozenset[str]:
        """The names of all tables whose rows can change the answer."""
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
class Count(Value):
    """How many rows there are."""

    verb = "count"
    unit = "count"
    empty = 0.0
    looks_ahead = True


@dataclass(frozen=True)
class Exists(Value):
    """Whether there is any row: 1 or 0."""

    verb = "exists"
    unit = "flag"
    empty = 0.0
    looks_ahead = True


@dataclass(frozen=True)
class DaysSinceLast(Value):
    """Days from the last row to the cutoff."""

    verb = "days_since_last"
    unit = "days"
    empty = None


@dataclass(frozen=True)
class DaysSinceFirst(Value):
    """Days from the first row to the cutoff."""

    verb = "days_since_first"
    unit = "days"
    empty = None


@dataclass(frozen=True)
class Age(Value):
    """Completed years from the last row to the cutoff; a 29 February is completed on 1 March."""

    verb = "age"
    unit = "years"
    empty = None


@dataclass(frozen=True)
class OfSpans(Value):
    """A value that only rows which last can give."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.rows.lasting:
            raise ValueError(f"{self}: the rows are events, they do not last")


@dataclass(frozen=True)
class DaysCovered(OfSpans):
    """Days of the lookback that lie in at least one of the spans."""

    verb = "days_covered"
    unit = "days"
    empty = 0.0


@dataclass(frozen=True)
class IsOpen(OfSpans):
    """Whether a span has not ended by the cutoff: 1 or 0."""

    verb = "is_open"
    unit = "flag"
    empty = 0.0


@dataclass(frozen=True)
class OfField(Value):
    """A value made from one field of the rows."""

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


@dataclass(frozen=True)
class CountDistinct(OfField):
    """How many different known values there are; missing where rows have none known."""

    verb = "count_distinct"
    unit = "count"
    empty = 0.0


@dataclass(frozen=True)
class OfNumber(OfField):
    """A value made from one number of the rows."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.field, Number):
            raise ValueError(f"{self}: {self.field} is not a number")


@dataclass(frozen=True)
class Sum(OfNumber):
    """The known numbers added up; missing where there are rows and none is known."""

    verb = "sum"
    unit = "number"
    empty = 0.0


@dataclass(frozen=True)
class Max(OfNumber):
    """The largest known number; missing where there is none."""

    verb = "max"
    unit = "number"
    empty = None
