"""A doorman that knows an identity provider, and a desk with that doorman."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from serving.endpoints.jobs import with_jobs
from serving.settings import Settings
from serving.store.migrating import open_store
from serving.who.doorman import Asking
from tests.serving.desks import NOW, client_of, defaults, desk_at, promoted_home
from tests.who.asking import Clock, by_tokens


def asks_everybody(home: Path) -> dict[str, Any]:
    """All settings of a desk that asks everybody."""
    return defaults(home) | by_tokens(home)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.model_construct(**asks_everybody(tmp_path))


@pytest.fixture
def asking(settings: Settings) -> Asking:
    return Asking(settings, lambda: NOW)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return promoted_home(tmp_path_factory.mktemp("asked"))


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def client(home: Path, clock: Clock) -> Iterator[TestClient]:
    """A client of a desk that asks everybody, with a store of its own."""
    store = open_store(f"sqlite:///{home}/store.db")
    desk = with_jobs(replace(desk_at(home, clock), agency="tokyo", store=store), home / "jobs.db")
    with client_of(desk, **asks_everybody(home)) as made:
        yield made
    desk.close()
