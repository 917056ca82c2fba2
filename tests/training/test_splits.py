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
    FIT_SIDE,
    NOT_OVER,
    OTHER_SIDE,
    SLICES,
    STOP,
    STOP_SIDE,
    TEST,
    lots,
    slice_examples,
)

AS_OF = 3000


def examples(cutoffs: list[int], households: list[int]) -> Examples:
    names = np.array([f"h{number}" for number in households], dtype=object)
    return Examples(names, np.array(cutoffs, np.int64), names)


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
def test_no_household_is_on_two_sides(drawn: Examples, over_after: int, embargo: bool) -> None:
    sliced = slice_examples(drawn, over_after, AS_OF, embargo=embargo)
    fits, stops, calibrates, tests = (set(drawn.households[sliced.places(name)]) for name in SLICES)
    assert not fits & stops
    assert not (fits | stops) & (calibrates | tests)


@given(ANY, OVER_AFTER, EMBARGOES)
def test_slices_follow_each_other_in_time(drawn: Examples, over_after: int, embargo: bool) -> None:
    sliced = slice_examples(drawn, over_after, AS_OF, embargo=embargo)
    days = [drawn.cutoffs[sliced.places(name)] for name in SLICES]
    filled = [part for part in days if len(part)]
    for earlier, later in pairwise(filled):
        assert earlier.max() < later.min()


@given(ANY, OVER_AFTER, EMBARGOES)
def test_only_labels_that_are_over_are_learnt_from(
    drawn: Examples, over_after: int, embargo: bool
) -> None:
    sliced = slice_examples(drawn, over_after, AS_OF, embargo=embargo)
    for name in (FIT, STOP, CALIBRATE):
        assert (drawn.cutoffs[sliced.places(name)] + over_after <= sliced.learnt_by).all()
    assert sliced.learnt_by == (sliced.test_from if embargo else AS_OF)
    test = drawn.cutoffs[sliced.places(TEST)]
    assert (test + over_after <= AS_OF).all()
    assert (test >= sliced.test_from).all()


@given(ANY, OVER_AFTER, EMBARGOES)
def test_every_example_has_a_place_or_a_reason(
    drawn: Examples, over_after: int, embargo: bool
) -> None:
    sliced = slice_examples(drawn, over_after, AS_OF, embargo=embargo)
    assert set(sliced.where) <= {*SLICES, NOT_OVER, EMBARGO, OTHER_SIDE}
    assert ((sliced.where == NOT_OVER) == (drawn.cutoffs + over_after > AS_OF)).all()


def test_every_slice_of_a_large_office_is_filled() -> None:
    sliced = slice_examples(MANY, 400, AS_OF, embargo=True)
    assert all(len(sliced.places(name)) > 30 for name in SLICES)


def test_a_household_keeps_its_side_whoever_else_there_is() -> None:
    some = np.array(["h1", "h2", "h3"], dtype=object)
    more = np.array(["h9", "h3", "h2", "h1"], dtype=object)
    assert lots(some).tolist() == lots(more)[:0:-1].tolist()


def test_the_sides_are_as_large_as_they_are_said_to_be() -> None:
    names = np.array([f"home {number}" for number in range(5000)], dtype=object)
    drawn = lots(names)
    assert (drawn < FIT_SIDE).mean() == pytest.approx(FIT_SIDE, abs=0.03)
    assert (drawn < FIT_SIDE + STOP_SIDE).mean() == pytest.approx(0.5, abs=0.03)
