"""Candidates: ways of scoring, from counting notifications to trees with settings that were tried.

Whoever deploys trees must show that they beat what an office could do on paper. So a count, a
points scale and a logistic regression are fitted and judged in the same way as the trees.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from sklearn.metrics import log_loss

from models.measures import Numbers
from models.spec import ModelSpec
from training.fit import fit_trees, margins_of
from training.judge import BASELINE
from training.regression import fit_logistic
from training.rotate import Scorer
from training.search.points import fit_points
from training.slices import Taught

COUNT, POINTS, LOGISTIC, DECLARED = "count", "points scale", "logistic regression", "as declared"
PENALTIES = (0.001, 0.01, 0.1)  # of which the stop slice chooses; smaller holds back more

Settings = Mapping[str, int | float]


@dataclass(frozen=True)
class Sized:
    """A fitted scorer, and its size: how many numbers somebody would have to read to check it."""

    score: Scorer
    size: int


@dataclass(frozen=True)
class Candidate:
    """A way of scoring by name; `fit` learns from rows, and stops by others."""

    name: str
    fit: Callable[[Taught, Taught], Sized]


def baselines(spec: ModelSpec) -> list[Candidate]:
    """What trees must beat, the simplest first."""
    counts = [place for place, column in enumerate(spec.columns) if column.feature == BASELINE]
    features = [column.feature for column in spec.columns]

    def count(fit: Taught, stop: Taught) -> Sized:
        return Sized(lambda rows: np.nan_to_num(rows[:, counts[-1]]), 1)

    def points(fit: Taught, stop: Taught) -> Sized:
        scale = fit_points(features, fit)
        return Sized(scale.total, len(scale.points))

    simple = [Candidate(POINTS, points), Candidate(LOGISTIC, _logistic)]
    return [Candidate(COUNT, count), *simple] if counts else simple


def trees(name: str, spec: ModelSpec, settings: Settings) -> Candidate:
    """Trees of the spec, grown with these settings."""
    tried = replace(spec, settings=settings)

    def fit(fit: Taught, stop: Taught) -> Sized:
        booster = fit_trees(tried, fit, stop)
        leaves = booster.trees_to_dataframe()["split_feature"].isna().sum()
        return Sized(lambda rows: margins_of(booster, rows), int(leaves))

    return Candidate(name, fit)


def _logistic(fit: Taught, stop: Taught) -> Sized:
    rows, stopping = np.asarray(fit.rows), np.asarray(stop.rows)
    ways = [fit_logistic(penalty, rows, fit.outcomes, fit.weights) for penalty in PENALTIES]
    likely = [way.predict_proba(stopping)[:, 1] for way in ways]
    lost = [
        log_loss(stop.outcomes, one, sample_weight=stop.weights, labels=[0, 1]) for one in likely
    ]
    best = ways[int(np.argmin(lost))]

    def score(rows: Numbers) -> Numbers:
        margins: Numbers = best.decision_function(rows)
        return margins

    return Sized(score, best[-1].coef_.size)
