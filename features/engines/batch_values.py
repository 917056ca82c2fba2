"""Values of many children at once: one small function for each verb of the language."""

from functools import singledispatch

import numpy as np
import numpy.typing as npt

from features.engines.batch_conditions import Mask, Numbers, filled, truth
from features.engines.batch_rows import Picked, Selection, completed_years
from features.engines.batch_tables import FOREVER, Ints
from features.language.values import (
    BIRTHS,
    Age,
    Change,
    ChangeIn,
    Count,
    CountDays,
    CountDistinct,
    DaysCovered,
    DaysSinceFirst,
    DaysSinceLast,
    Exists,
    FadedCount,
    IsOpen,
    LeastAge,
    LongestGap,
    Max,
    MostAge,
    OfDay,
    OfField,
    Says,
    Share,
    Spacing,
    Stretches,
    Sum,
    Value,
)
from features.tables import TABLES

Answers = npt.NDArray[np.float64]
_FAR = 1 << 24  # days: further apart than any two days of a case file


def make(value: Value, picked: Picked, selection: Selection) -> Answers:
    """The number that a value makes for each pair; any number for a pair without rows."""
    if not isinstance(value, OfField):
        return _of_rows(value, picked, selection.cutoff)
    known = _known(value, picked, selection.cutoff)
    if isinstance(value, Spacing):
        return _spacing(value, known, selection)
    return _where(_counts(known, selection.cutoff), _of_known(value, known, selection.cutoff))


@singledispatch
def _of_rows(value: Value, picked: Picked, cutoff: Ints) -> Answers:
    raise TypeError(f"{type(value).__name__} is not a verb of the language")


@_of_rows.register
def _count(value: Count, picked: Picked, cutoff: Ints) -> Answers:
    return _counts(picked, cutoff)


@_of_rows.register
def _exists(value: Exists, picked: Picked, cutoff: Ints) -> Answers:
    return np.ones(len(cutoff))


@_of_rows.register
def _count_days(value: CountDays, picked: Picked, cutoff: Ints) -> Answers:
    days = picked.of("happened")
    new_day = _first_of_pair(picked)
    new_day[1:] |= days[1:] != days[:-1]
    return _counts(picked.keep(new_day), cutoff)


@_of_rows.register
def _says(value: Says, picked: Picked, cutoff: Ints) -> Answers:
    true, false = (said[picked.row] for said in truth(value.condition, picked.columns))
    any_true = _counts(picked.keep(true), cutoff) > 0
    any_unknown = _counts(picked.keep(~true & ~false), cutoff) > 0
    return np.where(any_true, 1.0, np.where(any_unknown, np.nan, 0.0))


@_of_rows.register
def _share(value: Share, picked: Picked, cutoff: Ints) -> Answers:
    true, false = (said[picked.row] for said in truth(value.condition, picked.columns))
    known = _counts(picked.keep(true | false), cutoff)
    return _where(known, _counts(picked.keep(true), cutoff) / np.maximum(known, 1))


@_of_rows.register
def _change(value: Change, picked: Picked, cutoff: Ints) -> Answers:
    later = picked.of("happened") > cutoff[picked.pair] - value.later_days
    return _counts(picked.keep(later), cutoff) - _counts(picked.keep(~later), cutoff)


@_of_rows.register
def _faded_count(value: FadedCount, picked: Picked, cutoff: Ints) -> Answers:
    weight = np.array(value.weights)[cutoff[picked.pair] - picked.of("happened")]
    return _sums(picked, weight, cutoff)


@_of_rows.register
def _days_since_last(value: DaysSinceLast, picked: Picked, cutoff: Ints) -> Answers:
    return (cutoff - picked.last_days(len(cutoff))).astype(np.float64)


@_of_rows.register
def _days_since_first(value: DaysSinceFirst, picked: Picked, cutoff: Ints) -> Answers:
    return (cutoff - picked.first_days(len(cutoff))).astype(np.float64)


@_of_rows.register
def _longest_gap(value: LongestGap, picked: Picked, cutoff: Ints) -> Answers:
    starts = picked.of("happened")
    ends = _ends(picked, cutoff) if value.rows.lasting else starts + 1
    reached = np.maximum(_reached_before(picked, ends), _opens(value, picked, cutoff))
    longest = np.zeros(len(cutoff), np.int64)
    np.maximum.at(longest, picked.pair, starts - reached)
    reached_last = np.zeros(len(cutoff), np.int64)
    reached_last[picked.pair] = np.maximum(reached, ends)  # of several, the last is written last
    longest = np.maximum(longest, cutoff + 1 - reached_last)
    days: Answers = longest.astype(np.float64)
    return days


@_of_rows.register
def _age(value: Age, picked: Picked, cutoff: Ints) -> Answers:
    return completed_years(picked.last_days(len(cutoff)), cutoff).astype(np.float64)


@_of_rows.register
def _days_covered(value: DaysCovered, picked: Picked, cutoff: Ints) -> Answers:
    ends = _ends(picked, cutoff)
    reached = np.maximum(_reached_before(picked, ends), _opens(value, picked, cutoff))
    covered = np.maximum(ends - np.maximum(picked.of("happened"), reached), 0)
    return _sums(picked, covered.astype(np.float64), cutoff)


