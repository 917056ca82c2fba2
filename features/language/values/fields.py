"""Values of one field of the rows: of any field, of a number, of a day."""

from dataclasses import dataclass
from functools import cached_property

from features.language.fields import Day, Number
from features.language.values.events import OfHalves
from features.language.values.value import OfField

BIRTHS = "children"  # the table of which a row happened on the day of a birth


@dataclass(frozen=True)
class CountDistinct(OfField):
    """How many different known values there are."""

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
    """The known numbers added up."""

    verb = "sum"
    unit = "number"
    empty = 0.0


@dataclass(frozen=True)
class Max(OfNumber):
    """The largest known number."""

    verb = "max"
    unit = "number"
    empty = None


@dataclass(frozen=True)
class ChangeIn(OfNumber, OfHalves):
    """The known numbers of the later half of the lookback less those of the earlier half."""

    verb = "change_in"
    unit = "change"
    empty = 0.0


@dataclass(frozen=True)
class OfDay(OfField):
    """A value made from one day field of the rows; a day after the cutoff is not known yet."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.field, Day):
            raise ValueError(f"{self}: {self.field} is not a day")


@dataclass(frozen=True)
class LeastAge(OfDay):
    """The fewest completed years from the known days to the cutoff."""

    verb = "least_age"
    unit = "years"
    empty = None


@dataclass(frozen=True)
class MostAge(OfDay):
    """The most completed years from the known days to the cutoff."""

    verb = "most_age"
    unit = "years"
    empty = None


@dataclass(frozen=True)
class Spacing(OfDay):
    """The fewest days between a known day and the child's own birth; missing without either."""

    verb = "spacing"
    unit = "days"
    empty = None

    @cached_property
    def tables(self) -> frozenset[str]:
        """The tables of the rows, and that of the child's birth."""
        return self.rows.tables | {BIRTHS}
