"""Steps: the closed set of ways in which a question narrows the rows it asks of."""

from collections.abc import Mapping
from dataclasses import dataclass

from features.language.fields import Condition, Field, Reference
from features.language.roles import Role
from features.language.values import BIRTHS, Askable, must_name_span, must_not_name_span
from features.language.windows import Horizon, Lookback


class Rows(Askable):
    """Some rows of one table, as seen on a day; made by narrowing, never changed."""

    def where(self, condition: Condition) -> "Where":
        """Those of the rows for which the condition is true; unknown is not true."""
        return Where(self, condition)

    def within(self, lookback: Lookback) -> "Within":
        """Those that happened in the lookback; a span, where any of its days lies in it."""
        return Within(self, lookback)

    def beginning(self, lookback: Lookback) -> "Beginning":
        """Those of the spans that began in the lookback."""
        return Beginning(self, lookback)

    def ending(self, lookback: Lookback) -> "Ending":
        """Those of the spans that ended in the lookback: their `until` lies in it."""
        return Ending(self, lookback)

    def following(self, horizon: Horizon) -> "Following":
        """Those that happened, or began, after the cutoff and inside the horizon."""
        return Following(self, horizon)

    def about(self, others: "Rows") -> "About":
        """Those that refer to one of the other rows: `allegations.about(notifications…)`."""
        return About(self, others)

    def before_age(self, years: int) -> "BeforeAge":
        """Those that happened before the child's own birthday of so many years.

        None of them where the day of birth is not on record: unknown is not true.
        """
        return BeforeAge(self, years)

    def latest(self) -> "Latest":
        """Those of the last day on which any of the rows happened."""
        return Latest(self)

    def earlier(self) -> "Earlier":
        """Those before the last day on which any of the rows happened."""
        return Earlier(self)


@dataclass(frozen=True)
class Narrowed(Rows):
    """Rows made from other rows, with their table and span unless the verb says otherwise."""

    rows: Rows

    @property
    def table_name(self) -> str:
        """The table of the rows this was made from."""
        return self.rows.table_name

    @property
    def columns(self) -> Mapping[str, Field]:
        """The fields of that table."""
        return self.rows.columns

    @property
    def lasting(self) -> bool:
        """Whether the rows this was made from last."""
        return self.rows.lasting

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
class Where(Narrowed):
    """The rows for which a condition is true."""

    condition: Condition

    def __post_init__(self) -> None:
        for field in self.condition.fields:
            self.must_have(field)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields read so far and those of the condition."""
        return self.rows.fields + self.condition.fields

    def __str__(self) -> str:
        return f"{self.rows}.where({self.condition})"


@dataclass(frozen=True)
class LookingBack(Narrowed):
    """Rows that name their span: a lookback."""

    lookback: Lookback

    def __post_init__(self) -> None:
        must_not_name_span(self.rows)

    @property
    def span(self) -> Lookback:
        """The lookback."""
        return self.lookback


@dataclass(frozen=True)
class Within(LookingBack):
    """The rows that happened in a lookback."""

    def __str__(self) -> str:
        return f"{self.rows}.within({self.lookback})"


@dataclass(frozen=True)
class OfOneEnd(LookingBack):
    """Spans told by one of their two days alone."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.must_last()


@dataclass(frozen=True)
class Beginning(OfOneEnd):
    """The spans that began in a lookback."""

    def __str__(self) -> str:
        return f"{self.rows}.beginning({self.lookback})"


@dataclass(frozen=True)
class Ending(OfOneEnd):
    """The spans whose end, the first day outside them, lies in a lookback."""

    def __str__(self) -> str:
        return f"{self.rows}.ending({self.lookback})"


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
        for field in self.columns.values():
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
class BeforeAge(Narrowed):
    """The rows that happened before the child was so many years old, in completed years."""

    years: int

    def __post_init__(self) -> None:
        if self.years < 1:
            raise ValueError(f"{self}: nothing happens before birth")

    @property
    def tables(self) -> frozenset[str]:
        """The tables of the rows, and that of the child's birth."""
        return self.rows.tables | {BIRTHS}

    def __str__(self) -> str:
        return f"{self.rows}.before_age({self.years})"


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
