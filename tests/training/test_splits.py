"""Slices: in order of time, households whole, and nothing that was not known on the day."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.examples import Examples
from training.splits import (
    CALIBRATE,
    EMBARGO,
    FIT,
    FOLDS,
    LEARNT_FIRST,
    NOT_OVER,
    ORIGINS,
    SLICES,
    STOP,
    TEST,
    Sliced,
    folds_of,
    origins_of,
    slice_at,
    slice_examples,
)

AS_OF = 3000


def examples(cutoffs: list[int], households: list[int]) -> Examples:
    names = np.array([f"h{number}" for number in households], dtype=object)
    return Examples(names, np.array(cutoffs, np.int64), names)


def sliced_of(drawn: Examples, over_after: int, *, embargo: bool) -> Sliced:
    """The slices of examples of which each is fit to learn from."""
    return slice_examples(drawn, np.full(len(drawn), ""), over_after, AS_OF, embargo=embargo)


ANY = st.lists(st.tuples(st.integers(0, AS_OF), st.integers(0, 60)), min_size=1, max_size=300).map(
    lambda pairs: examples([day for day, _ in pairs], [home for _, home in pairs])
)
MANY = examples(
    np.random.default_rng(2).integers(0, AS_OF, 5000).tolist(),
    np.random.default_rng(3).integers(0, 2000, 5000).tolist(),
)
OVER_AFTER = st.integers(1, 1200)
EMBARGOES = st.booleans()


@given(ANY, OVER_AFTER, EMBARGOES)
def test_no_household_is_in_two_folds(drawn: Examples, over_after: int, embargo: bool) -> None:
    folds = sliced_of(drawn, over_after, embargo=embargo).folds
    for household in np.unique(drawn.households):
        assert len(set(folds[drawn.households == household])) == 1


@given(ANY, OVER_AFTER, EMBARGOES)
def test_slices_follow_each_other_in_time(drawn: Examples, over_after: int, embargo: bool) -> None:
    sliced = sliced_of(drawn, over_after, embargo=embargo)
    days = [drawn.cutoffs[sliced.places(name)] for name in SLICES]
    filled = [part for part in days if len(part)]
    for earlier, later in pairwise(filled):
        assert earlier.max() < later.min()


@given(ANY, OVER_AFTER, EMBARGOES)
def test_only_labels_that_are_over_are_learnt_from(
    drawn: Examples, over_after: int, embargo: bool
) -> None:
    sliced = sliced_of(drawn, over_after, embargo=embargo)
    for name in (FIT, STOP, CALIBRATE):
        assert (drawn.cutoffs[sliced.places(name)] + over_after <= sliced.origin.learnt_by).all()
    assert sliced.origin.learnt_by == (sliced.origin.test_from if embargo else AS_OF)
    test = drawn.cutoffs[sliced.places(TEST)]
    assert (test + over_after <= AS_OF).all()
    assert (test >= sliced.origin.test_from).all()


@given(ANY, OVER_AFTER, EMBARGOES)
def test_every_example_has_a_place_or_a_reason(
    drawn: Examples, over_after: int, embargo: bool
) -> None:
    sliced = sliced_of(drawn, over_after, embargo=embargo)
    assert set(sliced.where) <= {*SLICES, NOT_OVER, EMBARGO}
    assert ((sliced.where == NOT_OVER) == (drawn.cutoffs + over_after > AS_OF)).all()


def test_every_slice_of_a_large_office_is_filled() -> None:
    sliced = sliced_of(MANY, 400, embargo=True)
    assert all(len(sliced.places(name)) > 30 for name in SLICES)


def test_a_household_keeps_its_fold_whoever_else_there_is() -> None:
    some = np.array(["h1", "h2", "h3"], dtype=object)
    more = np.array(["h9", "h3", "h2", "h1"], dtype=object)
    assert folds_of(some).tolist() == folds_of(more)[:0:-1].tolist()


def test_folds_are_of_one_size() -> None:
    names = np.array([f"home {number}" for number in range(5000)], dtype=object)
    shares = np.bincount(folds_of(names)) / len(names)
    assert shares.tolist() == pytest.approx([1 / FOLDS] * FOLDS, abs=0.03)


def test_what_is_unfit_is_left_out_for_its_reason_and_moves_no_slice() -> None:
    unfit = np.where(MANY.cutoffs < 500, "too early", "")
    fit = np.flatnonzero(MANY.cutoffs >= 500)
    sliced = slice_examples(MANY, unfit, 400, AS_OF, embargo=False)
    without = sliced_of(MANY.at(fit), 400, embargo=False)
    assert set(sliced.where[MANY.cutoffs < 500]) == {"too early"}
    assert sliced.where[fit].tolist() == without.where.tolist()


def at_origins(drawn: Examples, over_after: int) -> list[Sliced]:
    asked = (drawn, np.full(len(drawn), ""), over_after, AS_OF)
    return [slice_at(origin, *asked) for origin in origins_of(*asked)]


@given(ANY, OVER_AFTER)
def test_each_origin_learns_what_was_over_and_is_judged_by_what_came_after(
    drawn: Examples, over_after: int
) -> None:
    for sliced in at_origins(drawn, over_after):
        day = sliced.origin.learnt_by
        for name in (FIT, STOP, CALIBRATE):
            assert (drawn.cutoffs[sliced.places(name)] + over_after <= day).all()
        assert (drawn.cutoffs[sliced.places(TEST)] >= day).all()


@given(ANY, OVER_AFTER)
def test_no_example_is_judged_at_two_origins(drawn: Examples, over_after: int) -> None:
    judged = [sliced.places(TEST) for sliced in at_origins(drawn, over_after)]
    together = np.concatenate([np.empty(0, int), *judged])
    assert len(set(together.tolist())) == len(together)


def test_later_origins_learn_from_more_and_all_after_the_first_are_judged() -> None:
    cut = at_origins(MANY, 400)
    learnt = [sum(len(s.places(name)) for name in (FIT, STOP, CALIBRATE)) for s in cut]
    assert len(cut) == ORIGINS
    assert learnt == sorted(learnt)
    assert learnt[0] == pytest.approx(LEARNT_FIRST * (MANY.cutoffs <= AS_OF - 400).sum(), rel=0.02)
    sizes = [len(sliced.places(TEST)) for sliced in cut]
    assert sizes == pytest.approx([np.mean(sizes)] * ORIGINS, rel=0.05)
    later = (MANY.cutoffs >= cut[0].origin.test_from) & (MANY.cutoffs + 400 <= AS_OF)
    assert sum(sizes) == later.sum()


def test_where_all_are_scored_on_few_days_no_origin_judges_nobody() -> None:
    days = [1000, 2000, 2100] * 50
    cut = at_origins(examples(days, list(range(150))), 400)
    assert [sliced.origin.test_from for sliced in cut] == [2000, 2100]
    assert all(len(sliced.places(TEST)) == 50 for sliced in cut)


def test_too_few_years_have_no_origin() -> None:
    assert at_origins(MANY, AS_OF * 2 // 3) == []
