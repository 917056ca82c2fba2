"""A model file is looked at line by line before anything walks it: broken ones are refused."""

import re
from collections.abc import Callable

import lightgbm as lgb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.errors import KizukiError
from models.shapley import explain
from models.trees.paths import paths_of
from models.trees.text import read_trees


def small_model() -> str:
    """Three trees that ask for numbers and categories."""
    chance = np.random.default_rng(2)
    rows = np.column_stack([chance.normal(size=300), chance.integers(0, 40, 300)])
    outcomes = (rows[:, 1] % 3 == 0) ^ (rows[:, 0] > 1)
    grown = lgb.train(
        {"objective": "binary", "num_leaves": 6, "max_cat_to_onehot": 2, "min_data_per_group": 2,
         "num_threads": 1, "verbosity": -1},
        lgb.Dataset(rows, outcomes, categorical_feature=[1]), 3,
    )  # fmt: skip
    return grown.model_to_string()


MODEL = small_model()
ROWS = np.array([[0.5, 3.0], [-1.0, np.nan], [np.nan, 1e9], [0.0, -4.0]])


def with_line(key: str, change: Callable[[str], str]) -> str:
    """The model with the first line of that key changed."""
    return re.sub(rf"(?m)^{key}=(.*)$", lambda line: f"{key}={change(line[1])}", MODEL, count=1)


def instead(key: str, first: str) -> str:
    """The model with another number at the beginning of the first line of that key."""
    return with_line(key, lambda said: " ".join([first, *said.split()[1:]]))


def test_the_model_as_it_is_can_be_read() -> None:
    trees = read_trees(MODEL)
    assert trees.columns == ("Column_0", "Column_1")
    assert len(trees.trees) == 3
    assert any(len(tree.words) for tree in trees.trees)


def test_a_tree_without_a_split_is_a_number() -> None:
    grown = lgb.train(
        {"objective": "binary", "verbosity": -1, "num_threads": 1},
        lgb.Dataset(np.zeros((9, 1)), [0, 1] * 4 + [1]), 2,
    )  # fmt: skip
    (tree, *_) = read_trees(grown.model_to_string()).trees
    assert (len(tree.splits), tree.alone) == (0, pytest.approx(np.log(5 / 4)))


def deep_chain(model: str, splits: int = 300) -> str:
    """The model with a first tree of which every split but the last leads to one more."""
    of_splits = {"split_feature": "0", "threshold": "1", "decision_type": "2", "split_gain": "1"}
    lines = {
        "num_leaves": str(splits + 1),
        **{key: " ".join([said] * splits) for key, said in of_splits.items()},
        "left_child": " ".join([*map(str, range(1, splits)), "-1"]),
        "right_child": " ".join(str(-leaf) for leaf in range(2, splits + 2)),
        "leaf_value": " ".join(["1"] * (splits + 1)),
        "leaf_count": " ".join(["1"] * (splits + 1)),
        "internal_count": " ".join(str(splits + 1 - split) for split in range(splits)),
    }
    for key, said in lines.items():
        model = re.sub(rf"(?m)^{key}=.*$", f"{key}={said}", model, count=1)
    return model


BROKEN: dict[str, tuple[str, str]] = {
    "empty": ("", "breaks off"),
    "not a model": ("hello\nend of trees\n", "no text model"),
    "cut short": (MODEL[: len(MODEL) // 3], "breaks off"),
    "no trees": (re.sub(r"(?s)\nTree=0.*(?=\nend of trees)", "\n", MODEL), "has no trees"),
    "another version": (with_line("version", lambda _: "v9"), "header: version is not v4"),
    "several classes": (with_line("num_class", lambda _: "3"), "num_class is not 1"),
    "averaged trees": (MODEL.replace("\nversion", "\naverage_output\nversion", 1), "no text model"),
    "too few names": (with_line("feature_names", lambda _: "one"), "not as many as there are"),
    "trees out of order": (MODEL.replace("Tree=1", "Tree=2", 1), "Tree=2: Tree is not 1"),
    "no leaves": (with_line("num_leaves", lambda _: "0"), "Tree=0: num_leaves"),
    "leaves beyond count": (with_line("num_leaves", lambda _: "9" * 30), "num_leaves holds"),
    "more leaves than values": (with_line("num_leaves", lambda said: said + "0"), "leaf_value has"),
    "a leaf with words": (with_line("leaf_value", lambda said: said + " x"), "leaf_value has"),
    "no number": (instead("leaf_value", "x"), "no number"),
    "NaN in a leaf": (instead("leaf_value", "nan"), "finite"),
    "an endless leaf": (instead("leaf_value", "inf"), "finite"),
    "NaN as a threshold": (instead("threshold", "nan"), "finite"),
    "a column too many": (instead("split_feature", "2"), "0 to 1"),
    "a column below": (instead("split_feature", "-1"), "0 to 1"),
    "a circle": (instead("left_child", "0"), "left_child"),
    "a child beyond": (instead("left_child", "99"), "left_child"),
    "a leaf beyond": (instead("left_child", "-99"), "left_child"),
    "a way back up": (
        "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=0\n"
        "feature_names=a\n\nTree=0\nnum_leaves=4\nnum_cat=0\nsplit_feature=0 0 0\n"
        "threshold=1 2 3\ndecision_type=2 2 2\nleft_child=-1 2 1\nright_child=-2 -3 -4\n"
        "leaf_value=1 2 3 4\nleaf_count=1 1 1 1\ninternal_count=4 3 2\nis_linear=0\n\n"
        "end of trees\n",
        "back up",
    ),
    "an unknown way to miss": (instead("decision_type", "12"), "0 to"),
    "nobody came by": (instead("internal_count", "0"), "internal_c"),
    "a linear leaf": (with_line("is_linear", lambda _: "1"), "is_linear holds"),
    "sets that go down": (instead("cat_boundaries", "1"), "cat_boundaries"),
    "a word too large": (instead("cat_threshold", "4294967296"), "cat_threshold"),
    "no sets": (with_line("num_cat", lambda _: "0"), "threshold names a set"),
}  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_model_is_refused_by_its_place(broken: str) -> None:
    text, told = BROKEN[broken]
    assert text != MODEL
    with pytest.raises(KizukiError, match=told):
        read_trees(text)


SPOT = st.integers(0, MODEL.index("\nend of trees"))
CHANGES = st.lists(
    st.tuples(SPOT, st.integers(0, 6), st.text("0123456789-. =\nenai", max_size=6)), max_size=4
)


@settings(max_examples=3000, deadline=None)
@given(CHANGES)
def test_a_mutated_model_is_refused_or_walked_in_bounds(
    changes: list[tuple[int, int, str]],
) -> None:
    text = MODEL
    for spot, cut, put in changes:
        text = text[:spot] + put + text[spot + cut :]
    try:
        trees = read_trees(text)
    except KizukiError:
        return
    rows = np.resize(ROWS, (3, len(trees.columns)))
    explained = explain(paths_of(trees), rows)
    alone = explain(paths_of(trees), rows[:1])
    assert explained.margins[0] == alone.margins[0]
