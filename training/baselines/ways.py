"""Simpler ways of scoring: a count, a points scale, a logistic regression.

Whoever deploys trees must show that they beat what an office could do on paper. So these are fitted
and judged in the same way as the trees.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import log_loss

from models.measures import Numbers
from models.spec import Task
from training.baselines.points import fit_points
from training.regression import fit_logistic
from training.rotate import Scorer
from training.slices import Taught

COUNTED = "notification_count"  # what an office could do without a model: count the reports
COUNT, POINTS, LOGISTIC = "count", "points scale", "logistic regression"
PENALTIES = (0.0001, 0.001, 0.01, 0.1)  # of which the stop slice chooses


@dataclass(frozen=True)
class Sized:
    """A fitted scorer, and its size: how many numbers somebody would have to read to check it."""

    score: Scorer
    size: int


@dataclass(frozen=True)
class Way:
    """A way of scoring by name; `fit` learns from rows, and stops by others."""

    name: str
    fit: Callable[[Taught, Taught], Sized]


def baselines(spec: Task) -> list[Way]:
    """What trees must beat, the simplest first."""
    counts = [place for place, column in enumerate(spec.columns) if column.feature == COUNTED]
    features = [column.feature for column in spec.columns]

    def count(fit: Taught, stop: Taught) -> Sized:
        return Sized(lambda rows: np.nan_to_num(rows[:, counts[-1]]), 1)

    def points(fit: Taught, stop: Taught) -> Sized:
        scale = fit_points(features, fit)
        return Sized(scale.total, len(scale.points))

    simple = [Way(POINTS, points), Way(LOGISTIC, _logistic)]
    return [Way(COUNT, count), *simple] if counts else simple


def _logistic(fit: Taught, stop: Taught) -> Sized:
    rows, stopping = _finite(np.asarray(fit.rows)), _finite(np.asarray(stop.rows))
    ways = fit_logistic(PENALTIES, rows, fit.outcomes, fit.weights)
    likely = [way.predict_proba(stopping)[:, 1] for way in ways]
    lost = [
        log_loss(stop.outcomes, one, sample_weight=stop.weights, labels=[0, 1]) for one in likely
    ]
    best = ways[int(np.argmin(lost))]

    def score(rows: Numbers) -> Numbers:
        margins: Numbers = best.decision_function(_finite(rows))
        return margins

    return Sized(score, best[-1].coef_.size)


def _finite(rows: Numbers) -> Numbers:
    """What is without end, as a table of somebody else's can hold, counts as missing."""
    return np.where(np.isinf(rows), np.nan, rows)
