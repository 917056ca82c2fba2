"""Promise: no answer, record, review or contest leaves that the journal does not hold."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from signal import SIGSTOP
from threading import Event

import httpx
import pytest
from starlette.testclient import TestClient

from serving.desk import Desk
from serving.endpoints import contest, review
from tests.faulty_disk import ERRORS, FULL, READ_ONLY, FaultyDisk, faulty_disk
from tests.journal.test_verify import verdict_on
from tests.serving.desks import client_of, desk_at, example
from tests.serving.test_metrics import value

Breaking = Callable[[FaultyDisk, Path], AbstractContextManager[object]]
LONGEST = 10.0  # seconds; about one is promised, and this machine may be busy
HOLD = """
import signal, sqlite3, sys
sqlite3.connect(sys.argv[1], isolation_level=None).execute("BEGIN IMMEDIATE")
print("held", flush=True)
signal.pause()
"""


@pytest.fixture
def disk() -> Iterator[FaultyDisk]:
    with faulty_disk() as made:
        yield made


@pytest.fixture
def desk(disk: FaultyDisk, home: Path) -> Iterator[Desk]:
    made = desk_at(home)
    yield made
    made.journal.close()


def failing(what: str, code: int) -> Breaking:
    @contextmanager
    def breaking(disk: FaultyDisk, _: Path) -> Iterator[None]:
        disk.fail({what: code})
        yield
        disk.repair()

    return breaking


@contextmanager
def held(_: FaultyDisk, journal: Path) -> Iterator[None]:
    with closing(sqlite3.connect(journal, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def held_by_one_that_is_stopped(_: FaultyDisk, journal: Path) -> Iterator[None]:
    command = [sys.executable, "-c", HOLD, str(journal)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        other.send_signal(SIGSTOP)
        yield
        other.kill()


@contextmanager
def gone(_: FaultyDisk, journal: Path) -> Iterator[None]:
    away = journal.rename(journal.with_suffix(".away"))
    yield
    away.rename(journal)


BROKEN: dict[str, Breaking] = {
    "the disk is full": failing("write", FULL),
    "the disk fails": failing("sync", ERRORS["sync"]),
    "the disk is read-only": failing("write", READ_ONLY),
    "another holds the lock": held,
    "another holds the lock, and is stopped": held_by_one_that_is_stopped,
    "the file is gone": gone,
}


def ask(client: TestClient, what: str, score_id: str) -> tuple[httpx.Response, float]:
    """Ask for something of each kind that must be on record; and how long it took."""
    begun, at = time.monotonic(), f"/v1/score/{score_id}"
    match what:
        case "score" | "report":
            reply = client.post(f"/v1/{what}", json=example())
        case "read" | "explanation":
            reply = client.get(at if what == "read" else f"{at}/explanation")
        case "review":
            reply = client.post(f"{at}/reviews", json=review.EXAMPLE)
        case _:
            reply = client.post(f"{at}/contests", json=contest.EXAMPLE)
    return reply, time.monotonic() - begun


ASKED = ("score", "report", "read", "explanation", "review", "contest")


def ask_all(client: TestClient, score_id: str) -> list[tuple[httpx.Response, float]]:
    """Ask for all of it at once."""
    with ThreadPoolExecutor(len(ASKED)) as pool:
        return list(pool.map(lambda what: ask(client, what, score_id), ASKED))


@pytest.mark.parametrize("broken", BROKEN)
def test_while_the_journal_is_lost_each_is_told_to_follow_the_policy_and_nothing_else(
    broken: str, disk: FaultyDisk, desk: Desk
) -> None:
    with client_of(desk) as client:
        first = client.post("/v1/score", json=example()).json()["scoreId"]
        failures = value("kizuki_journal_failures_total")
        with BROKEN[broken](disk, desk.journal.path):
            replies = ask_all(client, first)
        for reply, seconds in replies:
            assert reply.headers["content-type"] == "application/problem+json"
            told = reply.json()
            assert (reply.status_code, told["code"]) == (503, "journal_unavailable")
            assert "Follow the office's screening policy" in told["detail"]
            assert not {"score", "probability", "reasons", "answer"} & told.keys()
            assert seconds < LONGEST
        assert value("kizuki_journal_failures_total") == failures + len(ASKED)
        again = [reply.status_code for reply, _ in ask_all(client, first)]
        assert again == [200, 200, 200, 200, 200, 200], "at once, when it is mended"
    desk.journal.close()
    assert verdict_on(desk.journal.path).records == 1 + len(ASKED)
    assert verdict_on(desk.journal.path).faults == ()


def test_a_disk_that_hangs_holds_up_who_is_at_it_and_no_other(disk: FaultyDisk, desk: Desk) -> None:
    hung, goes_on = Event(), Event()

    def wait() -> None:
        hung.set()
        goes_on.wait()

    with client_of(desk) as client, ThreadPoolExecutor(1) as pool:
        first = client.post("/v1/score", json=example()).json()["scoreId"]
        disk.waits = wait
        held_up = pool.submit(client.post, "/v1/score", json=example())
        hung.wait()
        try:
            replies = ask_all(client, first)
        finally:
            disk.waits = bool
            goes_on.set()
        assert [reply.status_code for reply, _ in replies] == [503] * len(ASKED)
        assert max(seconds for _, seconds in replies) < LONGEST
        assert held_up.result().status_code == 200, "it is on the disk by then"
