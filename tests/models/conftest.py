"""One small bundle for all tests of the models."""

import pytest

from models.bundle import Bundle
from models.specs import spec_of
from tests.small_model import small_bundle


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return small_bundle(tmp_path_factory.mktemp("models") / "bundle", spec_of("placement_24m"))
