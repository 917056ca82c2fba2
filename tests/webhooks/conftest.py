"""A store on either database, and a sink, for the tests of this room."""

from collections.abc import Iterator

import pytest

from tests.store.conftest import migrated, on_postgresql, server, store, url
from tests.webhooks.sink import Sink, listening

__all__ = ["migrated", "on_postgresql", "server", "store", "url"]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with listening() as made:
        yield made
