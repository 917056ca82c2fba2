"""The number that each verb makes of its rows, one pair at a time, as `one_child_values` does.

The verbs are asked of at least one row; rows are numbers in the streams, oldest first. Sums are
taken in that order, so that they come to the same last bit in every engine.
"""

from math import nan

from features.engines.calendar import completed_years
from features.engines.compiled import borrowing, ones
from features.engines.program import HAPPENED, UNBORN, UNTIL, Days, Floats, Ints, Record


@borrowing
def count_days(
    rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record
) -> float:
    """On how many different days the rows happened."""
    made = 1
    for place in range(1, count):
        made += days[HAPPENED, rows[place]] != days[HAPPENED, rows[place - 1]]
    return float(made)


@borrowing
def change(rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record) -> float:
    """The rows of the later half of the lookback less those of the earlier half."""
    made = 0
    for place in range(count):
        row = rows[place]
        made += 1 if days[HAPPENED, row] > pair.cutoff - step.days else -1
    return float(made)


@borrowing
def faded_count(
    rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record
) -> float:
    """The weights of the rows added up, oldest first."""
    made = 0.0
    for place in range(count):
        row = rows[place]
        made += field[pair.cutoff - days[HAPPENED, row]]
    return made


@borrowing
def age(rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record) -> float:
    """Completed years from the last row to the cutoff."""
    return float(completed_years(days[HAPPENED, rows[count - 1]], pair.cutoff))


@borrowing
def longest_gap(
    rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record
) -> float:
    """The most days in a row without a row, or between spans, up to and with the cutoff."""
    reached, longest = _opens(rows, days, pair.cutoff, step), 0
    for place in range(count):
        row = rows[place]
        happened = days[HAPPENED, row]
        longest = max(longest, happened - reached)
        reached = max(reached, _ends(row, days, pair.cutoff) if step.lasting else happened + 1)
    return float(max(longest, pair.cutoff + 1 - reached))


@borrowing
def days_covered(
    rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record
) -> float:
    """Days of the lookback that lie in at least one of the spans."""
    reached, covered = _opens(rows, days, pair.cutoff, step), 0
    for place in range(count):
        row = rows[place]
        ends = _ends(row, days, pair.cutoff)
        covered += max(0, ends - max(days[HAPPENED, row], reached))
        reached = max(reached, ends)
    return float(covered)


@borrowing
def stretches(
    rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record
) -> float:
    """How many stretches the spans make, those that touch joined."""
    made, _ = _joined(rows, count, days, pair.cutoff)
    return float(made)


@borrowing
def stretches_ended(
    rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record
) -> float:
    """How many of the stretches have ended."""
    made, reached = _joined(rows, count, days, pair.cutoff)
    return float(made - (reached > pair.cutoff))


@borrowing
def count_codes(
    rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record
) -> float:
    """How many different values the field has: codes so small that each is a bit."""
    codes = 0
    for place in range(count):
        codes |= 1 << int(field[rows[place]])
    return float(ones(codes))


@borrowing
def count_distinct(
    rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record
) -> float:
    """How many different values the field has."""
    made = 0
    for place in range(count):
        made += 1
        for before in range(place):
            if field[rows[before]] == field[rows[place]]:
                made -= 1
                break
    return float(made)


@borrowing
def total(rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record) -> float:
    """The numbers added up, oldest first."""
    made = 0.0
    for place in range(count):
        row = rows[place]
        made += field[row]
    return made


@borrowing
def largest(rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record) -> float:
    """The largest number."""
    made = field[rows[0]]
    for place in range(1, count):
        row = rows[place]
        made = max(made, field[row])
    return made


@borrowing
def change_in(
    rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record
) -> float:
    """The numbers of the later half of the lookback less those of the earlier half."""
    later, earlier = 0.0, 0.0
    for place in range(count):
        row = rows[place]
        number = field[row]
        if days[HAPPENED, row] > pair.cutoff - step.days:
            later += number
        else:
            earlier += number
    return later - earlier


@borrowing
def least_age(
    rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record
) -> float:
    """The fewest completed years from the days to the cutoff: those from the latest day."""
    return float(completed_years(int(largest(rows, count, days, field, pair, step)), pair.cutoff))


@borrowing
def most_age(
    rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record
) -> float:
    """The most completed years from the days to the cutoff: those from the earliest day."""
    day = field[rows[0]]
    for place in range(1, count):
        row = rows[place]
        day = min(day, field[row])
    return float(completed_years(int(day), pair.cutoff))


@borrowing
def spacing(rows: Ints, count: int, days: Days, field: Floats, pair: Record, step: Record) -> float:
    """The fewest days between a day and the child's own birth."""
    if pair.born == UNBORN:
        return nan
    made = abs(field[rows[0]] - pair.born)
    for place in range(1, count):
        row = rows[place]
        made = min(made, abs(field[row] - pair.born))
    return made


@borrowing
def _joined(rows: Ints, count: int, days: Days, cutoff: int) -> tuple[int, int]:
    """How many stretches the spans make, and the first day after the last of them."""
    reached, made = int(days[HAPPENED, rows[0]]), 1
    for place in range(count):
        row = rows[place]
        made += days[HAPPENED, row] > reached
        reached = max(reached, _ends(row, days, cutoff))
    return made, reached


@borrowing
def _opens(rows: Ints, days: Days, cutoff: int, step: Record) -> int:
    """The first day that counts: that of the first row, but none before the lookback."""
    return max(days[HAPPENED, rows[0]], cutoff - step.days + 1)


@borrowing
def _ends(row: int, days: Days, cutoff: int) -> int:
    """The first day after the span; the days to come are not looked at."""
    return min(days[UNTIL, row], cutoff + 1)
