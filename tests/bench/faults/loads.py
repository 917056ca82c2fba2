"""Normal load, and four times as much: what is answered is answered soon, the rest told to wait."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import psutil

from tests.bench.faults.crowd import Reply, answered, ask_at_pace, failed, percentile
from tests.bench.faults.finding import Finding, at_most, none_of
from tests.bench.faults.known import asks_everybody, screener
from tests.bench.faults.probe import probing
from tests.live import Server, running
from tests.serving.desks import example

NORMAL = 40.0  # requests a second
TIMES = 4
LONGEST_CROWD = 120.0  # seconds


def loads(home: Path, seconds: float, normal: float = NORMAL) -> list[Finding]:
    """Ask as much as usual, then four times as much, then as much as usual again."""
    with running(home, **asks_everybody(home)) as server:
        usual = _asking(server, normal)
        usual(seconds / 4)
        process = psutil.Process(server.process.pid)
        before, files = process.memory_info().rss, process.num_fds()
        found = usual(seconds)
        grown = process.memory_info().rss / before - 1
        opened = process.num_fds() - files
        crowding = min(seconds, LONGEST_CROWD)
        with probing(server.port, crowding) as probes:
            crowded = _asking(server, TIMES * normal)(crowding)
        after = usual(seconds / 4)
    return [*_normal(normal, found, grown, opened), *_crowded(crowded, probes, after)]


def _asking(server: Server, rate: float) -> Callable[[float], list[Reply]]:
    """Somebody who asks so often, for so many seconds."""
    headers = screener("person-17", "north")
    return partial(ask_at_pace, server.port, rate, said=example(), headers=headers)


def _normal(rate: float, normal: list[Reply], grown: float, opened: int) -> list[Finding]:
    name = f"normal load ({rate:g} a second)"
    times = [
        at_most(f"{name}: {words}", most, percentile(normal, share, only=answered), "ms")
        for words, share, most in (("p50", 0.5, 40), ("p95", 0.95, 120), ("p99", 0.99, 250))
    ]
    return [
        none_of(f"{name}: failed", failed(normal), len(normal)),
        *times,
        at_most(f"{name}: memory grows by", 5, 100 * grown, "%"),
        Finding(f"{name}: files left open", "≤ 10", str(opened), opened <= 10, timed=True),
    ]


def _crowded(crowded: list[Reply], probes: list[Reply], after: list[Reply]) -> list[Finding]:
    name = f"{TIMES} times as much"
    count = sum(map(answered, crowded))
    return [
        none_of(
            f"{name}: neither answered nor told when to ask again", failed(crowded), len(crowded)
        ),
        at_most(f"{name}: p99 of answers", 1000, percentile(crowded, 0.99, only=answered), "ms"),
        Finding(f"{name}: answered", "> 0", f"{count:,} of {len(crowded):,}", held=count > 0),
        at_most(f"{name}: p99 of /livez", 200, percentile(probes, 0.99, only=answered), "ms"),
        none_of(f"{name}: probes that failed", failed(probes), len(probes), timed=True),
        none_of("after it: failed", failed(after), len(after)),
    ]
