"""A doubly robust estimate: what the outcomes would be, had everybody been looked at.

Of those who were not, a model of the outcome says what to expect; where it errs on those who were,
their errors are weighed back by how likely each was to be looked at (Robins, Rotnitzky & Zhao
1994). It is right if either model is. Each example is estimated by models of other households
(Chernozhukov et al. 2018), as Coston et al. 2020 do it to judge scores under selective labels.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.groups import Ints
from models.measures import Numbers
from training.regression import fit_logistic

LEAST_CHANCE = 0.1  # no example stands for more than ten others
PENALTY = 0.01  # many columns, few examples: most coefficients are held near 0

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Estimated:
    """For each example the estimated outcome, and its chance to have been looked at.

    Outcomes are right on average and not one by one: single ones lie below 0 or above 1.
    """

    outcomes: Numbers
    chances: Numbers


def estimate_outcomes(rows: Numbers, outcomes: Numbers, looked_at: Flags, folds: Ints) -> Estimated:
    """The outcomes of all examples, from those of the examples that were looked at.

    `folds` are those of households; both those looked at and the others must be in each.
    """
    expected, chances = np.empty(len(outcomes)), np.empty(len(outcomes))
    for fold in np.unique(folds):
        own, others = folds == fold, folds != fold
        seen = others & looked_at
        chances[own] = _likely(rows[others], looked_at[others], rows[own])
        expected[own] = _likely(rows[seen], outcomes[seen], rows[own])
    weights = looked_at / np.maximum(chances, LEAST_CHANCE)
    return Estimated(expected + weights * (outcomes - expected), chances)


def _likely(rows: Numbers, outcomes: Numbers | Flags, asked: Numbers) -> Numbers:
    """The probability of an outcome in the rows that are asked, learnt from others."""
    (way,) = fit_logistic([PENALTY], rows, outcomes)
    likely: Numbers = way.predict_proba(asked)[:, 1]
    return likely
