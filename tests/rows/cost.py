"""What rows cost, here and on a cluster on this machine: `python -m tests.rows.cost CASES...`."""

import os
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
    """Print seconds, seconds for a million rows, and the most memory, for each case file."""
    typer.echo("children  rows       engine  seconds  processor  for a million rows  memory")
    for folder in cases:
        _tell(folder, "local", ())
        if spark:
            with TemporaryDirectory() as logs, standalone(Path(logs), WORKERS) as cluster:
                _tell(folder, "spark", ("--engine", "spark", "--master", cluster.master))


def _tell(folder: Path, engine: str, options: Sequence[str]) -> None:
    with TemporaryDirectory(dir=folder.parent) as made:
        out = Path(made) / "rows.parquet"
        begun = time.monotonic()
        command = [*MAKE, "--cases", folder, "--out", out, *options]
        process = subprocess.Popen(
            command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begun
        if status:
            raise SystemExit(f"{' '.join(map(str, command))} ended with {status}")
        rows = pq.read_metadata(out).num_rows
    many = pq.read_metadata(folder / f"{children.name}.parquet").num_rows
    processor = f"{used.ru_utime + used.ru_stime:9.1f}" if engine == "local" else "        -"
    typer.echo(
        f"{many:8}  {rows:9}  {engine:6}  {seconds:7.1f}  {processor}  "
        f"{seconds / rows * 1e6:18.1f}  {used.ru_maxrss / 1024:5.0f}M"
    )


if __name__ == "__main__":
    typer.run(main)
