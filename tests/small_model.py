"""A small fitted model on chance rows, for tests that need a bundle and not its quality."""

from pathlib import Path

import lightgbm as lgb
import numpy as np

from models.bands import BAND_NAMES, Band
from models.bundle import Bundle, Fitted, read_bundle, write_bundle
from models.calibration import Calibrator
from models.card import card
from models.spec import ModelSpec

FITTED = Fitted(
    Calibrator(
        1.1, -0.2, margins=(-1.0, 0.0, 1.0), low=(0.0, 0.2, 0.4, 0.6), high=(0.2, 0.4, 0.6, 0.8)
    ),
    thresholds=tuple(np.linspace(-2, 2, 19).tolist()),
    bands=tuple(Band(name.code, 200, 0.1, 0.06, 0.15) for name in BAND_NAMES),
)


def small_booster(spec: ModelSpec, *, rows: int = 400, seed: int = 5) -> lgb.Booster:
    """A booster that reads the spec's columns; its label leans on the first three of them."""
    chance = np.random.default_rng(seed)
    matrix = chance.poisson(1.0, (rows, len(spec.columns))).astype(float)
    matrix[chance.random(matrix.shape) < 0.1] = np.nan
    outcome = np.nan_to_num(matrix[:, :3]).sum(axis=1) + chance.normal(size=rows) > 3
    settings = {"objective": "binary", "num_leaves": 7, "verbose": -1, "num_threads": 1, "seed": 1}
    names = [column.name for column in spec.columns]
    return lgb.train(settings, lgb.Dataset(matrix, outcome.astype(float), feature_name=names), 20)


def small_bundle(folder: Path, spec: ModelSpec, *, seed: int = 5) -> Bundle:
    """The same as a bundle on disk, read back."""
    model = small_booster(spec, seed=seed).model_to_string()
    write_bundle(folder, spec, model, FITTED, card(spec, None))
    return read_bundle(folder)
