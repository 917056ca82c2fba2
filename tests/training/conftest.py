"""One small office and one model trained on it, for all tests of the workshop."""

import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from features.case_file import CaseFile
from features.errors import KizukiError
from features.library import FEATURES
from models.spec import Gate, ModelSpec
from models.specs import spec_of
from tests.training.small_office import small_office
from training.record import Training
from training.registry import Registry
from training.train import train_model


@pytest.fixture(scope="session")
def office() -> CaseFile:
    return small_office(families=3000, seed=1)


@pytest.fixture(scope="session")
def spec() -> ModelSpec:
    """A model with gates that such a small office can pass."""
    return replace(spec_of("placement_24m"), gates=(Gate("auroc", at_least=0.55),))


@pytest.fixture(scope="session")
def narrow(spec: ModelSpec) -> ModelSpec:
    """A model of a few columns, that is fitted in no time."""
    few = tuple(
        FEATURES[name] for name in ("notification_count", "substantiated_count", "child_age")
    )
    return replace(spec, features=few, rising=few[:1])


@pytest.fixture(scope="session")
def training(spec: ModelSpec, office: CaseFile) -> Training:
    return train_model(spec, office)


@pytest.fixture(scope="session")
def tables_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with nothing on record; to make its tables takes seconds."""
    home = tmp_path_factory.mktemp("empty-home")
    with suppress(KizukiError):
        Registry(home).version("none", 1)
    return home


@pytest.fixture
def empty_home(tables_made: Path, tmp_path: Path) -> Path:
    """A state folder of the test's own with nothing on record."""
    return shutil.copytree(tables_made, tmp_path / "home")
