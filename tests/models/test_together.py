"""Pairs of reasons: what two do together, exactly, and only where it is worth a word."""

from itertools import combinations

import lightgbm as lgb
import numpy as np
import pytest

from features.engines.one_child import Answer
from features.language.feature import Feature
from models.bundle import Bundle
from models.explain import ReasonGiven, reasons
from models.score import numbers_of, score_row
from models.shapley import interactions
from models.together import MOST_PAIRS, Pair, together
from models.trees.paths import paths_of
from models.trees.text import read_trees


def given(feature: Feature, share: float) -> ReasonGiven:
    return ReasonGiven(feature, feature.columns[0], Answer(1.0), share, ())


@pytest.mark.parametrize(
    ("one", "other", "joint", "way"),
    [
        (0.4, 0.2, 0.1, "more_together"),
        (-0.4, -0.2, -0.1, "more_together"),
        (0.4, 0.2, -0.1, "overlap"),
        (-0.4, -0.2, 0.1, "overlap"),
        (0.4, -0.2, 0.1, None),
    ],
)
def test_the_way_of_a_pair(
    bundle: Bundle, one: float, other: float, joint: float, way: str | None
) -> None:
    first, second, *_ = bundle.spec.features
    assert Pair(given(first, one), given(second, other), joint).way == way


def test_pairs_are_few_and_weighty_and_sum_the_windows_of_both(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {column.name: Answer(float(i % 4)) for i, column in enumerate(bundle.spec.columns)}
    told = reasons(bundle.spec, row, score_row(bundle, row).contributions)[:12]
    joint = interactions(bundle.paths, numbers_of(bundle.spec, row)[0])
    names = [column.name for column in bundle.spec.columns]
    places = [[names.index(column.name) for column in reason.feature.columns] for reason in told]
    sums = {
        (told[one].code, told[other].code): 2 * joint[np.ix_(places[one], places[other])].sum()
        for one, other in combinations(range(len(told)), 2)
    }
    weights = sorted((abs(weight) for weight in sums.values()), reverse=True)
    for least, shown in ((weights[0] * 1.01, 0), (weights[1] * 1.01, 1), (0.0, MOST_PAIRS)):
        monkeypatch.setattr("models.together.LEAST_PART", least / abs(told[0].share))
        pairs = together(bundle, row, told)
        assert [abs(pair.joint) for pair in pairs] == pytest.approx(weights[:shown])
        assert [pair.joint for pair in pairs] == pytest.approx(
            [sums[pair.one.code, pair.other.code] for pair in pairs]
        )


def test_no_reasons_have_no_pairs(bundle: Bundle) -> None:
    assert together(bundle, {column.name: Answer(1.0) for column in bundle.spec.columns}, []) == []


def test_two_columns_that_act_only_together_do_so_in_a_row() -> None:
    """The outcome is that both are 1: beyond each by itself, both together raise it."""
    rows = np.array([[a, b] for a in (0.0, 1.0) for b in (0.0, 1.0)] * 50)
    grown = lgb.train(
        {"objective": "regression", "num_leaves": 4, "min_data_in_leaf": 1, "num_threads": 1,
         "learning_rate": 1.0, "lambda_l2": 0.0, "verbosity": -1},
        lgb.Dataset(rows, rows.prod(axis=1)), 1,
    )  # fmt: skip
    joint = interactions(paths_of(read_trees(grown.model_to_string())), np.ones(2))
    assert joint[0, 1] * 2 == pytest.approx(0.25)
    assert joint.sum() == pytest.approx(0.75)
