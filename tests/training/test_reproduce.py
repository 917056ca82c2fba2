"""The same data, spec and seed give the same trees; where not, it is told what has changed."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import training.record
from features.case_file import CaseFile
from models.spec import Doubt, Mitigation, ModelSpec
from tests.training.test_champions import MODEL, MONDAY
from tests.typed import typed
from training.registry import Registry, Version
from training.reproduce import reproduce
from training.train import keep_training, train_model


@pytest.fixture(scope="module")
def plain(narrow: ModelSpec) -> ModelSpec:
    """What one group can show of a model made again, seven would; and each takes its time."""
    return replace(narrow, audited_by=("sex",))


@pytest.fixture(scope="module")
def version(
    plain: ModelSpec,
    office: CaseFile,
    tables_made: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Version:
    home = shutil.copytree(tables_made, tmp_path_factory.mktemp("reproduce") / "home")
    return keep_training(train_model(plain, office), office, Registry(home), MONDAY)


def changed(version: Version, spec: ModelSpec, office: CaseFile) -> Mapping[str, str | None]:
    return {part.name: part.changed for part in reproduce(version, spec, office) if part.changed}


def test_the_same_again(
    version: Version, plain: ModelSpec, office: CaseFile, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.setenv("KIZUKI_HOME", str(version.bundle.parents[4]))
    monkeypatch.setattr("training.commands.spec_of", lambda _: plain)
    office.write(tmp_path)
    code, told, _ = typed(capsys, "reproduce", MODEL, "--version", "1", "--cases", str(tmp_path))
    assert code == 0, told
    lines = told.splitlines()
    assert lines[-1] == f"{MODEL} version 1 is made again: the same trees, bit for bit"
    assert {line.split()[-1] for line in lines[:-1]} == {"same"}


def test_what_a_spec_says_is_the_same_in_every_process() -> None:
    """Else a version could never be made again, nor a search go on where it was."""
    told = (
        "import json; from models.specs import NAMES, spec_of; "
        "from training.record import spec_as_json; "
        "print(json.dumps([spec_as_json(spec_of(name)) for name in NAMES]))"
    )
    once, again = (
        subprocess.run([sys.executable, "-c", told], check=True, capture_output=True).stdout
        for _ in range(2)
    )
    assert once == again
    assert len(json.loads(once)) >= 4


def test_other_data_are_told(version: Version, plain: ModelSpec, office: CaseFile) -> None:
    fewer = {**office.tables, "notifications": office.tables["notifications"].iloc[:-300]}
    told = changed(version, plain, CaseFile(office.as_of, fewer))
    assert set(told) >= {"data", "rows", "trees"}
    assert not set(told) & {"lock", "libraries", "spec"}


def test_another_setting_is_named_with_both_values(
    version: Version, plain: ModelSpec, office: CaseFile
) -> None:
    told = changed(version, replace(plain, settings={**plain.settings, "num_leaves": 5}), office)
    assert told["spec"] == "settings: num_leaves 7, now 5"
    assert "num_leaves 7, now 5" in str(told["settings and seed"])
    assert set(told) == {"spec", "settings and seed", "trees", "calibration"}


@pytest.mark.parametrize(
    ("said", "words", "parts"),
    [
        ({"doubt": Doubt(widest_range=5)}, "doubt: widest_range 12, now 5", {"spec"}),
        (
            {"mitigation": Mitigation(reweighed_by=("sex",))},
            "reweighed_by [], now ['sex']",
            {"spec", "trees", "calibration"},
        ),
        ({"embargo": True}, "embargo False, now True", {"spec", "rows", "trees", "calibration"}),
    ],
    ids=["doubt", "mitigation", "embargo"],
)
def test_another_promise_is_told_and_whether_the_trees_are_others_for_it(
    version: Version,
    plain: ModelSpec,
    office: CaseFile,
    said: dict[str, Any],
    words: str,
    parts: set[str],
) -> None:
    told = changed(version, replace(plain, **said), office)
    assert words in str(told["spec"])
    assert set(told) - {"settings and seed"} == parts


def test_other_questions_are_told(version: Version, plain: ModelSpec, office: CaseFile) -> None:
    told = changed(version, replace(plain, features=plain.features[:-1]), office)
    assert set(told) >= {"lock", "spec", "rows", "trees"}
    assert "data" not in told


def test_other_libraries_are_told_even_where_the_trees_are_the_same(
    version: Version, plain: ModelSpec, office: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: Any = training.record.version
    monkeypatch.setattr(
        training.record, "version", lambda name: "9.9" if name == "lightgbm" else known(name)
    )
    told = changed(version, plain, office)
    assert set(told) == {"libraries"}
    assert "lightgbm 4.7.0" in str(told["libraries"])
    assert "lightgbm 9.9" in str(told["libraries"])
