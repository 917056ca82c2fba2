"""A logistic regression on rows with gaps, as those who judge trees use it beside them."""

import numpy as np
import numpy.typing as npt
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from models.measures import Numbers


def fit_logistic(
    penalty: float,
    rows: Numbers,
    outcomes: Numbers | npt.NDArray[np.bool_],
    weights: Numbers | None = None,
) -> Pipeline:
    """One on all columns; that an answer is missing is a column of its own.

    A smaller `penalty` holds the coefficients back more: it is scikit-learn's C.
    """
    way = make_pipeline(
        SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True),
        StandardScaler(),
        LogisticRegression(C=penalty, max_iter=1000),
    )
    return way.fit(rows, outcomes, logisticregression__sample_weight=weights)
