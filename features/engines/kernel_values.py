"""The answers of a block of pairs, one value after another."""

from math import nan

from features.engines.compiled import borrowing, lowest, ones
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
    Block,
    Days,
    Floats,
    Ints,
    Record,
    Table,
)


@borrowing
def answer(
    steps: Table,
    days: Days,
    fields: Floats,
    slots: Ints,
    weights: Floats,
    block: Block,
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
        step, into, source = steps[number], made[number], picked[steps[number].source]
        true, false = met[max(step.condition, 0)], unmet[max(step.condition, 0)]
        if step.op in (COUNT, EXISTS):
            _count(step, block, source, into)
        elif step.op in (SINCE_LAST, SINCE_FIRST):
            _since(step, block, source, days[HAPPENED], into)
        elif step.op in (SAYS, SHARE, TURNS):
            _of_condition(step, block, source, true, false, days[HAPPENED], into)
        elif step.op < LONGEST_GAP:
            field = weights[max(step.weights, 0) :]
            of_days(step, block, source, days, field, true, rows, into)
        elif step.op < COUNT_CODES:
            of_spans(step, block, source, days, weights, true, rows, into)
        elif step.op < LEAST_AGE:
            field = fields[slots[step.slot] :]
            of_fields(step, block, source, days, field, true, rows, into)
        else:
            field = fields[slots[step.slot] :]
            of_day_fields(step, block, source, days, field, true, rows, into)


@borrowing
def _count(step: Record, block: Block, source: Ints, into: Floats) -> None:
    pairs = len(block.pairs)
    for pair in range(pairs):
        into[pair] = 0.0
    for word in range(block.words[step.stream]):
        here = source[pairs * word :]
        for pair in range(pairs):
            into[pair] += ones(here[pair])
    if step.op == EXISTS:
        for pair in range(pairs):
            into[pair] = min(into[pair], 1.0)


@borrowing
def _since(step: Record, block: Block, source: Ints, happened: Days, into: Floats) -> None:
    pairs, words, first = block.pairs, block.words[step.stream], block.first[step.stream]
    for pair in range(len(pairs)):
        if step.op == SINCE_LAST:
            row = last_row(source, len(pairs), words, pair, first[pair])
        else:
            row = first_row(source, len(pairs), words, pair, first[pair])
        into[pair] = pairs[pair].cutoff - happened[row] if row >= 0 else step.empty


@borrowing
def _of_condition(
    step: Record,
    block: Block,
    source: Ints,
    met: Ints,
    unmet: Ints,
    happened: Days,
    into: Floats,
) -> None:
    if step.op == TURNS:
        _turns(step, block, source, met, unmet, happened, into)
    else:
        _says(step, block, source, met, unmet, into)


@borrowing
def _says(step: Record, block: Block, source: Ints, met: Ints, unmet: Ints, into: Floats) -> None:
    """SAYS and SHARE, from how many rows there are, and of how many it is true and false."""
    pairs, words, places = len(block.pairs), block.words[step.stream], block.place[step.stream]
    for pair in range(pairs):
        rows, true, false = 0, 0, 0
        for word in range(words):
            here, place = source[pairs * word + pair], places[pair] + WORD * word
            rows += ones(here)
            true += ones(here & word_at(met, place))
            false += ones(here & word_at(unmet, place))
        if step.op == SAYS:
            made = 1.0 if true else 0.0 if rows == false else nan
        else:
            made = true / (true + false) if true + false else nan
        into[pair] = made


@borrowing
def _turns(
    step: Record,
    block: Block,
    source: Ints,
    met: Ints,
    unmet: Ints,
    happened: Days,
    into: Floats,
) -> None:
    """TURNS, from the first day on which it is true and the first on which it is false."""
    pairs, words = len(block.pairs), block.words[step.stream]
    first, places = block.first[step.stream], block.place[step.stream]
    for pair in range(pairs):
        rows, true, false = 0, EVER, EVER
        for word in range(words):
            here, place = source[pairs * word + pair], places[pair] + WORD * word
            trues, falses = here & word_at(met, place), here & word_at(unmet, place)
            rows += ones(here)
            if trues:
                true = min(true, happened[first[pair] + WORD * word + lowest(trues)])
            if falses:
                false = min(false, happened[first[pair] + WORD * word + lowest(falses)])
        made = 1.0 if false < true < EVER else 0.0
        if rows and true == EVER and false == EVER:
            made = nan
        into[pair] = made
