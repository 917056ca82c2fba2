"""What a desk depends on is late, silent or gone: each call of it ends, and the rest goes on."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

import pytest
from joserfc.jwk import KeySet
from starlette.testclient import TestClient

from serving.circuit import MOST, PAUSE
from serving.store.database import LONGEST_ANSWER, LONGEST_WAIT, StoreUnavailable
from serving.store.migrating import migrate, open_store
from serving.store.store import Store
from serving.watched import Watched
from serving.webhooks.addresses import LONGEST_RESOLVING, resolved
from serving.who.id_tokens import Meaning
from serving.who.login import Login, Provider
from serving.who.tokens import Refused
from tests import postgres
from tests.between import FOR_EVER, Between
from tests.serving.desks import NOW, client_of, desk_at, example, promoted_home
from tests.store.requests import telling
from tests.store.telling import OFFICE

FROM_STORE = {k: v for k, v in example(office=OFFICE).items() if k != "caseFile"}
MANY = 20  # more than the store has connections for
LATE = 1.0  # seconds, which is borne
BUSY = 3.0  # seconds that a crowded machine may add


@dataclass(frozen=True)
class Desk:
    """A desk whose store is reached through what can be made late, and many who ask it."""

    client: TestClient
    between: Between
    crowd: ThreadPoolExecutor

    def ask(self, many: int) -> list[Future[Any]]:
        """Ask for scores from the store, all at once, and go on when they are under way."""
        asked = [
            self.crowd.submit(self.client.post, "/v1/score", json=FROM_STORE) for _ in range(many)
        ]
        time.sleep(0.3)
        return asked

    def goes_on(self) -> bool:
        """Whether it is alive, and scores what needs no store, before the store would answer."""
        begun = time.monotonic()
        said = [self.client.get("/livez"), self.client.post("/v1/score", json=example())]
        assert [reply.status_code for reply in said] == [200, 200]
        return time.monotonic() - begun < LONGEST_ANSWER

    def refused(self) -> float:
        """How many seconds it takes to be told that the store is not to be had."""
        begun = time.monotonic()
        assert told(self.ask(1), 30) == {NOT_TO_BE_HAD}
        return time.monotonic() - begun


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    if not postgres.INSTALLED:
        pytest.skip("PostgreSQL is not installed")
    home = promoted_home(tmp_path_factory.mktemp("home"))
    with ExitStack() as stack:
        server = stack.enter_context(postgres.server())
        name = server.database()
        migrate(server.url(postgres.OWNER, name), postgres.DESK)
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="kizuki-between-")))
        between = stack.enter_context(Between(server.folder, folder).standing())
        store = open_store(between.url(server.url(postgres.DESK, name)))
        client = stack.enter_context(client_of(replace(desk_at(home), store=store)))
        assert client.post("/v1/events", json=telling(example()["caseFile"])).status_code == 200
        yield Desk(client, between, stack.enter_context(ThreadPoolExecutor(MANY)))
        store.close()


@pytest.fixture(autouse=True)
def at_rest(request: pytest.FixtureRequest) -> Iterator[None]:
    """Before and after each test, a store that answers, without a restart."""
    if "desk" not in request.fixturenames:
        yield
        return
    desk: Desk = request.getfixturevalue("desk")
    assert until_answered(desk)
    yield
    desk.between.late = 0.0
    assert until_answered(desk)


def until_answered(desk: Desk) -> bool:
    """Ask until a score is given, which must be soon after the store is back."""
    end = time.monotonic() + PAUSE + BUSY
    while time.monotonic() < end:
        if desk.client.post("/v1/score", json=FROM_STORE).status_code == 200:
            return True
    return False


def told(asked: list[Future[Any]], within: float) -> set[tuple[int, str | None]]:
    """What came of all, which must be in time: the statuses and codes."""
    end = time.monotonic() + within
    replies = [one.result(timeout=max(0.0, end - time.monotonic())) for one in asked]
    return {(reply.status_code, reply.json().get("code")) for reply in replies}


ANSWERED, NOT_TO_BE_HAD = (200, None), (503, "store_unavailable")


def test_a_store_that_is_late_holds_up_nobody_else(desk: Desk) -> None:
    desk.between.late = LATE
    asked = desk.ask(3)
    assert desk.goes_on()
    assert told(asked, 30) <= {ANSWERED, NOT_TO_BE_HAD}


def test_a_store_that_says_nothing_more_is_waited_for_so_long_and_no_longer(desk: Desk) -> None:
    desk.between.late = FOR_EVER
    asked = desk.ask(MANY)
    assert desk.goes_on()
    assert told(asked, LONGEST_ANSWER + 2 * LONGEST_WAIT + BUSY) == {NOT_TO_BE_HAD}


def test_once_it_did_not_answer_nobody_waits_for_it(desk: Desk) -> None:
    desk.between.late = FOR_EVER
    told(desk.ask(MANY), 30)
    assert min(desk.refused() for _ in range(3)) < LONGEST_ANSWER / 2


def test_a_connection_that_breaks_under_way_is_told_and_made_anew(desk: Desk) -> None:
    desk.between.late = LATE
    asked = desk.ask(1)
    desk.between.cut()
    desk.between.late = 0.0
    assert told(asked, 10) <= {ANSWERED, NOT_TO_BE_HAD}


def test_a_provider_that_hangs_up_is_called_no_more_for_a_moment() -> None:
    called = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            with suppress(OSError):
                while True:
                    called.append(listener.accept()[0].close())

        Thread(target=hang_up, daemon=True).start()
        people = login(f"http://127.0.0.1:{listener.getsockname()[1]}")
        for _ in range(MOST + 3):
            with pytest.raises(Refused, match="does not answer now; try again in a moment"):
                people.begin("screening", "/desk")
        listener.shutdown(socket.SHUT_RDWR)
    assert len(called) == MOST


def of_a_store() -> object:
    with Store("postgresql://kizuki_desk@db.example/kizuki").of(OFFICE):
        raise AssertionError("connected to nowhere")


def of_a_webhook() -> object:
    return resolved("receiver.example", 443)


def login(issuer: str) -> Login:
    """Sends people to a provider; its keys, which are in a file, are not looked at here."""
    provider = Provider(issuer, "desk", None, "http://localhost/desk/login/back")
    keys = Watched(Path(__file__), lambda _: KeySet([]))
    return Login(provider, keys, Meaning({}, {}, frozenset()), lambda: NOW)


def of_a_provider() -> object:
    return login("https://provider.example").begin("screening", "/desk")


ASK = [of_a_store, of_a_webhook, of_a_provider]


@pytest.mark.parametrize("ask", ASK)
def test_a_resolver_of_names_that_hangs_holds_nobody(
    ask: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    over, begun = Event(), time.monotonic()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(FOR_EVER))
    with pytest.raises((StoreUnavailable, TimeoutError, Refused)):
        ask()
    over.set()
    assert time.monotonic() - begun < LONGEST_RESOLVING + BUSY


@pytest.mark.parametrize("ask", ASK)
def test_a_name_that_is_none_is_told_at_once(ask: Callable[[], object]) -> None:
    begun = time.monotonic()
    with pytest.raises((StoreUnavailable, OSError, Refused)):
        ask()
    assert time.monotonic() - begun < LONGEST_RESOLVING + BUSY
