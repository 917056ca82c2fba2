"""Values: the one answer in which a question ends, each with its own answer to "no rows"."""

from features.language.values.asked import Asked, LeakError, must_name_span, must_not_name_span
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
    OfHalves,
    Says,
    Share,
)
from features.language.values.fields import (
    BIRTHS,
    ChangeIn,
    CountDistinct,
    LeastAge,
    Max,
    MostAge,
    OfDay,
    OfNumber,
    Spacing,
    Sum,
)
from features.language.values.spans import DaysCovered, IsOpen, OfSpans, Stretches
from features.language.values.value import OfCondition, OfField, Value
from features.language.values.verbs import Askable

__all__ = [
    "BIRTHS",
    "Age",
    "Askable",
    "Asked",
    "Change",
    "ChangeIn",
    "Count",
    "CountDays",
    "CountDistinct",
    "DaysCovered",
    "DaysSinceFirst",
    "DaysSinceLast",
    "Exists",
    "FadedCount",
    "IsOpen",
    "LeakError",
    "LeastAge",
    "LongestGap",
    "Max",
    "MostAge",
    "OfCondition",
    "OfDay",
    "OfField",
    "OfHalves",
    "OfNumber",
    "OfSpans",
    "Says",
    "Share",
    "Spacing",
    "Stretches",
    "Sum",
    "Value",
    "must_name_span",
    "must_not_name_span",
]
