"""Verbs that walk over the rows of each pair, one row after another."""

from collections.abc import Callable
from math import nan

from features.engines.compiled import compiled, lowest
from features.engines.kernel_rows import WORD, first_row, word_at
from features.engines.kernel_verbs import (
    age,
    change,
    change_in,
    count_codes,
    count_days,
    count_distinct,
    days_covered,
    faded_count,
    largest,
    least_age,
    longest_gap,
    most_age,
    spacing,
    stretches,
    stretches_ended,
    total,
)
from features.engines.program import (
    AGE,
    CHANGE,
    CHANGE_IN,
    COUNT_CODES,
    COUNT_DAYS,
    COUNT_DISTINCT,
    DAYS_COVERED,
    FADED_COUNT,
    LEAST_AGE,
    LONGEST_GAP,
    MAX,
    MOST_AGE,
    SPACING,
    STRETCHES,
    STRETCHES_ENDED,
    SUM,
    Days,
    Floats,
    Ints,
    Record,
    Table,
)

Verb = Callable[[Ints, int, Days, Floats, Record, Record], float]
Answer = Callable[[Record, Ints, Days, Floats, Table, Table, Ints, Ints, Floats], None]


def _each(verb: Verb) -> Answer:
    """A verb asked of each pair that has rows."""

    @compiled
    def each(
        step: Record,
        source: Ints,
        days: Days,
        field: Floats,
        pairs: Table,
        here: Table,
        met: Ints,
        rows: Ints,
        into: Floats,
    ) -> None:
        for place in range(len(pairs)):
            pair, made = pairs[place], step.empty
            count = _rows(source, here[place], here[place + 1].word, rows)
            if count:
                made = verb(rows, count, days, field, pair, step)
            into[place] = made

    return each


def _each_known(verb: Verb) -> Answer:
    """A verb asked of each pair that has rows in which the field is known; else it is missing."""

    @compiled
    def each(
        step: Record,
        source: Ints,
        days: Days,
        field: Floats,
        pairs: Table,
        here: Table,
        met: Ints,
        rows: Ints,
        into: Floats,
    ) -> None:
        for place in range(len(pairs)):
            pair, made, end = pairs[place], step.empty, here[place + 1].word
            known = _rows_filled(source, here[place], end, met, rows)
            if known and not step.to_come:
                known = _rows_come(rows, known, field, pair.cutoff)
            if known:
                made = verb(rows, known, days, field, pair, step)
            elif first_row(source, here[place].word, end, 0) >= 0:
                made = nan
            into[place] = made

    return each


_count_days, _change, _faded_count = _each(count_days), _each(change), _each(faded_count)
_age = _each(age)
_longest_gap, _days_covered = _each(longest_gap), _each(days_covered)
_stretches, _stretches_ended = _each(stretches), _each(stretches_ended)
_count_codes = _each_known(count_codes)
_count_distinct, _change_in = _each_known(count_distinct), _each_known(change_in)
_sum, _max, _spacing = _each_known(total), _each_known(largest), _each_known(spacing)
_least_age, _most_age = _each_known(least_age), _each_known(most_age)


@compiled
def of_days(
    step: Record,
    source: Ints,
    days: Days,
    field: Floats,
    pairs: Table,
    here: Table,
    met: Ints,
    rows: Ints,
    into: Floats,
) -> None:
    """Answer a verb that is asked of the days of rows."""
    if step.op == COUNT_DAYS:
        _count_days(step, source, days, field, pairs, here, met, rows, into)
    elif step.op == CHANGE:
        _change(step, source, days, field, pairs, here, met, rows, into)
    elif step.op == FADED_COUNT:
        _faded_count(step, source, days, field, pairs, here, met, rows, into)
    elif step.op == AGE:
        _age(step, source, days, field, pairs, here, met, rows, into)


@compiled
def of_spans(
    step: Record,
    source: Ints,
    days: Days,
    field: Floats,
    pairs: Table,
    here: Table,
    met: Ints,
    rows: Ints,
    into: Floats,
) -> None:
    """Answer a verb that is asked of gaps and spans."""
    if step.op == LONGEST_GAP:
        _longest_gap(step, source, days, field, pairs, here, met, rows, into)
    elif step.op == DAYS_COVERED:
        _days_covered(step, source, days, field, pairs, here, met, rows, into)
    elif step.op == STRETCHES:
        _stretches(step, source, days, field, pairs, here, met, rows, into)
    elif step.op == STRETCHES_ENDED:
        _stretches_ended(step, source, days, field, pairs, here, met, rows, into)


@compiled
def of_fields(
    step: Record,
    source: Ints,
    days: Days,
    field: Floats,
    pairs: Table,
    here: Table,
    met: Ints,
    rows: Ints,
    into: Floats,
) -> None:
    """Answer a verb that is asked of a field of the rows."""
    if step.op == COUNT_CODES:
        _count_codes(step, source, days, field, pairs, here, met, rows, into)
    elif step.op == COUNT_DISTINCT:
        _count_distinct(step, source, days, field, pairs, here, met, rows, into)
    elif step.op == SUM:
        _sum(step, source, days, field, pairs, here, met, rows, into)
    elif step.op == MAX:
        _max(step, source, days, field, pairs, here, met, rows, into)
    elif step.op == CHANGE_IN:
        _change_in(step, source, days, field, pairs, here, met, rows, into)


@compiled
def of_day_fields(
    step: Record,
    source: Ints,
    days: Days,
    field: Floats,
    pairs: Table,
    here: Table,
    met: Ints,
    rows: Ints,
    into: Floats,
) -> None:
    """Answer a verb that is asked of a field of the rows that is a day."""
    if step.op == LEAST_AGE:
        _least_age(step, source, days, field, pairs, here, met, rows, into)
    elif step.op == MOST_AGE:
        _most_age(step, source, days, field, pairs, here, met, rows, into)
    elif step.op == SPACING:
        _spacing(step, source, days, field, pairs, here, met, rows, into)


@compiled
def _rows(source: Ints, here: Record, end: int, rows: Ints) -> int:
    """How many rows a pair has; `rows` gets their numbers, oldest first."""
    first, count = here.row, 0
    for word in range(here.word, end):
        left = source[word]
        while left:
            rows[count] = first + lowest(left)
            left &= left - 1
            count += 1
        first += WORD
    return count


@compiled
def _rows_filled(source: Ints, here: Record, end: int, filled: Ints, rows: Ints) -> int:
    """The same of those rows that have a field filled in."""
    first, place, count = here.row, here.place, 0
    for word in range(here.word, end):
        left = source[word] & word_at(filled, place)
        while left:
            rows[count] = first + lowest(left)
            left &= left - 1
            count += 1
        first += WORD
        place += WORD
    return count


@compiled
def _rows_come(rows: Ints, count: int, field: Floats, cutoff: int) -> int:
    """How many of the rows have a day that has come; they are moved to the front."""
    come = 0
    for place in range(count):
        if field[rows[place]] <= cutoff:
            rows[come] = rows[place]
            come += 1
    return come
