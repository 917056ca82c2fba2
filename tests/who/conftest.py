"""A doorman that knows an identity provider."""

from pathlib import Path

import pytest

from serving.settings import Settings
from serving.who.doorman import Asking
from tests.serving.desks import NOW, defaults
from tests.who.tokens import AUDIENCE, ISSUER, key_file


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a desk that asks everybody, with the provider's keys."""
    said = {
        **defaults(tmp_path), "ask": "everybody", "agency": "tokyo",
        "token_keys": key_file(tmp_path / "keys.json"), "token_issuer": ISSUER,
        "token_audience": AUDIENCE,
    }  # fmt: skip
    return Settings.model_construct(**said)


@pytest.fixture
def asking(settings: Settings) -> Asking:
    return Asking(settings, lambda: NOW)
