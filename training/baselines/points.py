"""A points scale made by itself: the kind of form that offices fill in by hand.

For each of the ten features that part the outcomes best, one question with the answer yes or no,
and whole points for a yes: the coefficients of a logistic regression, rounded (Sullivan, Massaro
& D'Agostino 2004).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from models.measures import Numbers
from training.slices import Taught

QUESTIONS = 10  # what fits on a form
MOST_POINTS = 5  # for one question
CUTS = (0.25, 0.5, 0.75, 0.9)  # the shares of examples at which a column can be cut

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Scale:
    """The questions of a form: is this column above its cut; and the points for a yes."""

    columns: tuple[int, ...]
    cuts: tuple[float, ...]
    points: tuple[int, ...]

    def total(self, rows: Numbers) -> Numbers:
        """The sum of points of each row; what is not known gives none."""
        answers = rows[:, list(self.columns)] > np.array(self.cuts)
        total: Numbers = (answers @ np.array(self.points)).astype(float)
        return total


def fit_points(features: Sequence[str], fit: Taught) -> Scale:
    """A scale for what is taught; `features` names the feature of each column."""
    rows = np.asarray(fit.rows)
    columns, cuts = _questions(features, rows, fit.outcomes)
    answers = rows[:, columns] > np.array(cuts)
    way = LogisticRegression(C=1.0).fit(answers, fit.outcomes, sample_weight=fit.weights)
    most = np.abs(way.coef_[0]).max()
    points = np.rint(MOST_POINTS * way.coef_[0] / most).astype(int)
    return Scale(tuple(columns), tuple(cuts), tuple(points.tolist()))


def _questions(
    features: Sequence[str], rows: Numbers, outcomes: Numbers
) -> tuple[list[int], list[float]]:
    """Of each feature the column and cut that go with the outcomes most closely; the best ten."""
    known = np.where(np.isnan(rows), -np.inf, rows)
    cuts = np.quantile(known, CUTS, axis=0, method="lower")
    strength = np.array([_correlations(known > cut, outcomes) for cut in cuts])
    best: dict[str, tuple[float, int, float]] = {}
    for place, feature in enumerate(features):
        level = int(strength[:, place].argmax())
        found = (float(strength[level, place]), place, float(cuts[level, place]))
        best[feature] = max(best.get(feature, found), found)
    chosen = sorted(best.values(), reverse=True)[:QUESTIONS]
    return [place for _, place, _ in chosen], [cut for _, _, cut in chosen]


def _correlations(answers: Flags, outcomes: Numbers) -> Numbers:
    """How closely each column of answers goes with the outcomes: 0 not at all, 1 wholly."""
    share, base = answers.mean(axis=0), outcomes.mean()
    together = (answers * outcomes[:, None]).mean(axis=0) - share * base
    spread = np.sqrt(share * (1 - share) * base * (1 - base))
    none = np.zeros_like(share)
    strength: Numbers = np.abs(np.divide(together, spread, out=none, where=spread > 0))
    return strength
