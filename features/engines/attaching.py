"""Each child's rows found and put in order, compiled: its own, and those that its links show.

What a link shows is said in `features.histories`; here the same rule holds for many children.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from features.engines.compiled import compiled, entered
from features.engines.program import HAPPENED, KNOWN, UNTIL, WITHDRAWN, Days, Floats, Ints

Codes = npt.NDArray[np.int32]  # of persons, or numbers of rows
HALF = 32  # bits: a turn in the upper half of a word, a day in the lower one


class Index(NamedTuple):
    """Rows by person, each person's in their order: those of person p begin at `starts[p]`."""

    starts: Ints
    rows: Codes


class Links(NamedTuple):
    """Who is linked to each child in a role, and when that is known and ends; by child."""

    starts: Ints
    person: Codes
    known: Codes
    withdrawn: Codes
    until: Codes


class Ordered(NamedTuple):
    """A table: the days of its rows, whom each is about, and their order by day and id.

    `rows` are the rows in that order, and `turns` the place of each in it.
    """

    days: Days
    subjects: Codes
    rows: Codes
    turns: Codes


class Shown(NamedTuple):
    """The rows of a stream, child by child, and the days on which each child's history has them."""

    starts: Ints
    rows: Codes
    known: Codes
    withdrawn: Codes


@entered
def index_by(keys: Codes, bins: int, rows: Codes) -> Index:
    """The rows by their key, those of one key in the order given; those with none are left out."""
    starts = np.zeros(bins + 1, np.int64)
    for row in rows:
        if keys[row] >= 0:
            starts[keys[row] + 1] += 1
    starts = np.cumsum(starts)
    place, into = starts.copy(), np.empty(starts[-1], np.int32)
    for row in rows:
        key = keys[row]
        if key >= 0:
            into[place[key]] = row
            place[key] += 1
    return Index(starts, into)


@entered
def own_rows(children: Ints, index: Index, table: Ordered) -> Shown:
    """The rows that are about each of the children."""
    starts = np.zeros(len(children) + 1, np.int64)
    for place, child in enumerate(children):
        starts[place + 1] = starts[place] + index.starts[child + 1] - index.starts[child]
    rows = np.empty(starts[-1], np.int32)
    known, withdrawn = np.empty_like(rows), np.empty_like(rows)
    for place, child in enumerate(children):
        first = index.starts[child] - starts[place]
        for into in range(starts[place], starts[place + 1]):
            rows[into] = index.rows[first + into]
            known[into] = table.days[KNOWN, rows[into]]
            withdrawn[into] = table.days[WITHDRAWN, rows[into]]
    return Shown(starts, rows, known, withdrawn)


@entered
def linked_rows(children: Ints, links: Links, index: Index, table: Ordered) -> Shown:
    """The rows of those linked to each of the children, but for the child's own."""
    most = 0
    for child in children:
        for link in range(links.starts[child], links.starts[child + 1]):
            person = links.person[link]
            most += index.starts[person + 1] - index.starts[person]
    keys, withdrawn = np.empty(most, np.int64), np.empty(most, np.int32)
    starts, end = np.zeros(len(children) + 1, np.int64), 0
    for place, child in enumerate(children):
        begin = end
        for link in range(links.starts[child], links.starts[child + 1]):
            end = _show(child, link, links, index, table, keys, withdrawn, end)
        _sort(keys, withdrawn, begin, end)
        end = _join(keys, withdrawn, begin, end)
        starts[place + 1] = end
    rows, known = np.empty(end, np.int32), np.empty(end, np.int32)
    for place in range(end):
        rows[place] = table.rows[keys[place] >> HALF]
        known[place] = _day(keys[place])
    return Shown(starts, rows, known, withdrawn[:end].copy())


@compiled
def _show(
    child: int,
    link: int,
    links: Links,
    index: Index,
    table: Ordered,
    keys: Ints,
    withdrawn: Codes,
    end: int,
) -> int:
    """Add the rows that a link shows, each with the days on which both are believed."""
    person = links.person[link]
    for place in range(index.starts[person], index.starts[person + 1]):
        row = index.rows[place]
        if table.subjects[row] != child and table.days[HAPPENED, row] <= links.until[link]:
            known = max(table.days[KNOWN, row], links.known[link])
            gone = min(table.days[WITHDRAWN, row], links.withdrawn[link])
            if known < gone:
                keys[end] = _key(table.turns[row], known)
                withdrawn[end] = gone
                end += 1
    return end


@compiled
def _key(turn: int, day: int) -> int:
    """A row's turn and a day as one number that orders as the two do."""
    return (int(turn) << HALF) + int(day) + (1 << (HALF - 1))


@compiled
def _day(key: int) -> int:
    return (key & ((1 << HALF) - 1)) - (1 << (HALF - 1))


@compiled
def _sort(keys: Ints, withdrawn: Codes, begin: int, end: int) -> None:
    """Sort by key, as Shell did: in place, quick for the few rows that most children have."""
    gap = 1
    while gap < (end - begin) // 3:
        gap = 3 * gap + 1
    while gap:
        for place in range(begin + gap, end):
            key, day, free = keys[place], withdrawn[place], place
            while free - gap >= begin and keys[free - gap] > key:
                keys[free], withdrawn[free] = keys[free - gap], withdrawn[free - gap]
                free -= gap
            keys[free], withdrawn[free] = key, day
        gap //= 3


@compiled
def _join(keys: Ints, withdrawn: Codes, begin: int, end: int) -> int:
    """Make one of the stretches of days of a row that touch or overlap; returns the new end."""
    last = begin - 1
    for place in range(begin, end):
        same = last >= begin and keys[last] >> HALF == keys[place] >> HALF
        if same and _day(keys[place]) <= withdrawn[last]:
            withdrawn[last] = max(withdrawn[last], withdrawn[place])
        else:
            last += 1
            keys[last], withdrawn[last] = keys[place], withdrawn[place]
    return last + 1


@entered
def fill_days(into: Days, first: int, table: Ordered, shown: Shown) -> None:
    """Write the days of the rows of a stream, from column `first` on."""
    for place in range(len(shown.rows)):
        row = shown.rows[place]
        into[HAPPENED, first + place] = table.days[HAPPENED, row]
        into[KNOWN, first + place] = shown.known[place]
        into[WITHDRAWN, first + place] = shown.withdrawn[place]
        into[UNTIL, first + place] = table.days[UNTIL, row]


@entered
def fill_codes(into: Floats, column: npt.NDArray[Any], rows: Codes) -> None:
    """Write the codes of some rows; those that are not filled in become NaN."""
    for place in range(len(rows)):
        code = column[rows[place]]
        into[place] = code if code >= 0 else np.nan


@entered
def fill_numbers(into: Floats, column: Floats, rows: Codes) -> None:
    """Write the numbers of some rows."""
    for place in range(len(rows)):
        into[place] = column[rows[place]]
