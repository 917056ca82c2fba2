"""A store for the tests of this room, on either database."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from serving.desk import Desk
from serving.store.migrating import migrate, open_store
from serving.store.store import Store
from tests import postgres
from tests.postgres import DESK, OWNER, Server
from tests.serving.desks import desk_at
from tests.serving.fixtures import client, home, promoted

__all__ = ["client", "home", "promoted"]

BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server."""
    if not postgres.INSTALLED:
        pytest.skip("PostgreSQL is not installed")
    with postgres.server() as made:
        yield made


@pytest.fixture(scope="session")
def migrated(server: Server) -> str:
    """A database that was migrated, to make others like it."""
    name = server.database()
    migrate(server.url(OWNER, name), DESK)
    return name


@pytest.fixture
def on_postgresql(server: Server, migrated: str) -> str:
    """The desk's URL of a database of the test's own."""
    return server.url(DESK, server.database(migrated))


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty store on each of the databases."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    return str(request.getfixturevalue("on_postgresql"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    made = open_store(url)
    yield made
    made.close()


@pytest.fixture
def desk(home: Path, store: Store) -> Iterator[Desk]:
    """A desk with a store."""
    made = replace(desk_at(home), store=store)
    yield made
    made.journal.close()
