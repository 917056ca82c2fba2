"""Verbs that walk over the rows of each pair, one row after another."""

from collections.abc import Callable
from math import nan

from features.engines.compiled import borrowing, lowest
from features.engines.kernel_rows import WORD, word_at
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
    Block,
    Days,
    Floats,
    Ints,
    Record,
)

Verb = Callable[[Ints, int, Days, Floats, Record, Record], float]
Answer = Callable[[Record, Block, Ints, Days, Floats, Ints, Ints, Floats], None]


def _each(verb: Verb) -> Answer:
    """A verb asked of each pair that has rows."""

    @borrowing
    def each(
        step: Record,
        block: Block,
        source: Ints,
        days: Days,
        field: Floats,
        met: Ints,
        rows: Ints,
        into: Floats,
    ) -> None:
        pairs, words, first = block.pairs, block.words[step.stream], block.first[step.stream]
        for pair in range(len(pairs)):
            made, count = step.empty, 0
            for word in range(words):
                count = _add(
                    rows, count, source[len(pairs) * word + pair], first[pair] + WORD * word
                )
            if count:
                made = verb(rows, count, days, field, pairs[pair], step)
            into[pair] = made

    return each


def _each_known(verb: Verb) -> Answer:
    """A verb asked of each pair that has rows in which the field is known; else it is missing."""

    @borrowing
    def each(
        step: Record,
        block: Block,
        source: Ints,
        days: Days,
        field: Floats,
        met: Ints,
        rows: Ints,
        into: Floats,
    ) -> None:
        pairs, words = block.pairs, block.words[step.stream]
        first, place = block.first[step.stream], block.place[step.stream]
        for pair in range(len(pairs)):
            made, known, there = step.empty, 0, 0
            for word in range(words):
                here = source[len(pairs) * word + pair]
                if here:
                    there = here
                    here &= word_at(met, place[pair] + WORD * word)
                    known = _add(rows, known, here, first[pair] + WORD * word)
            if known and not step.to_come:
                known = _keep_come(rows, known, field, pairs[pair].cutoff)
            if known:
                made = verb(rows, known, days, field, pairs[pair], step)
            elif there:
                made = nan
            into[pair] = made

    return each


_count_days, _change, _faded_count = _each(count_days), _each(change), _each(faded_count)
_age = _each(age)
_longest_gap, _days_covered = _each(longest_gap), _each(days_covered)
_stretches, _stretches_ended = _each(stretches), _each(stretches_ended)
_count_codes = _each_known(count_codes)
_count_distinct, _change_in = _each_known(count_distinct), _each_known(change_in)
_sum, _max, _spacing = _each_known(total), _each_known(largest), _each_known(spacing)
_least_age, _most_age = _each_known(least_age), _each_known(most_age)


@borrowing
def of_days(
    step: Record,
    block: Block,
    source: Ints,
    days: Days,
    field: Floats,
    met: Ints,
    rows: Ints,
    into: Floats,
) -> None:
    """Answer a verb that is asked of the days of rows."""
    if step.op == COUNT_DAYS:
        _count_days(step, block, source, days, field, met, rows, into)
    elif step.op == CHANGE:
        _change(step, block, source, days, field, met, rows, into)
    elif step.op == FADED_COUNT:
        _faded_count(step, block, source, days, field, met, rows, into)
    elif step.op == AGE:
        _age(step, block, source, days, field, met, rows, into)


@borrowing
def of_spans(
    step: Record,
    block: Block,
    source: Ints,
    days: Days,
    field: Floats,
    met: Ints,
    rows: Ints,
    into: Floats,
) -> None:
    """Answer a verb that is asked of gaps and spans."""
    if step.op == LONGEST_GAP:
        _longest_gap(step, block, source, days, field, met, rows, into)
    elif step.op == DAYS_COVERED:
        _days_covered(step, block, source, days, field, met, rows, into)
    elif step.op == STRETCHES:
        _stretches(step, block, source, days, field, met, rows, into)
    elif step.op == STRETCHES_ENDED:
        _stretches_ended(step, block, source, days, field, met, rows, into)


@borrowing
def of_fields(
    step: Record,
    block: Block,
    source: Ints,
    days: Days,
    field: Floats,
    met: Ints,
    rows: Ints,
    into: Floats,
) -> None:
    """Answer a verb that is asked of a field of the rows."""
    if step.op == COUNT_CODES:
        _count_codes(step, block, source, days, field, met, rows, into)
    elif step.op == COUNT_DISTINCT:
        _count_distinct(step, block, source, days, field, met, rows, into)
    elif step.op == SUM:
        _sum(step, block, source, days, field, met, rows, into)
    elif step.op == MAX:
        _max(step, block, source, days, field, met, rows, into)
    elif step.op == CHANGE_IN:
        _change_in(step, block, source, days, field, met, rows, into)


@borrowing
def of_day_fields(
    step: Record,
    block: Block,
    source: Ints,
    days: Days,
    field: Floats,
    met: Ints,
    rows: Ints,
    into: Floats,
) -> None:
    """Answer a verb that is asked of a field of the rows that is a day."""
    if step.op == LEAST_AGE:
        _least_age(step, block, source, days, field, met, rows, into)
    elif step.op == MOST_AGE:
        _most_age(step, block, source, days, field, met, rows, into)
    elif step.op == SPACING:
        _spacing(step, block, source, days, field, met, rows, into)


@borrowing
def _add(rows: Ints, count: int, bits: int, first: int) -> int:
    """How many rows there are with those of a word, whose numbers are added, oldest first."""
    while bits:
        rows[count] = first + lowest(bits)
        bits &= bits - 1
        count += 1
    return count


@borrowing
def _keep_come(rows: Ints, count: int, field: Floats, cutoff: int) -> int:
    """How many of the rows have a day that has come; they are moved to the front."""
    kept = 0
    for number in range(count):
        rows[kept] = rows[number]
        kept += int(field[rows[number]] <= cutoff)
    return kept
