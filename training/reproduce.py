"""Reproduce: make a version again from what it was made of, or tell what has changed since."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from features.case_file import CaseFile
from models.bundle import FITTED, MODEL
from models.spec import ModelSpec
from training.record import SPEC, Training, data_hash, record_of, write_files
from training.registry import BUNDLE, Version
from training.train import train_model

_ORIGINS = ("data", "lock", "libraries", "rows")


@dataclass(frozen=True)
class Part:
    """One part of a model, and what of it is not as it was; nothing where all is the same."""

    name: str
    changed: str | None


def reproduce(version: Version, spec: ModelSpec, case_file: CaseFile) -> list[Part]:
    """Train anew, and compare each part with what is on record of the version, bit for bit.

    The trees are the same where all before them is; where they are not, the parts before say why.
    Raises KizukiError where the case file cannot be trained on.
    """
    training = train_model(spec, case_file)
    with TemporaryDirectory() as folder:
        write_files(training, Path(folder))
        return list(_parts(version, training, case_file, Path(folder)))


def _parts(
    version: Version, training: Training, case_file: CaseFile, again: Path
) -> Iterator[Part]:
    kept = version.bundle.parent
    origin = record_of(training, data_hash(case_file), again, looked=None).origin
    for name in _ORIGINS:
        yield Part(name, _other_words(version.origin.get(name, ""), origin[name]))
    yield Part("spec", _other_names(_json(kept / SPEC), _json(again / SPEC)))
    was, now = (_model(folder / BUNDLE / MODEL) for folder in (kept, again))
    yield Part("settings and seed", _other_names(was.parameters, now.parameters))
    yield Part("trees", None if was.trees == now.trees else "other trees")
    fitted = [_json(folder / BUNDLE / FITTED) for folder in (kept, again)]
    yield Part("calibration", _other_names(*fitted))


@dataclass(frozen=True)
class _Model:
    """LightGBM's text of a model, in two: its trees, and the settings it was grown with."""

    trees: str
    parameters: Mapping[str, str]


def _model(path: Path) -> _Model:
    trees, _, said = path.read_text("utf-8").partition("\nparameters:\n")
    lines = [line.strip("[]").partition(": ") for line in said.splitlines() if line[:1] == "["]
    return _Model(trees, {name: value for name, _, value in lines})


def _json(path: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return said


def _other_words(was: str, now: str) -> str | None:
    return None if was == now else f"{was or 'not on record'}, now {now}"


def _other_names(was: Mapping[str, Any], now: Mapping[str, Any]) -> str | None:
    """What is not as it was by name, with both values where they are short."""
    names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    return "; ".join(_told(name, was.get(name), now.get(name)) for name in names) or None


def _told(name: str, was: object, now: object) -> str:
    if isinstance(was, dict) and isinstance(now, dict):
        return f"{name}: {_other_names(was, now)}"
    told = f"{name} {was}, now {now}"
    return told if len(told) < 80 else name
