"""Nobody is judged by trees that have seen the household, and everybody is judged."""

from dataclasses import replace

import numpy as np
import pytest

from training.record import Training
from training.rotate import Rotated, rotate
from training.slices import Slice, Slices
from training.splits import CALIBRATE, FIT, FOLDS, STOP, TEST


@pytest.fixture(scope="module")
def rotated(training: Training) -> Rotated:
    return rotate(training.spec, training.slices)


def with_outcomes_turned(slices: Slices, fold: int) -> Slices:
    """The same slices, in which every outcome that trees could learn of one fold is another."""

    def turned(part: Slice) -> Slice:
        return replace(part, outcomes=np.abs(part.outcomes - (part.folds == fold)))

    learnt = {name: turned(slices.by_name[name]) for name in (FIT, STOP)}
    return replace(slices, by_name={**slices.by_name, **learnt})


@pytest.mark.parametrize("fold", [0, FOLDS - 1])
def test_what_became_of_a_household_cannot_change_its_own_margins(
    training: Training, rotated: Rotated, fold: int
) -> None:
    other = rotate(training.spec, with_outcomes_turned(training.slices, fold))
    for name, before, after in (
        (CALIBRATE, rotated.calibrate, other.calibrate),
        (TEST, rotated.test, other.test),
    ):
        own = training.slices.by_name[name].folds == fold
        assert (before[own] == after[own]).all()
        assert (before[~own] != after[~own]).mean() > 0.9


def test_everybody_is_judged_and_by_the_trees_of_one_rotation(
    training: Training, rotated: Rotated
) -> None:
    test = training.slices.by_name[TEST]
    assert len(rotated.test) == len(test.examples)
    assert not np.isnan(rotated.test).any()
    assert set(test.folds) == set(range(FOLDS))


def test_the_same_slices_give_the_same_bits(training: Training, rotated: Rotated) -> None:
    again = rotate(training.spec, training.slices)
    assert (again.test == rotated.test).all()
    assert again.booster.model_to_string() == rotated.booster.model_to_string()
