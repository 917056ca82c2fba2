"""What rows cost, here and on a cluster on this machine: `python -m tests.rows.cost CASES...`."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import pyarrow.parquet as pq
import typer

from features.tables import children
from tests.rows.standalone import ENVIRONMENT, standalone

WORKERS = 2  # of one core each
MAKE = (sys.executable, "-m", "kizuki", "rows", "make")


def main(
    cases: Annotated[list[Path], typer.Argument(help="Folders of case files.")],
    spark: Annotated[bool, typer.Option(help="On a cluster on this machine, too.")] = True,
) -> None:
    """Print what the rows of each case file cost; the cluster's cost is with its start and end.

    Seconds are by the clock, and of the processor over all processes; memory is that of the one
    process that was started, at its peak.
    """
    typer.echo("children      rows  engine   seconds  processor  for a million rows  memory")
    for folder in cases:
        for engine in ("local", "spark") if spark else ("local",):
            with TemporaryDirectory(dir=folder.parent) as made:
                _tell(folder, engine, Path(made))


def _tell(folder: Path, engine: str, made: Path) -> None:
    out = made / "rows.parquet"
    begun, before = time.monotonic(), _processor()
    if engine == "spark":
        with standalone(made, WORKERS) as cluster:
            memory = _make(folder, out, ("--engine", "spark", "--master", cluster.master))
    else:
        memory = _make(folder, out, ())
    seconds, processor = time.monotonic() - begun, _processor() - before
    rows = pq.read_metadata(out).num_rows
    many = pq.read_metadata(folder / f"{children.name}.parquet").num_rows
    each = processor / rows * 1e6
    typer.echo(
        f"{many:8}  {rows:8}  {engine:6} {seconds:9.1f}  {processor:9.1f}  {each:18.1f}  "
        f"{memory:5}M"
    )


def _make(folder: Path, out: Path, options: Sequence[str]) -> int:
    """Make the rows, and return the most memory, in megabytes."""
    command = [*MAKE, "--cases", folder, "--out", out, *options]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=quiet, stderr=quiet)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{folder}: ended with {status}")
    return used.ru_maxrss // 1024


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    typer.run(main)
