"""`kizuki webhooks`: add, list and remove, and what cannot be added."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.typed import typed

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("KIZUKI_HOME", str(tmp_path))
    return partial(typed, capsys)


def test_a_webhook_is_added_listed_and_removed(run: Run, tmp_path: Path) -> None:
    code, secret, said = run("webhooks", "add", "https://8.8.8.8/kizuki", "--office", "o")
    assert (code, secret[:6]) == (0, "whsec_")
    webhook = said.split()[1]
    assert run("webhooks", "list", "--office", "o")[1] == (
        f"{webhook}  https://8.8.8.8/kizuki  0 waiting\n"
    )
    assert run("webhooks", "list", "--office", "p")[1] == "p has no webhook\n"
    assert run("webhooks", "remove", webhook, "--office", "p")[0] == 2
    assert run("webhooks", "remove", webhook, "--office", "o")[0] == 0
    assert run("webhooks", "remove", webhook, "--office", "o")[0] == 2
    assert run("webhooks", "list", "--office", "o")[1].endswith("ended: removed\n")
    assert (tmp_path / "webhooks.key").stat().st_mode & 0o777 == 0o600
    assert secret.strip().encode() not in (tmp_path / "store.db").read_bytes()


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "http://8.8.8.8/", "nowhere", ""])
def test_a_url_that_cannot_be_called_is_refused(url: str, run: Run) -> None:
    code, out, said = run("webhooks", "add", url, "--office", "o")
    assert (code, out) == (2, "")
    assert said.startswith("kizuki: URL: ")


def test_this_machine_is_called_where_that_is_set_and_nobody_is_asked(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIZUKI_WEBHOOKS_HERE", "true")
    assert run("webhooks", "add", "http://127.0.0.1:1/", "--office", "o")[0] == 0
    monkeypatch.setenv("KIZUKI_ASK", "everybody")
    code, _, said = run("webhooks", "add", "http://127.0.0.1:1/", "--office", "o")
    assert (code, said[:29]) == (2, "kizuki: KIZUKI_WEBHOOKS_HERE:")


@pytest.mark.parametrize("said", ["", "no key", "00" * 31])
def test_a_key_that_is_none_is_told(said: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "webhooks.key").write_text(said)
    code, out, told = run("webhooks", "add", "https://8.8.8.8/", "--office", "o")
    assert (code, out) == (2, "")
    assert "webhooks.key" in told
