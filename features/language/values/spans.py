"""Values of spans: rows that last from one day until another."""

from dataclasses import dataclass

from features.language.values.value import Value


@dataclass(frozen=True)
class OfSpans(Value):
    """A value that only rows which last can give."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.rows.must_last()


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
class Stretches(OfSpans):
    """How many unbroken stretches the spans make: those that touch or overlap are one."""

    verb = "stretches"
    unit = "count"
    empty = 0.0


@dataclass(frozen=True)
class StretchesEnded(OfSpans):
    """How many unbroken stretches of the spans have ended by the cutoff."""

    verb = "stretches_ended"
    unit = "count"
    empty = 0.0
