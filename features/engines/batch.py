"""Many children at once, with numpy: the same answers as `one_child`, for whole offices."""

from collections.abc import Callable, Sequence

import numpy as np

from features.coverage import days_covered, gap_of
from features.engines.batch_rows import Selection, days_asked
from features.engines.batch_tables import FOREVER, BatchTables, Ints
from features.engines.batch_values import Answers, make
from features.language.values import Value
from features.language.windows import Lookback

PAIRS_AT_ONCE = 20_000  # bounds the memory: each pair of child and cutoff picks its rows


def answer_all(
    values: Sequence[Value],
    tables: BatchTables,
    children: Sequence[str],
    cutoffs: Ints,
    *,
    known_by: int | None = None,
    done: Callable[[int], object] = lambda _: None,
) -> Answers:
    """Every value answered for every pair of child and cutoff: pairs by values, NaN if missing.

    `cutoffs` are day numbers, one a pair. Values that look ahead see what was known by the day
    `known_by`, which they need. `done` is told how many pairs were answered since it last was.
    """
    places, answers = tables.places(children), np.empty((len(cutoffs), len(values)))
    for first in range(0, len(cutoffs), PAIRS_AT_ONCE):
        chunk = slice(first, first + PAIRS_AT_ONCE)
        answers[chunk] = _answer_chunk(values, tables, places[chunk], cutoffs[chunk], known_by)
        done(len(cutoffs[chunk]))
    return answers


def _answer_chunk(
    values: Sequence[Value],
    tables: BatchTables,
    children: Ints,
    cutoffs: Ints,
    known_by: int | None,
) -> Answers:
    back = Selection(tables, children, cutoffs, believed=cutoffs)
    named_day = np.full_like(cutoffs, -FOREVER if known_by is None else known_by)
    ahead = Selection(tables, children, cutoffs, believed=named_day)
    answers = np.full((len(cutoffs), len(values)), np.nan)
    for index, value in enumerate(values):
        if not isinstance(value.span, Lookback) and known_by is None:
            raise ValueError(f"{value} looks ahead: say by which day it must be known")
        if gap_of(value, tables.recorded, tables.coverage) is None:
            selection = back if isinstance(value.span, Lookback) else ahead
            answers[:, index] = _answer(value, selection, days_covered(value, tables.coverage))
    return answers


def _answer(value: Value, selection: Selection, covered: tuple[int, int]) -> Answers:
    picked = selection.select(value.rows)
    counts = np.bincount(picked.pair, minlength=len(selection.cutoff))
    made = make(value, picked, selection)
    none = np.full(len(made), np.nan)
    if value.empty is not None:
        first, last = days_asked(value, selection)
        none[(covered[0] <= first) & (last <= covered[1])] = value.empty
    return np.where(counts > 0, made, none)
