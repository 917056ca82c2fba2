"""A small fitted model on chance rows, for tests that need a bundle and not its quality."""

from pathlib import Path

import lightgbm as lgb
import numpy as np

from models.bands import BAND_NAMES, Band
from models.bundle import Bundle, read_bundle, write_bundle
from models.calibration import Calibrator
from models.card import card
from models.familiar import Familiar
from models.fitted import Fitted
from models.spec import ModelSpec

CALIBRATOR = Calibrator(
    1.1,
    -0.2,
    low_from=(-1.0, 0.0, 1.0),
    low=(0.0, 0.2, 0.4, 0.6),
    high_to=(-1.0, 0.0, 1.0),
    high=(0.2, 0.4, 0.6, 0.8),
)
ANYTHING = 1e9  # no answer is as strange as this


def small_fitted(spec: ModelSpec) -> Fitted:
    """What is learnt beside the trees; to it no row is strange."""
    columns = len(spec.columns)
    return Fitted(
        CALIBRATOR,
        thresholds=tuple(np.linspace(-2, 2, 19).tolist()),
        bands=tuple(Band(name.code, 200, 0.1, 0.06, 0.15) for name in BAND_NAMES),
        familiar=Familiar(
            lowest=(-ANYTHING,) * columns,
            highest=(ANYTHING,) * columns,
            unanswered=(True,) * columns,
            weight=(1 / columns,) * columns,
        ),
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
    model, fitted = small_booster(spec, seed=seed).model_to_string(), small_fitted(spec)
    write_bundle(folder, spec, model, fitted, card(spec, None))
    return read_bundle(folder)
