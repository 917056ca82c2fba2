"""Where "none" has to be taken back: what was asked about is not what the office records."""

from math import nan

from features.engines.compiled import compiled
from features.engines.kernel_rows import last_day, last_row
from features.engines.program import (
    EVER,
    HAPPENED,
    NONE,
    UNBORN,
    Days,
    Floats,
    Ints,
    Record,
    Table,
)


@compiled
def find_births(births: Ints, days: Days, spots: Table, picked: Ints, pairs: Table) -> None:
    """Note for each pair the day of birth as it was on record."""
    selection, stream = births
    for pair in range(len(pairs)):
        pairs[pair].born = UNBORN
        if selection != NONE:
            pairs[pair].born = last_day(picked[selection], days[HAPPENED], spots[stream], pair)


@compiled
def take_back(
    gaps: Table,
    asked: Table,
    days: Days,
    pairs: Table,
    spots: Table,
    picked: Ints,
    made: Floats,
) -> None:
    """Make "none" missing where days are asked about of which the office has no records."""
    happened = days[HAPPENED]
    for number in range(len(gaps)):
        gap = gaps[number]
        here, source = spots[gap.stream], picked[gap.source]
        for pair in range(len(pairs)):
            cutoff = pairs[pair].cutoff
            if last_row(source, here[pair].word, here[pair + 1].word, 0) < 0:
                first, last = cutoff + 1, cutoff + gap.days
                if gap.ahead != 1:
                    first = _first_day(gap, asked, happened, pairs, spots, picked, pair)
                    last = cutoff
                if first < gap.from_day or last > gap.to_day:
                    made[gap.value, pair] = nan


@compiled
def _first_day(
    gap: Record, asked: Table, happened: Days, pairs: Table, spots: Table, picked: Ints, pair: int
) -> int:
    """The first day that a question asks about; none before the child's birth."""
    for place in range(gap.asked, gap.asked_end):
        latest = asked[place]
        day = last_day(picked[latest.selection], happened, spots[latest.stream], pair)
        if day != UNBORN:
            return day
    opens = UNBORN if gap.days == EVER else pairs[pair].cutoff - gap.days + 1
    return max(opens, pairs[pair].born)
