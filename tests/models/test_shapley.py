"""Contributions are exact: those of LightGBM and of shap, on models of every kind."""

from dataclasses import dataclass, replace
from itertools import combinations, permutations
from math import factorial

import lightgbm as lgb
import numpy as np
import pytest
import shap
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.measures import Numbers
from models.shapley import explain, interactions
from models.trees.paths import Paths, paths_of
from models.trees.text import CATEGORY, NAN, NONE, ZERO, Tree, Trees, read_trees


@dataclass(frozen=True)
class Kind:
    """What kind of model is drawn."""

    seed: int
    columns: int
    trees: int
    leaves: int
    depth: int
    least: int  # rows in a leaf: many make trees of different depth
    missing: float
    zeros: float
    zero_as_missing: bool
    use_missing: bool
    categories: int
    monotone: bool


def kinds(columns: int = 20, trees: int = 200) -> st.SearchStrategy[Kind]:
    """Models of up to so many columns and trees."""
    return st.builds(
        Kind,
        seed=st.integers(0, 2**31),
        columns=st.integers(1, columns),
        trees=st.sampled_from([count for count in (20, 3, 60, 1, 2, 200) if count <= trees]),
        leaves=st.sampled_from([31, 7, 2, 3, 100]),
        depth=st.sampled_from([8, 4, 20, 2, 1]),
        least=st.sampled_from([20, 2]),
        missing=st.sampled_from([0.2, 0, 0.9]),
        zeros=st.sampled_from([0.3, 0]),
        zero_as_missing=st.booleans(),
        use_missing=st.booleans(),
        categories=st.sampled_from([0, 0, 3, 70]),
        monotone=st.booleans(),
    )


def rows_of(kind: Kind, count: int, chance: np.random.Generator) -> Numbers:
    rows = chance.normal(size=(count, kind.columns))
    rows[chance.random(rows.shape) < kind.zeros] = 0
    if kind.categories:
        rows[:, 0] = chance.integers(0, kind.categories, count)
    rows[chance.random(rows.shape) < kind.missing] = np.nan
    return rows


def grown(kind: Kind) -> tuple[lgb.Booster, Numbers]:
    """A model of that kind, and rows to ask it of: some as learnt from, some stranger ones."""
    chance = np.random.default_rng(kind.seed)
    rows = rows_of(kind, 300, chance)
    truth = np.nan_to_num(rows) @ chance.normal(size=kind.columns) + np.sin(3 * rows[:, -1])
    outcomes = (chance.random(300) < 1 / (1 + np.exp(-np.nan_to_num(truth)))).astype(float)
    promised = [int(kind.monotone)] * kind.columns
    if kind.categories:
        promised[0] = 0  # a promise on a category ends the process
    settings_ = {
        "objective": "binary", "num_leaves": kind.leaves, "max_depth": kind.depth,
        "min_data_in_leaf": kind.least, "min_sum_hessian_in_leaf": 0.01, "learning_rate": 0.3,
        "zero_as_missing": kind.zero_as_missing, "use_missing": kind.use_missing,
        "monotone_constraints": promised, "max_cat_to_onehot": 2, "min_data_per_group": 1,
        "num_threads": 1, "seed": 1, "verbosity": -1,
    }  # fmt: skip
    data = lgb.Dataset(rows, outcomes, categorical_feature=[0] if kind.categories else [])
    booster = lgb.train(settings_, data, kind.trees)
    strange = rows_of(kind, 20, chance) * np.array([1, 1e-36, -3, 1e9])[:, None].repeat(5, 0)
    asked = np.concatenate([rows[:40], strange, np.full((1, kind.columns), np.nan)])
    return lgb.Booster(model_str=booster.model_to_string()), asked


def paths_from(booster: lgb.Booster) -> Paths:
    return paths_of(read_trees(booster.model_to_string()))


def close(ours: Numbers, theirs: Numbers) -> None:
    scale = max(1.0, float(np.abs(theirs).max()))
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-11 * scale)


