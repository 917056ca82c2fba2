"""The rows of a block of pairs, as sets of bits: how each step of a program narrows them.

A selection keeps some rows of a stream. For each pair of child and cutoff it is a set of bits, one
for each row that the child's history has in the stream, oldest first: mostly a single word. What is
on record, what lies in a window and what a condition is true of are sets of their own, each made
once, and to narrow one by another is a single "and". The rows are ordered by day, so that a window
is a span of bits, and the last day is that of the highest one.

A step is taken for all pairs of the block before the next one is looked at (as vectors are in
MonetDB/X100, Boncz and others, CIDR 2005), so that finding out what a step does costs nothing.
"""

from features.engines.calendar import birthday
from features.engines.compiled import AT_ONCE, compiled, leading_zeros, lowest, not_after, ones
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
    NEVER,
    TOUCHED,
    UNBORN,
    UNTIL,
    WHERE,
    WITHDRAWN,
    Days,
    Floats,
    Ints,
    Record,
    Table,
)

WORD = 64  # bits


@compiled
def select(
    steps: Table,
    days: Days,
    fields: Floats,
    slots: Ints,
    pairs: Table,
    spots: Table,
    known_by: int,
    met: Ints,
    picked: Ints,
) -> None:
    """Take all steps that select rows: `picked` gets the words of each, by step."""
    for number in range(len(steps)):
        step, into = steps[number], picked[number]
        here, there = spots[step.stream], spots[max(step.their_stream, 0)]
        source, others = picked[max(step.source, 0)], picked[max(step.others, 0)]
        if step.op == AND:
            _both(here, source, others, into)
        elif step.op == WHERE:
            _where(here, met[step.condition], source, into)
        elif step.op == BELIEVED:
            _believe(step, days, pairs, here, known_by, into)
        elif step.op in (BEGAN, BEFORE_AGE):
            _began(step, days[HAPPENED], pairs, here, there, others, into)
        elif step.op in (ENDED, TOUCHED):
            _lasted(step, days, pairs, here, into)
        elif step.op == ABOUT:
            refers, ids = fields[slots[step.slot] :], fields[slots[step.ids] :]
            _about(here, source, refers, there, others, ids, into)
        else:
            _of_last_day(step, days[HAPPENED], here, source, into)


@compiled
def below(place: int) -> int:
    """A word with all bits below a place."""
    if place <= 0:
        return 0
    return -1 if place >= WORD else (1 << place) - 1


@compiled
def word_at(bits: Ints, place: int) -> int:
    """A word of bits from a place on, whichever word they begin in."""
    word, shift = place // WORD, place % WORD
    low = (bits[word] >> shift) & ~(-2 << (WORD - 1 - shift))
    return low | ((bits[word + 1] << 1) << (WORD - 1 - shift))


@compiled
def last_row(words: Ints, begin: int, end: int, row: int) -> int:
    """The last row that is set in words begin to end, of which the first bit is `row`; or -1."""
    for word in range(end - 1, begin - 1, -1):
        if words[word]:
            return row + WORD * (word - begin) + WORD - 1 - leading_zeros(words[word])
    return -1


@compiled
def first_row(words: Ints, begin: int, end: int, row: int) -> int:
    """The first row that is set in words begin to end, of which the first bit is `row`; or -1."""
    for word in range(begin, end):
        if words[word]:
            return row + WORD * (word - begin) + lowest(words[word])
    return -1


@compiled
def _both(here: Table, source: Ints, others: Ints, into: Ints) -> None:
    """Rows that are in two selections."""
    for word in range(here[-1].word):
        into[word] = source[word] & others[word]


@compiled
def _where(here: Table, met: Ints, source: Ints, into: Ints) -> None:
    """Rows of which a condition is true."""
    for pair in range(len(here) - 1):
        place = here[pair].place
        for word in range(here[pair].word, here[pair + 1].word):
            into[word] = source[word] & word_at(met, place)
            place += WORD


@compiled
def _believe(
    step: Record, days: Days, pairs: Table, here: Table, known_by: int, into: Ints
) -> None:
    """Rows that are on record on the cutoff, or on the day that was named."""
    known, withdrawn = days[KNOWN], days[WITHDRAWN]
    for pair in range(len(pairs)):
        day = known_by if step.ahead == 1 else pairs[pair].cutoff
        row, end = here[pair].row, here[pair].end
        for word in range(here[pair].word, here[pair + 1].word):
            bits = 0
            for at in range(0, min(WORD, end - row), AT_ONCE):
                bits |= (_upto(known, row + at, day) & ~_upto(withdrawn, row + at, day)) << at
            into[word] = bits & below(end - row)
            row += WORD


