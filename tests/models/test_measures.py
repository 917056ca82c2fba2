"""Each measure against an independent one, or against a figure worked out by hand."""

from math import inf, isnan, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from models.measures import MEASURES, Numbers, top_threshold

# Outcomes and probabilities with many ties, both outcomes among them.
CASES = st.lists(
    st.tuples(st.booleans(), st.sampled_from([0.05, 0.1, 0.2, 0.5, 0.8])), min_size=2
).filter(lambda cases: {outcome for outcome, _ in cases} == {True, False})
Cases = list[tuple[bool, float]]


def split(cases: Cases) -> tuple[Numbers, Numbers]:
    outcomes, probabilities = zip(*cases, strict=True)
    return np.array(outcomes, float), np.array(probabilities)


def measured(name: str, outcomes: Numbers, probabilities: Numbers) -> float:
    return MEASURES[name].of(outcomes, probabilities)


def drawn(slope: float, intercept: float, count: int = 4000) -> tuple[Numbers, Numbers]:
    """Probabilities whose log-odds are to be stretched and moved so to be right."""
    chance = np.random.default_rng(3)
    log_odds = chance.normal(-1, 1, count)
    true = 1 / (1 + np.exp(-(slope * log_odds + intercept)))
    return (chance.random(count) < true).astype(float), 1 / (1 + np.exp(-log_odds))


@given(CASES)
def test_ranking_measures_are_those_of_scikit_learn(cases: Cases) -> None:
    outcomes, probabilities = split(cases)
    for name, other in (
        ("auroc", roc_auc_score),
        ("average_precision", average_precision_score),
        ("brier", brier_score_loss),
    ):
        assert measured(name, outcomes, probabilities) == pytest.approx(
            other(outcomes, probabilities)
        )


@pytest.mark.parametrize(("slope", "intercept"), [(1.0, 0.0), (0.6, 0.0), (1.5, -0.7)])
def test_calibration_is_that_of_a_logistic_regression(slope: float, intercept: float) -> None:
    outcomes, probabilities = drawn(slope, intercept)
    log_odds = np.log(probabilities / (1 - probabilities))
    other = LogisticRegression(C=inf, tol=1e-10).fit(log_odds[:, None], outcomes)
    found = measured("calibration_slope", outcomes, probabilities)
    assert found == pytest.approx(other.coef_[0, 0], abs=1e-4)
    assert found == pytest.approx(slope, abs=0.1)


def test_calibration_in_the_large_is_the_log_odds_that_are_missing() -> None:
    outcomes, probabilities = np.array([1.0, 0, 0, 0]), np.full(4, 0.5)
    assert measured("calibration_intercept", outcomes, probabilities) == pytest.approx(log(1 / 3))
    assert measured("calibration_intercept", *drawn(1.0, 0.0)) == pytest.approx(0, abs=0.1)


def test_the_top_is_counted_by_hand() -> None:
    outcomes = np.array([1.0, 0, 1, 0, 0, 0, 0, 0, 0, 1])
    probabilities = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05])
    assert top_threshold(probabilities, 0.2) == 0.8
    assert measured("recall_top_20", outcomes, probabilities) == pytest.approx(1 / 3)
    assert measured("precision_top_20", outcomes, probabilities) == 0.5
    assert measured("precision_top_5", outcomes, probabilities) == 1.0  # at least one is looked at


def test_all_who_tie_at_the_edge_of_the_top_are_in_it() -> None:
    outcomes, probabilities = np.array([1.0, 0, 0, 1]), np.array([0.5, 0.5, 0.5, 0.1])
    assert measured("precision_top_20", outcomes, probabilities) == pytest.approx(1 / 3)


@pytest.mark.parametrize("outcome", [0.0, 1.0])
def test_nothing_is_said_of_ranks_where_all_fared_alike(outcome: float) -> None:
    outcomes, probabilities = np.full(50, outcome), np.linspace(0.1, 0.9, 50)
    for name in ("auroc", "calibration_slope", "calibration_intercept"):
        assert isnan(measured(name, outcomes, probabilities))


def test_no_slope_is_made_up_where_the_outcomes_are_separated() -> None:
    outcomes, probabilities = np.repeat([0.0, 1.0], 20), np.linspace(0.1, 0.9, 40)
    assert isnan(measured("calibration_slope", outcomes, probabilities))


def test_a_sure_answer_that_was_wrong_is_still_measured() -> None:
    outcomes, probabilities = np.array([1.0, 0, 1, 0]), np.array([0.0, 1.0, 0.6, 0.4])
    assert all(np.isfinite(measure.of(outcomes, probabilities)) for measure in MEASURES.values())


def test_every_measure_has_its_place_in_the_table() -> None:
    assert all(name == measure.name for name, measure in MEASURES.items())
    assert {"auroc", "brier", "calibration_slope", "recall_top_5"} <= set(MEASURES)
