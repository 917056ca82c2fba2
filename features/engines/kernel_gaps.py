"""Where "none" has to be taken back: what was asked about is not what the office records."""

from math import nan

from features.engines.compiled import borrowing
from features.engines.kernel_rows import last_days, last_row
from features.engines.program import (
    EVER,
    HAPPENED,
    NONE,
    UNBORN,
    Block,
    Days,
    Floats,
    Ints,
    Record,
    Table,
)


@borrowing
def find_births(births: Ints, days: Days, block: Block, picked: Ints, day: Ints) -> None:
    """Note for each pair the day of birth as it was on record; `day` has room for one of each."""
    selection, stream = births
    day[:] = UNBORN
    if selection != NONE:
        last_days(block, stream, picked[selection], days[HAPPENED], day)
    for pair in range(len(block.pairs)):
        block.pairs[pair].born = day[pair]


@borrowing
def take_back(
    gaps: Table, asked: Table, days: Days, block: Block, picked: Ints, made: Floats
) -> None:
    """Make "none" missing where days are asked about of which the office has no records."""
    for number in range(len(gaps)):
        gap, source, into = gaps[number], picked[gaps[number].source], made[gaps[number].value]
        words = block.words[gap.stream]
        for pair in range(len(block.pairs)):
            if last_row(source, len(block.pairs), words, pair, 0) < 0:
                cutoff = block.pairs[pair].cutoff
                first, last = cutoff + 1, cutoff + gap.days
                if gap.ahead != 1:
                    first = _first_day(gap, asked, days[HAPPENED], block, picked, pair)
                    last = cutoff
                if first < gap.from_day or last > gap.to_day:
                    into[pair] = nan


@borrowing
def _first_day(
    gap: Record, asked: Table, happened: Days, block: Block, picked: Ints, pair: int
) -> int:
    """The first day that a question asks about; none before the child's birth."""
    for place in range(gap.asked, gap.asked_end):
        stream, source = asked[place].stream, picked[asked[place].selection]
        words, first = block.words[stream], block.first[stream, pair]
        row = last_row(source, len(block.pairs), words, pair, first)
        if row >= 0:
            return happened[row]
    asker = block.pairs[pair]
    opens = UNBORN if gap.days == EVER else asker.cutoff - gap.days + 1
    return max(opens, asker.born)
