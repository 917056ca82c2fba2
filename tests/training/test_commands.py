"""The way of a data scientist: train, read what came of it, promote."""

from pathlib import Path

import pandas as pd
import pytest

from features.case_file import CaseFile
from models.bundle import read_bundle
from models.ledger import Ledger, bundle_folder
from models.spec import ModelSpec
from tests.typed import typed

MODEL = "placement_24m"
WHO = ("--by", "A", "--why", "tried")
UNFIT = "false_negative_rate_gap by income_support <= 0.2, insufficient evidence"


@pytest.fixture(scope="module")
def cases(office: CaseFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    office.write(folder)
    return folder


@pytest.fixture
def home(empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KIZUKI_HOME", str(empty_home))
    return empty_home


def test_a_model_is_trained_and_told_of(
    cases: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, progress = typed(capsys, "train", MODEL, "--cases", str(cases), "--origins")
    assert code == 0
    for words in (
        "calibrate",
        "left out, label not over:",
        "its AUROC",
        "fitted as on  judged until",
        "insufficient evidence",
        f"gate fails: {UNFIT}",
        f"bundle of {MODEL} version 1: {home}",
        "next: it cannot be promoted",
    ):
        assert words in told
    assert "rows" in progress
    assert "rows:" not in told

    code, told, problem = typed(capsys, "promote", MODEL, "--version", "1", *WHO)
    assert (code, told) == (2, "")
    assert problem.startswith(f"kizuki: {MODEL} version 1 does not hold: ")
    assert UNFIT in problem
    assert Ledger(home).decisions(MODEL) == []


def test_a_model_that_holds_is_promoted_as_told(
    cases: Path,
    home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    spec: ModelSpec,
) -> None:
    """The gates of the office's own spec, which it can pass."""
    monkeypatch.setattr("training.commands.spec_of", {MODEL: spec}.__getitem__)
    _, told, _ = typed(capsys, "train", MODEL, "--cases", str(cases))
    command = told.splitlines()[-1].removeprefix("next: kizuki ").replace("REASON", "確認済み")
    code, told, _ = typed(capsys, *command.replace("NAME", "佐藤").split())
    assert (code, f"{MODEL} version 1 is proposed by 佐藤" in told) == (0, True)
    code, told, _ = typed(capsys, *command.replace("NAME", "鈴木").split())
    assert code == 0
    assert "is the champion, promoted by 佐藤, 鈴木" in told
    assert read_bundle(bundle_folder(home, MODEL, 1)).spec.name == MODEL


def test_a_table_dated_too_early_is_refused_as_a_leak(
    office: CaseFile, home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Planted: what an importer makes that takes the day of entry for the day of knowing.

    Each placement is told of by a service that the office learns of only then, and that says it was
    known two years before.
    """
    placed = office.tables["placements"]
    early = placed["happened"] - pd.Timedelta(days=730)
    told = placed.assign(id="s" + placed["id"], happened=early, known=early, outcome="completed")
    told = told.assign(until=pd.NaT, kind="guidance")
    CaseFile(office.as_of, {**office.tables, "services": told}).write(tmp_path)

    code, told, problem = typed(capsys, "train", MODEL, "--cases", str(tmp_path))
    assert code == 2
    assert "above 0.88, the ceiling of its spec" in problem
    assert "service" in problem.partition("best columns alone: ")[2]
    assert list((home / "artifacts").rglob("model.txt")) == []


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("train", "nothing_9m", "--cases", "."), "no model is called 'nothing_9m'"),
        (("train", MODEL, "--cases", "nowhere"), "nowhere holds no case file"),
        (("stability", MODEL, "--cases", "nowhere"), "nowhere holds no case file"),
        (("promote", MODEL, "--version", "7", *WHO), "has no version 7"),
        (("promote", "nothing_9m", "--version", "7", *WHO), "no model is called"),
        (("reproduce", MODEL, "--version", "7", "--cases", "."), "has no version 7"),
        (("registry", "history", MODEL), "nobody has proposed a version yet"),
        (("registry", "rollback", MODEL, *WHO), "has no champion before this one"),
        (("registry", "challenge", MODEL, "--version", "7", *WHO), "has no version 7"),
        (("registry", "stand-down", MODEL, *WHO), "has no challenger"),
        (("registry", "delete", MODEL, "--version", "7", *WHO), "has no version 7"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    arguments: tuple[str, ...], problem: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, said = typed(capsys, *arguments)
    assert (code, told) == (2, "")
    assert problem in said
    assert said.startswith("kizuki: ")
    assert said.count("\n") == 1
