"""A bundle: a fitted model on disk, in text and plain numbers, refused when damaged or stale."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from features.errors import KizukiError
from models.bands import HIGHEST_SCORE, Band
from models.calibration import Calibrator
from models.familiar import Familiar
from models.lock import hash_of, lock_text
from models.spec import ModelSpec
from models.specs import spec_of
from models.trees.paths import Paths, paths_of
from models.trees.text import Trees, read_trees

FORMAT = 2
MODEL, FITTED, LOCK, CARD, SUMS = (
    "model.txt",
    "fitted.json",
    "features.lock",
    "CARD.md",
    "checksums.json",
)
_FILES = (MODEL, FITTED, LOCK, CARD)


@dataclass(frozen=True)
class Fitted:
    """What was learnt beside the trees: calibration, the 19 score thresholds, the four bands.

    `familiar` is what was common among the rows that the trees have learnt from.
    """

    calibrator: Calibrator
    thresholds: tuple[float, ...]
    bands: tuple[Band, ...]
    familiar: Familiar


@dataclass(frozen=True)
class Bundle:
    """A model that can answer: its spec, its trees, and what was learnt beside them.

    `lock` is the hash of the questions it was trained on, `digest` that of the whole bundle.
    """

    spec: ModelSpec
    paths: Paths
    fitted: Fitted
    lock: str
    digest: str


def write_bundle(folder: Path, spec: ModelSpec, model: str, fitted: Fitted, card: str) -> str:
    """Write a bundle into a new folder and return its digest; `model` is LightGBM's text."""
    folder.mkdir(parents=True)
    said = {"format": FORMAT, "model": spec.name, **asdict(fitted)}
    contents = {
        MODEL: model,
        FITTED: json.dumps(said, indent=1) + "\n",
        LOCK: lock_text(spec),
        CARD: card,
    }
    for name, text in contents.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    sums = {name: _sum(folder / name) for name in _FILES}
    (folder / SUMS).write_text(json.dumps(sums, indent=1) + "\n", "utf-8")
    return _digest(folder)


def read_bundle(folder: Path) -> Bundle:
    """The bundle in a folder.

    Raises KizukiError where a file is missing, does not match its checksum, or where the features
    have changed since the model was trained: such a model would be served other answers than it
    learnt from.
    """
    _check_sums(folder)
    said = json.loads((folder / FITTED).read_text("utf-8"))
    if said["format"] != FORMAT:
        raise KizukiError(f"{folder / FITTED}: format {said['format']} is not {FORMAT}")
    spec = spec_of(said["model"])
    trained_on = (folder / LOCK).read_text("utf-8")
    if trained_on != lock_text(spec):
        raise KizukiError(
            f"{folder}: the features of {spec.name} have changed since it was trained; "
            "train and promote it anew"
        )
    trees = _trees(folder / MODEL)
    if trees.columns != tuple(column.name for column in spec.columns):
        raise KizukiError(f"{folder / MODEL}: does not read the columns of {LOCK}")
    return Bundle(spec, paths_of(trees), _fitted(said), hash_of(trained_on), _digest(folder))


def _trees(path: Path) -> Trees:
    try:
        return read_trees(path.read_text("utf-8"))
    except (KizukiError, UnicodeDecodeError) as error:
        raise KizukiError(f"{path}: {error}") from error


def _fitted(said: dict[str, Any]) -> Fitted:
    thresholds = tuple(said["thresholds"])
    if len(thresholds) != HIGHEST_SCORE - 1:
        raise KizukiError(f"{FITTED}: needs {HIGHEST_SCORE - 1} thresholds")
    return Fitted(
        calibrator=Calibrator(**_with_tuples(said["calibrator"])),
        thresholds=thresholds,
        bands=tuple(Band(**band) for band in said["bands"]),
        familiar=Familiar(**_with_tuples(said["familiar"])),
    )


def _with_tuples(said: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(it) if isinstance(it, list) else it for name, it in said.items()}


def _check_sums(folder: Path) -> None:
    try:
        sums = json.loads((folder / SUMS).read_text("utf-8"))
        wrong = [name for name in _FILES if sums.get(name) != _sum(folder / name)]
    except (OSError, ValueError) as error:
        raise KizukiError(f"{folder}: is not a whole bundle; promote the model again") from error
    if wrong:
        raise KizukiError(f"{folder}: {', '.join(wrong)} changed since the bundle was written")


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(folder: Path) -> str:
    return _sum(folder / SUMS)[:16]
