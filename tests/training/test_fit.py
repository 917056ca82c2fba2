"""The same rows give the same bits; scores and bands are counted on past cases."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from features.errors import KizukiError
from features.library import FEATURES
from models.bands import BAND_NAMES
from models.measures import wilson_interval
from training.fit import (
    fit_trees,
    grow_trees,
    margins_of,
    measure_bands,
    score_thresholds,
)
from training.record import Training
from training.slices import Taught
from training.splits import FIT, STOP


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
    once, twice = (fit_trees(training.spec, fit.taught, stop.taught) for _ in range(2))
    assert once.model_to_string() == twice.model_to_string()
    assert once.num_trees() > 10


def test_trees_are_as_many_as_were_asked_for(training: Training) -> None:
    fit, trees = training.slices.by_name[FIT], training.booster.num_trees()
    again = grow_trees(training.spec, fit.taught, trees)
    assert again.model_to_string() == training.booster.model_to_string()


@pytest.mark.parametrize("rises", [True, False])
def test_a_monotone_promise_is_kept_whatever_the_data_say(training: Training, rises: bool) -> None:
    counts = (FEATURES["notification_count"],)
    rising, falling = (counts, ()) if rises else ((), counts)
    spec = replace(training.spec, features=counts, rising=rising, falling=falling)
    own = [c.feature == "notification_count" for c in training.spec.columns]
    fit, stop = (training.slices.by_name[name] for name in (FIT, STOP))
    of_counts = [Taught(part.rows[:, own], part.outcomes) for part in (fit, stop)]
    trees = fit_trees(spec, *of_counts)
    for place in range(len(spec.columns)):
        more = fit.rows[:, own].copy()
        more[:, place] += 2
        risen = margins_of(trees, more) - margins_of(trees, fit.rows[:, own])
        assert (risen >= 0).all() if rises else (risen <= 0).all()
