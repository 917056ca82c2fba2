"""A desk that clients ask without a network."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from serving.endpoints.jobs import with_jobs
from tests.serving.desks import client_of, desk_at, promoted_home


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = promoted_home(tmp_path_factory.mktemp("home"))
    desk = with_jobs(desk_at(home), home / "jobs.db")
    with client_of(desk) as http:
        yield http
    desk.close()
