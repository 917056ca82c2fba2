"""Promise: hundreds of cases leave nothing of themselves but where they are kept.

A real desk, all loggers at their loudest, whose parts break now and then with what they were given
in words: in what it logs, measures, traces, sends to webhooks and leaves in the folders for
temporary and personal files, no canary is found; nor in its state folder, but in store and jobs.
"""

import json
import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import pytest

from serving.store.migrating import open_store
from serving.store.outbox import Webhook
from serving.store.store import told
from tests.journal.profile import unfit
from tests.live import Server, running
from tests.promises.asked_about import FIRST, asked_about
from tests.promises.canaries import canaries_of, with_canaries
from tests.serving.desks import promoted_home
from tests.serving.test_tracing import Collector
from tests.store.telling import OFFICE
from tests.webhooks.sink import listening

CASES = 500 if "KIZUKI_SLOW" in os.environ else 150
AT_ONCE = 4
LONGEST = 60.0  # seconds
LOUD = ("a fault of ours", "lookout: a round was broken off", "webhooks: a round was broken off",
        "a webhook was not heard", "a job is held up", "sqlalchemy.engine")  # fmt: skip
CANARY = ("CANARY", "花子", r"\u82b1\u5b50", "%E8%8A%B1%E5%AD%90")


def ask(server: Server, number: int, about: str) -> list[int]:
    """Ask all about a case; the statuses. Of a problem, no word is of the case."""
    statuses = []
    for asked in asked_about(number, about):
        said = asked.said
        body = None if said is None else json.dumps(said, ensure_ascii=number % 2 == 0).encode()
        status, reply = server.ask("POST" if body else "GET", asked.path, body, asked.headers)
        assert status < 400 or not found_in(reply), (asked, reply)
        statuses.append(status)
    return statuses


def found_in(said: bytes) -> list[str]:
    return [canary for canary in CANARY if canary.encode() in said]


def found_under(folder: Path) -> dict[str, list[str]]:
    """Files under a folder that hold a canary."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.name: found for path in files if (found := found_in(path.read_bytes()))}


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Where a process may leave something: its state, temporary files, and a home of its own."""
    made = {name: tmp_path / name for name in ("state", "temporary", "personal")}
    for folder in made.values():
        folder.mkdir()
    promoted_home(made["state"])
    monkeypatch.setenv("TMPDIR", str(made["temporary"]))
    monkeypatch.setenv("HOME", str(made["personal"]))
    monkeypatch.delenv("BENTOML_HOME", raising=False)
    monkeypatch.setenv("PYTHONASYNCIODEBUG", "1")
    return made


@pytest.fixture
def spans() -> Iterator[tuple[str, list[bytes]]]:
    """Where a collector listens, and what it is sent."""
    taken: list[bytes] = []
    collector = type("Taking", (Collector,), {"taken": taken})
    with ThreadingHTTPServer(("127.0.0.1", 0), collector) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/traces", taken
        server.shutdown()


def wait_for(what: Callable[[], object]) -> None:
    """For what comes by and by, in threads that nobody waits for."""
    end = time.monotonic() + LONGEST
    while not what():
        assert time.monotonic() < end
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_hundreds_of_cases_are_nowhere_but_where_they_are_kept(
    folders: dict[str, Path], spans: tuple[str, list[bytes]]
) -> None:
    home, (collector, traced) = folders["state"], spans
    metrics, statuses = free_port(), Counter[int]()
    with ExitStack() as stack:
        sink = stack.enter_context(listening())
        store = open_store(f"sqlite:///{home / 'store.db'}")
        store.add_webhook(OFFICE, Webhook("w", sink.url, told(datetime.now(UTC))))
        store.close()
        settings = {"webhooks_here": True, "metrics_port": metrics, "traces": collector}
        program = ["tests.promises.loud_desk"]
        server = stack.enter_context(running(home, program, **settings))
        about = server.post("/v1/score", with_canaries(canaries_of(FIRST)))[1]["scoreId"]
        pool = stack.enter_context(ThreadPoolExecutor(AT_ONCE))
        for asked in pool.map(lambda number: ask(server, number, about), range(CASES)):
            statuses.update(asked)
        wait_for(lambda: sink.heard and all(loud in (home / "log").read_text() for loud in LOUD))
        with urlopen(f"http://127.0.0.1:{metrics}/metrics", timeout=10) as reply:
            measured = reply.read()
        server.process.send_signal(signal.SIGTERM)
        said = server.process.communicate(timeout=60)[0].encode()
    log = (home / "log").read_bytes()
    assert {200, 202, 404, 415, 422, 500} <= statuses.keys()
    assert traced
    heard = b"".join(body + str(headers).encode() for headers, body in sink.heard)
    assert found_in(log + measured + said + heard + b"".join(traced)) == []
    assert found_under(folders["temporary"]) == found_under(folders["personal"]) == {}
    kept = {name.partition("-")[0] for name in found_under(home)}
    assert kept == {"store.db", "jobs.db"}, "else the search finds nothing at all"
    assert list(unfit(home / "journal.db")) == []
