"""The environment is read strictly: what is not understood stops the start."""

import pytest

from features.errors import KizukiError
from serving.settings import read_settings

WRONG = {
    "KIZUKI_PORT": ["http", "-1", "65536", "", "8601.5"],
    "KIZUKI_LARGEST_BODY": ["0", "1MiB", "99999999999"],
    "KIZUKI_SLOWEST_BODY": ["0", "-1", "nan", "soon"],
    "KIZUKI_LANGUAGE": ["fr", "JA", ""],
    "KIZUKI_HOST": [""],
    "KIZUKI_MOST_ASKED": ["0", "-1", "many"],
    "KIZUKI_SILENT": ["", "perhaps", "2"],
    "KIZUKI_ASK": ["", "somebody", "Everybody"],
    "KIZUKI_METRICS_PORT": ["", "none", "65536"],
    "KIZUKI_TRACES": ["", "collector:4318", "file:///spans"],
    "KIZUKI_TOKEN_ISSUER": [""],
    "KIZUKI_TOKEN_AUDIENCE": [""],
}


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIZUKI_HOME")


def test_nothing_need_be_said() -> None:
    settings = read_settings()
    assert (settings.host, settings.port, settings.language) == ("127.0.0.1", 8601, "ja")
    assert settings.largest_body == 1024 * 1024


def test_what_is_said_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIZUKI_PORT", "0")
    monkeypatch.setenv("KIZUKI_HOME", "elsewhere")
    settings = read_settings()
    assert (settings.port, str(settings.home)) == (0, "elsewhere")


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, vs in WRONG.items() for v in vs])
def test_a_wrong_value_is_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(KizukiError, match=rf"^{name}: "):
        read_settings()


@pytest.mark.parametrize("name", ["KIZUKI_PROT", "KIZUKI_DEBUG", "Kizuki_Secret"])
def test_an_unknown_setting_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "1")
    with pytest.raises(
        KizukiError, match=rf"^{name}: no such setting; there are: KIZUKI_AGENCY, KIZUKI_"
    ):
        read_settings()


def test_the_folder_of_real_input_is_no_setting_and_no_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KIZUKI_SHARED", "somewhere")
    assert read_settings().port == 8601
