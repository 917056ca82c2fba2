"""Engines measured side by side: in turns, each run in a process of its own, medians of rounds."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
THREADS = ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "POLARS_MAX_THREADS")  # both cores for everybody

TAKEN = ("load", "answer", "cpu", "cpu_answering", "peak")


@dataclass(frozen=True)
class Measured:
    """What one engine took over one case file: medians of its rounds, in seconds and bytes."""

    engine: str
    rows: int
    load: float
    answer: float
    cpu: float
    cpu_answering: float
    peak: float
    digests: dict[str, int]

    @property
    def rows_a_second(self) -> float:
        """From Parquet on disk to the answers in memory."""
        return self.rows / (self.load + self.answer)

    @property
    def rows_a_second_answering(self) -> float:
        """The same without loading."""
        return self.rows / self.answer

    @property
    def rows_a_cpu_second(self) -> float:
        """From Parquet to the answers, by the processor's time: steadier on a busy machine."""
        return self.rows / self.cpu

    @property
    def rows_a_cpu_second_answering(self) -> float:
        """The same without loading."""
        return self.rows / self.cpu_answering


def measure(engines: Sequence[str], folder: Path, warm_up: Path, rounds: int) -> list[Measured]:
    """Every engine over a case file, in turns: each round begins with another engine."""
    runs: dict[str, list[dict]] = defaultdict(list)
    for number in range(rounds):
        turn = number % len(engines)
        for engine in [*engines[turn:], *engines[:turn]]:
            runs[engine].append(_run(engine, folder, warm_up))
    return [_medians(runs[engine]) for engine in engines]


def differing(first: Measured, others: Iterable[Measured]) -> list[str]:
    """Each column that another engine answers otherwise than the first, and which engine does."""
    return [
        f"{column} in {other.engine}"
        for other in others
        for column, digest in other.digests.items()
        if first.digests[column] != digest
    ]


def _run(engine: str, folder: Path, warm_up: Path) -> dict:
    command = [sys.executable, "-m", "tests.bench.one_run", engine, str(folder), str(warm_up)]
    plain = {name: value for name, value in os.environ.items() if name not in THREADS}
    done = subprocess.run(command, check=True, cwd=ROOT, env=plain, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def _medians(runs: list[dict]) -> Measured:
    taken = {name: median(run[name] for run in runs) for name in TAKEN}
    return Measured(runs[0]["engine"], runs[0]["rows"], digests=runs[0]["digests"], **taken)
