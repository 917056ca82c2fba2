"""The doubly robust estimate: right where either model is, tried on outcomes that are all known."""

import numpy as np
import pytest

from models.measures import Numbers, auroc
from training.selective.doubly_robust import Estimated, Flags, estimate_outcomes

COUNT = 20_000
CHANCE = np.random.default_rng(11)
DANGER, TASTE = CHANCE.normal(size=(2, COUNT))
FOLDS = CHANCE.integers(0, 5, COUNT)


def logistic(margins: Numbers) -> Numbers:
    return 1 / (1 + np.exp(-margins))


OUTCOMES = (CHANCE.random(COUNT) < logistic(1.5 * DANGER - 1)).astype(float)
LOOKED_AT: Flags = CHANCE.random(COUNT) < logistic(1.2 * DANGER + TASTE)
HIDDEN = np.where(LOOKED_AT, OUTCOMES, 0.0)  # what nobody looked at is not on record


def estimated(rows: Numbers) -> Estimated:
    return estimate_outcomes(rows, HIDDEN, LOOKED_AT, FOLDS)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(np.column_stack([DANGER, TASTE]), id="both models right"),
        pytest.param(np.column_stack([DANGER, CHANCE.normal(size=COUNT)]), id="screening not all"),
    ],
)
def test_share_and_ranking_of_all_are_found_again(rows: Numbers) -> None:
    found = estimated(rows).outcomes
    assert HIDDEN.mean() < OUTCOMES.mean() - 0.1 < OUTCOMES[LOOKED_AT].mean() - 0.2
    assert found.mean() == pytest.approx(OUTCOMES.mean(), abs=0.015)
    assert auroc(found, DANGER) == pytest.approx(auroc(OUTCOMES, DANGER), abs=0.02)
    assert abs(auroc(HIDDEN, DANGER) - auroc(OUTCOMES, DANGER)) > 0.02


def test_what_sways_the_screening_and_is_in_no_row_cannot_be_put_right() -> None:
    found = estimated(CHANCE.normal(size=(COUNT, 2))).outcomes
    assert found.mean() > OUTCOMES.mean() + 0.08


def test_outcomes_of_those_not_looked_at_are_not_read() -> None:
    turned = np.where(LOOKED_AT, HIDDEN, 1.0)
    rows = np.column_stack([DANGER, TASTE])
    again = estimate_outcomes(rows, turned, LOOKED_AT, FOLDS)
    assert (again.outcomes == estimated(rows).outcomes).all()


def test_no_household_is_estimated_by_its_own_outcome() -> None:
    rows = np.column_stack([DANGER, TASTE])
    own = np.flatnonzero(LOOKED_AT & (FOLDS == 0))[0]
    other = np.flatnonzero(LOOKED_AT & (FOLDS == 0))[1]
    turned = HIDDEN.copy()
    turned[own] = 1 - turned[own]
    before, after = estimated(rows), estimate_outcomes(rows, turned, LOOKED_AT, FOLDS)
    assert before.outcomes[other] == after.outcomes[other]
    assert before.outcomes[own] != after.outcomes[own]


def test_chances_are_those_to_be_looked_at() -> None:
    chances = estimated(np.column_stack([DANGER, TASTE])).chances
    assert chances == pytest.approx(logistic(1.2 * DANGER + TASTE), abs=0.08)
