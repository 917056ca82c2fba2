"""Desks for the tests: a small model, a clock that stands still, ids that count."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from models.key_files import signing_key
from models.ledger import CHALLENGES, PROMOTED, Decision, Ledger, bundle_folder
from models.signing import keys_folder, sign_bundle
from models.specs import spec_of
from serving.champions import champion_of, read_champions
from serving.desk import Desk
from serving.endpoints.score import EXAMPLE
from serving.journal import Journal
from serving.journal.checkpoints import Checkpoints
from serving.journal.reading import keys_beside
from serving.service import make_service
from serving.settings import Settings
from tests.small_model import small_bundle

NOW = datetime(2024, 7, 1, 9, 30, tzinfo=UTC)
PROMOTED_AT = datetime(2024, 6, 30, tzinfo=UTC)
MODEL = "placement_24m"


def promoted_home(home: Path, *models: str) -> Path:
    """A state folder with small models as champions."""
    for model in models or (MODEL,):
        digest = small_bundle(bundle_folder(home, model, 3), spec_of(model)).digest
        decide(home, PROMOTED, model, 3, digest)
    return home


def decide(home: Path, act: str, model: str, version: int, digest: str) -> None:
    """Put a decision of one tester into the ledger."""
    if act in {PROMOTED, CHALLENGES}:
        key = signing_key(keys_folder(home) / "promoter.key")
        sign_bundle(bundle_folder(home, model, version), model, version, key)
    made = Decision(PROMOTED_AT, act, model, version, digest, by="T. Tester", why="for the tests")
    Ledger(home).decide(model, lambda _: made)


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
        past=partial(champion_of, home),
    )


def journal_at(path: Path, steady: Callable[[], float] = time.monotonic) -> Journal:
    """A journal with its checkpoints and its key beside it, as a desk makes them."""
    key = signing_key(path.with_name("journal.key"))
    checkpoints = Checkpoints(path.with_name("journal.checkpoints"), key)
    return Journal(path, checkpoints, keys_beside(path), steady)


@contextmanager
def client_of(desk: Desk, **settings: Any) -> Iterator[TestClient]:
    """A client of the whole server: guard, BentoML, desk."""
    service = make_service(desk, Settings.model_construct(**{**defaults(), **settings}))
    with TestClient(service, raise_server_exceptions=True) as client:
        yield client


def defaults(home: Path = Path("nowhere")) -> dict[str, Any]:
    """Every setting as it is when the environment names the state folder alone."""
    return dict(Settings(home=home))


def example(**changed: Any) -> dict[str, Any]:
    """The example request, with some of it changed."""
    return {**deepcopy(EXAMPLE), **changed}
