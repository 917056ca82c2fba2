"""Many children at once, with numpy: the same answers as `one_child`, for whole offices."""

from collections.abc import Callable, Sequence
from functools import singledispatch

import numpy as np
import numpy.typing as npt

from features.engines.batch_conditions import Numbers, filled
from features.engines.batch_rows import Picked, Selection
from features.engines.batch_tables import FOREVER, BatchTables, Ints
from features.language.values import (
    Age,
    Count,
    CountDistinct,
    DaysCovered,
    DaysSinceFirst,
    DaysSinceLast,
    Exists,
    IsOpen,
    Max,
    OfField,
    Sum,
    Value,
)
from features.language.windows import Lookback
from features.tables import needed_tables

Answers = npt.NDArray[np.float64]
PAIRS_AT_ONCE = 20_000  # bounds the memory: each pair of child and cutoff picks its rows


def answer_all(
    values: Sequence[Value],
    tables: BatchTables,
    children: Sequence[str],
    cutoffs: Ints,
    *,
    known_by: int | None = None,
    done: Callable[[int], object] = lambda _: None,
) -> Answers:
    """Every value answered for every pair of child and cutoff: pairs by values, NaN if missing.

    `cutoffs` are day numbers, one a pair. Values that look ahead see what was known by the day
    `known_by`, which they need. `done` is told how many pairs were answered since it last was.
    """
    places, answers = tables.places(children), np.empty((len(cutoffs), len(values)))
    for first in range(0, len(cutoffs), PAIRS_AT_ONCE):
        chunk = slice(first, first + PAIRS_AT_ONCE)
        answers[chunk] = _answer_chunk(values, tables, places[chunk], cutoffs[chunk], known_by)
        done(len(cutoffs[chunk]))
    return answers


def _answer_chunk(
    values: Sequence[Value],
    tables: BatchTables,
    children: Ints,
    cutoffs: Ints,
    known_by: int | None,
) -> Answers:
    back = Selection(tables, children, cutoffs, believed=cutoffs)
    named_day = np.full_like(cutoffs, -FOREVER if known_by is None else known_by)
    ahead = Selection(tables, children, cutoffs, believed=named_day)
    answers = np.full((len(cutoffs), len(values)), np.nan)
    for index, value in enumerate(values):
        if not isinstance(value.span, Lookback) and known_by is None:
            raise ValueError(f"{value} looks ahead: say by which day it must be known")
        if needed_tables(value) <= tables.recorded:
            selection = back if isinstance(value.span, Lookback) else ahead
            answers[:, index] = _answer(value, selection)
    return answers


def _answer(value: Value, selection: Selection) -> Answers:
    picked = selection.select(value.rows)
    counts = np.bincount(picked.pair, minlength=len(selection.cutoff))
    made = _evaluate(value, picked, selection.cutoff)
    return np.where(counts > 0, made, np.nan if value.empty is None else value.empty)


@singledispatch
def _evaluate(value: Value, picked: Picked, cutoff: Ints) -> Answers:
    """The number that a value makes for each pair; any number for a pair without rows."""
    raise TypeError(f"{type(value).__name__} is not a verb of the language")


@_evaluate.register
def _count(value: Count, picked: Picked, cutoff: Ints) -> Answers:
    return np.bincount(picked.pair, minlength=len(cutoff)).astype(np.float64)


@_evaluate.register
def _exists(value: Exists, picked: Picked, cutoff: Ints) -> Answers:
    return np.ones(len(cutoff))


@_evaluate.register
def _days_since_last(value: DaysSinceLast, picked: Picked, cutoff: Ints) -> Answers:
    return (cutoff - picked.last_days(len(cutoff))).astype(np.float64)


@_evaluate.register
def _days_since_first(value: DaysSinceFirst, picked: Picked, cutoff: Ints) -> Answers:
    first = np.zeros(len(cutoff), np.int64)
    first[picked.pair[::-1]] = picked.of("happened")[::-1]  # of several, the first is written last
    return (cutoff - first).astype(np.float64)


@_evaluate.register
def _age(value: Age, picked: Picked, cutoff: Ints) -> Answers:
    (year, month_day), (born_year, born_month_day) = map(
        _calendar, (cutoff, picked.last_days(len(cutoff)))
    )
    return (year - born_year - (month_day < born_month_day)).astype(np.float64)


@_evaluate.register
def _days_covered(value: DaysCovered, picked: Picked, cutoff: Ints) -> Answers:
    ends = np.minimum(picked.of("until"), cutoff[picked.pair] + 1)
    days = value.span.days
    opens = -FOREVER if days is None else cutoff[picked.pair] - days + 1
    # The days up to the furthest end among the rows of the pair before are counted already. The
    # running maximum starts anew at each pair, as each pair's days are moved beyond the last's.
    far = picked.pair * (1 << 24)
    reached = np.maximum.accumulate(far + ends) - far if len(far) else ends
    first_of_pair = np.append(True, picked.pair[1:] != picked.pair[:-1])[: len(far)]
    before = np.where(first_of_pair, -FOREVER, np.append(-FOREVER, reached[:-1])[: len(far)])
    starts = np.maximum(np.maximum(picked.of("happened"), opens), before)
    covered = np.maximum(ends - starts, 0).astype(np.float64)
    return np.bincount(picked.pair, covered, len(cutoff)).astype(np.float64)


@_evaluate.register
def _is_open(value: IsOpen, picked: Picked, cutoff: Ints) -> Answers:
    still = picked.keep(picked.of("until") > cutoff[picked.pair])
    return (np.bincount(still.pair, minlength=len(cutoff)) > 0).astype(np.float64)


@_evaluate.register
def _count_distinct(value: CountDistinct, picked: Picked, cutoff: Ints) -> Answers:
    known = _known(value, picked)
    codes = np.unique(known.of(value.field.name), return_inverse=True)[1]
    apart = np.unique(known.pair * (1 + codes.max(initial=0)) + codes, return_index=True)[1]
    return _or_missing(np.bincount(known.pair[apart], minlength=len(cutoff)), known, cutoff)


@_evaluate.register
def _sum(value: Sum, picked: Picked, cutoff: Ints) -> Answers:
    known = _known(value, picked)
    total = np.bincount(known.pair, known.of(value.field.name), len(cutoff))
    return _or_missing(total, known, cutoff)


@_evaluate.register
def _max(value: Max, picked: Picked, cutoff: Ints) -> Answers:
    known = _known(value, picked)
    largest = np.full(len(cutoff), -np.inf)
    np.maximum.at(largest, known.pair, known.of(value.field.name))
    return _or_missing(largest, known, cutoff)


def _known(value: OfField, picked: Picked) -> Picked:
    return picked.keep(filled(value.field, picked.columns)[picked.row])


def _or_missing(made: Numbers, known: Picked, cutoff: Ints) -> Answers:
    counts = np.bincount(known.pair, minlength=len(cutoff))
    return np.where(counts > 0, made, np.nan)


def _calendar(days: Ints) -> tuple[Ints, Ints]:
    """Year, and month and day as one number that orders as they do."""
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    year = day.astype("datetime64[Y]").astype(np.int64)
    in_year = month.astype(np.int64) - year * 12
    return year, in_year * 32 + (day - month).astype(np.int64)
