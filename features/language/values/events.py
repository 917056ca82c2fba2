"""Values of any rows: how many, how long ago, how often of late, and what they say."""

from dataclasses import dataclass

from features.language.fading import Weights, weights
from features.language.values.value import OfCondition, Value, days_of
from features.language.windows import Lookback


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
class CountDays(Value):
    """On how many different days the rows happened."""

    verb = "count_days"
    unit = "count"
    empty = 0.0


@dataclass(frozen=True)
class Says(OfCondition):
    """Whether the condition is true of any row: missing where it is unknown of some, true of none.

    This is Kleene's "or" over the rows.
    """

    verb = "says"
    unit = "flag"
    empty = 0.0


@dataclass(frozen=True)
class Share(OfCondition):
    """The share for which the condition is true of the rows for which it is known."""

    verb = "share"
    unit = "share"
    empty = None


@dataclass(frozen=True)
class Turns(OfCondition):
    """Whether the condition is false of a row, and true for the first time on a later day.

    Rows of which it is unknown count on neither side; missing where it is known of none.
    """

    verb = "turns"
    unit = "flag"
    empty = 0.0


@dataclass(frozen=True)
class OfHalves(Value):
    """A value made from the two halves of the lookback; a row is of the day that it happened."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.later_days  # noqa: B018  # raises where the lookback has no beginning

    @property
    def later_days(self) -> int:
        """How many days the later half has: of an odd number, the middle day is in the earlier."""
        return days_of(self, self.span, "the lookback") // 2


@dataclass(frozen=True)
class Change(OfHalves):
    """The rows of the later half of the lookback less those of the earlier half."""

    verb = "change"
    unit = "change"
    empty = 0.0


@dataclass(frozen=True)
class FadedCount(Value):
    """The rows counted, each with a weight that halves with every half-life since it happened."""

    verb = "faded_count"
    unit = "weight"
    empty = 0.0
    half_life: Lookback

    def __post_init__(self) -> None:
        super().__post_init__()
        days_of(self, self.half_life, "the half-life")

    @property
    def weights(self) -> Weights:
        """The weight of a row by the days since it happened."""
        return weights(days_of(self, self.half_life, "the half-life"))

    def __str__(self) -> str:
        return f"{self.rows}.{self.verb}({self.half_life})"


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
class LongestGap(Value):
    """The most days in a row without a row, or between spans, up to and with the cutoff.

    Counted from the first row, or from the first day of the lookback where a row began before it.
    """

    verb = "longest_gap"
    unit = "days"
    empty = None


@dataclass(frozen=True)
class Age(Value):
    """Completed years from the last row to the cutoff; a 29 February is completed on 1 March."""

    verb = "age"
    unit = "years"
    empty = None
