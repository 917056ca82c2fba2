"""The same rows give the same bits; a probability has a range around it that means something."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

from features.errors import KizukiError
from features.library import FEATURES
from models.bands import BAND_NAMES
from models.calibration import Calibrator
from models.measures import Numbers
from training.fit import (
    STEPS,
    fit_calibrator,
    fit_trees,
    grow_trees,
    margins_of,
    measure_bands,
    score_thresholds,
    wilson_interval,
)
from training.record import Training
from training.splits import FIT, STOP


def cases(count: int, slope: float = 1.0) -> tuple[Numbers, Numbers]:
    chance = np.random.default_rng(count)
    margins = np.round(chance.normal(-1, 1, count), 2)
    true = 1 / (1 + np.exp(-slope * margins))
    return margins, (chance.random(count) < true).astype(float)


def brute_force(margins: Numbers, outcomes: Numbers, at: float) -> tuple[float, float]:
    """Venn-Abers as it is defined: the case itself joins the others, once with each outcome."""
    pair = []
    for outcome in (0.0, 1.0):
        joined = [*zip(margins, outcomes, strict=True), (at, outcome)]
        fitted = IsotonicRegression().fit(*zip(*joined, strict=True))
        pair.append(float(fitted.predict([at])[0]))
    return pair[0], pair[1]


def steps_alone(calibrator: Calibrator, at: float) -> tuple[float, float]:
    step = int(np.searchsorted(calibrator.margins, at, side="right"))
    return calibrator.low[step], calibrator.high[step]


@pytest.mark.parametrize("count", [40, 400])
def test_the_range_is_that_of_venn_and_abers(count: int) -> None:
    """Exact where every margin has its step, else never narrower than the pair."""
    margins, outcomes = cases(count)
    calibrator = fit_calibrator(margins, outcomes)
    for at in np.linspace(-5, 4, 61):
        low, high = brute_force(margins, outcomes, float(at))
        stepped = steps_alone(calibrator, float(at))
        assert stepped[0] <= low + 1e-12
        assert stepped[1] >= high - 1e-12
    for at in calibrator.margins:
        assert steps_alone(calibrator, at)[0] == brute_force(margins, outcomes, at)[0]
        below = steps_alone(calibrator, float(np.nextafter(at, -inf)))
        assert below[1] == brute_force(margins, outcomes, at)[1]


def test_the_range_has_as_many_steps_as_a_person_can_tell_apart() -> None:
    calibrator = fit_calibrator(*cases(2000))
    assert 80 <= len(calibrator.margins) <= STEPS
    assert len(calibrator.low) == len(calibrator.high) == len(calibrator.margins) + 1
    assert list(calibrator.low) == sorted(calibrator.low)
    assert list(calibrator.high) == sorted(calibrator.high)


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
    margins, outcomes = cases(400)
    with pytest.raises(KizukiError, match="no better than chance"):
        fit_calibrator(-margins, outcomes)


def test_scores_are_twentieths_of_the_cases() -> None:
    margins = np.arange(1000.0)
    thresholds = score_thresholds(margins)
    assert len(thresholds) == 19
    counts, _ = np.histogram(margins, [-inf, *thresholds, inf])
    assert set(counts) == {50}


def test_bands_count_how_past_children_fared() -> None:
    margins = np.arange(200.0)
    bands = measure_bands(margins, (margins >= 150).astype(float), score_thresholds(margins))
    assert [band.code for band in bands] == [name.code for name in BAND_NAMES]
    assert [band.count for band in bands] == [100, 50, 30, 20]
    assert [band.share for band in bands] == [0, 0, 1, 1]
    assert all(band.low <= band.share <= band.high for band in bands)


def test_a_band_without_a_child_is_told_and_not_made_up() -> None:
    with pytest.raises(KizukiError, match="in the band middle"):
        measure_bands(np.arange(10.0), np.ones(10), score_thresholds(np.arange(100.0)))


@pytest.mark.parametrize(
    ("positives", "count", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_intervals_are_those_of_wilson(positives: int, count: int, low: float, high: float) -> None:
    """The last one is the example of Newcombe (1998), table I."""
    assert wilson_interval(positives, count) == pytest.approx((low, high), abs=1e-4)


def test_the_same_rows_give_the_same_trees(training: Training) -> None:
    fit, stop = (training.slices.by_name[name] for name in (FIT, STOP))
    once, twice = (
        fit_trees(training.spec, (fit.rows, fit.outcomes), (stop.rows, stop.outcomes))
        for _ in range(2)
    )
    assert once.model_to_string() == twice.model_to_string()
    assert once.num_trees() > 10


def test_trees_are_as_many_as_were_asked_for(training: Training) -> None:
    fit, trees = training.slices.by_name[FIT], training.booster.num_trees()
    again = grow_trees(training.spec, (fit.rows, fit.outcomes), trees)
    assert again.model_to_string() == training.booster.model_to_string()


@pytest.mark.parametrize("rises", [True, False])
def test_a_monotone_promise_is_kept_whatever_the_data_say(training: Training, rises: bool) -> None:
    counts = (FEATURES["notification_count"],)
    rising, falling = (counts, ()) if rises else ((), counts)
    spec = replace(training.spec, features=counts, rising=rising, falling=falling)
    own = [c.feature == "notification_count" for c in training.spec.columns]
    fit, stop = (training.slices.by_name[name] for name in (FIT, STOP))
    trees = fit_trees(spec, (fit.rows[:, own], fit.outcomes), (stop.rows[:, own], stop.outcomes))
    for place in range(len(spec.columns)):
        more = fit.rows[:, own].copy()
        more[:, place] += 2
        risen = margins_of(trees, more) - margins_of(trees, fit.rows[:, own])
        assert (risen >= 0).all() if rises else (risen <= 0).all()
