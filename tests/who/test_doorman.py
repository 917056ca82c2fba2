"""The doorman that the settings ask for, and those that no desk starts with."""

from pathlib import Path
from typing import Any

import pytest

from features.errors import KizukiError
from serving.settings import Settings
from serving.who.doorman import doorman
from tests.serving.desks import NOW, defaults
from tests.who.tokens import ISSUER, key_file


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.7", "kizuki.go.jp", "127.0.0.1.evil"])  # noqa: S104
def test_a_desk_that_asks_nobody_answers_this_machine_alone(host: str) -> None:
    said = Settings.model_construct(**{**defaults(), "host": host})
    with pytest.raises(KizukiError, match=r"^KIZUKI_ASK: .*set KIZUKI_ASK=everybody$"):
        doorman(said, lambda: NOW)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "127.0.0.53", "localhost"])
def test_this_machine_has_several_names(host: str) -> None:
    said = Settings.model_construct(**{**defaults(), "host": host})
    assert callable(doorman(said, lambda: NOW))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"agency": ""}, "KIZUKI_AGENCY: say whose cases these are"),
        ({}, "KIZUKI_ASK: everybody is asked and nobody could answer"),
        ({"token_keys": True}, "KIZUKI_TOKEN_KEYS: say also whose tokens"),
        ({"token_keys": True, "token_issuer": ISSUER}, "KIZUKI_TOKEN_KEYS: say also whose tokens"),
        ({"token_keys": Path("nowhere/keys.json"), "token_issuer": ISSUER, "token_audience": "k"},
         "nowhere/keys.json: cannot be read: No such file or directory"),
    ],
    ids=["no agency", "no keys", "no issuer", "no audience", "no file"],
)  # fmt: skip
def test_a_desk_that_nobody_could_ask_does_not_start(
    said: dict[str, Any], why: str, tmp_path: Path
) -> None:
    if said.get("token_keys") is True:
        said = {**said, "token_keys": key_file(tmp_path / "keys.json")}
    asked = {"ask": "everybody", "agency": "tokyo"}
    settings = Settings.model_construct(**{**defaults(tmp_path), **asked, **said})
    with pytest.raises(KizukiError, match=f"^{why}"):
        doorman(settings, lambda: NOW)
