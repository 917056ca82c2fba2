"""The rows of a block of pairs, as sets of bits: how each step of a program narrows them.

A selection keeps some rows of a stream. For each pair of child and cutoff it is a set of bits, one
for each row that the child's history has in the stream, oldest first: mostly a single word. What is
on record, what lies in a window and what a condition is true of are sets of their own, each made
once, and to narrow one by another is a single "and". The last day of rows is that of the highest
bit, since they are ordered by day.

A step is taken for all pairs of the block before the next one is looked at (as vectors are in
MonetDB/X100, Boncz and others, CIDR 2005), so that finding out what a step does costs nothing, and
the processor takes it for several pairs at once.
"""

from features.engines.calendar import birthday
from features.engines.compiled import AT_ONCE, borrowing, leading_zeros, lowest, not_after
from features.engines.program import (
    ABOUT,
    AND,
    BEFORE_AGE,
    BEGAN,
    BELIEVED,
    EARLIER,
    ENDED,
    EVER,
    HAPPENED,
    KNOWN,
    LATEST,
    NEVER,
    TOUCHED,
    UNBORN,
    UNTIL,
    WHERE,
    WITHDRAWN,
    Block,
    Days,
    Floats,
    Ints,
    Record,
    Table,
)

WORD = 64  # bits


@borrowing
def select(
    steps: Table,
    days: Days,
    fields: Floats,
    slots: Ints,
    block: Block,
    known_by: int,
    met: Ints,
    day: Ints,
    picked: Ints,
) -> None:
    """Take all steps that select rows: `picked` gets the words of each, by step.

    `day` has room for a day of each pair.
    """
    for number in range(len(steps)):
        step, into = steps[number], picked[number]
        source, others = picked[max(step.source, 0)], picked[max(step.others, 0)]
        if step.op == AND:
            _both(block, step.stream, source, others, into)
        elif step.op == WHERE:
            _where(block, step.stream, met[step.condition], source, into)
        elif step.op == TOUCHED:
            _touched(step, block, days, into)
        elif step.op == ABOUT:
            refers, ids = fields[slots[step.slot] :], fields[slots[step.ids] :]
            _about(step, block, source, refers, others, ids, into)
        else:
            _on_days(step, block, days, known_by, source, others, day, into)


@borrowing
def below(place: int) -> int:
    """A word with all bits below a place."""
    if place <= 0:
        return 0
    return -1 if place >= WORD else (1 << place) - 1


