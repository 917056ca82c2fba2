"""What a desk depends on is late, silent or gone: each call of it ends, and the rest goes on."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from starlette.testclient import TestClient

from serving.store import database
from serving.store.migrating import migrate, open_store
from tests import postgres
from tests.between import FOR_EVER, Between
from tests.serving.desks import client_of, desk_at, example, promoted_home
from tests.store.requests import telling
from tests.store.telling import OFFICE

FROM_STORE = {k: v for k, v in example(office=OFFICE).items() if k != "caseFile"}
MANY = 20  # more than the store has connections for
LATE = 2.0  # seconds


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
        return time.monotonic() - begun < LATE


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    if not postgres.INSTALLED:
        pytest.skip("PostgreSQL is not installed")
    home = promoted_home(tmp_path_factory.mktemp("home"))
    with ExitStack() as stack, pytest.MonkeyPatch.context() as changed:
        changed.setattr(database, "LONGEST_ANSWER", LATE + 0.5)
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
def at_rest(desk: Desk) -> Iterator[None]:
    """Before each test, a store that answers; and after it again, without a restart."""
    assert desk.client.post("/v1/score", json=FROM_STORE).status_code == 200
    yield
    desk.between.late = 0.0
    assert desk.client.post("/v1/score", json=FROM_STORE).status_code == 200


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
    assert told(asked, 20) == {NOT_TO_BE_HAD}


def test_a_connection_that_breaks_under_way_is_told_and_made_anew(desk: Desk) -> None:
    desk.between.late = LATE
    asked = desk.ask(1)
    desk.between.cut()
    desk.between.late = 0.0
    assert told(asked, 10) <= {ANSWERED, NOT_TO_BE_HAD}
