"""A logistic regression on rows with gaps, as those who judge trees use it beside them."""

from collections.abc import Sequence
from copy import deepcopy

import numpy as np
import numpy.typing as npt
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from models.measures import Numbers


def fit_logistic(
    penalties: Sequence[float],
    rows: Numbers,
    outcomes: Numbers | npt.NDArray[np.bool_],
    weights: Numbers | None = None,
) -> list[Pipeline]:
    """One for each penalty, on all columns; that an answer is missing is a column of its own.

    A smaller penalty holds the coefficients back more: it is scikit-learn's C. Given in rising
    order each begins where the one before ended, which is near.
    """
    prepare = make_pipeline(
        SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True),
        StandardScaler(),
    )
    ready, found = prepare.fit_transform(rows).astype(np.float32), []
    way = LogisticRegression(max_iter=1000, warm_start=True)
    for penalty in penalties:
        way.set_params(C=penalty).fit(ready, outcomes, sample_weight=weights)
        found.append(make_pipeline(prepare, deepcopy(way)))
    return found
