"""A database, a provider, receivers and names that are late, silent or dead: nobody is held."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from serving.circuit import MOST
from serving.store import outbox
from serving.store.migrating import migrate, open_store
from serving.store.outbox import Message, Webhook
from serving.store.store import told
from tests import postgres
from tests.bench.faults.crowd import Reply, answered, ask_at_pace, failed, percentile
from tests.bench.faults.finding import Finding, at_most, none_of
from tests.between import FOR_EVER, Between
from tests.live import Server, running
from tests.serving.desks import client_of, desk_at, example
from tests.store.requests import telling
from tests.store.telling import OFFICE, tell
from tests.webhooks.sink import Sink, listening
from tests.who.asking import Clock, bearing
from tests.who.conftest import asks_everybody

FROM_STORE = {k: v for k, v in example(office=OFFICE).items() if k != "caseFile"}
RATE = 20.0
EACH = 5  # messages to every webhook
TOLD = "event | table | id | known | source\ne1 | notifications | n1 | 2024-01-10 | police"
ROOT = Path(__file__).parents[3]
HANGS = """
import socket, time
resolve = socket.getaddrinfo

def hang(host, *more, **named):
    if host in {None, "127.0.0.1", "localhost"}:
        return resolve(host, *more, **named)
    time.sleep(3600)

socket.getaddrinfo = hang
"""


def late_database(home: Path, seconds: float) -> list[Finding]:
    """Every answer of PostgreSQL comes two seconds late; a connection breaks; it says no more."""
    with postgres.server() as server, TemporaryDirectory(prefix="kizuki-between-") as folder:
        database = server.database()
        migrate(server.url(postgres.OWNER, database), postgres.DESK)
        with (
            Between(server.folder, Path(folder)).standing() as between,
            running(home, store=between.url(server.url(postgres.DESK, database))) as desk,
        ):
            assert desk.post("/v1/events", telling(example()["caseFile"]))[0] == 200
            between.cut()
            reset = _until(desk, 200)
            between.late = 2.0
            opened, longest = _interrupted(desk)
            between.late = FOR_EVER
            beside = ask_at_pace(desk.port, RATE, seconds, example())
            between.late = 0.0
            between.cut()
            back = _until(desk, 200)
    name = "database 2 s late"
    return [
        at_most("database resets its connections: scored from it again within", 2, reset, "s"),
        at_most(f"{name}: refused at once after", 10, opened, "s"),
        at_most(f"{name}: said, at the latest, within", 4, longest, "s"),
        none_of("database silent: whole case files that failed", failed(beside), len(beside)),
        _p99("database silent: p99 of whole case files", beside),
        at_most("database back: scored from it again within", 5, back, "s"),
    ]


def dead_receivers(home: Path, seconds: float) -> list[Finding]:
    """Webhooks at a port where nobody is, at one that says nothing, and at a name that hangs."""
    with socket.create_server(("127.0.0.1", 0)) as silent, listening() as sink, _names_hang():
        gone = "http://127.0.0.1:1/events"
        mute = f"http://127.0.0.1:{silent.getsockname()[1]}/events"
        _post(home, [gone, mute, "https://receiver.example/events", sink.url])
        with running(home, webhooks_here="true") as desk:
            begun = time.monotonic()
            replies = ask_at_pace(desk.port, RATE, seconds, example())
            heard = _heard(sink, begun)
            ended = _ended(desk)
    return [
        none_of("receivers dead: scores that failed", failed(replies), len(replies)),
        _p99("receivers dead: p99 of scores", replies),
        at_most("receivers dead: the one beside them has heard all within", 30, heard, "s"),
        at_most("receivers dead: a desk that is told to stop has ended within", 30, ended, "s"),
    ]


def dead_names(home: Path, seconds: float) -> list[Finding]:
    """A resolver of names that hangs, where the store's is one."""
    with _names_hang(), running(home, store="postgresql://kizuki_desk@db.example/kizuki") as desk:
        replies = ask_at_pace(desk.port, RATE, seconds, example())
        begun = time.monotonic()
        status, said = desk.post("/v1/score", FROM_STORE)
        waited = time.monotonic() - begun
        ended = _ended(desk)
    refused = (status, said["code"]) == (503, "store_unavailable")
    return [
        none_of("names hang: whole case files that failed", failed(replies), len(replies)),
        _p99("names hang: p99 of whole case files", replies),
        Finding("names hang: that the store is away is said", "503", str(status), refused),
        at_most("names hang: said within", 4, waited, "s"),
        at_most("names hang: a desk that is told to stop has ended within", 30, ended, "s"),
    ]