MANY_TREES = Kind(
    seed=3, columns=9, trees=2000, leaves=31, depth=20, least=2, missing=0.2, zeros=0.3,
    zero_as_missing=True, use_missing=True, categories=70, monotone=True,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(kinds())
@example(MANY_TREES)
@example(replace(MANY_TREES, zero_as_missing=False, use_missing=False, depth=1))
def test_contributions_are_those_of_lightgbm(kind: Kind) -> None:
    booster, rows = grown(kind)
    theirs = booster.predict(rows, pred_contrib=True, num_threads=1)
    paths = paths_from(booster)
    together = explain(paths, rows)
    assert together.margins.tolist() == booster.predict(rows, raw_score=True).tolist()
    close(together.shares, theirs[:, :-1])
    assert together.base == pytest.approx(theirs[0, -1], rel=1e-9, abs=1e-12)
    alone = [explain(paths, row[None]) for row in rows]
    close(np.concatenate([one.shares for one in alone]), theirs[:, :-1])
    assert [one.margins[0] for one in alone] == together.margins.tolist()


@settings(max_examples=120, deadline=None)
@given(kinds())
def test_contributions_add_up_to_the_margin(kind: Kind) -> None:
    booster, rows = grown(kind)
    explained = explain(paths_from(booster), rows)
    np.testing.assert_allclose(
        explained.shares.sum(axis=1) + explained.base, explained.margins, rtol=1e-9, atol=1e-11
    )


@pytest.mark.parametrize(("trees", "leaves", "depth"), [(2000, 7, 3), (300, 31, 6), (40, 200, 20)])
def test_contributions_are_those_of_shap(trees: int, leaves: int, depth: int) -> None:
    kind = Kind(
        seed=trees, columns=12, trees=trees, leaves=leaves, depth=depth, least=2, missing=0.1,
        zeros=0.1, zero_as_missing=False, use_missing=True, categories=0, monotone=False,
    )  # fmt: skip
    booster, rows = grown(kind)
    ours = explain(paths_from(booster), rows).shares
    close(ours, shap.TreeExplainer(booster)(rows).values)
    close(ours, walked_by_shap(booster).shap_values(rows))


def walked_by_shap(booster: lgb.Booster) -> shap.TreeExplainer:
    """Shap's own walk: it leaves LightGBM's models to LightGBM, unless it takes them for its own.

    It knows neither categories nor zeros that mean "missing", and reads thresholds as they are.
    """
    explainer = shap.TreeExplainer(booster)
    explainer.model.model_type = "internal"
    return explainer


def goes_left(tree: Tree, split: int, value: float) -> bool:
    """As LightGBM's documentation has it."""
    asked = tree.splits[split]
    if asked["kind"] == CATEGORY:
        places = range(int(asked["threshold"]), int(asked["threshold"]) + asked["width"])
        bits = [int(tree.words[place]) >> bit & 1 for place in places for bit in range(32)]
        return bool(0 <= value < len(bits) and bits[int(value)])
    if np.isnan(value) and asked["kind"] != NAN:
        value = 0.0
    if np.isnan(value) or (asked["kind"] == ZERO and abs(value) <= 1e-35):
        return bool(asked["default_left"])
    return bool(value <= asked["threshold"])


def expected(tree: Tree, row: Numbers, known: frozenset[int], split: int = 0) -> float:
    """The value of a tree where only some columns are known, by its definition."""
    if not len(tree.splits):
        return tree.alone
    edges = (2 * split, 2 * split + 1)
    below = [
        tree.value[edge]
        if tree.child[edge] == NONE
        else expected(tree, row, known, tree.child[edge])
        for edge in edges
    ]
    if int(tree.splits[split]["column"]) not in known:
        return float(np.dot(tree.met[list(edges)], below))
    return below[0] if goes_left(tree, split, row[tree.splits[split]["column"]]) else below[1]


def by_definition(trees: Trees, row: Numbers) -> list[float]:
    """Shapley values: what a column adds, averaged over all orders in which columns get known."""
    columns = range(len(trees.columns))
    shares = [0.0] * len(columns)
    for order in permutations(columns):
        for place, column in enumerate(order):
            before = frozenset(order[:place])
            for tree in trees.trees:
                more = expected(tree, row, before | {column}) - expected(tree, row, before)
                shares[column] += more / factorial(len(columns))
    return shares


@settings(max_examples=15, deadline=None)
@given(kinds(columns=4, trees=3))
def test_contributions_are_those_of_the_definition(kind: Kind) -> None:
    booster, rows = grown(kind)
    trees = read_trees(booster.model_to_string())
    for row in rows[[0, 45, -1]]:
        close(explain(paths_of(trees), row[None]).shares[0], np.array(by_definition(trees, row)))


def by_pairs(trees: Trees, row: Numbers) -> Numbers:
    """Shap's interaction values: what two columns add together beyond what each adds alone.

    It is averaged over all orders, and half of it stands at each of the two places of a pair; what
    is left of a column's share stands at its own.
    """
    columns = range(len(trees.columns))
    joint = np.zeros((len(columns), len(columns)))
    for one, other in combinations(columns, 2):
        rest = [column for column in columns if column not in (one, other)]
        for count in range(len(rest) + 1):
            weight = factorial(count) * factorial(len(rest) - count) / factorial(len(rest) + 1)
            for known in map(frozenset, combinations(rest, count)):
                for tree in trees.trees:
                    both = expected(tree, row, known | {one, other}) + expected(tree, row, known)
                    each = sum(expected(tree, row, known | {column}) for column in (one, other))
                    joint[one, other] += weight * (both - each) / 2
    joint += joint.T
    np.fill_diagonal(joint, np.array(by_definition(trees, row)) - joint.sum(axis=1))
    return joint


@settings(max_examples=15, deadline=None)
@given(kinds(columns=4, trees=3))
def test_interactions_are_those_of_the_definition(kind: Kind) -> None:
    booster, rows = grown(kind)
    trees = read_trees(booster.model_to_string())
    for row in rows[[0, 45, -1]]:
        close(interactions(paths_of(trees), row), by_pairs(trees, row))


@settings(max_examples=40, deadline=None)
@given(kinds())
def test_interactions_add_up_to_the_shares(kind: Kind) -> None:
    booster, rows = grown(kind)
    paths = paths_from(booster)
    for row in rows[[0, 45, -1]]:
        joint = interactions(paths, row)
        assert (joint == joint.T).all()
        close(joint.sum(axis=1), explain(paths, row[None]).shares[0])


@pytest.mark.parametrize(("trees", "leaves", "depth"), [(500, 7, 3), (100, 31, 6), (10, 200, 20)])
def test_interactions_are_those_of_shap(trees: int, leaves: int, depth: int) -> None:
    kind = Kind(
        seed=trees, columns=12, trees=trees, leaves=leaves, depth=depth, least=2, missing=0.1,
        zeros=0.1, zero_as_missing=False, use_missing=True, categories=0, monotone=False,
    )  # fmt: skip
    booster, rows = grown(kind)
    theirs = shap.TreeExplainer(booster).shap_interaction_values(rows[:10])
    paths = paths_from(booster)
    close(np.stack([interactions(paths, row) for row in rows[:10]]), theirs)


def test_the_bits_do_not_depend_on_how_many_threads_work() -> None:
    booster, rows = grown(KIND)
    once, twice = (explain(paths_from(booster), rows, threads=count) for count in (1, 2))
    assert (once.shares == twice.shares).all()
    assert (once.margins == twice.margins).all()


KIND = Kind(
    seed=5, columns=6, trees=20, leaves=31, depth=8, least=2, missing=0.1, zeros=0.1,
    zero_as_missing=False, use_missing=True, categories=5, monotone=False,
)  # fmt: skip


def test_no_rows_are_explained_by_nothing() -> None:
    explained = explain(paths_from(grown(KIND)[0]), np.empty((0, 6)))
    assert explained.shares.shape == (0, 6)


def test_rows_of_other_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="rows must have 6 columns"):
        explain(paths_from(grown(KIND)[0]), np.zeros((2, 5)))
