"""Desks for the tests: a small model, a clock that stands still, ids that count."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from models.specs import spec_of
from serving.champions import PROMOTION, read_champions
from serving.desk import Desk
from serving.endpoints.score import EXAMPLE
from serving.journal import Journal
from serving.journal.checkpoints import Checkpoints, signing_key
from serving.service import make_service
from serving.settings import Settings
from tests.small_model import small_bundle

NOW = datetime(2024, 7, 1, 9, 30, tzinfo=UTC)
MODEL = "placement_24m"


def promoted_home(home: Path, *models: str) -> Path:
    """A state folder with small models as champions."""
    for model in models or (MODEL,):
        folder = home / "champions" / model
        digest = small_bundle(folder, spec_of(model)).digest
        said = {"model": model, "version": 3, "by": "T. Tester", "at": "2024-06-30T00:00:00+00:00"}
        (folder / PROMOTION).write_text(json.dumps({**said, "digest": digest}), "utf-8")
    return home


def counted_ids() -> Callable[[], str]:
    """Ids that count from 1, in the form of a UUID."""
    numbers = count(1)
    return lambda: str(UUID(int=next(numbers)))


def desk_at(home: Path, clock: Callable[[], datetime] = lambda: NOW) -> Desk:
    """A desk on the champions of a state folder."""
    return Desk(
        champions=read_champions(home),
        model=MODEL,
        language="ja",
        journal=journal_at(home / "journal.db"),
        clock=clock,
        new_id=counted_ids(),
    )


def journal_at(path: Path) -> Journal:
    """A journal with its checkpoints and its key beside it, as a desk makes them."""
    key = signing_key(path.with_name("journal.key"))
    return Journal(path, Checkpoints(path.with_name("journal.checkpoints"), key))


@contextmanager
def client_of(desk: Desk, **settings: Any) -> Iterator[TestClient]:
    """A client of the whole server: guard, BentoML, desk."""
    service = make_service(desk, Settings.model_construct(**{**defaults(), **settings}))
    with TestClient(service, raise_server_exceptions=True) as client:
        yield client


def defaults() -> dict[str, Any]:
    """Every setting as it is when the environment says nothing."""
    return {name: field.default for name, field in Settings.model_fields.items()}


def example(**changed: Any) -> dict[str, Any]:
    """The example request, with some of it changed."""
    return {**deepcopy(EXAMPLE), **changed}
