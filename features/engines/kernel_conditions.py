"""Conditions on the rows of some children: of which rows each is true, and of which it is false.

Both are kept as bits, since a condition can also be unknown of a row (Kleene's three values, as in
`features.conditions`). A condition does not depend on the cutoff: it is looked at once for a row,
however many cutoffs the child has, and the bits of all rows of a stream follow one another.
"""

import numpy as np

from features.engines.compiled import borrowing, compiled
from features.engines.kernel_rows import WORD
from features.engines.program import (
    AMONG,
    AT_LEAST,
    AT_MOST,
    BOTH,
    EITHER,
    FILLED,
    OPPOSITE,
    Floats,
    Ints,
    Record,
    Table,
)


@compiled
def judge(steps: Table, starts: Ints, fields: Floats, slots: Ints) -> tuple[Ints, Ints]:
    """A bit for each row of which a condition is true, and for each of which it is false.

    Both by condition; there is a word of room at the end, so that any 64 bits can be read.
    """
    met = np.zeros((len(steps), _most_words(starts) + 1), np.int64)
    unmet = np.zeros_like(met)
    _judge(steps, starts, fields, slots, met, unmet)
    return met, unmet


@borrowing
def _judge(steps: Table, starts: Ints, fields: Floats, slots: Ints, met: Ints, unmet: Ints) -> None:
    for number in range(len(steps)):
        step, yes, no = steps[number], met[number], unmet[number]
        if step.op in (BOTH, EITHER, OPPOSITE):
            _join(step, met, unmet, yes, no)
        else:
            first, end = starts[step.stream, 0], starts[step.stream, -1]
            field = fields[slots[step.slot] + first :]
            for word in range((end - first + WORD - 1) // WORD):
                rows = field[WORD * word : WORD * (word + 1)]
                known = _known(rows)
                holds = _holds(step, rows, known)
                yes[word] = holds & known
                no[word] = ~holds & (-1 if step.op == FILLED else known)


@borrowing
def _most_words(starts: Ints) -> int:
    most = 0
    for stream in range(len(starts)):
        most = max(most, starts[stream, -1] - starts[stream, 0])
    return (most + WORD - 1) // WORD


@borrowing
def _join(step: Record, met: Ints, unmet: Ints, yes: Ints, no: Ints) -> None:
    """Two conditions taken together, or the opposite of one."""
    left, not_left = met[step.left], unmet[step.left]
    right, not_right = met[max(step.right, 0)], unmet[max(step.right, 0)]
    for word in range(len(yes)):
        if step.op == BOTH:
            yes[word], no[word] = left[word] & right[word], not_left[word] | not_right[word]
        elif step.op == EITHER:
            yes[word], no[word] = left[word] | right[word], not_left[word] & not_right[word]
        else:
            yes[word], no[word] = not_left[word], left[word]


@borrowing
def _known(rows: Floats) -> int:
    """A bit for each of 64 rows in which the field is filled in: NaN is not equal to itself."""
    bits = 0
    for place in range(WORD):
        bits |= int(rows[place] == rows[place]) << place
    return bits


@borrowing
def _holds(step: Record, rows: Floats, known: int) -> int:
    """A bit for each of 64 rows of which a condition on one field is true, if it is known."""
    bits = 0
    if step.op == AMONG:
        for place in range(WORD):
            bits |= ((step.codes >> (int(rows[place]) & (WORD - 1))) & 1) << place
    elif step.op == AT_LEAST:
        for place in range(WORD):
            bits |= int(rows[place] >= step.bound) << place
    elif step.op == AT_MOST:
        for place in range(WORD):
            bits |= int(rows[place] <= step.bound) << place
    else:
        bits = known
    return bits
