"""Nothing left on the disk, no database, no registry, a clock that jumps: said, and survived."""

import json
import resource
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from models.key_files import signing_key
from models.ledger import PROMOTED, bundle_folder
from models.signing import sign_bundle
from models.specs import spec_of
from serving.journal.reading import served
from serving.store.migrating import migrate
from tests import postgres
from tests.bench.faults.crashes import faults_of
from tests.bench.faults.crowd import Reply, answered, ask_at_pace
from tests.bench.faults.finding import Finding, at_most, none_of
from tests.live import Server, running
from tests.serving.desks import (
    MODEL,
    NOW,
    client_of,
    decide,
    desk_at,
    example,
)
from tests.small_model import small_bundle
from tests.store.requests import telling
from tests.store.telling import OFFICE

RATE = 20.0
JUMPS = 50
LONGEST_TRIAL = 60.0  # seconds


def full_disk(home: Path, seconds: float) -> list[Finding]:
    """No file can grow for a while, in the middle of asking, and then it can again."""
    with running(home) as server:
        before = ask_at_pace(server.port, RATE, seconds, example())
        _let_files_grow(server, (home / "journal.db-wal").stat().st_size + 6000)
        during = ask_at_pace(server.port, RATE, seconds, example())
        reads = server.ask("GET", "/v1/model")[0]
        _let_files_grow(server, resource.RLIM_INFINITY)
        freed = time.monotonic()
        again = _until_answered(server)
        recovered = time.monotonic() - freed
        server.process.terminate()
        server.process.wait()
    told = sum(answered(reply) for reply in [*before, *during, *again])
    kept = len(list(served(home / "journal.db", MODEL)))
    refused = [reply for reply in during if not answered(reply)]
    return [
        none_of("disk full: acknowledged scores lost", told - kept, told),
        Finding(
            "disk full: what is not kept is refused, in words",
            "503 with what to do",
            f"{sum(_says_what_to_do(one) for one in refused)} of {len(refused)}",
            bool(refused) and all(map(_says_what_to_do, refused)),
        ),
        Finding("disk full: what needs no record is answered", "200", str(reads), reads == 200),
        none_of("disk full: chains that do not hold", bool(faults_of(home)), 1),
        at_most("disk full: answers again, without a restart, within", 10, recovered, "s"),
    ]


def no_database(home: Path) -> list[Finding]:
    """The PostgreSQL server of the store goes away under the desk, and comes back."""
    with postgres.server() as server:
        database = server.database()
        migrate(server.url(postgres.OWNER, database), postgres.DESK)
        asked = {k: v for k, v in example(office=OFFICE).items() if k != "caseFile"}
        with running(home, store=server.url(postgres.DESK, database)) as desk:
            assert desk.post("/v1/events", telling(example()["caseFile"]))[0] == 200
            assert desk.post("/v1/score", asked)[0] == 200
            server.control("-m", "immediate", "stop")
            begun = time.monotonic()
            gone, said = desk.post("/v1/score", asked)
            waited = time.monotonic() - begun
            beside, _ = desk.post("/v1/score", example())
            server.start()
            begun = time.monotonic()
            while desk.post("/v1/score", asked)[0] != 200 and time.monotonic() - begun < 30:
                time.sleep(0.1)
            back = time.monotonic() - begun
    return [
        Finding(
            "database gone: said so, in words",
            "503",
            str(gone),
            (gone, said["code"]) == (503, "store_unavailable"),
        ),
        at_most("database gone: said within", 2, waited, "s"),
        Finding("database gone: whole case files are scored", "200", str(beside), beside == 200),
        at_most("database back: scored from it again within", 5, back, "s"),
    ]


def no_registry(home: Path) -> list[Finding]:
    """What says who answers is silent, damaged or gone, under the desk and before it; or lies."""
    with running(home) as server:
        first = server.post("/v1/score", example())[1]
    with _ledger_held(home), running(home) as server:
        slow, held = server.started, _answers_as(server, first)
    with running(home) as server:
        (home / "champions" / "ledger.db").write_bytes(b"not a ledger" * 100)
        damaged = _answers_as(server, first)
        shutil.rmtree(home / "champions")
        gone = _answers_as(server, first)
    with running(home) as server:
        started, copied = server.started, _answers_as(server, first)
    other = small_bundle(bundle_folder(home, MODEL, 3), spec_of(MODEL), seed=6)
    decide(home, PROMOTED, MODEL, 3, other.digest)
    _sign_with_another(home)
    with running(home) as server:
        lied = _answers_as(server, first)
    return [
        Finding("registry damaged: the last good copy answers", "same, stale", *damaged),
        Finding("registry gone: the last good copy answers", "same, stale", *gone),
        Finding("registry silent at the start: the copy answers", "same, stale", *held),
        at_most("registry silent at the start: ready within", 20, slow, "s"),
        Finding("registry gone at the start: the copy answers", "same, stale", *copied),
        at_most("registry gone at the start: ready within", 20, started, "s"),
        Finding("registry lies at the start: the copy answers", "same, stale", *lied),
    ]


@contextmanager
def _ledger_held(home: Path) -> Iterator[None]:
    """Let nobody else read what says who answers, as if its disk did not answer."""
    with closing(sqlite3.connect(home / "champions" / "ledger.db", isolation_level=None)) as ledger:
        ledger.execute("BEGIN EXCLUSIVE")
        yield


def _answers_as(server: Server, first: dict[str, Any]) -> tuple[str, bool]:
    """Whether it answers as before, and says that who is to answer cannot be taken."""
    said = server.post("/v1/score", example())[1]
    same = said.get("probability") == first["probability"] and said["model"] == first["model"]
    end = time.monotonic() + LONGEST_TRIAL
    while True:  # a desk that runs hears of it while it answers
        ready = json.loads(server.ask("GET", "/readyz")[1])
        if ready["registry"] == "stale" or time.monotonic() > end:
            break
        time.sleep(0.1)
    found = f"{'same' if same else 'other'}, {ready['registry']}"
    return found, found == "same, stale"


def _sign_with_another(home: Path) -> None:
    with TemporaryDirectory() as elsewhere:
        stranger = signing_key(Path(elsewhere) / "stranger.key")
        sign_bundle(bundle_folder(home, MODEL, 3), MODEL, 3, stranger)


def jumping_clock(home: Path) -> list[Finding]:
    """The clock goes an hour back, ten minutes ahead, and so on, between answers."""
    now = [NOW]
    desk = replace(desk_at(home), clock=lambda: now[0])
    wrong = 0
    with client_of(desk) as client:
        for jump in range(JUMPS):
            now[0] += timedelta(minutes=10) if jump % 2 else timedelta(hours=-1)
            wrong += client.post("/v1/score", json=example()).status_code != 200
    told = desk.journal._writer.execute("SELECT number, clock_suspect FROM answers").fetchall()
    desk.journal.close()
    due = [(number, int(number > 1)) for number in range(1, JUMPS + 1)]  # the first follows none
    return [
        none_of("clock jumps: answers that failed", wrong, JUMPS),
        none_of("clock jumps: records out of order, or that do not say so", told != due, JUMPS),
        none_of("clock jumps: chains that do not hold", bool(faults_of(home)), 1),
    ]


def _let_files_grow(server: Server, most: int) -> None:
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


def _until_answered(server: Server) -> list[Reply]:
    replies: list[Reply] = []
    while not any(map(answered, replies)) and len(replies) < 300:
        replies += ask_at_pace(server.port, RATE, 2 / RATE, example())
    return replies


def _says_what_to_do(reply: Reply) -> bool:
    return reply.status == 503 and b"screening policy" in reply.body
