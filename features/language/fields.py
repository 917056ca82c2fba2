"""What a table of the case file can hold, and the conditions that can be put on it."""

import re
from dataclasses import dataclass
from functools import cache

from features.language.text import Text


@cache  # asked for every row of a case file
@cache  # asked for the name of a table with every row that is read
def snake_case(class_name: str) -> str:
    """`AgencyEvents` as the case file spells it: `agency_events`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).lower()


class Field:
    """One column of a table of the case file: words, type, allowed values, and whether protected.

    A protected field is kept for audits only: a feature that reads one is refused at import.
    """

    table: str
    name: str

    def __init__(self, words: Text, *, protected: bool = False, required: bool = False) -> None:
        self.words = words
        self.protected = protected
        self.required = required

    def __set_name__(self, owner: type, name: str) -> None:
        self.table, self.name = snake_case(owner.__name__), name

    def __str__(self) -> str:
        return self.name

    def is_known(self) -> "Condition":
        """Rows in which this field is filled in."""
        return IsKnown(self)


class Choice(Field):
    """One of a closed list of codes, each with its words.

    The codes that are `ends` say how a row that lasts has ended: while it goes on, nobody can know.
    """

    def __init__(
        self,
        words: Text,
        allowed: dict[str, Text],
        *,
        protected: bool = False,
        required: bool = False,
        ends: tuple[str, ...] = (),
    ) -> None:
        super().__init__(words, protected=protected, required=required)
        self.allowed = allowed
        self.ends = ends

    def is_(self, *codes: str) -> "Condition":
        """Rows in which the field is one of these codes; ValueError for one that is none."""
        for code in codes:
            if code not in self.allowed:
                known = ", ".join(self.allowed)
                raise ValueError(f"{self.table}.{self.name} has no code {code!r}; it has: {known}")
        return IsOneOf(self, tuple(sorted(set(codes))))


class Number(Field):
    """A number between two bounds, both allowed, in a unit."""

    def __init__(
        self, words: Text, *, least: float, most: float, unit: Text, required: bool = False
    ) -> None:
        super().__init__(words, required=required)
        self.least, self.most, self.unit = least, most, unit

    def at_least(self, bound: float) -> "Condition":
        """Rows in which the number is known and not below the bound."""
        return AtLeast(self, bound)

    def at_most(self, bound: float) -> "Condition":
        """Rows in which the number is known and not above the bound."""
        return AtMost(self, bound)


class Flag(Field):
    """Yes or no; not filled in means that it is not known."""

    def is_true(self) -> "Condition":
        """Rows in which the answer is yes."""
        return IsTrue(self)


class Day(Field):
    """A calendar day."""


class Person(Field):
    """The identifier of a person: a child or an adult."""


class Code(Field):
    """An identifier of the office's own, such as an office or a report number."""


class Name(Field):
    """A name, a reading or part of an address; kept to link records, never read by a feature."""

    def __init__(self, words: Text) -> None:
        super().__init__(words, protected=True)


class Reference(Field):
    """The id of a row of another table."""

    def __init__(self, words: Text, to: str, *, required: bool = False) -> None:
        super().__init__(words, required=required)
        self.to = to


@dataclass(frozen=True)
class Condition:
    """A test on one row: true, false or, where a field it needs is not filled in, unknown.

    Only rows for which it is true are kept, so an unknown is neither "is" nor "is not" (Kleene's
    three-valued logic, as in SQL).
    """

    def __and__(self, other: "Condition") -> "Condition":
        return Both(self, other)

    def __or__(self, other: "Condition") -> "Condition":
        return Either(self, other)

    def __invert__(self) -> "Condition":
        return Opposite(self)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that the condition reads."""
        raise TypeError(f"{type(self).__name__} is not a condition of the language")


@dataclass(frozen=True)
class OnField(Condition):
    """A condition that reads one field."""

    field: Field

    @property
    def fields(self) -> tuple[Field, ...]:
        """The one field."""
        return (self.field,)


@dataclass(frozen=True)
class IsKnown(OnField):
    """The field is filled in: never unknown itself."""

    def __str__(self) -> str:
        return f"{self.field} is known"


@dataclass(frozen=True)
class IsTrue(OnField):
    """The flag says yes."""

    def __str__(self) -> str:
        return f"{self.field} is true"


@dataclass(frozen=True)
class IsOneOf(OnField):
    """The code is one of these."""

    codes: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.field} is {' or '.join(self.codes)}"


@dataclass(frozen=True)
class AtLeast(OnField):
    """The number is not below the bound."""

    bound: float

    def __str__(self) -> str:
        return f"{self.field} >= {float(self.bound)}"


@dataclass(frozen=True)
class AtMost(OnField):
    """The number is not above the bound."""

    bound: float

    def __str__(self) -> str:
        return f"{self.field} <= {float(self.bound)}"


@dataclass(frozen=True)
class Joined(Condition):
    """Two conditions taken together."""

    left: Condition
    right: Condition

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of both."""
        return self.left.fields + self.right.fields


@dataclass(frozen=True)
class Both(Joined):
    """Both conditions hold."""

    def __str__(self) -> str:
        return f"({self.left} and {self.right})"


@dataclass(frozen=True)
class Either(Joined):
    """At least one of the conditions holds."""

    def __str__(self) -> str:
        return f"({self.left} or {self.right})"


@dataclass(frozen=True)
class Opposite(Condition):
    """The condition does not hold; unknown stays unknown."""

    condition: Condition

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the condition."""
        return self.condition.fields

    def __str__(self) -> str:
        return f"not {self.condition}"
