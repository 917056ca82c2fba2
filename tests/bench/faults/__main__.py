"""Load and faults: `make faults` prints each promise, the number to reach, and the number found.

Desks are real processes on loopback with small models; who asks runs beside them on the same
machine. `python -m tests.bench.faults nightly` takes the long numbers.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from tests.bench.faults.backups import backups
from tests.bench.faults.crashes import crashes
from tests.bench.faults.finding import HEADING, Finding, table
from tests.bench.faults.loads import loads
from tests.bench.faults.shortages import full_disk, jumping_clock, no_database, no_registry
from tests.bench.faults.swaps import swaps
from tests.serving.desks import promoted_home

Fault = Callable[[Path], list[Finding]]
NIGHTLY = "nightly"


def faults(*, nightly: bool) -> list[Fault]:
    """What is done to a desk, each on a state folder of its own."""
    long = 15 if nightly else 1
    return [
        partial(loads, seconds=20.0 * long),
        partial(crashes, cycles=300 if nightly else 25),
        partial(full_disk, seconds=3.0),
        no_database,
        no_registry,
        jumping_clock,
        partial(backups, many=1_000_000 if nightly else 50_000),
        partial(swaps, swapped=50 if nightly else 10, seconds=20.0),
    ]


def main(words: list[str]) -> None:
    """Print the table, and end with 1 where a promise was not held."""
    held = True
    typer.echo(HEADING)
    for fault in faults(nightly=NIGHTLY in words):
        with TemporaryDirectory(prefix="kizuki-faults-") as home:
            found = fault(promoted_home(Path(home)))
        typer.echo(table(found))
        held = held and all(one.held for one in found)
    sys.exit(not held)


if __name__ == "__main__":
    main(sys.argv[1:])
