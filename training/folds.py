"""The measures in each fold of households: what of them is chance.

Each fold was judged by trees grown on the others, so these are five fits and five sets of people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from models.groups import Answered, Ints
from models.measures import MEASURES
from training.splits import FOLDS

SHOWN = ("auroc", "precision_top_10", "calibration_slope")


@dataclass(frozen=True)
class Fold:
    """One fold of the test slice; a measure is NaN where it cannot be said."""

    count: int
    positives: int
    measures: Mapping[str, float]


def by_fold(answered: Answered, folds: Ints) -> list[Fold]:
    """The folds of the test slice, in their order; `folds` are those of the answers."""
    places = [np.flatnonzero(folds == fold) for fold in range(FOLDS)]
    return [
        Fold(
            len(own),
            int(answered.outcomes[own].sum()),
            {name: answered.measure(MEASURES[name].of, own) for name in SHOWN},
        )
        for own in places
    ]


def fold_table(folds: Sequence[Fold]) -> list[list[str]]:
    """The folds as rows of text under a heading."""
    heading = ["fold", "examples", "with the outcome", *(MEASURES[n].words.en for n in SHOWN)]
    rows = [
        [str(place), str(fold.count), str(fold.positives), *map(_told, fold.measures.values())]
        for place, fold in enumerate(folds, start=1)
    ]
    return [heading, *rows]


def _told(value: float) -> str:
    return "insufficient evidence" if isnan(value) else f"{value:.3f}"
