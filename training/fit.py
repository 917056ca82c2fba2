"""Fit: the trees, the thresholds of the scores, the bands."""

from typing import Any

import lightgbm as lgb
import numpy as np

from features.errors import KizukiError
from models.bands import BAND_NAMES, HIGHEST_SCORE, Band, band_code, score_of
from models.measures import Numbers, wilson_interval
from models.spec import Task
from training.rows_on_disk import Rows, RowsOnDisk
from training.slices import Taught

MOST_TREES = 2000
PATIENCE = 100  # trees without gain on the stop slice

# With these the same rows give the same model, bit for bit.
_SAME_BITS = {
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 1,
}


def fit_trees(spec: Task, fit: Taught, stop: Taught) -> lgb.Booster:
    """The trees, grown on `fit` for as long as `stop` gains."""
    grow = _dataset(spec, fit)
    grown = lgb.train(
        parameters(spec),
        grow,
        MOST_TREES,
        valid_sets=[lgb.Dataset(stop.rows, stop.outcomes, grow, stop.weights)],
        callbacks=[lgb.early_stopping(PATIENCE, verbose=False)],
    )
    return as_served(grown)


def grow_trees(spec: Task, fit: Taught, trees: int) -> lgb.Booster:
    """That many trees, grown on `fit`."""
    return as_served(lgb.train(parameters(spec), _dataset(spec, fit), trees))


def margins_of(booster: lgb.Booster, rows: Rows) -> Numbers:
    """The margin of each row, in log-odds."""
    if isinstance(rows, RowsOnDisk):
        return np.concatenate([margins_of(booster, batch) for batch in rows.batches()])
    margins: Numbers = np.asarray(booster.predict(rows, raw_score=True, num_threads=1))
    return margins


def score_thresholds(margins: Numbers) -> tuple[float, ...]:
    """The 19 margins that part the cases into twentieths."""
    shares = np.arange(1, HIGHEST_SCORE) / HIGHEST_SCORE
    return tuple(float(margin) for margin in np.quantile(margins, shares))


def measure_bands(
    margins: Numbers, outcomes: Numbers, thresholds: tuple[float, ...]
) -> tuple[Band, ...]:
    """How the cases of each band fared; raises KizukiError for a band without a case."""
    codes = np.array([band_code(score_of(margin, thresholds)) for margin in margins.tolist()])
    bands = []
    for name in BAND_NAMES:
        fared = outcomes[codes == name.code]
        if not len(fared):
            raise KizukiError(
                f"no example of the test slice is in the band {name.code}: "
                "train on more children or years"
            )
        low, high = wilson_interval(int(fared.sum()), len(fared))
        bands.append(Band(name.code, len(fared), float(fared.mean()), low, high))
    return tuple(bands)


def parameters(spec: Task) -> dict[str, Any]:
    """All that LightGBM is told of how to grow the trees."""
    return {
        **spec.settings,
        **_SAME_BITS,
        "objective": "binary",
        "metric": "binary_logloss",
        "monotone_constraints": spec.monotone,
        "verbosity": -1,
    }


def _dataset(spec: Task, fit: Taught) -> lgb.Dataset:
    names = [column.name for column in spec.columns]
    return lgb.Dataset(fit.rows, fit.outcomes, weight=fit.weights, feature_name=names)


def as_served(grown: lgb.Booster, trees: int | None = None) -> lgb.Booster:
    """The trees as they are read back from their text, cut off where they stopped to gain."""
    return lgb.Booster(model_str=grown.model_to_string(num_iteration=trees))
