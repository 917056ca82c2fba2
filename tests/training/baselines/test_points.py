"""A points scale: few questions, whole points, and what it was made of is found again."""

import numpy as np
import pytest

from models.measures import Numbers, auroc
from training.baselines.points import MOST_POINTS, QUESTIONS, Scale, fit_points
from training.slices import Taught

CHANCE = np.random.default_rng(5)
ROWS = CHANCE.normal(size=(4000, 15))
FEATURES = [f"feature {place}" for place in range(15)]


def drawn(margins: Numbers) -> Numbers:
    return (CHANCE.random(len(margins)) < 1 / (1 + np.exp(-margins))).astype(float)


def test_the_columns_that_matter_are_asked_with_points_in_their_order() -> None:
    answers = ROWS[:, [3, 7, 11]] > 0
    outcomes = drawn(answers @ np.array([2.0, 1.0, -1.0]) - 2)
    scale = fit_points(FEATURES, Taught(ROWS, outcomes))
    points = dict(zip(scale.columns, scale.points, strict=True))
    assert points[3] == MOST_POINTS
    assert MOST_POINTS > points[7] > 0 > points[11]
    cuts = dict(zip(scale.columns, scale.cuts, strict=True))
    assert [cuts[place] for place in (3, 7, 11)] == pytest.approx([0, 0, 0], abs=0.1)
    assert auroc(outcomes, scale.total(ROWS)) > 0.65


def test_it_fits_on_a_form() -> None:
    scale = fit_points(FEATURES, Taught(ROWS, drawn(ROWS[:, 0])))
    assert len(scale.points) == QUESTIONS
    assert all(isinstance(point, int) and abs(point) <= MOST_POINTS for point in scale.points)


def test_two_windows_of_one_feature_are_one_question() -> None:
    twice = np.column_stack([ROWS[:, :2], ROWS[:, 0]])
    scale = fit_points(["a", "b", "a"], Taught(twice, drawn(ROWS[:, 0])))
    assert len(scale.columns) == 2


def test_what_is_not_known_gives_no_points() -> None:
    scale = Scale(columns=(0, 1), cuts=(1.0, 0.0), points=(5, -2))
    rows = np.array([[2.0, 1.0], [np.nan, 1.0], [1.0, np.nan]])
    assert scale.total(rows).tolist() == [3, -2, 0]


def test_columns_without_a_value_or_a_difference_are_no_hindrance() -> None:
    rows = np.column_stack([ROWS[:, 0], np.full(4000, np.nan), np.ones(4000)])
    scale = fit_points(["a", "b", "c"], Taught(rows, drawn(ROWS[:, 0])))
    assert scale.points[0] == MOST_POINTS
