"""A crowd of those who read: reports are asked for more often than can be answered."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.faults.crowd import answered, ask_at_pace, failed, percentile
from tests.bench.faults.finding import Finding, at_most, none_of
from tests.bench.faults.known import asks_everybody, screener
from tests.bench.faults.probe import probing
from tests.live import running
from tests.serving.desks import example

USUAL = 20.0  # scores a second
CROWD = 160.0  # reads a second


def reads(home: Path, seconds: float) -> list[Finding]:
    """Some ask for scores, as many as usual, while a crowd reads one answer again and again."""
    with running(home, **asks_everybody(home)) as server, ThreadPoolExecutor(1) as beside:
        mine, yours = screener("person-17", "north"), screener("person-18", "north")
        (first,) = ask_at_pace(server.port, 1, 1, example(), headers=mine)
        path = f"/v1/report/{json.loads(first.body)['scoreId']}"
        with probing(server.port, seconds) as probes:
            crowding = beside.submit(
                ask_at_pace, server.port, CROWD, seconds, None, path, headers=mine
            )
            others = ask_at_pace(server.port, USUAL, seconds, example(), headers=yours)
        crowd = crowding.result()
    name = "a crowd reads a report"
    told = f"{sum(map(answered, crowd)):,} of {len(crowd):,}"
    return [
        Finding(f"{name}: is answered", "> 0", told, any(map(answered, crowd))),
        none_of(f"{name}: neither answered nor told when to ask again", failed(crowd), len(crowd)),
        none_of(f"{name}: scores that were not given", failed(others), len(others), timed=True),
        at_most(f"{name}: p99 of scores", 1000, percentile(others, 0.99, only=answered), "ms"),
        none_of(f"{name}: /livez failed", sum(not answered(p) for p in probes), len(probes)),
        at_most(f"{name}: p99 of /livez", 200, percentile(probes, 0.99, only=answered), "ms"),
        at_most(f"{name}: p99 of reads", 1000, percentile(crowd, 0.99, only=answered), "ms"),
    ]
