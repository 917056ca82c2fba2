"""Each child's rows found and put in order, compiled: its own, and those that its links show.

What a link shows is said in `features.histories`; here the same rule holds for many children.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from features.engines.compiled import borrowing, compiled, entered
from features.engines.program import HAPPENED, KNOWN, UNTIL, WITHDRAWN, Days, Floats, Ints

Codes = npt.NDArray[np.int32]  # of persons, or numbers of rows
FEW = 16  # rows: more are not only compared with the next
HALF = 32  # bits: a day in the upper half of a word, a turn in the lower one


class Index(NamedTuple):
    """Rows by key, those of one key in the order given: those of key k begin at `starts[k]`."""

    starts: Ints
    rows: Codes


class Links(NamedTuple):
    """Who is linked to each child in a role, and when that is known and ends; by child."""

    starts: Ints
    person: Codes
    known: Codes
    withdrawn: Codes
    until: Codes


class Recorded(NamedTuple):
    """A table: the days of its rows, whom each is about, and the order of rows of the same day.

    `rows` are all rows in that order, and `turns` the place of each in it.
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
    starts = _starts(keys, bins, rows)
    place, into = starts.copy(), np.empty(starts[-1], np.int32)
    for row in rows:
        key = keys[row]
        if key >= 0:
            into[place[key]] = row
            place[key] += 1
    return Index(starts, into)


@entered
def own_rows(children: Ints, index: Index, table: Recorded) -> Shown:
    """The rows that are about each of the children, in order."""
    firsts, rows = index
    starts = np.zeros(len(children) + 1, np.int64)
    for place, child in enumerate(children):
        starts[place + 1] = starts[place] + firsts[child + 1] - firsts[child]
    keys, known = np.empty(starts[-1], np.int64), np.empty(starts[-1], np.int32)
    withdrawn = np.empty_like(known)
    for place, child in enumerate(children):
        begin, end = starts[place], starts[place + 1]
        for number in range(end - begin):
            row = rows[firsts[child] + number]
            keys[begin + number] = key_of(table.days[HAPPENED, row], table.turns[row])
            known[begin + number] = table.days[KNOWN, row]
            withdrawn[begin + number] = table.days[WITHDRAWN, row]
        sort(keys, known, withdrawn, begin, end)
    return Shown(starts, _rows(keys, table.rows), known, withdrawn)


@entered
def linked_rows(children: Ints, links: Links, index: Index, table: Recorded) -> Shown:
    """The rows of those linked to each of the children, but for the child's own, in order."""
    firsts, persons, starts = links.starts, links.person, np.zeros(len(children) + 1, np.int64)
    rows_at, most, end = index.starts, 0, 0
    for child in children:
        for link in range(firsts[child], firsts[child + 1]):
            most += rows_at[persons[link] + 1] - rows_at[persons[link]]
    keys, known = np.empty(most, np.int64), np.empty(most, np.int32)
    withdrawn = np.empty_like(known)
    for place in range(len(children)):
        child, begin = children[place], end
        if firsts[child] < firsts[child + 1]:
            end = _show(child, links, index, table, keys, known, withdrawn, begin)
            sort(keys, known, withdrawn, begin, end)
            end = join(keys, known, withdrawn, begin, end)
        starts[place + 1] = end
    rows = _rows(keys[:end], table.rows)
    return Shown(starts, rows, known[:end].copy(), withdrawn[:end].copy())


@compiled
def _starts(keys: Codes, bins: int, rows: Codes) -> Ints:
    """Where the rows of each key begin, if they stand by key; and one more where they end."""
    starts = np.zeros(bins + 1, np.int64)
    for row in rows:
        if keys[row] >= 0:
            starts[keys[row] + 1] += 1
    return np.cumsum(starts)


@compiled
def _rows(keys: Ints, by_turn: Codes) -> Codes:
    """The rows of which these are the keys."""
    rows = np.empty(len(keys), np.int32)
    for place in range(len(keys)):
        rows[place] = by_turn[turn_of(keys[place])]
    return rows


@borrowing
def _show(
    child: int,
    links: Links,
    index: Index,
    table: Recorded,
    keys: Ints,
    known: Codes,
    withdrawn: Codes,
    end: int,
) -> int:
    """Add the rows that the child's links show, each with the days on which both are believed."""
    firsts, persons, link_known, link_withdrawn, link_until = links
    starts, rows = index
    days, subjects, _, turns = table
    for link in range(firsts[child], firsts[child + 1]):
        person, until = persons[link], link_until[link]
        link_from, link_to = link_known[link], link_withdrawn[link]
        for place in range(starts[person], starts[person + 1]):
            row = rows[place]
            happened = days[HAPPENED, row]
            keys[end] = key_of(happened, turns[row])
            known[end] = max(days[KNOWN, row], link_from)
            withdrawn[end] = min(days[WITHDRAWN, row], link_to)
            seen = (subjects[row] != child) & (happened <= until) & (known[end] < withdrawn[end])
            end += int(seen)  # else the next is written over it: nobody could guess which are seen
    return end


@borrowing
def key_of(day: int, turn: int) -> int:
    """A row's day and turn as one number that orders as the two do."""
    return (int(day) << HALF) + int(turn)


@borrowing
def turn_of(key: int) -> int:
    """The turn of a row, from its key."""
    return key & ((1 << HALF) - 1)


@borrowing
def sort(keys: Ints, known: Codes, withdrawn: Codes, begin: int, end: int) -> None:
    """Sort by key and `known`, as Shell did: in place, quick for the few rows of most children."""
    gap = int(end - begin > 1)
    while gap < (end - begin) // FEW:
        gap = 3 * gap + 1
    while gap:
        for place in range(begin + gap, end):
            key, day, last, free = keys[place], known[place], withdrawn[place], place
            while free - gap >= begin and (
                keys[free - gap] > key or (keys[free - gap] == key and known[free - gap] > day)
            ):
                keys[free], known[free] = keys[free - gap], known[free - gap]
                withdrawn[free] = withdrawn[free - gap]
                free -= gap
            keys[free], known[free], withdrawn[free] = key, day, last
        gap //= 3


@borrowing
def join(keys: Ints, known: Codes, withdrawn: Codes, begin: int, end: int) -> int:
    """Make one of the stretches of days of a row that touch or overlap; returns the new end."""
    last = begin - 1
    for place in range(begin, end):
        same = last >= begin and keys[last] == keys[place]
        if same and known[place] <= withdrawn[last]:
            withdrawn[last] = max(withdrawn[last], withdrawn[place])
        else:
            last += 1
            keys[last], known[last] = keys[place], known[place]
            withdrawn[last] = withdrawn[place]
    return last + 1


@entered
def fill_days(into: Days, first: int, recorded: Days, shown: Shown) -> None:
    """Write the days of the rows of a stream, from column `first` on."""
    _, rows, known, withdrawn = shown
    for place in range(len(rows)):
        into[HAPPENED, first + place] = recorded[HAPPENED, rows[place]]
        into[KNOWN, first + place] = known[place]
        into[WITHDRAWN, first + place] = withdrawn[place]
        into[UNTIL, first + place] = recorded[UNTIL, rows[place]]


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