@borrowing
def word_at(bits: Ints, place: int) -> int:
    """A word of bits from a place on, whichever word they begin in."""
    word, shift = min(place // WORD, len(bits) - 2), place % WORD
    low = (bits[word] >> shift) & ~(-2 << (WORD - 1 - shift))
    return low | ((bits[word + 1] << 1) << (WORD - 1 - shift))


@borrowing
def last_row(bits: Ints, pairs: int, words: int, pair: int, first: int) -> int:
    """The last row of a pair that is set, of which the first is `first`; or -1."""
    for word in range(words - 1, -1, -1):
        here = bits[pairs * word + pair]
        if here:
            return first + WORD * word + WORD - 1 - leading_zeros(here)
    return -1


@borrowing
def first_row(bits: Ints, pairs: int, words: int, pair: int, first: int) -> int:
    """The first row of a pair that is set; or -1."""
    for word in range(words):
        here = bits[pairs * word + pair]
        if here:
            return first + WORD * word + lowest(here)
    return -1


@borrowing
def last_days(block: Block, stream: int, bits: Ints, happened: Days, day: Ints) -> None:
    """The last day on which any of a pair's rows happened, UNBORN where there are none."""
    pairs, words, first = len(block.pairs), block.words[stream], block.first[stream]
    for pair in range(pairs):
        row = last_row(bits, pairs, words, pair, first[pair])
        day[pair] = happened[row] if row >= 0 else UNBORN


@borrowing
def _both(block: Block, stream: int, source: Ints, others: Ints, into: Ints) -> None:
    """Rows that are in two selections."""
    for place in range(len(block.pairs) * block.words[stream]):
        into[place] = source[place] & others[place]


@borrowing
def _where(block: Block, stream: int, met: Ints, source: Ints, into: Ints) -> None:
    """Rows of which a condition is true."""
    pairs, first = len(block.pairs), block.place[stream]
    for word in range(block.words[stream]):
        here, there = source[pairs * word :], into[pairs * word :]
        for pair in range(pairs):
            there[pair] = here[pair] & word_at(met, first[pair] + WORD * word)


@borrowing
def _on_days(
    step: Record,
    block: Block,
    days: Days,
    known_by: int,
    source: Ints,
    others: Ints,
    day: Ints,
    into: Ints,
) -> None:
    """Rows on record, or on certain days: told from the cutoff, a birthday, or the rows' last."""
    happened = days[HAPPENED]
    _tell_days(step, block, happened, known_by, source, others, day)
    if step.op == BELIEVED:
        _between(block, step.stream, days[KNOWN], day, 0, days[WITHDRAWN], 0, into)
    elif step.op == BEGAN:
        _between(block, step.stream, happened, day, step.upto, happened, step.after, into)
    elif step.op == ENDED:
        _between(block, step.stream, days[UNTIL], day, step.upto, days[UNTIL], step.after, into)
    elif step.op == LATEST:
        _between(block, step.stream, happened, day, 0, happened, -1, into)
    else:  # EARLIER, BEFORE_AGE
        _between(block, step.stream, happened, day, -1, happened, -EVER, into)
    if step.op in (LATEST, EARLIER):
        _both(block, step.stream, source, into, into)


@borrowing
def _tell_days(
    step: Record,
    block: Block,
    happened: Days,
    known_by: int,
    source: Ints,
    others: Ints,
    day: Ints,
) -> None:
    """The day of each pair from which a step tells its days."""
    pairs = block.pairs
    if step.op in (LATEST, EARLIER):
        last_days(block, step.stream, source, happened, day)
    elif step.op == BEFORE_AGE:
        last_days(block, step.their_stream, others, happened, day)
        for pair in range(len(pairs)):
            day[pair] = birthday(day[pair], step.upto) if day[pair] != UNBORN else UNBORN
    else:
        for pair in range(len(pairs)):
            ahead = step.op == BELIEVED and step.ahead == 1
            day[pair] = known_by if ahead else pairs[pair].cutoff


@borrowing
def _between(
    block: Block,
    stream: int,
    early: Days,
    day: Ints,
    upto: int,
    late: Days,
    after: int,
    into: Ints,
) -> None:
    """Rows with one day not later than `upto`, and another after `after`, both told from `day`."""
    pairs, first, length = len(block.pairs), block.first[stream], block.length[stream]
    for word in range(block.words[stream]):
        there = into[pairs * word :]
        for pair in range(pairs):
            left = length[pair] - WORD * word
            row = first[pair] + WORD * word if left > 0 else first[pair]
            most, least = _bound(day[pair] + upto), _bound(day[pair] + after)
            bits = not_after(early, row, most) & ~not_after(late, row, least)
            for at in range(AT_ONCE, min(WORD, left), AT_ONCE):  # few have more rows than that
                more = not_after(early, row + at, most) & ~not_after(late, row + at, least)
                bits |= more << at
            there[pair] = bits & below(left)


@borrowing
def _touched(step: Record, block: Block, days: Days, into: Ints) -> None:
    """Spans of which any day lies after one that is told from the cutoff."""
    pairs, first, length = block.pairs, block.first[step.stream], block.length[step.stream]
    happened, until = days[HAPPENED], days[UNTIL]
    for word in range(block.words[step.stream]):
        there = into[len(pairs) * word :]
        for pair in range(len(pairs)):
            left = length[pair] - WORD * word
            row = first[pair] + WORD * word if left > 0 else first[pair]
            after = _bound(pairs[pair].cutoff + step.after)
            bits = not_after(happened, row, after) & not_after(until, row, after + 1)
            for at in range(AT_ONCE, min(WORD, left), AT_ONCE):
                more = not_after(happened, row + at, after) & not_after(until, row + at, after + 1)
                bits |= more << at
            there[pair] = ~bits & below(left)  # `until` itself is outside the span


@borrowing
def _bound(day: int) -> int:
    """A day that is as good to compare with as one that lies beyond all days."""
    return min(max(day, -NEVER), NEVER)


@borrowing
def _about(
    step: Record,
    block: Block,
    source: Ints,
    refers: Floats,
    others: Ints,
    ids: Floats,
    into: Ints,
) -> None:
    """Rows that refer to one of the others."""
    pairs, first = len(block.pairs), block.first[step.stream]
    words, their_first = block.words[step.their_stream], block.first[step.their_stream]
    for word in range(block.words[step.stream]):
        for pair in range(pairs):
            left, kept, row = source[pairs * word + pair], 0, first[pair] + WORD * word
            while left:
                place = lowest(left)
                left &= left - 1
                wanted = refers[row + place]
                kept |= (
                    int(_has(wanted, others, ids, pairs, words, pair, their_first[pair])) << place
                )
            into[pairs * word + pair] = kept


@borrowing
def _has(
    wanted: float, others: Ints, ids: Floats, pairs: int, words: int, pair: int, first: int
) -> bool:
    """Whether any of the other rows of a pair has the id."""
    for word in range(words):
        row, left = first + WORD * word, others[pairs * word + pair]
        while left:
            if ids[row + lowest(left)] == wanted:
                return True
            left &= left - 1
    return False
