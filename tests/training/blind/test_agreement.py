"""Agreement: tables counted by hand, kappa as published, and too little never concluded from."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.blind.judged import entered, key_of
from training.blind.agreement import compare, kappa

# bands: lower 1-10, middle 11-15, raised 16-18, highest 19-20


@pytest.mark.parametrize(
    ("model", "specialist", "counted"),  # same; below, of which far; above, of which far
    [
        ((1, 12, 17, 20), (10, 15, 16, 19), (4, 0, 0, 0, 0)),  # other scores, the same bands
        ((1, 1, 1, 20), (12, 17, 20, 20), (1, 3, 2, 0, 0)),
        ((20, 20, 17, 1), (17, 1, 12, 1), (1, 0, 0, 3, 1)),
    ],
)
def test_four_cases_counted_by_hand(
    model: tuple[int, ...], specialist: tuple[int, ...], counted: tuple[int, ...]
) -> None:
    told = compare(key_of(*model), [entered("A", *specialist)]).over_all
    assert (told.same, told.below, told.far_below, told.above, told.far_above) == counted


def by_hand(first: list[int], second: list[int]) -> float:
    """Cohen 1968: one less the weighted disagreement over what chance alone would give."""
    observed = np.zeros((4, 4))
    np.add.at(observed, (first, second), 1 / len(first))
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0))
    weights = (np.arange(4)[:, None] - np.arange(4)) ** 2
    return float(1 - (weights * observed).sum() / (weights * expected).sum())


PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30)


@given(PAIRS)
def test_kappa_is_that_of_the_paper(pairs: list[tuple[int, int]]) -> None:
    first, second = ([pair[at] for pair in pairs] for at in (0, 1))
    found = kappa(np.array(first), np.array(second))
    if len({*first, *second}) == 1:
        assert isnan(found), "all in one band: no kappa, and no warning"
    else:
        assert found == pytest.approx(by_hand(first, second))


def test_a_case_far_apart_is_listed_with_who_and_why_and_too_low_comes_first() -> None:
    key = key_of(20, 1, 1, 12)
    compared = compare(key, [entered("A", 12, 20, 1, 12), entered("B", 20, 17, 1, 12)])
    assert [(one.case, one.by, one.bands) for one in compared.apart] == [
        (2, "A", -3),
        (2, "B", -2),
        (1, "A", 2),
    ]
    assert compared.apart[0].judged.reasons == "why 2"


def test_every_judgement_is_counted_once_in_the_table() -> None:
    compared = compare(key_of(20, 1, 1), [entered("A", 20, 12, None), entered("B", 20, 1, 1)])
    assert compared.table.tolist() == [[2, 1, 0, 0], [0] * 4, [0] * 4, [0, 0, 0, 2]]
    assert (compared.over_all.count, [one.count for one in compared.each]) == (5, [2, 3])


def test_specialists_are_compared_on_cases_that_both_judged() -> None:
    key = key_of(*[1, 20] * 20)
    alike = entered("A", *[1, 20] * 20)
    between = compare(key, [alike, entered("B", *[1, None] * 20)]).between
    assert between
    assert (between.count, between.same) == (20, 20)
    assert compare(key, [alike]).between is None
    assert compare(key, [entered("A", 1), entered("B", None, 20)]).between is None


@pytest.mark.parametrize(("cases", "enough"), [(29, False), (30, True)])
def test_few_judgements_are_insufficient_evidence(cases: int, enough: bool) -> None:
    scores = [1 + number % 20 for number in range(cases)]
    assert compare(key_of(*scores), [entered("A", *scores)]).over_all.enough == enough


def test_two_specialists_of_one_mind_do_not_make_the_interval_narrower() -> None:
    """Whole cases are drawn again, each with all who judged it."""
    chance = np.random.default_rng(2)
    scores = chance.integers(1, 21, 60).tolist()
    judged = np.clip(np.array(scores) + chance.integers(-6, 7, 60), 1, 20).tolist()
    one, three = (
        compare(key_of(*scores), [entered(by, *judged) for by in names]).over_all.kappa
        for names in ("A", "ABC")
    )
    assert three.value == pytest.approx(one.value)
    assert three.high - three.low == pytest.approx(one.high - one.low, rel=0.25)
