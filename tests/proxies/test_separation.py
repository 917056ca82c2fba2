"""How well a column tells a group: against pairs counted by hand, and over many drawn worlds."""

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from features.groups import LEAST_EXAMPLES, NOT_KNOWN
from features.proxies.separation import Examples, Separation, auroc_of, separations

orders = st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=2, max_size=12).filter(
    lambda drawn: len({inside for _, inside in drawn}) == 2
)


@given(orders)
def test_it_is_the_share_of_pairs_that_are_told_right(drawn: list[tuple[int, bool]]) -> None:
    order, inside = (np.array(side) for side in zip(*drawn, strict=True))
    auroc, error = auroc_of(order, inside, np.arange(len(order)))
    assert auroc == pytest.approx(roc_auc_score(inside, order))
    assert error >= 0


@given(orders)
def test_the_same_examples_told_again_are_no_new_evidence(drawn: list[tuple[int, bool]]) -> None:
    order, inside = (np.array(side) for side in zip(*drawn, strict=True))
    clusters = np.arange(len(order))
    once = auroc_of(order, inside, clusters)
    thrice = auroc_of(*(np.tile(side, 3) for side in (order, inside, clusters)))
    assert thrice == pytest.approx(once)


def world(chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Households of one to four alike children; those of the group score somewhat higher."""
    size = chance.integers(1, 5, 120)
    clusters = np.repeat(np.arange(120), size)
    inside = (chance.random(120) < 0.4)[clusters]
    alike = chance.normal(size=120)[clusters] + 0.5 * chance.normal(size=len(clusters))
    return np.rint(10 * (alike + 0.5 * inside)).astype(int) + 99, inside, clusters


def test_the_interval_holds_the_truth_in_95_of_100_worlds_with_households() -> None:
    chance = np.random.default_rng(7)
    drawn = [auroc_of(*world(chance)) for _ in range(400)]
    truth = np.mean([auroc for auroc, _ in drawn])
    held = np.mean([abs(auroc - truth) < 1.96 * error for auroc, error in drawn])
    assert 0.92 < held < 0.98


def measured(column: list[float], *groups: str, clusters: list[int] | None = None) -> Separation:
    names = np.array(groups, dtype=object)
    examples = Examples(np.array(clusters or range(len(names))), {"sex": names})
    (separation,) = separations(np.array(column), examples)
    return separation


SIXTY = ["a"] * 60 + ["b"] * 90
PLAIN = [float(n % 7) for n in range(150)]


def test_a_column_that_is_the_group_is_certain() -> None:
    found = measured([1.0] * 60 + [0.0] * 90, *SIXTY)
    assert (found.group, found.auroc, found.low, found.high, found.enough) == ("a", 1, 1, 1, True)


def test_which_way_round_does_not_matter() -> None:
    column = [float(n) for n in range(150)]
    up, down = measured(column, *SIXTY), measured([-n for n in column], *SIXTY)
    assert (up.auroc, up.low, up.high) == (down.auroc, down.low, down.high) == (1, 1, 1)


def test_a_column_that_says_nothing_of_the_group_is_no_better_than_a_coin() -> None:
    found = measured(PLAIN, *SIXTY)
    assert found.low == 0.5
    assert found.auroc < 0.55
    assert measured([3.0] * 150, *SIXTY).auroc == 0.5


@pytest.mark.parametrize("others", [[2.0] * 90, [float(n) for n in range(90)]])
def test_that_an_answer_is_missing_can_give_the_group_away(others: list[float]) -> None:
    assert measured([nan] * 60 + others, *SIXTY).auroc == 1


@pytest.mark.parametrize("told", [1.0, 9.0], ids=["below", "above"])
def test_missing_lies_below_or_above_all_others_whichever_tells_more(told: float) -> None:
    column = [nan] * 30 + [told] * 30 + [5.0] * 90
    assert measured(column, *SIXTY).auroc == 1


def test_a_column_that_is_always_missing_tells_nothing() -> None:
    assert measured([nan] * 150, *SIXTY).auroc == 0.5


def test_whose_group_is_not_known_is_neither_inside_nor_outside() -> None:
    column = [1.0] * 60 + [0.0] * 90 + [1.0] * 500
    assert measured(column, *SIXTY, *[NOT_KNOWN] * 500).auroc == 1


def test_of_few_households_nothing_is_concluded() -> None:
    column = [1.0] * 60 + [0.0] * 90
    enough = [n % LEAST_EXAMPLES for n in range(60)] + list(range(100, 190))
    few = [n % (LEAST_EXAMPLES - 1) for n in range(60)] + list(range(100, 190))
    assert measured(column, *SIXTY, clusters=enough).enough
    assert not measured(column, *SIXTY, clusters=few).enough


def test_an_interval_that_is_too_wide_is_no_evidence() -> None:
    names = ["a"] * 30 + ["b"] * 60
    found = measured([9.0] * 22 + [1.0] * 8 + [5.0] * 60, *names)
    assert found.high - found.low > 0.3
    assert not found.enough
    assert measured([9.0] * 29 + [1.0] + [5.0] * 60, *names).enough


def test_a_field_with_one_group_alone_cannot_be_told() -> None:
    found = measured(PLAIN, *["a"] * 150)
    assert isnan(found.auroc)
    assert not found.enough


def test_of_more_than_two_groups_each_is_told_from_all_others() -> None:
    names = np.array(["a", "b", "c"] * 50, dtype=object)
    examples = Examples(np.arange(150), {"office": names})
    found = list(separations((names == "b").astype(float), examples))
    assert {one.group: one.auroc for one in found} == {"a": 0.75, "b": 1, "c": 0.75}
