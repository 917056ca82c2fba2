"""Only a version whose gates hold becomes champion, and somebody answers for it."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from features.case_file import CaseFile
from features.errors import KizukiError
from models.bundle import read_bundle
from models.spec import Gate
from training.judge import GateResult
from training.promote import PROMOTION, champion_folder, promote_version
from training.record import REFERENCE, Training
from training.registry import Registry, Version
from training.train import keep_training

AT = datetime(2024, 4, 1, 9, tzinfo=UTC)
MODEL = "placement_24m"


@pytest.fixture(scope="module")
def home(
    training: Training,
    office: CaseFile,
    tables_made: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A state folder with two versions that hold and a third that does not."""
    made = shutil.copytree(tables_made, tmp_path_factory.mktemp("promote") / "home")
    registry = Registry(made)
    failing = (
        GateResult(Gate("auroc", at_least=0.99), 0.6123),
        GateResult(Gate("false_negative_rate_gap", by="sex", at_most=0.1), float("nan")),
    )
    unfit = replace(training, judged=replace(training.judged, gates=failing))
    for version in (training, training, unfit):
        keep_training(version, office, registry, AT)
    return made


def on_record(home: Path, number: int) -> Version:
    return Registry(home).version(MODEL, number)


def test_the_champion_is_the_bundle_with_the_name_of_who_answers_for_it(home: Path) -> None:
    promotion = promote_version(home, on_record(home, 1), " 佐藤 ", AT)
    champion = champion_folder(home, MODEL)
    assert read_bundle(champion).digest == promotion.digest
    assert json.loads((champion / PROMOTION).read_text("utf-8")) == {
        "model": MODEL,
        "version": 1,
        "by": "佐藤",
        "at": "2024-04-01T09:00:00+00:00",
        "digest": promotion.digest,
    }
    assert (champion / REFERENCE).is_file()


def test_the_champion_before_is_kept(home: Path) -> None:
    for number in (1, 2):
        promote_version(home, on_record(home, number), "A", AT)
    champion = champion_folder(home, MODEL)
    previous = champion.with_name(f"{MODEL}.previous")
    versions = [json.loads((f / PROMOTION).read_text())["version"] for f in (champion, previous)]
    assert versions == [2, 1]
    assert {path.name for path in champion.parent.iterdir()} == {champion.name, previous.name}


def test_a_gate_that_does_not_hold_refuses(home: Path) -> None:
    before = sorted(home.rglob("*"))
    with pytest.raises(KizukiError) as refused:
        promote_version(home, on_record(home, 3), "A", AT)
    assert str(refused.value) == (
        "placement_24m version 3 does not hold: auroc >= 0.99, measured 0.612; "
        "false_negative_rate_gap by sex <= 0.1, insufficient evidence"
    )
    assert sorted(home.rglob("*")) == before


@pytest.mark.parametrize("nobody", ["", "  ", "\u3000"])
def test_nobody_cannot_promote(home: Path, nobody: str) -> None:
    with pytest.raises(KizukiError, match="say who promotes"):
        promote_version(home, on_record(home, 1), nobody, AT)


def test_a_damaged_bundle_is_not_promoted(
    training: Training, office: CaseFile, empty_home: Path
) -> None:
    version = keep_training(training, office, Registry(empty_home), AT)
    (version.bundle / "fitted.json").write_text("{}")
    with pytest.raises(KizukiError, match=r"fitted\.json changed"):
        promote_version(empty_home, version, "A", AT)
    assert not champion_folder(empty_home, MODEL).exists()


def test_an_unknown_version_is_told_which_there_are(home: Path, empty_home: Path) -> None:
    with pytest.raises(KizukiError, match="has no version 9; there are: 1, 2, 3"):
        on_record(home, 9)
    with pytest.raises(KizukiError, match="train one with `kizuki train placement_24m`"):
        on_record(empty_home, 1)
