"""Tables: where every question starts, with the child's own rows or those in a role."""

from dataclasses import dataclass
from typing import ClassVar

from features.language.fields import Field, Person, snake_case
from features.language.roles import SELF, Role
from features.language.rows.steps import Rows
from features.language.text import Text


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
    def table_name(self) -> str:
        """The same, as any rows are asked for it."""
        return self.name

    @property
    def columns(self) -> dict[str, Field]:
        """The table's own fields by name, in the order they are declared."""
        return {name: field for name, field in vars(type(self)).items() if isinstance(field, Field)}

    @property
    def lasting(self) -> bool:
        """Whether a row lasts."""
        return self.spans

    @property
    def roles(self) -> frozenset[Role]:
        """The child's own, until `of` says otherwise."""
        return frozenset({SELF})

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

    def of(self, role: Role, *, as_: Person | None = None) -> "Of":
        """The rows of those who hold the role, in place of the child's own.

        With `as_`, only those in which they stand in that person field:
        `allegations.of(ADULT, as_=allegations.abuser)` are those in which an adult is accused.
        """
        return Of(self, role, as_)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Of(Rows):
    """The rows of those who hold a role, in any person field or in one alone."""

    table: Table
    role: Role
    as_: Person | None

    def __post_init__(self) -> None:
        if self.as_ is None:
            return
        self.must_have(self.as_)
        concerns = self.table.concerns
        if self.role is SELF or len(concerns) < 2 or self.as_.name not in concerns:
            raise ValueError(f"{self}: as_ tells apart in which of several fields others stand")

    @property
    def table_name(self) -> str:
        """The name of the table."""
        return self.table.name

    @property
    def columns(self) -> dict[str, Field]:
        """The fields of the table."""
        return self.table.columns

    @property
    def lasting(self) -> bool:
        """Whether a row of the table lasts."""
        return self.table.spans

    @property
    def roles(self) -> frozenset[Role]:
        """The one role."""
        return frozenset({self.role})

    @property
    def span(self) -> None:
        """None: whose rows they are does not say which days are asked about."""
        return

    @property
    def tables(self) -> frozenset[str]:
        """The name of the table."""
        return self.table.tables

    @property
    def fields(self) -> tuple[Field, ...]:
        """The person fields that are read."""
        return self.table.fields if self.as_ is None else (*self.table.fields, self.as_)

    def __str__(self) -> str:
        as_ = "" if self.as_ is None else f", as_={self.as_}"
        return f"{self.table}.of({self.role.value}{as_})"
