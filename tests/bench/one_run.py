"""One engine over one case file, in a process of its own: what it took, and what it answered.

    python -m tests.bench.one_run ENGINE FOLDER WARM_UP_FOLDER

A small case file is answered before the clock starts, so that neither imports nor compiling are
measured. The pairs are answered one part after another, as anybody would who has millions of them;
each part becomes a digest for each column, while the clock is stopped, and is let go.
"""

import hashlib
import importlib
import json
import os
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from tests.bench.columns import QUESTIONS
from tests.bench.peers.answers import PLACES, Answers
from tests.bench.world import PAIRS

MODULES = {
    "ours": "tests.bench.ours",
    "DuckDB": "tests.bench.peers.duckdb_sql",
    "Polars": "tests.bench.peers.polars_frames",
    "pandas": "tests.bench.peers.pandas_frames",
    "Featuretools": "tests.bench.peers.featuretools_sample",
}
PAIRS_AT_ONCE = 100_000


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
    digests = {name: hashlib.blake2b(digest_size=8) for name in getattr(peer, "COLUMNS", QUESTIONS)}
    with loading:
        pairs = pq.read_table(folder / PAIRS)
        loaded = peer.load(folder)
    for first in range(0, len(pairs), PAIRS_AT_ONCE):
        with answering:
            answers = peer.answer(loaded, pairs.slice(first, PAIRS_AT_ONCE))
        _digest(answers, digests)
        del answers
    return {
        "engine": engine,
        "rows": len(pairs),
        "load": loading.wall,
        "answer": answering.wall,
        "cpu": loading.cpu + answering.cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "digests": {name: digest.hexdigest() for name, digest in digests.items()},
    }


def _digest(answers: Answers, digests: dict[str, "hashlib._Hash"]) -> None:
    for name, digest in digests.items():
        column = answers[:, PLACES[name]]
        same = np.where(np.isnan(column), np.nan, column) + 0.0  # one NaN, and no zero below zero
        digest.update(np.ascontiguousarray(same).data)


if __name__ == "__main__":
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    engine, folder, warm_up = sys.argv[1:]
    run(engine, Path(warm_up))
    sys.stdout.write(json.dumps(run(engine, Path(folder))))
