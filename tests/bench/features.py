"""`make bench-features`: our batch engine beside DuckDB, Polars, pandas and Featuretools.

    python -m tests.bench.features [--rounds ROUNDS] [CHILDREN ...]

Every engine answers the same questions of the same case file, from Parquet on disk to the answers
in memory, on two cores. Of a million children pandas is not asked: it would take 14 GB. Fails where
answers differ, and never for being slow.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.measure import Measured, differing, measure
from tests.bench.report import OURS, PEERS, aims, table

WARM_UP = 300  # children
SAMPLE = 60  # children, for Featuretools: it takes seconds for a hundred rows
MANY = 1_000_000  # children: from here on in parts too, in one round, and without pandas
FOR_MANY = tuple(peer for peer in PEERS if peer != "pandas")  # which takes 14 GB for so many


def main(sizes: list[int], rounds: int) -> int:
    """Measure and tell; returns 1 where any two engines answer differently."""
    _tell(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; medians of {rounds} rounds\n")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        warm_up, few = _world(folder, WARM_UP), _world(folder, SAMPLE)
        sample = measure(("ours", "Featuretools"), few, warm_up=few, rounds=1)
        by_size = {}
        for children in sizes:
            _tell(f"{children:,} children:")
            here = _world(folder, children)
            many = children >= MANY
            engines = (*OURS, *FOR_MANY) if many else (*OURS[:1], *PEERS)
            by_size[children] = measure(engines, here, warm_up, 1 if many else rounds)
            _tell(*table(by_size[children]), "")
    _tell(f"a sample of {SAMPLE} children, {len(sample[1].digests)} columns in Featuretools:")
    _tell(*table(sample), "")
    _tell(*aims(by_size, sample[1]))
    return _differences([sample, *by_size.values()])


def _differences(runs: list[list[Measured]]) -> int:
    differ = sorted({told for ours, *others in runs for told in differing(ours, others)})
    columns = len(runs[0][0].digests)
    _tell(*differ or [f"all {columns} columns have the same answers in every engine"])
    return int(bool(differ))


def _world(folder: Path, children: int) -> Path:
    """A case file of so many children, made by a process of its own: ours has to stay small.

    What a process was once, the next that it starts inherits as its own peak of memory.
    """
    here = folder / str(children)
    command = [sys.executable, "-m", "tests.bench.world", str(here), str(children)]
    subprocess.run(command, check=True)
    return here


def _tell(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("children", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    sys.exit(main(asked.children, asked.rounds))
