"""The rows around one child laid out as streams, compiled: so few that each is looked at.

What a link shows is said in `features.histories`; `attaching` keeps to the same rule for many
children at once, whose rows it finds by an index.
"""

from typing import NamedTuple

import numpy as np

from features.engines.attaching import join, key_of, sort, turn_of
from features.engines.compiled import borrowing, compiled, entered
from features.engines.kernel import run
from features.engines.program import (
    HAPPENED,
    KNOWN,
    NONE,
    ROOM,
    UNTIL,
    WITHDRAWN,
    Days,
    Floats,
    Ints,
    Pairs,
    Program,
    Record,
    Streams,
    Table,
)

CHILD = 0.0  # the number of the child among all names
EVERY = -1  # instead of the bits of codes: whatever is filled in
CELLS, HEAD = UNTIL + 1, UNTIL + 2  # what is said of a row after its four days, and how much is

LINK = np.dtype(
    [
        ("table", "i8"),
        ("child", "i8"),  # the cells that say who is linked to whom,
        ("person", "i8"),
        ("field", "i8"),  # and how: with nobody, where it is not filled in
        ("codes", "i8"),  # a bit for each code that is meant
    ]
)
STREAM = np.dtype(
    [
        ("table", "i8"),
        ("link", "i8"),  # NONE: the child's own rows; past the last link: of nobody
        ("subject", "i8"),  # the cells that say whom a row is about,
        ("person", "i8"),  # and through whom it may be linked: one of two
        ("other", "i8"),
    ]
)
SLOT = np.dtype([("stream", "i8"), ("cell", "i8")])


class Layout(NamedTuple):
    """Which rows and fields go where."""

    links: Table
    streams: Table
    slots: Table


class Rows(NamedTuple):
    """The rows around a child, one table after another: those of table t begin at `firsts[t]`.

    `heads` holds by row its four days, and then where its fields begin in `cells`: as numbers, NaN
    where not filled in. Those of a table that have the same day are in the order of their ids.
    """

    firsts: Ints
    heads: Days
    cells: Floats


@entered
def answer_child(
    program: Program, layout: Layout, rows: Rows, cutoff: int, known_by: int, answers: Floats
) -> None:
    """Answer the child on a cutoff; `known_by` is the day that a label names."""
    first = np.zeros(1, np.int64)
    run(program, _laid_out(layout, rows), Pairs(first, first + cutoff, first), known_by, answers)


@compiled
def _laid_out(layout: Layout, rows: Rows) -> Streams:
    """The streams of the one child."""
    streams, heads = layout.streams, rows.heads
    by, count = _linking(layout.links, rows)
    most = 0
    for stream in streams:
        here = rows.firsts[stream.table + 1] - rows.firsts[stream.table]
        most += here if stream.link == NONE else here * count[stream.link]
    starts, keys = np.empty((len(streams), 2), np.int64), np.empty(most, np.int64)
    days, end = np.empty((4, most + ROOM), np.int32), 0
    known, withdrawn = days[KNOWN], days[WITHDRAWN]
    for number in range(len(streams)):
        stream, begin = streams[number], end
        if stream.link == NONE:
            end = _own(stream, rows, keys, days, begin)
        for linking in range(0 if stream.link == NONE else count[stream.link]):
            link, row = layout.links[stream.link], by[stream.link, linking]
            end = _linked(stream, link, row, rows, keys, days, end)
        sort(keys, known, withdrawn, begin, end)
        end = join(keys, known, withdrawn, begin, end)
        starts[number, 0], starts[number, 1] = begin, end
    for place in range(end):
        row = turn_of(keys[place])
        days[HAPPENED, place], days[UNTIL, place] = heads[row, HAPPENED], heads[row, UNTIL]
    fields, slots = _fields(layout.slots, rows, starts, keys)
    return Streams(starts, days, fields, slots)


@compiled
def _linking(links: Table, rows: Rows) -> tuple[Ints, Ints]:
    """The rows of each link that link anybody to the child, and how many; past the last, none."""
    by = np.empty((len(links), len(rows.heads)), np.int64)
    count = np.zeros(len(links) + 1, np.int64)
    for number in range(len(links)):
        link = links[number]
        for row in range(rows.firsts[link.table], rows.firsts[link.table + 1]):
            if _cell(rows, row, link.child) == CHILD and _is_meant(link, rows, row):
                by[number, count[number]] = row
                count[number] += 1
    return by, count


@compiled
def _fields(slots: Table, rows: Rows, starts: Ints, keys: Ints) -> tuple[Floats, Ints]:
    """The fields one after another, past the number of every row, and where each begins."""
    end = len(keys)
    for slot in slots:
        end += starts[slot.stream, 1] - starts[slot.stream, 0]
    fields, places, into = np.empty(end + ROOM), np.empty(len(slots), np.int64), len(keys)
    for number in range(len(slots)):
        begin, end = starts[slots[number].stream]
        places[number] = into - begin
        for place in range(begin, end):
            fields[into] = _cell(rows, turn_of(keys[place]), slots[number].cell)
            into += 1
    return fields, places


@borrowing
def _is_meant(link: Record, rows: Rows, row: int) -> bool:
    """Whether what a row says of how two are linked is among the codes of the link."""
    said = _cell(rows, row, link.field)
    if np.isnan(said):
        return False
    return bool(link.codes == EVERY or (link.codes >> int(said)) & 1)


@borrowing
def _cell(rows: Rows, row: int, cell: int) -> float:
    return float(rows.cells[rows.heads[row, CELLS] + cell])


@borrowing
def _own(stream: Record, rows: Rows, keys: Ints, days: Days, end: int) -> int:
    """Add the rows that are about the child; the new end."""
    for row in range(rows.firsts[stream.table], rows.firsts[stream.table + 1]):
        if _cell(rows, row, stream.subject) == CHILD:
            keys[end] = key_of(rows.heads[row, HAPPENED], row)
            days[KNOWN, end] = rows.heads[row, KNOWN]
            days[WITHDRAWN, end] = rows.heads[row, WITHDRAWN]
            end += 1
    return end


@borrowing
def _linked(
    stream: Record, link: Record, by: int, rows: Rows, keys: Ints, days: Days, end: int
) -> int:
    """Add the rows that a link shows, with the days on which both are believed; the new end."""
    heads, person = rows.heads, _cell(rows, by, link.person)
    for row in range(rows.firsts[stream.table], rows.firsts[stream.table + 1]):
        there = (
            _cell(rows, row, stream.person) == person or _cell(rows, row, stream.other) == person
        )
        if not there or _cell(rows, row, stream.subject) == CHILD:
            continue
        known = max(heads[row, KNOWN], heads[by, KNOWN])
        withdrawn = min(heads[row, WITHDRAWN], heads[by, WITHDRAWN])
        if heads[row, HAPPENED] <= heads[by, UNTIL] and known < withdrawn:
            keys[end] = key_of(heads[row, HAPPENED], row)
            days[KNOWN, end], days[WITHDRAWN, end] = known, withdrawn
            end += 1
    return end
