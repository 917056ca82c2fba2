"""A desk, its state folder and a client, for the tests of every room that asks one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.testclient import TestClient

from serving import tracing
from serving.desk import Desk
from tests.serving.desks import client_of, desk_at, promoted_home


@pytest.fixture(scope="session")
def promoted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with one promoted model; tests that write take a copy."""
    return promoted_home(tmp_path_factory.mktemp("promoted"))


@pytest.fixture
def home(promoted: Path, tmp_path: Path) -> Path:
    """A state folder of the test's own, with the promoted model."""
    for name in ("champions", "bundle-keys"):
        (tmp_path / name).symlink_to(promoted / name)
    return tmp_path


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    made = desk_at(home)
    yield made
    made.journal.close()


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with client_of(desk) as made:
        yield made


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    """Every span from here on, as a collector would be sent it."""
    exporter = InMemorySpanExporter()
    tracing.PROVIDER.add_span_processor(SimpleSpanProcessor(exporter))
    yield exporter
    exporter.shutdown()
