"""The verbs in which a question can end, as methods of the rows that are asked."""

from features.language.fields import Condition, Day, Field, Number
from features.language.values.asked import Asked
from features.language.values.events import (
    Age,
    Change,
    Count,
    CountDays,
    DaysSinceFirst,
    DaysSinceLast,
    Exists,
    FadedCount,
    LongestGap,
    Says,
    Share,
    Turns,
)
from features.language.values.fields import (
    ChangeIn,
    CountDistinct,
    LeastAge,
    Max,
    MostAge,
    Spacing,
    Sum,
)
from features.language.values.spans import DaysCovered, IsOpen, Stretches, StretchesEnded
from features.language.windows import Lookback


class Askable(Asked):
    """Rows that can be asked for a value."""

    def count(self) -> Count:
        """How many rows there are; none is 0."""
        return Count(self)

    def exists(self) -> Exists:
        """1 where there is any row, else 0."""
        return Exists(self)

    def says(self, condition: Condition) -> Says:
        """1 where the condition is true of any row; 0 where it is false of all, or without rows.

        Missing where it is true of none and unknown of some: not filled in is not "no".
        """
        return Says(self, condition)

    def share(self, condition: Condition) -> Share:
        """Of the rows for which the condition is known, the share for which it is true.

        Missing where there are none.
        """
        return Share(self, condition)

    def turns(self, condition: Condition) -> Turns:
        """1 where the condition is false of a row and first true on a later day, else 0.

        Missing where it is known of none.
        """
        return Turns(self, condition)

    def count_days(self) -> CountDays:
        """On how many different days the rows happened; 0 without rows."""
        return CountDays(self)

    def count_distinct(self, field: Field) -> CountDistinct:
        """How many different known values the field has; 0 without rows."""
        return CountDistinct(self, field)

    def change(self) -> Change:
        """The rows of the later half of the lookback less those of the earlier; 0 without rows."""
        return Change(self)

    def change_in(self, field: Number) -> ChangeIn:
        """The sum of the later half of the lookback less that of the earlier; 0 without rows."""
        return ChangeIn(self, field)

    def faded_count(self, half_life: Lookback) -> FadedCount:
        """The rows counted, each worth half as much with every half-life; 0 without rows."""
        return FadedCount(self, half_life)

    def days_since_last(self) -> DaysSinceLast:
        """Days from the last row to the cutoff; missing without rows."""
        return DaysSinceLast(self)

    def days_since_first(self) -> DaysSinceFirst:
        """Days from the first row to the cutoff; missing without rows."""
        return DaysSinceFirst(self)

    def longest_gap(self) -> LongestGap:
        """The most days in a row, from the first row to the cutoff, without a row or a span.

        Missing without rows.
        """
        return LongestGap(self)

    def sum(self, field: Number) -> Sum:
        """The known numbers added up; 0 without rows, missing where rows have none known."""
        return Sum(self, field)

    def max(self, field: Number) -> Max:
        """The largest known number; missing where there is none."""
        return Max(self, field)

    def age(self) -> Age:
        """Completed years from the last row to the cutoff: asked of `children`, the age."""
        return Age(self)

    def least_age(self, field: Day) -> LeastAge:
        """The fewest completed years from the field's day to the cutoff; missing without one."""
        return LeastAge(self, field)

    def most_age(self, field: Day) -> MostAge:
        """The most completed years from the field's day to the cutoff; missing without one."""
        return MostAge(self, field)

    def spacing(self, field: Day) -> Spacing:
        """The fewest days between the field's day and the child's own birth."""
        return Spacing(self, field)

    def days_covered(self) -> DaysCovered:
        """Days of the lookback that lie in at least one of the spans; 0 without rows."""
        return DaysCovered(self)

    def is_open(self) -> IsOpen:
        """1 where a span has not ended by the cutoff, else 0."""
        return IsOpen(self)

    def stretches(self) -> Stretches:
        """How many stretches the spans make, touching ones joined; 0 without rows."""
        return Stretches(self)

    def stretches_ended(self) -> StretchesEnded:
        """How many of these stretches have ended by the cutoff; 0 without rows."""
        return StretchesEnded(self)
