"""What the trees lean on most, and which groups it stands for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from features.groups import PROTECTED
from features.language.feature import Column, Feature
from features.language.windows import Lookback
from features.proxies.separation import Examples, Separation, separations
from training.record import Training
from training.splits import TEST

MOST = 15  # features told
TELLING = 0.70  # AUROC from which a feature tells a group about as well as many a test


@dataclass(frozen=True)
class Leaning:
    """A feature, its share of the gain of all trees, its weightiest column, whom that tells best.

    `proxy` is None where of no group there is evidence enough.
    """

    feature: Feature
    gain: float
    column: Column
    proxy: Separation | None

    @property
    def forgets(self) -> Lookback | None:
        """The days beyond which a fact no longer counts; None where it counts for ever."""
        windows = [column.window for column in self.feature.columns]
        if self.feature.sunset or all(window.days for window in windows):
            return self.feature.sunset or max(windows, key=lambda window: window.days or 0)
        return None


def leanings(training: Training) -> list[Leaning]:
    """The features that gain the trees most, the weightiest first."""
    spec = training.model_spec
    gains = training.booster.feature_importance("gain")
    total = float(gains.sum()) or 1.0
    places = {feature.name: _places(spec.columns, feature) for feature in spec.features}
    top = sorted(spec.features, key=lambda one: -gains[places[one.name]].sum())[:MOST]
    protected = {f: names for f, names in training.answered.groups.items() if f in PROTECTED}
    examples = Examples(training.answered.clusters, protected)
    rows = training.slices.by_name[TEST].rows
    told = []
    for feature in top:
        own = places[feature.name]
        weightiest = own[int(np.argmax(gains[own]))]
        enough = [one for one in separations(rows[:, weightiest], examples) if one.enough]
        proxy = max(enough, key=lambda one: one.auroc, default=None)
        share = float(gains[own].sum()) / total
        told.append(Leaning(feature, share, spec.columns[weightiest], proxy))
    return told


def _places(columns: Sequence[Column], feature: Feature) -> list[int]:
    return [place for place, column in enumerate(columns) if column.feature == feature.name]
