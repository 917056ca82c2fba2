"""API keys: made once, shown once, and worth nothing to who reads the file of them."""

import re
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.datastructures import Headers

from features.errors import KizukiError
from serving.problems import Problem
from serving.settings import Settings
from serving.who.asker import Asker
from serving.who.doorman import Asking
from serving.who.keys import make_key, read_kept
from tests.serving.desks import NOW, defaults
from tests.typed import typed

LATER = NOW + timedelta(days=1)
LINE = (
    '{{"id": {id}, "system": "s", "agency": "tokyo", "office": null, "until": "{until}", '
    '"hash": {hash}}}'
)


def asking_at(home: Path) -> Asking:
    said = Settings.model_construct(**{**defaults(home), "ask": "everybody", "agency": "tokyo"})
    return Asking(said, lambda: NOW)


def who(asking: Asking, key: str) -> Asker:
    return asking(Headers({"authorization": f"Bearer {key}"}))


def test_a_key_is_a_system_that_asks_for_itself(tmp_path: Path) -> None:
    key, _ = make_key(tmp_path / "api_keys", "case-system", "tokyo", "north", LATER)
    assert who(asking_at(tmp_path), key) == Asker(
        "case-system", frozenset({"service"}), "tokyo", "north"
    )


def test_only_the_hash_is_kept_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "api_keys"
    key, _ = make_key(path, "case-system", "tokyo", None, LATER)
    assert key.rpartition("_")[2] not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert re.fullmatch(r"kizuki_[0-9a-f]{16}_[\w-]{43}", key)


@pytest.mark.parametrize("spoil", [
    lambda key: key[:-1], lambda key: key + "A", lambda key: key[:24] + key[24:].swapcase(),
    lambda key: key[: key.rindex("_") + 1], lambda key: key.replace("kizuki_", "kizuki_0"),
    lambda key: key[:7], lambda key: key[:7] + "_", lambda key: key[:24] + "A" * 43,
])  # fmt: skip
def test_nearly_a_key_is_none(spoil: object, tmp_path: Path) -> None:
    assert callable(spoil)
    key, _ = make_key(tmp_path / "api_keys", "case-system", "tokyo", None, LATER)
    with pytest.raises(Problem) as refused:
        who(asking_at(tmp_path), spoil(key))
    assert refused.value.detail == "The token or key: it is not one of ours."


def test_a_key_is_taken_until_its_day(tmp_path: Path) -> None:
    key, _ = make_key(tmp_path / "api_keys", "case-system", "tokyo", None, NOW)
    with pytest.raises(Problem) as refused:
        who(asking_at(tmp_path), key)
    assert refused.value.detail == "The token or key: it has expired."


def test_the_command_makes_a_key_and_withdraws_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIZUKI_HOME", str(tmp_path))
    code, said, about = typed(capsys, "keys", "make", "case-system", "--agency", "tokyo")
    key = said.strip()
    assert code == 0
    assert key.rpartition("_")[2] not in about
    kept = next(iter(read_kept(tmp_path / "api_keys").values()))
    asking = asking_at(tmp_path)
    assert who(asking, key).agency == "tokyo"
    assert datetime.fromisoformat(kept.until) > datetime.now(UTC) + timedelta(days=89)
    assert typed(capsys, "keys", "withdraw", kept.id)[0] == 0
    with pytest.raises(Problem) as refused:
        who(asking, key)
    assert refused.value.detail == "The token or key: it was revoked."


def test_a_key_that_is_not_there_cannot_be_withdrawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIZUKI_HOME", str(tmp_path))
    code, _, problem = typed(capsys, "keys", "withdraw", "abc")
    assert (code, problem.endswith("no key has the id abc\n")) == (2, True)


@pytest.mark.parametrize("line", [
    "{", "{}", "7", '{"id": "a"}', "\udcff", LINE.format(id="[]", until=LATER, hash='"x"'),
    LINE.format(id='"a"', until=LATER, hash="7"),
    LINE.format(id='"a"', until=LATER.replace(tzinfo=None), hash='"x"'),
    LINE.format(id='"a"', until=LATER, hash='"x", "more": 1'),
])  # fmt: skip
def test_a_broken_file_of_keys_is_refused(line: str, tmp_path: Path) -> None:
    path = tmp_path / "api_keys"
    make_key(path, "case-system", "tokyo", None, LATER)
    path.write_bytes(path.read_bytes() + line.encode(errors="surrogateescape") + b"\n")
    with pytest.raises(KizukiError, match=r"api_keys: line 2 is no key$"):
        read_kept(path)
