"""Who guesses ids, asks too often, or tries keys: they learn nothing, and hold up nobody."""

import random
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import fmean, median, variance
from uuid import uuid4

from serving.who.keys import MARK, look_up, make_key, read_kept
from serving.who.tokens import Refused
from tests.bench.faults.crowd import Reply, answered, ask_at_pace, failed, percentile
from tests.bench.faults.finding import Finding, at_most, none_of
from tests.bench.faults.known import asks_everybody, screener
from tests.live import Server, running
from tests.serving.desks import example

OFTEN = 300  # requests a minute that are taken of one caller
NORMAL = OFTEN / 60  # of them a second
TIMES = 10
CROWD = 160.0  # requests a second, more than are answered
PATHS = ("/v1/score/{}", "/v1/score/{}/explanation", "/v1/report/{}")
THERE = 20  # answers of the other office
RIGHT = 31  # characters of a secret that were guessed right
SLOWEST = 0.95  # of the timings: the rest tell of the machine


def guesses(home: Path, many: int) -> list[Finding]:
    """Ask for ids of another office, and for ids that nobody has, in turns."""
    asked = dict.fromkeys((True, False), 0)
    seconds: dict[bool, list[float]] = {True: [], False: []}
    told = set()
    with running(home, **asks_everybody(home)) as server:
        north, south = screener("person-17", "north"), screener("person-9", "south")
        ids = [_score(server, north) for _ in range(THERE)]
        for number in range(many):
            there = bool(number % 2)
            guess = ids[number // 2 % THERE] if there else str(uuid4())
            begun = time.perf_counter()
            status, body = server.ask("GET", PATHS[number % 3].format(guess), None, south)
            seconds[there].append(time.perf_counter() - begun)
            asked[there] += status == 404
            told.add(_but_ids(body))
    differ = 1000 * abs(median(seconds[True]) - median(seconds[False]))
    return [
        none_of("ids guessed: that were told of", many - sum(asked.values()), many),
        Finding("ids guessed: kinds of bodies", "1", str(len(told)), len(told) == 1),
        at_most("ids guessed: the median is later, where there is one, by", 2, differ, "ms"),
    ]


def too_often(home: Path, seconds: float) -> list[Finding]:
    """One asks ten times as often as is taken, another as usual."""
    with running(home, **asks_everybody(home, OFTEN)) as server:
        mine, yours = screener("person-17", "north"), screener("person-18", "north")

        def usual() -> list[Reply]:
            return ask_at_pace(server.port, NORMAL / 2, seconds, example(), headers=yours)

        alone = usual()
        much = partial(ask_at_pace, server.port, said=example(), headers=mine)
        much(40, OFTEN / 40)  # all that is taken of them
        with ThreadPoolExecutor(1) as beside:
            crowding = beside.submit(much, TIMES * NORMAL, seconds)
            crowded = usual()
            refused = [reply for reply in crowding.result() if not answered(reply)]
    told = [reply for reply in refused if reply.status == 429 and reply.retry_after]
    p99 = [percentile(replies, 0.99, only=answered) for replies in (alone, crowded)]
    return [
        Finding(
            "one asks 10 times too often: refused, and told when to ask again",
            "all of > 0", f"{len(told)} of {len(refused)}", 0 < len(told) == len(refused),
        ),
        Finding(
            "one asks 10 times too often: others who were refused", "0",
            _by_status(crowded), all(map(answered, crowded)),
        ),
        Finding(
            "one asks 10 times too often: p99 of others beside that without", "≤ 1.2",
            f"{p99[1] / p99[0]:.2f} ({p99[1]:.0f} ms)", p99[1] <= 1.2 * p99[0], timed=True,
        ),
    ]  # fmt: skip


def one_crowds(home: Path, seconds: float) -> list[Finding]:
    """One asks more than a desk can answer, though not too often; another, a little."""
    with running(home, **asks_everybody(home)) as server, ThreadPoolExecutor(1) as beside:
        mine, yours = screener("person-17", "north"), screener("person-18", "north")
        crowding = beside.submit(ask_at_pace, server.port, CROWD, seconds, example(), headers=mine)
        others = ask_at_pace(server.port, NORMAL / 2, seconds, example(), headers=yours)
        crowd = crowding.result()
    told = f"{sum(map(answered, crowd)):,} of {len(crowd):,}"
    name = "one crowds a desk"
    return [
        Finding(f"{name}: is answered", "> 0", told, any(map(answered, crowd))),
        none_of(f"{name}: neither answered nor told when to ask again", failed(crowd), len(crowd)),
        none_of(
            f"{name}: others who were not answered",
            sum(not answered(reply) for reply in others),
            len(others),
        ),
    ]


def tried_keys(home: Path, many: int) -> list[Finding]:
    """Look up a key of which nothing is right, and one of which much is, in turns by chance."""
    until = datetime.now(UTC) + timedelta(days=1)
    key, made = make_key(home / "tried_keys", "case-system", "tokyo", None, until)
    kept, now = read_kept(home / "tried_keys"), datetime.now(UTC)
    head = f"{MARK}_{made.id}_"
    secret = key.removeprefix(head)
    wrong = {0: head + _wrong(secret, 0), RIGHT: head + _wrong(secret, RIGHT)}
    took: dict[int, list[int]] = {right: [] for right in wrong}
    taken = 0
    chance = random.Random(1)  # noqa: S311  # whose turn it is
    for _ in range(many):
        right = chance.choice((0, RIGHT))
        begun = time.perf_counter_ns()
        with suppress(Refused):
            look_up(kept, wrong[right], now)
            taken += 1
        took[right].append(time.perf_counter_ns() - begun)
    t = abs(_welch(*(_but_slowest(found) for found in took.values())))
    name = f"keys tried, none or {RIGHT} of their characters right: Welch's t of the timings"
    return [
        none_of("keys tried: wrong ones that were taken", taken, many),
        Finding(name, "< 4.5", f"{t:.2f}", t < 4.5, timed=True),
    ]


def _by_status(replies: list[Reply]) -> str:
    """How many were not answered, and what they were told; 0 is nothing at all."""
    told = Counter(reply.status for reply in replies if not answered(reply))
    by_status = "".join(f", {many} with {status}" for status, many in told.items())
    return f"{told.total()} of {len(replies)}{by_status}"


def _score(server: Server, headers: Mapping[str, str]) -> str:
    status, said = server.post("/v1/score", example(office="north"), headers=headers)
    assert status == 200, said
    return str(said["scoreId"])


def _but_ids(body: bytes) -> bytes:
    """A problem without the ids of the request."""
    return b",".join(part for part in body.split(b",") if b"nstance" not in part)


def _wrong(secret: str, right: int) -> str:
    """A secret of which so many characters are right, and the rest not."""
    return secret[:right] + "".join("A" if one != "A" else "B" for one in secret[right:])


def _but_slowest(found: list[int]) -> list[int]:
    return sorted(found)[: int(SLOWEST * len(found))]


def _welch(one: list[int], other: list[int]) -> float:
    """The statistic of Welch's t-test."""
    spread = variance(one) / len(one) + variance(other) / len(other)
    return float((fmean(one) - fmean(other)) / spread**0.5)
