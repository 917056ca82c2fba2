"""A job of thousands beside people who ask, and a kill in the middle of it."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.faults.crowd import Reply, answered, ask_at_pace, failed, percentile
from tests.bench.faults.finding import Finding, at_most, none_of
from tests.live import Server, running
from tests.serving.desks import example

RATE = 20.0  # requests a second beside the job
LONGEST = 300.0  # seconds
ROOM = 2**28  # bytes of a body that holds the whole job
PAGE = 200  # results


def long_job(home: Path, many: int) -> list[Finding]:
    """So many requests in one job, with others all the while; half-way the desk is ended."""
    with running(home, largest_batch=ROOM) as server:
        begun = time.monotonic()
        job = server.post("/v1/scoreJobs", {"requests": [example()] * many})[1]["jobId"]
        beside = _ask_until(server, job, many // 2)
        server.end_at_once()
        took = time.monotonic() - begun
    with running(home) as server:
        begun = time.monotonic()
        beside += _ask_until(server, job, many)
        took += time.monotonic() - begun
        ids = _answers(server, job)
    name = f"a job of {many:,}, ended by kill -9 half-way"
    wrong = abs(many - len(ids)) + len(ids) - len(set(ids))
    return [
        at_most(f"{name}: done, with {RATE:g} others a second, in", LONGEST, took, "s"),
        none_of(f"{name}: lost or doubled", wrong, many),
        none_of(f"{name}: others that failed", failed(beside), len(beside)),
        at_most(f"{name}: p99 of the others", 400, percentile(beside, 0.99, only=answered), "ms"),
    ]


def _ask_until(server: Server, job: str, many: int) -> list[Reply]:
    """What others were answered until so many requests of the job were."""
    with ThreadPoolExecutor(1) as beside:
        waiting = beside.submit(_wait_until, server, job, many)
        replies: list[Reply] = []
        while not waiting.done():
            replies += ask_at_pace(server.port, RATE, 2.0, example())
        waiting.result()
    return replies


def _wait_until(server: Server, job: str, many: int) -> None:
    end = time.monotonic() + 2 * LONGEST
    while time.monotonic() < end:
        if json.loads(server.ask("GET", f"/v1/scoreJobs/{job}")[1])["scored"] >= many:
            return
        time.sleep(0.5)
    raise AssertionError(f"the job {job} does not come to its end")


def _answers(server: Server, job: str) -> list[str]:
    """The ids of all answers, page by page."""
    ids: list[str] = []
    cursor: int | None = 0
    while cursor is not None:
        path = f"/v1/scoreJobs/{job}/results?pageSize={PAGE}&cursor={cursor}"
        page = json.loads(server.ask("GET", path)[1])
        ids += [one["answer"]["scoreId"] for one in page["scored"]]
        cursor = page["nextCursor"]
    return ids
