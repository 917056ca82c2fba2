"""A desk that people log in to, served on this machine beside an identity provider."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from serving.desk import Desk
from serving.service import make_service
from serving.settings import Settings
from serving.store.migrating import open_store
from tests.serving.desks import desk_at, promoted_home
from tests.who.asking import Clock
from tests.who.conftest import asks_everybody
from tests.who.provider import CLIENT, SECRET, IdentityProvider, listening


@dataclass
class Office:
    """All that is there: where the desk is, who logs people in, and what time it is."""

    origin: str
    home: Path
    desk: Desk
    provider: IdentityProvider
    clock: Clock
    browsers: list[httpx2.Client] = field(default_factory=list)

    def browser(self) -> httpx2.Client:
        """Something that keeps cookies and follows nothing by itself."""
        self.browsers.append(httpx2.Client(base_url=self.origin, timeout=30))
        return self.browsers[-1]

    def logged_in(self, purpose: str = "screening", **person: Any) -> httpx2.Client:
        """The same after somebody logged in."""
        client = self.browser()
        assert self.log_in(client, purpose, **person).status_code == 303
        return client

    def log_in(self, client: httpx2.Client, purpose: str = "screening", **person: Any) -> Any:
        """The answer to who came back from the provider."""
        self.provider.person = {"sub": "person-17", "roles": ["screener"]} | person
        begun = client.get("/desk/login/begin", params={"purpose": purpose, "then": "/desk"})
        back = httpx2.post(begun.headers["location"])
        return client.get(back.headers["location"])


@contextmanager
def served(desk: Desk, home: Path, provider: IdentityProvider, clock: Clock) -> Iterator[Office]:
    """The desk as people reach it; the provider listens already."""
    port = free_port()
    said = asks_everybody(home) | {
        "token_issuer": provider.issuer, "login_client": CLIENT,
        "origin": f"http://localhost:{port}",
    }  # fmt: skip
    settings = Settings.model_validate({**said, "login_secret": SECRET})
    with listening(make_service(desk, settings), port) as origin:
        yield Office(origin, home, desk, provider, clock)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    home = promoted_home(tmp_path_factory.mktemp("office"))
    clock = Clock()
    provider = IdentityProvider(clock)
    store = open_store(f"sqlite:///{home}/store.db")
    desk = replace(desk_at(home, clock), agency="tokyo", store=store)
    with listening(provider.app) as issuer:
        provider.issuer = issuer
        with served(desk, home, provider, clock) as made:
            yield made
    desk.close()


@pytest.fixture(autouse=True)
def _as_before(office: Office) -> Iterator[None]:
    yield
    for browser in office.browsers:
        browser.close()
    office.browsers.clear()
    office.clock.minutes = 0
    office.provider.late = 0
    office.provider.changed = {}
    office.provider.header = {}
    (office.home / "revoked").unlink(missing_ok=True)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
