"""A bundle: a fitted model on disk, in text and plain numbers, refused when damaged or stale."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from features.errors import KizukiError
from models.fitted import Fitted, fitted_text, read_fitted
from models.golden import check_golden, golden_text
from models.lock import hash_of, lock_text
from models.spec import ModelSpec
from models.specs import spec_of
from models.trees.paths import Paths, paths_of
from models.trees.text import Trees, read_trees

MODEL, FITTED, LOCK, CARD, GOLDEN, SUMS = (
    "model.txt",
    "fitted.json",
    "features.lock",
    "CARD.md",
    "golden.json",
    "checksums.json",
)
FILES = (MODEL, FITTED, LOCK, CARD, GOLDEN)
MOST_BYTES = 1 << 25  # of a file: twice as large as 2,000 trees of 63 leaves

_Read = TypeVar("_Read")


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
    contents = {
        MODEL: model,
        FITTED: fitted_text(spec.name, fitted),
        LOCK: lock_text(spec),
        CARD: card,
        GOLDEN: golden_text(*_walkable(model)),
    }
    for name, text in contents.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    sums = {name: _sum(folder / name) for name in FILES}
    (folder / SUMS).write_text(json.dumps(sums, indent=1) + "\n", "utf-8")
    return _digest(folder)


def read_bundle(folder: Path) -> Bundle:
    """The bundle in a folder.

    Raises KizukiError where a file is missing or does not match its checksum, where the model does
    not say what it said when it was written, or where the features have changed since it was
    trained: it would be served other answers than it learnt from.
    """
    _check_sums(folder)
    name, fitted = _read(folder / FITTED, read_fitted)
    spec = spec_of(name)
    trained_on = _read(folder / LOCK, str)
    if trained_on != lock_text(spec):
        raise KizukiError(
            f"{folder}: the features of {spec.name} have changed since it was trained; "
            "train and promote it anew"
        )
    trees, paths = _read(folder / MODEL, _walkable)
    if trees.columns != tuple(column.name for column in spec.columns):
        raise KizukiError(f"{folder / MODEL}: does not read the columns of {LOCK}")
    if fitted.familiar.columns != len(spec.columns):
        raise KizukiError(f"{folder / FITTED}: is not of the columns of {LOCK}")
    _read(folder / GOLDEN, lambda text: check_golden(text, paths))
    return Bundle(spec, paths, fitted, hash_of(trained_on), _digest(folder))


def _walkable(text: str) -> tuple[Trees, Paths]:
    trees = read_trees(text)
    return trees, paths_of(trees)


def _read(path: Path, reading: Callable[[str], _Read]) -> _Read:
    """What a file says; raises KizukiError that names the file where it is broken."""
    try:
        return reading(path.read_text("utf-8"))
    except (KizukiError, UnicodeDecodeError) as error:
        raise KizukiError(f"{path}: {error}") from error


def _check_sums(folder: Path) -> None:
    try:
        large = [name for name in (*FILES, SUMS) if (folder / name).stat().st_size > MOST_BYTES]
        if large:
            raise KizukiError(f"{folder / large[0]}: is larger than any model")
        sums = dict(json.loads((folder / SUMS).read_text("utf-8")))
        wrong = [name for name in FILES if sums.get(name) != _sum(folder / name)]
    except (OSError, RecursionError, TypeError, ValueError) as error:
        raise KizukiError(f"{folder}: is not a whole bundle; promote the model again") from error
    if wrong:
        raise KizukiError(f"{folder}: {', '.join(wrong)} changed since the bundle was written")


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(folder: Path) -> str:
    return _sum(folder / SUMS)[:16]
