"""kill -9 in the middle of writes: what was acknowledged is there, once, and the chain holds."""

import json
import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPException
from pathlib import Path
from typing import Any

import psutil

from models.key_files import public_half, public_key
from serving.journal.checkpoints import read_checkpoints
from serving.journal.reading import served
from serving.journal.verify import verify
from tests.bench.faults.finding import Finding, at_most, none_of
from tests.live import Server, running
from tests.serving.desks import MODEL, example

IN_FLIGHT = 50
OF_A_JOB = 30
LONGEST = 1.0  # seconds before the end


def crashes(home: Path, cycles: int) -> list[Finding]:
    """So many times: ask from fifty sides, with a job under way, and end the process at once."""
    chance, told, starts = random.Random(1), Told(), list[float]()  # noqa: S311  # a moment
    broken = 0
    for cycle in range(cycles):
        with running(home) as server:
            starts.append(server.started)
            told.ask_until_the_end(server, cycle, chance.uniform(0.1, LONGEST))
        broken += bool(faults_of(home))
    with running(home) as server:
        used = sum(psutil.Process(server.process.pid).cpu_times()[:2])
        doubled = told.asked_again(server)
        jobs = told.finished(server)
        server.process.terminate()
        server.process.wait()
    there = Counter(answer for answer in _answers(home))
    lost = [answer for answer in told.acknowledged.values() if there[answer] != 1]
    keys = _answered_keys(home)
    return [
        none_of("acknowledged scores lost after kill -9", len(lost), len(told.acknowledged)),
        none_of("answers that changed when asked again", doubled, len(told.acknowledged)),
        none_of("keys answered twice", sum(many > 1 for many in keys.values()), len(keys)),
        none_of("requests of jobs lost or doubled", jobs, OF_A_JOB * len(told.jobs)),
        none_of("chains that do not hold", broken + bool(faults_of(home)), cycles + 1),
        at_most("ready again after kill -9, at the most", 5, max(starts), "s"),
        at_most("the same, of one processor's time", 5, used, "s"),
    ]


class Told:
    """What a client was told before the desk was ended: what it may count on."""

    def __init__(self) -> None:
        self.acknowledged: dict[str, str] = {}
        self.jobs: list[str] = []
        self._asked: list[str] = []

    def ask_until_the_end(self, server: Server, cycle: int, seconds: float) -> None:
        """Ask from many sides at once under keys of their own, until the desk is ended."""
        job = {"requests": [example() for _ in range(OF_A_JOB)]}
        self.jobs.append(server.post("/v1/scoreJobs", job)[1]["jobId"])
        over = threading.Event()

        def ask_on(side: int) -> None:
            number = 0
            while not over.is_set():
                self._ask(server, f"{cycle}-{side}-{number}")
                number += 1

        with ThreadPoolExecutor(max_workers=IN_FLIGHT) as crowd:
            for side in range(IN_FLIGHT):
                crowd.submit(ask_on, side)
            time.sleep(seconds)
            server.end_at_once()
            over.set()

    def _ask(self, server: Server, key: str) -> None:
        try:
            status, said = server.post("/v1/score", example(), key)
        except ConnectionRefusedError:
            return  # nobody was there to hear of the key
        except (OSError, HTTPException, ValueError):
            self._asked.append(key)
            return
        self._asked.append(key)
        if status == 200:
            self.acknowledged[key] = said["scoreId"]

    def asked_again(self, server: Server) -> int:
        """How many keys get another answer when they are sent again, answered before or not."""
        changed = 0
        for key in self._asked:
            status, said = server.post("/v1/score", example(), key)
            assert status == 200, said
            changed += self.acknowledged.setdefault(key, said["scoreId"]) != said["scoreId"]
        return changed

    def finished(self, server: Server) -> int:
        """How many requests of the jobs have no answer of their own in the end."""
        wrong = 0
        for job in self.jobs:
            while json.loads(server.ask("GET", f"/v1/scoreJobs/{job}")[1])["status"] != "done":
                time.sleep(0.1)
            results = json.loads(server.ask("GET", f"/v1/scoreJobs/{job}/results")[1])
            wrong += OF_A_JOB - len({one["answer"]["scoreId"] for one in results["scored"]})
        return wrong


def faults_of(home: Path) -> Sequence[str]:
    """What is wrong with the chain of a state folder's journal."""
    checkpoints = home / "journal.checkpoints"
    signed = list(read_checkpoints(checkpoints)) if checkpoints.exists() else []
    return verify(home / "journal.db", signed, public_key(public_half(home / "journal.key"))).faults


def _answers(home: Path) -> list[Any]:
    return [json.loads(given.answer)["scoreId"] for given in served(home / "journal.db", MODEL)]


def _answered_keys(home: Path) -> Counter[str]:
    with closing(sqlite3.connect(home / "journal.db")) as journal:
        found = journal.execute("SELECT key FROM answers WHERE key IS NOT NULL")
        return Counter(key for (key,) in found)