@compiled
def _began(
    step: Record, happened: Days, pairs: Table, here: Table, births: Table, born: Ints, into: Ints
) -> None:
    """Rows that happened on certain days: told from the cutoff, or before a birthday."""
    for pair in range(len(pairs)):
        begin, end = here[pair].word, here[pair + 1].word
        if begin < end:
            after, upto = pairs[pair].cutoff + step.after, pairs[pair].cutoff + step.upto
            if step.op == BEFORE_AGE:
                day = last_day(born, happened, births, pair)
                after, upto = -EVER, birthday(day, step.upto) - 1 if day != UNBORN else -EVER
            row, rows = here[pair].row, here[pair].end
            low, high = _rows_upto(happened, row, rows, after), rows - row
            if upto < EVER // 2:
                high = _rows_upto(happened, row, rows, upto)
            _span(into, begin, end, low, high)


@compiled
def _lasted(step: Record, days: Days, pairs: Table, here: Table, into: Ints) -> None:
    """Spans that ended on certain days, told from the cutoff; or of which any day lies in them."""
    happened, until = days[HAPPENED], days[UNTIL]
    for pair in range(len(pairs)):
        after, upto = pairs[pair].cutoff + step.after, pairs[pair].cutoff + step.upto
        row, end = here[pair].row, here[pair].end
        for word in range(here[pair].word, here[pair + 1].word):
            bits = 0
            for at in range(0, min(WORD, end - row), AT_ONCE):
                if step.op == ENDED:
                    in_time = _upto(until, row + at, upto) & ~_upto(until, row + at, after)
                else:  # `until` itself is outside the span
                    in_time = ~(
                        _upto(happened, row + at, after) & _upto(until, row + at, after + 1)
                    )
                bits |= (in_time & below(AT_ONCE)) << at
            into[word] = bits & below(end - row)
            row += WORD


@compiled
def _of_last_day(step: Record, happened: Days, here: Table, source: Ints, into: Ints) -> None:
    """Rows of the last day of the rows, or those before it."""
    for pair in range(len(here) - 1):
        begin, end, row = here[pair].word, here[pair + 1].word, here[pair].row
        last = last_row(source, begin, end, row)
        low, high = 0, 0
        if last >= 0:
            low, high = _rows_upto(happened, row, last + 1, happened[last] - 1), last + 1 - row
        if step.op == EARLIER:
            low, high = 0, low
        _span(into, begin, end, low, high)
        for word in range(begin, end):
            into[word] &= source[word]


@compiled
def _upto(days: Days, row: int, day: int) -> int:
    """A bit for each of sixteen rows of which the day is not after another."""
    return not_after(days, row, min(max(day, -NEVER), NEVER))


@compiled
def _rows_upto(happened: Days, row: int, end: int, day: int) -> int:
    """How many of the rows up to `end` happened not after a day."""
    rows = 0
    for at in range(row, end, AT_ONCE):
        rows += ones(_upto(happened, at, day) & below(end - at))
    return rows


@compiled
def _span(into: Ints, begin: int, end: int, low: int, high: int) -> None:
    """Set in the words begin to end the bits from place low up to place high."""
    for word in range(begin, end):
        at = WORD * (word - begin)
        into[word] = below(high - at) & ~below(low - at)


@compiled
def last_day(words: Ints, happened: Days, here: Table, pair: int) -> int:
    """The last day on which any of a pair's rows happened, UNBORN where there are none."""
    row = last_row(words, here[pair].word, here[pair + 1].word, here[pair].row)
    return happened[row] if row >= 0 else UNBORN


@compiled
def _about(
    here: Table, source: Ints, refers: Floats, there: Table, others: Ints, ids: Floats, into: Ints
) -> None:
    """Rows that refer to one of the others."""
    for pair in range(len(here) - 1):
        row = here[pair].row
        for word in range(here[pair].word, here[pair + 1].word):
            left, kept = source[word], 0
            while left:
                place = lowest(left)
                left &= left - 1
                known = _has(refers[row + place], there[pair], there[pair + 1].word, others, ids)
                kept |= int(known) << place
            into[word] = kept
            row += WORD


@compiled
def _has(wanted: float, there: Record, end: int, others: Ints, ids: Floats) -> bool:
    """Whether any of the other rows has the id."""
    row = there.row
    for word in range(there.word, end):
        left = others[word]
        while left:
            if ids[row + lowest(left)] == wanted:
                return True
            left &= left - 1
        row += WORD
    return False
