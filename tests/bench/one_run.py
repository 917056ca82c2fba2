"""One engine over one case file, in a process of its own: what it took, and what it answered.

    python -m tests.bench.one_run ENGINE FOLDER WARM_UP_FOLDER

A small case file is answered before the clock starts, so that neither imports nor compiling are
measured. The pairs are answered one part after another, as anybody would who has millions of them;
each part is added to a digest for each column, while the clock is stopped, and is let go.
"""

import importlib
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from tests.bench.columns import QUESTIONS
from tests.bench.memory import peak_bytes
from tests.bench.peers.answers import PLACES, Answers
from tests.bench.world import PAIRS

MODULES = {
    "ours": "tests.bench.ours",
    "ours in parts": "tests.bench.ours_in_parts",
    "DuckDB": "tests.bench.peers.duckdb_sql",
    "Polars": "tests.bench.peers.polars_frames",
    "pandas": "tests.bench.peers.pandas_frames",
    "Featuretools": "tests.bench.peers.featuretools_sample",
}
PAIRS_AT_ONCE = 100_000
Places = npt.NDArray[np.int64]


class Clock:
    """Seconds, and seconds of processor, that went by while it ran."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def __enter__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), _cpu()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter() - self._wall
        self.cpu += _cpu() - self._cpu


def _cpu() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def run(engine: str, folder: Path) -> dict[str, object]:
    """What one engine took to load and to answer a case file, and the digests of its answers."""
    peer = importlib.import_module(MODULES[engine])
    loading, answering = Clock(), Clock()
    digests = dict.fromkeys(getattr(peer, "COLUMNS", QUESTIONS), 0)
    with loading:
        pairs = pq.read_table(folder / PAIRS)
        loaded = peer.load(folder)
    parts = _parts(peer, loaded, pairs)
    while True:
        with answering:
            part = next(parts, None)
        if part is None:
            break
        _digest(*part, digests)
        del part  # before the next is made
    return {
        "engine": engine,
        "rows": len(pairs),
        "load": loading.wall,
        "answer": answering.wall,
        "cpu": loading.cpu + answering.cpu,
        "cpu_answering": answering.cpu,
        "peak": peak_bytes(),
        "digests": digests,
    }


def _parts(peer: ModuleType, loaded: object, pairs: pa.Table) -> Iterator[tuple[Places, Answers]]:
    """The answers part by part, as the engine cuts them or in the order of the pairs."""
    if hasattr(peer, "answer_in_parts"):
        yield from peer.answer_in_parts(loaded)
        return
    for first in range(0, len(pairs), PAIRS_AT_ONCE):
        part = pairs.slice(first, PAIRS_AT_ONCE)
        yield np.arange(first, first + len(part)), peer.answer(loaded, part)


def _digest(places: Places, answers: Answers, digests: dict[str, int]) -> None:
    """Add up a hash of each answer and its place: the same in whichever order they come."""
    salt = places.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for name, total in digests.items():
        column = answers[:, PLACES[name]]
        same = np.where(np.isnan(column), np.nan, column) + 0.0  # one NaN, and no zero below zero
        mixed = (same.view(np.uint64) ^ salt) * np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(31)
        digests[name] = (total + int(mixed.sum(dtype=np.uint64))) % (1 << 64)


if __name__ == "__main__":
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    engine, folder, warm_up = sys.argv[1:]
    run(engine, Path(warm_up))
    sys.stdout.write(json.dumps(run(engine, Path(folder))))
