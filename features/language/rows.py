"""Rows: the closed set of steps by which a question narrows a child's history.

A question starts at a table, narrows its rows step by step and ends in one value:
`notifications.where(notifications.source.is_("police")).within(YEAR_1).count()`. Every value names
its span exactly once, by `within` a lookback or `following` a horizon, so that what can see past
the cutoff is plain from the expression itself.
"""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from features.language.fields import Condition, Field, Reference, snake_case
from features.language.roles import Role
from features.language.text import Text
from features.language.values import Asked, must_name_span, must_not_name_span
from features.language.windows import Horizon, Lookback


class Rows(Asked):
    """Some rows of one table, as seen on a day; made by narrowing, never changed."""

    @property
    @abstractmethod
    def table(self) -> "Table":
        """The table that the rows are of."""

    @property
    def table_name(self) -> str:
        """The name of the table that the rows are of."""
        return self.table.name

    def where(self, condition: Condition) -> "Where":
        """Those of the rows for which the condition is true; unknown is not true."""
        return Where(self, condition)

    def within(self, lookback: Lookback) -> "Within":
        """Those that happened in the lookback; a span, where any of its days lies in it."""
        return Within(self, lookback)

    def following(self, horizon: Horizon) -> "Following":
        """Those that happened, or began, after the cutoff and inside the horizon."""
        return Following(self, horizon)

    def about(self, others: "Rows") -> "About":
        """Those that refer to one of the other rows: `allegations.about(notifications…)`."""
        return About(self, others)

    def latest(self) -> "Latest":
        """Those of the last day on which any of the rows happened."""
        return Latest(self)

    def earlier(self) -> "Earlier":
        """Those before the last day on which any of the rows happened."""
        return Earlier(self)


class Table(Rows):
    """One table of the case file; its fields are class attributes.

    `words` names one row of it; `concerns` the person fields through which a row concerns somebody,
    the person it is about first; `spans` says whether a row lasts from `happened` until `until`.
    """

    words: ClassVar[Text]
    concerns: ClassVar[tuple[str, ...]]
    spans: ClassVar[bool] = False

    @property
    def name(self) -> str:
        """The name of the table in the case file."""
        return snake_case(type(self).__name__)

    @property
    def columns(self) -> dict[str, Field]:
        """The table's own fields by name, in the order they are declared."""
        return {name: field for name, field in vars(type(self)).items() if isinstance(field, Field)}

    @property
    def table(self) -> "Table":
        """The table itself."""
        return self

    @property
    def roles(self) -> frozenset[Role]:
        """The child's own, until `of` says otherwise."""
        return frozenset({Role.SELF})

    @property
    def span(self) -> None:
        """None: a table does not say which days it asks about."""
        return

    @property
    def tables(self) -> frozenset[str]:
        """The table's own name."""
        return frozenset({self.name})

    @property
    def fields(self) -> tuple[Field, ...]:
        """The person whom a row is about: to ask for rows at all is to read it."""
        return (self.columns[self.concerns[0]],)

    @property
    def lasting(self) -> bool:
        """Whether a row lasts."""
        return self.spans

    def must_have(self, field: Field) -> None:
        """Raise ValueError where the field is not one of this table's."""
        if field.table != self.name:
            raise ValueError(f"{field.table}.{field} is not a field of {self.name}")

    def of(self, role: Role) -> "Of":
        """The rows of those who hold the role, in place of the child's own."""
        return Of(self, role)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Narrowed(Rows):
    """Rows made from other rows, with their table and span unless the verb says otherwise."""

    rows: Rows

    @property
    def table(self) -> Table:
        """The table that the rows are of."""
        return self.rows.table

    @property
    def lasting(self) -> bool:
        """Whether the rows this was made from last."""
        return self.rows.lasting

    def must_have(self, field: Field) -> None:
        """Raise ValueError where the field is not one of the table's."""
        self.table.must_have(field)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of the rows this was made from."""
        return self.rows.roles

    @property
    def span(self) -> Lookback | Horizon | None:
        """The days named by the rows this was made from."""
        return self.rows.span

    @property
    def tables(self) -> frozenset[str]:
        """The tables of the rows this was made from."""
        return self.rows.tables

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields read so far."""
        return self.rows.fields


@dataclass(frozen=True)
class Of(Narrowed):
    """The rows of those who hold a role, in place of the child's own."""

    role: Role

    @property
    def roles(self) -> frozenset[Role]:
        """The one role."""
        return frozenset({self.role})

    def __str__(self) -> str:
        return f"{self.rows}.of({self.role.value})"


@dataclass(frozen=True)
class Where(Narrowed):
    """The rows for which a condition is true."""

    condition: Condition

    def __post_init__(self) -> None:
        for field in self.condition.fields:
            self.table.must_have(field)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields read so far and those of the condition."""
        return self.rows.fields + self.condition.fields

    def __str__(self) -> str:
        return f"{self.rows}.where({self.condition})"


@dataclass(frozen=True)
class Within(Narrowed):
    """The rows that happened in a lookback."""

    lookback: Lookback

    def __post_init__(self) -> None:
        must_not_name_span(self.rows)

    @property
    def span(self) -> Lookback:
        """The lookback."""
        return self.lookback

    def __str__(self) -> str:
        return f"{self.rows}.within({self.lookback})"


@dataclass(frozen=True)
class Following(Narrowed):
    """The rows that happened after the cutoff, inside a horizon."""

    horizon: Horizon

    def __post_init__(self) -> None:
        must_not_name_span(self.rows)

    @property
    def span(self) -> Horizon:
        """The horizon."""
        return self.horizon

    def __str__(self) -> str:
        return f"{self.rows}.following({self.horizon})"


@dataclass(frozen=True)
class About(Narrowed):
    """The rows that refer to one of some other rows, and share their span."""

    others: Rows

    def __post_init__(self) -> None:
        must_not_name_span(self.rows)
        must_name_span(self.others)
        self.reference  # noqa: B018  # raises where there is none

    @property
    def reference(self) -> Reference:
        """The field that holds the id of the other rows; raises ValueError where there is none."""
        for field in self.table.columns.values():
            if isinstance(field, Reference) and field.to == self.others.table_name:
                return field
        raise ValueError(f"{self.table_name} has no field that refers to {self.others.table_name}")

    @property
    def span(self) -> Lookback | Horizon | None:
        """The span of the other rows."""
        return self.others.span

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of both."""
        return self.rows.roles | self.others.roles

    @property
    def tables(self) -> frozenset[str]:
        """The tables of both."""
        return self.rows.tables | self.others.tables

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields read by both."""
        return self.rows.fields + self.others.fields

    def __str__(self) -> str:
        return f"{self.rows}.about({self.others})"


@dataclass(frozen=True)
class OfLastDay(Narrowed):
    """Rows told apart by the last day on which any of them happened."""

    def __post_init__(self) -> None:
        must_name_span(self.rows)


@dataclass(frozen=True)
class Latest(OfLastDay):
    """The rows of the last day."""

    def __str__(self) -> str:
        return f"{self.rows}.latest()"


@dataclass(frozen=True)
class Earlier(OfLastDay):
    """The rows before the last day."""

    def __str__(self) -> str:
        return f"{self.rows}.earlier()"
