"""The doorman that the settings ask for, and those that no desk starts with."""

from pathlib import Path
from typing import Any

import pytest

from features.errors import KizukiError
from serving.settings import Settings
from serving.who.doorman import doorman, read_revoked
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


def test_a_list_of_who_is_revoked_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """What a spreadsheet or a shell of Windows saves is often in UTF-16."""
    said = {"ask": "everybody", "agency": "tokyo", "token_keys": key_file(tmp_path / "keys.json"),
            "token_issuer": ISSUER, "token_audience": "k"}  # fmt: skip
    settings = Settings.model_construct(**{**defaults(tmp_path), **said})
    settings.revoked.write_text("person-17\n", "utf-16")
    with pytest.raises(KizukiError, match=f"^{settings.revoked}: is not in UTF-8; save it so"):
        doorman(settings, lambda: NOW)
    settings.revoked.unlink()
    settings.revoked.mkdir()
    with pytest.raises(KizukiError, match=f"^{settings.revoked}: cannot be read: Is a directory"):
        doorman(settings, lambda: NOW)


def test_a_mark_of_utf_8_before_the_first_id_lets_nobody_in(tmp_path: Path) -> None:
    revoked = tmp_path / "revoked"
    revoked.write_text("person-17\nperson-18\n", "utf-8-sig")
    assert read_revoked(revoked) == {"person-17", "person-18"}
