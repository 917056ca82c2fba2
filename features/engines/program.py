"""What a plan is to the compiled engine: tables of steps, and the arrays that they work on.

A program has four kinds of step, each a row of a table. Conditions say of each row of a stream
whether they are true or false. Selections keep some rows of a stream. Values make a number of a
selection. Gaps take back the answer to "no rows" where the office would not have recorded any.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Record = Any  # a row of one of the record types below: numpy's types do not name its fields
Table = npt.NDArray[Any]  # of records

NEVER = 1 << 30  # a day that does not come: the row is not withdrawn, the span goes on
EVER = 1 << 40  # more days than there are
UNBORN = -EVER  # a day before all days: of a birth that is not on record
NONE = -1  # instead of the number of a step or slot, where there is none

ROOM = 64  # rows
HAPPENED, KNOWN, WITHDRAWN, UNTIL = range(4)  # the days of a row

# Conditions: on one field, then of other conditions.
FILLED, AMONG, AT_LEAST, AT_MOST, BOTH, EITHER, OPPOSITE = range(7)

# Selections.
BELIEVED, WHERE, AND, BEGAN, BEFORE_AGE, ENDED, TOUCHED, ABOUT, LATEST, EARLIER = range(10)

# Values: of the bits of a selection, of its rows, and of those of its rows that have a field.
COUNT, EXISTS, SAYS, SHARE, SINCE_LAST, SINCE_FIRST, TURNS = range(7)
COUNT_DAYS, CHANGE, FADED_COUNT, AGE = range(10, 14)
LONGEST_GAP, DAYS_COVERED, STRETCHES, STRETCHES_ENDED = range(20, 24)
COUNT_CODES, COUNT_DISTINCT, SUM, MAX, CHANGE_IN = range(30, 35)
LEAST_AGE, MOST_AGE, SPACING = range(40, 43)

CONDITION = np.dtype(
    [
        ("op", "i8"),
        ("stream", "i8"),
        ("slot", "i8"),  # the field that is looked at
        ("codes", "i8"),  # AMONG: a bit for each code that is meant
        ("bound", "f8"),  # AT_LEAST, AT_MOST
        ("left", "i8"),  # BOTH, EITHER, OPPOSITE: other conditions
        ("right", "i8"),
    ]
)
SELECTION = np.dtype(
    [
        ("op", "i8"),
        ("stream", "i8"),
        ("source", "i8"),  # the selection that is narrowed; NONE for one that stands alone
        ("ahead", "i8"),  # BELIEVED: 1 on the day named, 0 on the cutoff
        ("condition", "i8"),  # WHERE
        ("after", "i8"),  # BEGAN, ENDED, TOUCHED: days from the cutoff to the day before the
        ("upto", "i8"),  # first that is kept, and to the last; BEFORE_AGE: years
        ("others", "i8"),  # AND, ABOUT: another selection; BEFORE_AGE: of the child's birth
        ("their_stream", "i8"),
        ("ids", "i8"),
        ("slot", "i8"),  # and what these rows refer to
    ]
)
VALUE = np.dtype(
    [
        ("op", "i8"),
        ("stream", "i8"),
        ("source", "i8"),  # the selection that the value is made from
        ("column", "i8"),  # where the answer goes
        ("empty", "f8"),  # the answer where there are no rows
        ("slot", "i8"),  # the field that is read
        ("to_come", "i8"),  # whether a field that is a day may lie after the cutoff
        ("condition", "i8"),  # SAYS, SHARE; of a field, that it is filled in
        ("days", "i8"),  # of the lookback, or of its later half; NEVER where it has no beginning
        ("lasting", "i8"),  # LONGEST_GAP: whether the rows last
        ("weights", "i8"),  # FADED_COUNT: the place of the weight on the same day
    ]
)
GAP = np.dtype(
    [
        ("source", "i8"),  # the selection that was empty
        ("stream", "i8"),
        ("value", "i8"),  # the step whose answer is taken back
        ("from_day", "i8"),  # the days that are recorded
        ("to_day", "i8"),
        ("days", "i8"),  # that are asked about: of the lookback, or ahead
        ("ahead", "i8"),
        ("asked", "i8"),  # the selections of whose last day alone it asks: the place in `asked`
        ("asked_end", "i8"),
    ]
)

ASKED = np.dtype([("selection", "i8"), ("stream", "i8")])
PAIR = np.dtype(
    [
        ("cutoff", "i8"),
        ("born", "i8"),  # the day of birth as it was on record; UNBORN where it was not
    ]
)


class Program(NamedTuple):
    """All steps, each after those that it needs.

    `asked` lists selections for the gaps, `weights` the tables of weights one after another, and
    `births` is the selection of the child's own birth and its stream, NONE where nothing needs it.
    """

    conditions: Table
    selections: Table
    values: Table
    gaps: Table
    asked: Table
    weights: Floats
    births: Ints


class Streams(NamedTuple):
    """The rows that the histories of some children have, stream by stream.

    A stream is a table in a role. The rows of child c in stream s are `starts[s, c]` up to
    `starts[s, c + 1]`, ordered by day and id. `days` are four days of each row: of a row that is
    linked, KNOWN and WITHDRAWN are those of this child's history. `fields` holds the fields that a
    program reads, NaN where not filled in: codes, day numbers, 1 or 0, or numbers; slot k of row r
    is `fields[slots[k] + r]`. Behind the last row, `days` and each field have room for ROOM more,
    whatever stands there, since several are looked at together.
    """

    starts: Ints
    days: Days
    fields: Floats
    slots: Ints


class Pairs(NamedTuple):
    """Pairs of child and cutoff: the child's place in the streams, and the row of the answers."""

    child: Ints
    cutoff: Ints
    place: Ints


class Block(NamedTuple):
    """Pairs that are answered together, and where each has its rows, by stream and pair.

    A set of rows is a set of bits: bit b of word w is row `first + WORD * w + b` of a pair. In a
    block all pairs have as many words of a stream, `words`, and word w of all pairs lies before
    word w + 1 of any: mostly there is one word each, and a step is a loop without exceptions.
    `length` says how many rows each has, and `place` is the first among those of the stream.
    """

    pairs: Table
    first: Ints
    place: Ints
    length: Ints
    words: Ints
