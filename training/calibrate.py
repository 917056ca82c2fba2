"""Calibrate: from margins to probabilities, and to the range that past cases allow around them.

Each fold of households tells a share of its own for the cases near a margin; the range spans them
all. Were the folds' estimates independent and as often too high as too low, the truth would lie
outside of all five once in sixteen times: a range of about 94 %, whatever the distribution. How
often it holds on later cases is measured, not assumed: see `models.held`.
"""

from warnings import catch_warnings, simplefilter

import numpy as np
from mapie.calibration import VennAbersCalibrator
from sklearn.linear_model import LogisticRegression

from features.errors import KizukiError
from models.calibration import Calibrator
from models.groups import Ints
from models.measures import Numbers

Reals = tuple[float, ...]


def fit_calibrator(margins: Numbers, outcomes: Numbers, folds: Ints) -> Calibrator:
    """Platt's slope and intercept, and the Venn-Abers range over the folds.

    Raises KizukiError where higher margins do not go with more outcomes.
    """
    platt = LogisticRegression(C=np.inf).fit(margins[:, None], outcomes)  # no penalty
    slope, intercept = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    if slope <= 0:
        raise KizukiError(
            "the model ranks the calibrate slice no better than chance; it cannot be calibrated: "
            "train on more children or years"
        )
    levels = np.unique(margins)
    # Below all and above all there is one more step; what is between steps changes at none.
    beyond = np.concatenate([[levels[0] - 1], levels, [levels[-1] + 1]])
    own = [folds == fold for fold in np.unique(folds)]
    pairs = np.array([venn_abers(platt, margins[of], outcomes[of], beyond) for of in own])
    low, high = pairs[:, :, 0].min(axis=0), pairs[:, :, 1].max(axis=0)
    return Calibrator(slope, intercept, *_steps(levels, low[:-1]), *_steps(levels, high[1:]))


def venn_abers(
    platt: LogisticRegression, margins: Numbers, outcomes: Numbers, asked: Numbers
) -> Numbers:
    """The Venn-Abers pair of some cases at each margin that is asked; Platt keeps their order."""
    with catch_warnings():
        simplefilter("ignore", RuntimeWarning)  # it divides by 0, and leaves that out
        fitted = VennAbersCalibrator(platt, cv="prefit").fit(margins[:, None], outcomes)
    pairs: Numbers = fitted.predict_proba(asked[:, None], p0_p1_output=True)[1]
    return pairs


def _steps(levels: Numbers, values: Numbers) -> tuple[Reals, Reals]:
    """The levels at which the values change, and the values before, between and after them."""
    steps = np.flatnonzero(np.diff(values))
    return _plain(levels[steps]), _plain(values[[0, *(steps + 1)]])


def _plain(numbers: Numbers) -> Reals:
    return tuple(float(number) for number in numbers)
