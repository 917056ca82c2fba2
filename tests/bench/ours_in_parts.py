"""Our batch engine as `kizuki rows` streams it: a small case file for each part, one at a time."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from features.rows.make import ThisMachine
from features.rows.part import PAIRS, open_parts, part_name
from features.rows.plan import Plan, make_plan
from features.rows.source import Source
from tests.bench import ours
from tests.bench.peers.answers import Answers

ROWS_PER_PART = 100_000


@dataclass(frozen=True)
class Spread:
    """A case file that was cut into parts, and where they are."""

    plan: Plan
    folder: Path


def load(folder: Path) -> Spread:
    """The case file cut into parts on disk, each with all that its answers are made from."""
    source, pairs = Source(folder), pq.read_table(folder / PAIRS)
    placed = pairs.append_column("place", pa.array(np.arange(len(pairs))))
    plan = make_plan(source, placed, ROWS_PER_PART)
    parts = Path(tempfile.mkdtemp(dir=folder)) / "parts"
    open_parts(source, plan, parts)
    ThisMachine().spread(source, plan, parts)
    return Spread(plan, parts)


def answer_in_parts(cut: Spread) -> Iterator[tuple[npt.NDArray[np.int64], Answers]]:
    """Every question answered for every pair, part by part, each with the places of its pairs."""
    for part in cut.plan.parts:
        folder = cut.folder / part_name(part)
        pairs = pq.read_table(folder / PAIRS)
        yield pairs["place"].to_numpy(), ours.answer(ours.load(folder), pairs)
    shutil.rmtree(cut.folder.parent)
