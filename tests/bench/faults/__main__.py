"""Load and faults: `make faults` prints each promise, the number to reach, and the number found.

Desks are real processes on loopback with small models; who asks runs beside them on the same
machine. `python -m tests.bench.faults nightly` takes the long numbers, and further words, such as
`loads backups`, take those faults alone.
"""

import logging
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from tests.bench.faults.askers import guesses, one_crowds, too_often, tried_keys
from tests.bench.faults.backups import backups
from tests.bench.faults.crashes import crashes
from tests.bench.faults.dependencies import (
    dead_names,
    dead_provider,
    dead_receivers,
    late_database,
)
from tests.bench.faults.finding import HEADING, Finding, table
from tests.bench.faults.loads import loads
from tests.bench.faults.long_job import long_job
from tests.bench.faults.many_events import many_events
from tests.bench.faults.reads import reads
from tests.bench.faults.shortages import full_disk, jumping_clock, no_database, no_registry
from tests.bench.faults.swaps import swaps
from tests.serving.desks import promoted_home

Fault = Callable[[Path], list[Finding]]
NIGHTLY = "nightly"


def faults(*, nightly: bool) -> list[Fault]:
    """What is done to a desk, each on a state folder of its own."""
    return [
        *([partial(tried_keys, many=20_000)] if nightly else []),
        partial(loads, seconds=900.0, normal=60.0) if nightly else partial(loads, seconds=20.0),
        partial(crashes, cycles=300 if nightly else 25),
        partial(long_job, many=10_000 if nightly else 1_000),
        partial(full_disk, seconds=3.0),
        no_database,
        partial(late_database, seconds=3.0),
        partial(dead_names, seconds=3.0),
        partial(dead_receivers, seconds=3.0),
        dead_provider,
        no_registry,
        jumping_clock,
        partial(backups, many=1_000_000 if nightly else 50_000),
        partial(many_events, many=1_000_000 if nightly else 50_000),
        partial(swaps, swapped=50, seconds=20.0),
        partial(guesses, many=10_000 if nightly else 2_000),
        partial(too_often, seconds=20.0),
        partial(one_crowds, seconds=20.0),
        partial(reads, seconds=20.0),
    ]


def main(words: list[str]) -> None:
    """Print the table, and end with 1 where a promise was not held."""
    chosen = _named(set(words) - {NIGHTLY}, faults(nightly=NIGHTLY in words))
    held = True
    logging.disable()  # what desks within this process say of the faults is no part of the table
    typer.echo(HEADING)
    for fault in chosen:
        with TemporaryDirectory(prefix="kizuki-faults-") as home:
            found = fault(promoted_home(Path(home)))
        typer.echo(table(found))
        held = held and all(one.held for one in found)
    sys.exit(not held)


def _named(names: set[str], every: list[Fault]) -> list[Fault]:
    """Those of the names, or all where none is given."""
    by_name = {getattr(fault, "func", fault).__name__: fault for fault in every}
    if unknown := names - by_name.keys():
        sys.exit(f"No such fault: {', '.join(sorted(unknown))}; there are: {', '.join(by_name)}")
    return [fault for name, fault in by_name.items() if not names or name in names]


if __name__ == "__main__":
    main(sys.argv[1:])
