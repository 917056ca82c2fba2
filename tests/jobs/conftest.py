"""A desk that takes jobs, for the tests of this room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from serving.desk import Desk
from serving.endpoints.jobs import with_jobs
from tests.serving.desks import desk_at
from tests.serving.fixtures import client, home, promoted

__all__ = ["client", "home", "promoted"]


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    made = with_jobs(desk_at(home), home / "jobs.db")
    yield made
    made.close()
