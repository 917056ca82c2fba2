"""The answers of a block of pairs, one value after another."""

from math import nan

from features.engines.compiled import compiled, lowest, ones
from features.engines.kernel_rows import WORD, first_row, last_row, word_at
from features.engines.kernel_walks import of_day_fields, of_days, of_fields, of_spans
from features.engines.program import (
    COUNT,
    COUNT_CODES,
    EVER,
    EXISTS,
    HAPPENED,
    LEAST_AGE,
    LONGEST_GAP,
    SAYS,
    SHARE,
    SINCE_FIRST,
    SINCE_LAST,
    TURNS,
    Days,
    Floats,
    Ints,
    Record,
    Table,
)


@compiled
def answer(
    steps: Table,
    days: Days,
    fields: Floats,
    slots: Ints,
    weights: Floats,
    pairs: Table,
    spots: Table,
    met: Ints,
    unmet: Ints,
    picked: Ints,
    rows: Ints,
    made: Floats,
) -> None:
    """Answer all values of the pairs: `made` gets the answers of each, by step.

    `rows` has room for the rows of any one of the pairs.
    """
    for number in range(len(steps)):
        step, into = steps[number], made[number]
        here, source = spots[step.stream], picked[step.source]
        true, false = met[max(step.condition, 0)], unmet[max(step.condition, 0)]
        if step.op in (COUNT, EXISTS):
            _count(step, source, pairs, here, into)
        elif step.op in (SINCE_LAST, SINCE_FIRST):
            _since(step, source, days[HAPPENED], pairs, here, into)
        elif step.op in (SAYS, SHARE, TURNS):
            _of_condition(step, source, true, false, days[HAPPENED], pairs, here, into)
        elif step.op < LONGEST_GAP:
            field = weights[max(step.weights, 0) :]
            of_days(step, source, days, field, pairs, here, true, rows, into)
        elif step.op < COUNT_CODES:
            of_spans(step, source, days, weights, pairs, here, true, rows, into)
        elif step.op < LEAST_AGE:
            field = fields[slots[step.slot] :]
            of_fields(step, source, days, field, pairs, here, true, rows, into)
        else:
            field = fields[slots[step.slot] :]
            of_day_fields(step, source, days, field, pairs, here, true, rows, into)


@compiled
def _count(step: Record, source: Ints, pairs: Table, here: Table, into: Floats) -> None:
    for pair in range(len(pairs)):
        rows = 0
        for word in range(here[pair].word, here[pair + 1].word):
            rows += ones(source[word])
        into[pair] = min(rows, 1) if step.op == EXISTS else rows


@compiled
def _since(
    step: Record, source: Ints, happened: Days, pairs: Table, here: Table, into: Floats
) -> None:
    for pair in range(len(pairs)):
        begin, end = here[pair].word, here[pair + 1].word
        if step.op == SINCE_LAST:
            row = last_row(source, begin, end, here[pair].row)
        else:
            row = first_row(source, begin, end, here[pair].row)
        made = pairs[pair].cutoff - happened[row] if row >= 0 else step.empty
        into[pair] = made


@compiled
def _of_condition(
    step: Record,
    source: Ints,
    met: Ints,
    unmet: Ints,
    happened: Days,
    pairs: Table,
    here: Table,
    into: Floats,
) -> None:
    if step.op == TURNS:
        _turns(step, source, met, unmet, happened, pairs, here, into)
    else:
        _says(step, source, met, unmet, pairs, here, into)


@compiled
def _says(
    step: Record, source: Ints, met: Ints, unmet: Ints, pairs: Table, here: Table, into: Floats
) -> None:
    """SAYS and SHARE, from how many rows there are, and of how many it is true and false."""
    for pair in range(len(pairs)):
        rows, true, false, place = 0, 0, 0, here[pair].place
        for word in range(here[pair].word, here[pair + 1].word):
            rows += ones(source[word])
            true += ones(source[word] & word_at(met, place))
            false += ones(source[word] & word_at(unmet, place))
            place += WORD
        if step.op == SAYS:
            made = 1.0 if true else 0.0 if rows == false else nan
        else:
            made = true / (true + false) if true + false else nan
        into[pair] = made


@compiled
def _turns(
    step: Record,
    source: Ints,
    met: Ints,
    unmet: Ints,
    happened: Days,
    pairs: Table,
    here: Table,
    into: Floats,
) -> None:
    """TURNS, from the first day on which it is true and the first on which it is false."""
    for pair in range(len(pairs)):
        rows, true, false = 0, EVER, EVER
        row, place = here[pair].row, here[pair].place
        for word in range(here[pair].word, here[pair + 1].word):
            rows += ones(source[word])
            trues = source[word] & word_at(met, place)
            falses = source[word] & word_at(unmet, place)
            if trues:
                true = min(true, happened[row + lowest(trues)])
            if falses:
                false = min(false, happened[row + lowest(falses)])
            row += WORD
            place += WORD
        made = 1.0 if false < true < EVER else 0.0
        if rows and true == EVER and false == EVER:
            made = nan
        into[pair] = made
