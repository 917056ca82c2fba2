"""`kizuki journal`: what was said is shown to be what was said, and is said again."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from models.ledger import PROMOTED, bundle_folder
from models.specs import spec_of
from serving.journal import entry
from serving.journal.child_keys import ChildKeys
from serving.journal.encryption import encrypt
from tests.serving.desks import MODEL, client_of, decide, desk_at, example, promoted_home
from tests.small_model import small_bundle
from tests.typed import typed

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder whose desk gave a score and, while it was silent, a report in English."""
    home = promoted_home(tmp_path_factory.mktemp("answered"))
    desk = desk_at(home)
    asked = {name: value for name, value in example().items() if name not in {"model", "language"}}
    with client_of(desk) as client:
        assert client.post("/v1/score", json=asked).status_code == 200
    with client_of(replace(desk, silent=True)) as client:
        assert client.post("/v1/report", json=example(language="en")).status_code == 200
    desk.journal.close()
    return home


def ids(home: Path) -> dict[str, str]:
    with sqlite3.connect(home / "journal.db") as journal:
        found = dict(journal.execute("SELECT kind, id FROM answers").fetchall())
    journal.close()
    return found


@pytest.fixture
def run(answered: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Type a sub-command of `kizuki journal`; gives the exit code and what was said."""
    monkeypatch.setenv("KIZUKI_HOME", str(answered))
    return partial(typed, capsys, "journal")


def test_a_journal_that_nobody_touched_is_told_whole(run: Run) -> None:
    code, out, _ = run("verify")
    assert code == 0
    assert "2 records, " in out
    assert "nothing up to record 2 was changed since it was signed" in out


def test_a_change_ends_with_code_1(
    run: Run, answered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(answered / "journal.db") as journal:
        copy = sqlite3.connect(tmp_path / "journal.db")
        journal.backup(copy)
        copy.executescript(
            "DROP TRIGGER answers_no_update; UPDATE answers SET version = 2 WHERE number = 1"
        )
        copy.close()
    journal.close()
    monkeypatch.setenv("KIZUKI_HOME", str(tmp_path))
    checkpoints, key = answered / "journal.checkpoints", answered / "journal.pub"
    code, out, _ = run("verify", "--checkpoints", checkpoints, "--key", key)
    assert code == 1
    assert out.startswith("record 1 is not what was linked to the one before it\n")


@pytest.mark.parametrize("kind", ["score", "report"])
def test_an_answer_is_given_again_byte_by_byte(
    kind: str, run: Run, answered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIZUKI_LANGUAGE", "en")  # whatever the desk's own is by now
    code, out, err = run("replay", ids(answered)[kind])
    assert (code, out, err) == (
        0,
        f"{kind} of {MODEL} version 3 at 2024-07-01 09:30:00+00:00: the same bytes again\n",
        "",
    )


def test_an_answer_that_was_changed_differs(run: Run, answered: Path, tmp_path: Path) -> None:
    home = promoted_home(tmp_path)
    for name in ("journal.db", "children.keys"):
        with sqlite3.connect(answered / name) as file, sqlite3.connect(home / name) as copy:
            file.backup(copy)
        file.close()
        copy.close()
    kept = entry(home / "journal.db", ids(answered)["score"])
    said = json.dumps({**json.loads(kept.answer), "score": 1}).encode()
    keys = ChildKeys(home / "children.keys")
    content = encrypt(replace(kept, answer=said), keys.of(kept.office, kept.child))
    keys.close()
    with sqlite3.connect(home / "journal.db") as copy:
        copy.execute("DROP TRIGGER answers_no_update")
        copy.execute("UPDATE answers SET content = ? WHERE id = ?", [content, kept.id])
    copy.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIZUKI_HOME", str(home))
        code, out, _ = run("replay", ids(answered)["score"])
    assert code == 1
    assert out.endswith("differs in: answer\n")


def test_it_is_given_again_by_the_bundle_of_then(run: Run, answered: Path, tmp_path: Path) -> None:
    home = shutil.copytree(answered, tmp_path / "home")
    other = small_bundle(bundle_folder(home, MODEL, 4), spec_of(MODEL), seed=6)
    decide(home, PROMOTED, MODEL, 4, other.digest)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIZUKI_HOME", str(home))
        for answer in ids(answered).values():
            assert run("replay", answer)[0] == 0


def test_an_answer_of_no_champion_is_told(run: Run, answered: Path, tmp_path: Path) -> None:
    home = shutil.copytree(answered, tmp_path / "home")
    shutil.rmtree(home / "champions")
    digest = small_bundle(bundle_folder(home, MODEL, 3), spec_of(MODEL), seed=6).digest
    decide(home, PROMOTED, MODEL, 3, digest)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIZUKI_HOME", str(home))
        code, _, err = run("replay", ids(answered)["score"])
    assert code == 2
    assert f"no champion of {MODEL} had the bundle" in err


def test_an_id_that_is_not_there_is_told(run: Run) -> None:
    code, _, err = run("replay", "nobody")
    assert (code, "no answer has the id nobody" in err) == (2, True)
