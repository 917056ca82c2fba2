"""Bins hold every value once, and the PSI between them is the published one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from serving.watch.bins import MISSING, Bins, design_effect, psi, psi_by_chance

NUMBERS = st.one_of(st.just(np.nan), st.integers(-3, 3).map(float), st.floats(-1e6, 1e6))
SAMPLES = arrays(np.float64, st.integers(1, 60), elements=NUMBERS)


@given(SAMPLES, SAMPLES)
def test_every_value_is_in_one_bin_and_missing_ones_in_the_last(
    reference: np.ndarray, served: np.ndarray
) -> None:
    bins = Bins.of(reference)
    assert len(bins.labels) == len(bins.edges) + 2 <= 11
    assert bins.labels == sorted(set(bins.labels))
    for sample in (reference, served):
        counts = bins.counts(sample)
        assert counts.sum() == len(sample)
        assert counts[-1] == np.isnan(sample).sum()


@given(SAMPLES, SAMPLES)
def test_a_psi_is_symmetric_never_negative_and_nothing_between_equals(
    reference: np.ndarray, served: np.ndarray
) -> None:
    bins = Bins.of(reference)
    before, now = bins.counts(reference), bins.counts(served)
    assert psi(before, now) == pytest.approx(psi(now, before))
    assert psi(before, now) >= -1e-12
    assert psi(before, before) == 0


def test_bins_are_tenths_and_few_values_have_few() -> None:
    assert Bins.of(np.arange(1.0, 101)).edges == (10, 20, 30, 40, 50, 60, 70, 80, 90)
    at_the_edges = np.array([10, 10.5, 20, 21, np.nan])
    assert Bins((10, 20)).counts(at_the_edges).tolist() == [1, 2, 1, 1]
    flag = Bins.of(np.array([0.0] * 90 + [1.0] * 10))
    assert flag.labels == ["01 up to 0", "02 more than 0", MISSING]
    assert Bins.of(np.array([np.nan])).labels == ["01 known", MISSING]


def test_a_psi_worked_out_by_hand() -> None:
    """Half and half against a third and two thirds, in samples so large that halves vanish."""
    by_hand = (1 / 3 - 1 / 2) * np.log((1 / 3) / (1 / 2)) + (2 / 3 - 1 / 2) * np.log(
        (2 / 3) / (1 / 2)
    )
    measured = psi(np.array([3_000_000, 3_000_000, 0]), np.array([2_000_000, 4_000_000, 0]))
    assert measured == pytest.approx(by_hand, abs=1e-6)


def test_a_normal_column_that_moves_by_half_its_spread_has_a_psi_of_a_quarter() -> None:
    chance = np.random.default_rng(4)
    reference, served = chance.normal(size=200_000), chance.normal(0.5, size=200_000)
    bins = Bins.of(reference)
    assert psi(bins.counts(reference), bins.counts(served)) == pytest.approx(0.25, abs=0.02)


def test_chance_exceeds_its_psi_as_often_as_said() -> None:
    chance = np.random.default_rng(6)
    exceeded = 0
    for _ in range(2000):
        reference, served = chance.normal(size=1500), chance.normal(size=400)
        bins = Bins.of(reference)
        before, now = bins.counts(reference), bins.counts(served)
        exceeded += psi(before, now) > psi_by_chance(10, 0.05, (1500, 400))
    assert exceeded / 2000 == pytest.approx(0.05, abs=0.02)


def test_a_column_that_has_one_value_on_both_sides_differs_by_nothing() -> None:
    only = np.array([0, 5, 0])
    assert psi(only, only) == psi_by_chance(1, 1e-5, (5, 5)) == 0
    assert design_effect(np.zeros(5, np.int64), np.arange(5)) == 1


def test_rows_that_come_in_fours_count_as_a_quarter_and_strangers_as_themselves() -> None:
    chance = np.random.default_rng(7)
    places = chance.integers(0, 5, size=2000)
    assert design_effect(places, np.arange(2000)) == pytest.approx(1, abs=1e-9)
    fours = np.repeat(np.arange(2000), 4)
    assert design_effect(places[fours], fours) == pytest.approx(4, abs=1e-9)
    by_lot = chance.permutation(fours)  # households of four who have nothing in common
    assert design_effect(places[fours], by_lot) == pytest.approx(1, abs=0.1)
