"""What every part of a question says of itself: the days, roles, tables and fields it reads."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

from features.language.fields import Field
from features.language.roles import Role
from features.language.windows import Horizon, Lookback


class LeakError(ValueError):
    """A question that could see, or does not say whether it sees, past the cutoff."""


class Asked(ABC):
    """Rows of which a value can be asked, once they have named their span."""

    @property
    @abstractmethod
    def table_name(self) -> str:
        """The name of the table that the rows are of."""

    @property
    @abstractmethod
    def columns(self) -> Mapping[str, Field]:
        """The table's own fields by name, in the order they are declared."""

    @property
    @abstractmethod
    def lasting(self) -> bool:
        """Whether the rows last from one day until another."""

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

    def must_have(self, field: Field) -> None:
        """Raise ValueError where the field is not one of the rows' table."""
        if field.table != self.table_name:
            raise ValueError(f"{field.table}.{field} is not a field of {self.table_name}")

    def must_last(self) -> None:
        """Raise ValueError where the rows are events."""
        if not self.lasting:
            raise ValueError(f"{self}: the rows are events, they do not last")


def must_name_span(rows: Asked) -> None:
    """Raise LeakError unless the rows say which days they lie in."""
    if rows.span is None:
        raise LeakError(f"{rows} names no span: add .within(lookback) or .following(horizon)")


def must_not_name_span(rows: Asked) -> None:
    """Raise LeakError where the rows have said already which days they lie in."""
    if rows.span is not None:
        raise LeakError(f"{rows} names its span already; a question names it exactly once")
