"""A desk with a store, and a sink, for the tests of this room."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from serving.desk import Desk
from serving.store.migrating import open_store
from serving.store.store import Store
from tests.lookout.asking import look
from tests.lookout.told import tell_example
from tests.serving.desks import desk_at
from tests.serving.fixtures import home, promoted
from tests.webhooks.sink import Sink, listening

__all__ = ["home", "promoted"]


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    store = open_store(f"sqlite:///{home / 'store.db'}")
    made = replace(desk_at(home), store=store, new_id=lambda: str(uuid4()))
    yield made
    made.close()


@pytest.fixture
def sink() -> Iterator[Sink]:
    with listening() as made:
        yield made


@pytest.fixture
def store(desk: Desk) -> Store:
    """A store that knows the example, and was looked at."""
    assert desk.store
    tell_example(desk)
    look(desk)
    return desk.store
