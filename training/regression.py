"""A logistic regression on rows with gaps, as those who judge trees use it beside them."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler


def logistic(penalty: float) -> Pipeline:
    """One on all columns, unfitted; that an answer is missing is a column of its own.

    A smaller `penalty` holds the coefficients back more: it is scikit-learn's C.
    """
    return make_pipeline(
        SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True),
        StandardScaler(),
        LogisticRegression(C=penalty, max_iter=1000),
    )
