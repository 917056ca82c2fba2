"""A probability has a range around it that means something, and the desk reads what was fitted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from features.errors import KizukiError
from models.calibration import Calibrator
from models.groups import Ints
from models.measures import Numbers
from training.calibrate import fit_calibrator, venn_abers

FOLDS = 5


def cases(count: int, slope: float = 1.0) -> tuple[Numbers, Numbers, Ints]:
    """Margins with ties, outcomes that follow them with that slope, and folds."""
    chance = np.random.default_rng(count)
    margins = np.round(chance.normal(-1, 1, count), 2)
    true = 1 / (1 + np.exp(-slope * margins))
    outcomes = (chance.random(count) < true).astype(float)
    return margins, outcomes, chance.integers(FOLDS, size=count)


def range_alone(calibrator: Calibrator, at: float) -> tuple[float, float]:
    """The range without the probability in it."""
    low = calibrator.low[int(np.searchsorted(calibrator.low_from, at, side="right"))]
    return low, calibrator.high[int(np.searchsorted(calibrator.high_to, at, side="left"))]


@pytest.mark.parametrize("count", [60, 700])
def test_the_desk_reads_what_the_library_says(count: int) -> None:
    """Bit for bit: at every margin that occurs, between them and beyond them."""
    margins, outcomes, folds = cases(count)
    calibrator = fit_calibrator(margins, outcomes, folds)
    platt = LogisticRegression(C=np.inf).fit(margins[:, None], outcomes)
    asked = np.concatenate([margins, np.linspace(-6, 5, 401) + 0.0012])  # at, and between
    own = [folds == fold for fold in range(FOLDS)]
    pairs = np.array([venn_abers(platt, margins[of], outcomes[of], asked) for of in own])
    read = np.array([range_alone(calibrator, at) for at in asked.tolist()])
    assert np.array_equal(read[:, 0], pairs[:, :, 0].min(axis=0))
    assert np.array_equal(read[:, 1], pairs[:, :, 1].max(axis=0))


def test_the_range_is_that_of_vovk_and_petej() -> None:
    """As it is defined: the case itself joins those of a fold, once with each outcome."""
    margins, outcomes, folds = cases(300)
    calibrator = fit_calibrator(margins, outcomes, folds)
    for at in (-4.0, -1.0, margins[7], 0.33, 3.5):
        pairs = []
        for fold in range(FOLDS):
            own = folds == fold
            joined = [
                IsotonicRegression().fit(np.append(margins[own], at), np.append(outcomes[own], y))
                for y in (0.0, 1.0)
            ]
            pairs.append([float(fitted.predict([at])[0]) for fitted in joined])
        low, high = np.transpose(pairs)
        assert range_alone(calibrator, at) == pytest.approx((low.min(), high.max()), abs=1e-12)


def test_the_range_holds_the_truth_about_as_often_as_it_says() -> None:
    """Of margins whose true probability is known, 15 in 16 or more lie in their range."""
    held = []
    for seed in range(8):
        margins, outcomes, folds = cases(2000 + seed)
        calibrator = fit_calibrator(margins, outcomes, folds)
        for at in np.linspace(-3, 1, 41).tolist():
            low, high = range_alone(calibrator, at)
            held.append(low <= 1 / (1 + np.exp(-at)) <= high)
    assert np.mean(held) >= 0.93


def test_only_steps_that_change_something_are_kept() -> None:
    calibrator = fit_calibrator(*cases(4000))
    assert len(calibrator.low) == len(calibrator.low_from) + 1 < 200
    assert len(calibrator.high) == len(calibrator.high_to) + 1 < 200
    assert list(calibrator.low) == sorted(set(calibrator.low))
    assert list(calibrator.high) == sorted(set(calibrator.high))


@given(st.floats(-30, 30))
def test_the_probability_lies_in_its_range(margin: float) -> None:
    low, high = CALIBRATOR.range(margin)
    assert 0 <= low <= CALIBRATOR.probability(margin) <= high <= 1


CALIBRATOR = fit_calibrator(*cases(300))


def test_calibration_undoes_what_the_trees_overdo() -> None:
    calibrator = fit_calibrator(*cases(20000, slope=0.5))
    assert calibrator.slope == pytest.approx(0.5, abs=0.05)
    assert calibrator.intercept == pytest.approx(0, abs=0.05)


def test_a_model_that_ranks_backwards_is_not_calibrated() -> None:
    margins, outcomes, folds = cases(400)
    with pytest.raises(KizukiError, match="no better than chance"):
        fit_calibrator(-margins, outcomes, folds)