def dead_provider(home: Path) -> list[Finding]:
    """The identity provider is dead: nobody can log in, and who has a token goes on."""
    clock = Clock()
    desk = replace(desk_at(home, clock), agency="tokyo", store=open_store(f"sqlite:///{home}/s.db"))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        issuer = f"http://127.0.0.1:{silent.getsockname()[1]}"
        login = {"token_issuer": issuer, "login_client": "desk", "origin": "http://localhost:1"}
        with client_of(desk, **asks_everybody(home) | login) as client:

            def log_in() -> float:
                begun = time.monotonic()
                reply = client.get("/desk/login/begin", params={"purpose": "screening"})
                assert "does not answer now" in reply.text
                return time.monotonic() - begun

            def token_taken(minutes: float) -> bool:
                clock.minutes = minutes
                headers = bearing(iss=issuer, **clock.fresh)
                return client.post("/v1/score", json=example(), headers=headers).is_success

            waited = [log_in() for _ in range(MOST)]
            then = log_in()
            taken = [token_taken(minutes) for minutes in (0, 61)]
    desk.close()
    return [
        at_most("provider dead: told so within", 2.5, max(waited), "s"),
        at_most("provider dead: refused at once after", 10, sum(waited), "s"),
        at_most("provider dead: then told so within", 0.5, then, "s"),
        none_of("provider dead for an hour: tokens that are not taken", taken.count(False), 2),
    ]


def _until(desk: Server, status: int) -> float:
    """The seconds until a score from the store has that status."""
    begun = time.monotonic()
    while desk.post("/v1/score", FROM_STORE)[0] != status and time.monotonic() - begun < 30:
        time.sleep(0.05)
    return time.monotonic() - begun


def _interrupted(desk: Server) -> tuple[float, float]:
    """The seconds until who asks is refused at once, and the longest that one waited by then."""
    begun, waited = time.monotonic(), [0.0]
    while time.monotonic() - begun < 30:
        asked = time.monotonic()
        refused = desk.post("/v1/score", FROM_STORE)[0] == 503
        waited.append(time.monotonic() - asked)
        if refused and waited[-1] < 0.5:
            break
    return time.monotonic() - begun, max(waited)


def _post(home: Path, urls: list[str]) -> None:
    """Let some messages wait for a webhook at each of the URLs."""
    now = told(datetime.now(UTC))
    store = open_store(f"sqlite:///{home / 'store.db'}")
    tell(
        store, "event | table | id | known | source\ne1 | notifications | n1 | 2024-01-10 | police"
    )
    store.take_as_looked(OFFICE)
    for number, url in enumerate(urls):
        store.add_webhook(OFFICE, Webhook(f"w{number}", url, now))
    with store.of(OFFICE) as connection:
        for number in range(EACH):
            said = {"office": OFFICE, "alertId": "a", "position": number, "scoreId": "s"}
            outbox.post(connection, OFFICE, Message(f"m{number}", "score.alert", now, said))
    store.close()


def _heard(sink: Sink, begun: float) -> float:
    while len(set(sink.ids)) < EACH and time.monotonic() - begun < 120:
        time.sleep(0.1)
    return time.monotonic() - begun


def _ended(desk: Server) -> float:
    begun = time.monotonic()
    desk.process.terminate()
    desk.process.wait()
    return time.monotonic() - begun


@contextmanager
def _names_hang() -> Iterator[None]:
    """Let no name be resolved by the processes that are begun meanwhile, and none be refused."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "sitecustomize.py").write_text(HANGS)
        with patch.dict(os.environ, PYTHONPATH=f"{folder}:{ROOT}"):
            yield


def _p99(promise: str, replies: list[Reply]) -> Finding:
    return at_most(promise, 250, percentile(replies, 0.99, only=answered), "ms")
