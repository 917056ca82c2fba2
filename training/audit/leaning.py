"""What the trees lean on most, and which groups it stands for."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from features.groups import PROTECTED, Names
from features.language.feature import Feature
from features.language.windows import Lookback
from features.proxies.separation import Examples, Separation, separations
from models.spec import Task
from models.table_spec import TableSpec
from training.record import Training
from training.splits import TEST

MOST = 15  # features told
TELLING = 0.70  # AUROC from which a feature tells a group about as well as many a test


@dataclass(frozen=True)
class Leaning:
    """A feature, its share of the gain of all trees, and the group that it tells best.

    It is told by its weightiest column, at `place` in the row. `proxy` is None where of no group
    there is evidence enough.
    """

    name: str
    gain: float
    place: int
    proxy: Separation | None


def leanings(training: Training) -> list[Leaning]:
    """The features that gain the trees most, the weightiest first."""
    gains = training.booster.feature_importance("gain")
    places: dict[str, list[int]] = {}
    spec: Task = training.spec
    for place, column in enumerate(spec.columns):
        places.setdefault(column.feature, []).append(place)
    summed = {name: float(gains[own].sum()) for name, own in places.items()}
    examples = Examples(training.answered.clusters, _groups(training))
    rows = training.slices.by_name[TEST].rows
    told = []
    for name in sorted(places, key=lambda name: -summed[name])[:MOST]:
        weightiest = places[name][int(np.argmax(gains[places[name]]))]
        enough = [one for one in separations(rows[:, weightiest], examples) if one.enough]
        proxy = max(enough, key=lambda one: one.auroc, default=None)
        share = summed[name] / (float(gains.sum()) or 1.0)
        told.append(Leaning(name, share, weightiest, proxy))
    return told


def forgets(feature: Feature) -> Lookback | None:
    """The days beyond which a fact no longer counts; None where it counts for ever."""
    windows = [column.window for column in feature.columns]
    if feature.sunset or all(window.days for window in windows):
        return feature.sunset or max(windows, key=lambda window: window.days or 0)
    return None


def _groups(training: Training) -> Mapping[str, Names]:
    """The groups that a feature may stand for: of a ready-made table, all that were named."""
    groups = training.answered.groups
    if isinstance(training.spec, TableSpec):
        return groups
    return {field: names for field, names in groups.items() if field in PROTECTED}
