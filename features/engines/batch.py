"""Many children at once, compiled: the same answers as `one_child`, for whole offices.

The questions become one program (`plan`), the rows of some thousand children at a time become
streams (`batch_tables`), and the program is run over them (`kernel`), on as many threads as there
are cores. An answer depends on its own child and cutoff alone, so the threads cannot change it.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from features.engines.batch_tables import BatchTables
from features.engines.compiled import threads
from features.engines.kernel import run
from features.engines.plan import Plan, plan_of
from features.engines.program import EVER, Ints, Pairs
from features.language.values import Value

Answers = npt.NDArray[np.float64]
PAIRS_AT_ONCE = 16_384  # bounds the memory beside the answers: the streams of so many pairs


def answer_all(
    values: Sequence[Value],
    tables: BatchTables,
    children: Sequence[str] | pa.ChunkedArray,
    cutoffs: Ints,
    *,
    known_by: int | None = None,
    done: Callable[[int], object] = lambda _: None,
) -> Answers:
    """Every value answered for every pair of child and cutoff: pairs by values, NaN if missing.

    The answers to one value lie side by side in memory, as those of a column of a table do.
    `cutoffs` are day numbers, one a pair. Values that look ahead see what was known by the day
    `known_by`, which they need. `done` is told how many pairs were answered since it last was.
    """
    plan = plan_of(values, tables.recorded, tables.coverage)
    if plan.looks_ahead is not None and known_by is None:
        raise ValueError(f"{plan.looks_ahead} looks ahead: say by which day it must be known")
    answers = np.empty((len(values), len(cutoffs)))
    answers[np.setdiff1d(np.arange(len(values)), plan.program.values["column"])] = np.nan
    day = -EVER if known_by is None else known_by
    with ThreadPoolExecutor(threads()) as pool:
        tables.prepare(plan, pool)
        asked = _Asked(plan, tables, tables.places(children), cutoffs, day, answers)
        for pairs in pool.map(asked.answer, asked.parts()):
            done(pairs)
    return answers.T


@dataclass(frozen=True)
class _Asked:
    """Pairs that are asked about, children by their codes, and the answers as they come."""

    plan: Plan
    tables: BatchTables
    children: Ints
    cutoffs: Ints
    known_by: int
    answers: Answers

    def parts(self) -> list[Ints]:
        """The places of the pairs in parts, those of a child together wherever they stand.

        All are alike and every thread has as many of them, so that none waits for another.
        """
        by_child = np.argsort(self.children, kind="stable")
        each = max(1, -(-len(by_child) // (PAIRS_AT_ONCE * threads())))
        return [part for part in np.array_split(by_child, each * threads()) if len(part)]

    def answer(self, places: Ints) -> int:
        """Answer the pairs at some places, and return how many they are."""
        by_pair = self.children[places]
        first = np.append(True, by_pair[1:] != by_pair[:-1])  # of each child: they stand together
        pairs = Pairs(np.cumsum(first) - 1, self.cutoffs[places].astype(np.int64), places)
        streams = self.tables.streams(self.plan, by_pair[first])
        run(self.plan.program, streams, pairs, self.known_by, self.answers)
        return len(places)
