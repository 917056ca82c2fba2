"""`kizuki journal`: what was said is shown to be what was said, and is said again."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import kizuki
from models.bundle import write_bundle
from models.card import card
from models.specs import spec_of
from serving.champions import PROMOTION
from tests.serving.desks import MODEL, client_of, desk_at, example, promoted_home
from tests.small_model import FITTED, small_booster

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

    def typed(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            kizuki.main(["journal", *map(str, arguments)])
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, said.out, said.err

    return typed


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
        copy.executescript("DROP TRIGGER no_update; UPDATE answers SET score = 2 WHERE number = 1")
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
    with sqlite3.connect(answered / "journal.db") as journal:
        copy = sqlite3.connect(home / "journal.db")
        journal.backup(copy)
        (kept,) = copy.execute("SELECT answer FROM answers WHERE kind = 'score'").fetchone()
        copy.execute("DROP TRIGGER no_update")
        changed = json.dumps({**json.loads(kept), "score": 1}).encode()
        copy.execute("UPDATE answers SET answer = ? WHERE kind = 'score'", [changed])
        copy.commit()
        copy.close()
    journal.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIZUKI_HOME", str(home))
        code, out, _ = run("replay", ids(answered)["score"])
    assert code == 1
    assert out.endswith("differs in: answer\n")


def test_an_answer_of_another_bundle_names_it(run: Run, answered: Path, tmp_path: Path) -> None:
    code, _, err = run("replay", ids(answered)["score"], "--bundle", _other(tmp_path))
    assert code == 2
    assert "was answered by placement_24m version 3, whose bundle has the digest" in err


def test_an_id_that_is_not_there_is_told(run: Run) -> None:
    code, _, err = run("replay", "nobody")
    assert (code, "no answer has the id nobody" in err) == (2, True)


def _other(folder: Path) -> Path:
    """A champion of the same name whose trees are others."""
    champion = promoted_home(folder / "home") / "champions" / MODEL
    said = json.loads((champion / PROMOTION).read_text("utf-8"))
    spec, bundle = spec_of(MODEL), folder / "bundle"
    digest = write_bundle(
        bundle, spec, small_booster(spec, seed=6).model_to_string(), FITTED, card(spec, None)
    )
    for file in bundle.iterdir():
        file.replace(champion / file.name)
    (champion / PROMOTION).write_text(json.dumps({**said, "digest": digest}), "utf-8")
    return champion