@_of_rows.register
def _is_open(value: IsOpen, picked: Picked, cutoff: Ints) -> Answers:
    still = picked.keep(_ends(picked, cutoff) > cutoff[picked.pair])
    return (_counts(still, cutoff) > 0).astype(np.float64)


@_of_rows.register
def _stretches(value: Stretches, picked: Picked, cutoff: Ints) -> Answers:
    anew = picked.of("happened") > _reached_before(picked, _ends(picked, cutoff))
    return _counts(picked.keep(anew), cutoff)


@singledispatch
def _of_known(value: OfField, known: Picked, cutoff: Ints) -> Answers:
    raise TypeError(f"{type(value).__name__} is not a verb of the language")


@_of_known.register
def _count_distinct(value: CountDistinct, known: Picked, cutoff: Ints) -> Answers:
    codes = np.unique(known.of(value.field.name), return_inverse=True)[1]
    apart = np.unique(known.pair * (1 + codes.max(initial=0)) + codes, return_index=True)[1]
    return np.bincount(known.pair[apart], minlength=len(cutoff)).astype(np.float64)


@_of_known.register
def _sum(value: Sum, known: Picked, cutoff: Ints) -> Answers:
    return _sums(known, known.of(value.field.name), cutoff)


@_of_known.register
def _max(value: Max, known: Picked, cutoff: Ints) -> Answers:
    largest = np.full(len(cutoff), -np.inf)
    np.maximum.at(largest, known.pair, known.of(value.field.name))
    return largest


@_of_known.register
def _change_in(value: ChangeIn, known: Picked, cutoff: Ints) -> Answers:
    later = known.of("happened") > cutoff[known.pair] - value.later_days
    halves = [known.keep(half) for half in (later, ~later)]
    after, before = (_sums(half, half.of(value.field.name), cutoff) for half in halves)
    return after - before


@_of_known.register
def _least_age(value: LeastAge, known: Picked, cutoff: Ints) -> Answers:
    least = np.full(len(cutoff), np.inf)
    np.minimum.at(least, known.pair, completed_years(_days(value, known), cutoff[known.pair]))
    return least


@_of_known.register
def _most_age(value: MostAge, known: Picked, cutoff: Ints) -> Answers:
    most = np.full(len(cutoff), -np.inf)
    np.maximum.at(most, known.pair, completed_years(_days(value, known), cutoff[known.pair]))
    return most


def _spacing(value: Spacing, known: Picked, selection: Selection) -> Answers:
    pairs, births = len(selection.cutoff), selection.select(TABLES[BIRTHS])
    least = np.full(pairs, np.inf)
    apart = np.abs(_days(value, known) - births.last_days(pairs)[known.pair])
    np.minimum.at(least, known.pair, apart)
    both = np.minimum(_counts(known, selection.cutoff), _counts(births, selection.cutoff))
    return _where(both, least)


def _known(value: OfField, picked: Picked, cutoff: Ints) -> Picked:
    known = picked.keep(filled(value.field, picked.columns)[picked.row])
    if isinstance(value, OfDay):  # a day to come is not known yet
        return known.keep(_days(value, known) <= cutoff[known.pair])
    return known


def _days(value: OfField, known: Picked) -> Ints:
    return known.of(value.field.name).astype(np.int64)


def _where(counts: Answers, made: Answers) -> Answers:
    """What was made, where there is something to make it from; else missing."""
    return np.where(counts > 0, made, np.nan)


def _counts(picked: Picked, cutoff: Ints) -> Answers:
    return np.bincount(picked.pair, minlength=len(cutoff)).astype(np.float64)


def _sums(picked: Picked, numbers: Numbers, cutoff: Ints) -> Answers:
    return np.bincount(picked.pair, numbers, len(cutoff)).astype(np.float64)


def _first_of_pair(picked: Picked) -> Mask:
    first: Mask = np.append(True, picked.pair[1:] != picked.pair[:-1])[: len(picked.pair)]
    return first


def _reached_before(picked: Picked, ends: Ints) -> Ints:
    """For each row, the furthest end among the rows of its pair before it."""
    if not len(ends):
        return ends
    # The running maximum starts anew at each pair, as its days are moved beyond the last pair's.
    far = picked.pair * _FAR
    reached = np.maximum.accumulate(far + ends) - far
    return np.where(_first_of_pair(picked), -FOREVER, np.append(-FOREVER, reached[:-1]))


def _opens(value: Value, picked: Picked, cutoff: Ints) -> Ints:
    """For each row, the first day that counts of its pair: see `_opens` of `one_child_values`."""
    first, days = picked.first_days(len(cutoff)), value.span.days
    opens = first if days is None else np.maximum(first, cutoff - days + 1)
    return opens[picked.pair]


def _ends(picked: Picked, cutoff: Ints) -> Ints:
    """The first day after each span; the days to come are not looked at."""
    return np.minimum(picked.of("until"), cutoff[picked.pair] + 1)
