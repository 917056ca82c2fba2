"""What `make faults` does to a desk, in small: each promise that no clock has a say in is held."""

from functools import partial
from pathlib import Path

import pytest

from tests import postgres
from tests.bench.faults.__main__ import Fault
from tests.bench.faults.askers import one_crowds, tried_keys
from tests.bench.faults.backups import backups
from tests.bench.faults.crashes import crashes
from tests.bench.faults.dependencies import dead_names
from tests.bench.faults.finding import table
from tests.bench.faults.loads import loads
from tests.bench.faults.many_events import many_events
from tests.bench.faults.reads import reads
from tests.bench.faults.shortages import full_disk, jumping_clock, no_database, no_registry
from tests.bench.faults.swaps import swaps
from tests.serving.desks import promoted_home

FAULTS: dict[str, Fault] = {
    "kill -9 in the middle of writes": partial(crashes, cycles=2),
    "a full disk": partial(full_disk, seconds=0.5),
    "a registry that is damaged, and gone": no_registry,
    "a clock that jumps": jumping_clock,
    "a backup of what is written": partial(backups, many=300),
    "champions swapped under load": partial(swaps, swapped=50, seconds=1.0),
    "names that hang": partial(dead_names, seconds=0.5),
    "keys that are tried": partial(tried_keys, many=1000),
    "one that asks more than can be answered": partial(one_crowds, seconds=2.0),
    "a crowd that reads": partial(reads, seconds=2.0),
    "four times the load": partial(loads, seconds=2.0),
    "a database that is gone, and back": no_database,
    "a database of many events": partial(many_events, many=300),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_promised_is_held(fault: str, tmp_path: Path) -> None:
    if "database" in fault and not postgres.INSTALLED:
        pytest.skip("PostgreSQL is not installed")
    found = [one for one in FAULTS[fault](promoted_home(tmp_path)) if not one.timed]
    assert found
    assert all(one.held for one in found), f"\n{table(found)}"
