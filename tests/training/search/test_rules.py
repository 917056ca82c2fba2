"""Rules that choose: worked out on boards small enough to see."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.search.rules import (
    DEFAULT,
    RULES,
    Board,
    best_last,
    best_mean,
    best_recent,
    best_steady,
    often_near_best,
    regret_of_chance,
    regrets,
    simplest_near_best,
)


def board(*rows: tuple[float, ...], sizes: tuple[float, ...] = ()) -> Board:
    return Board(np.array(rows), np.array(sizes or range(1, len(rows) + 1), float))


STEADY, RISING, LUCKY = (0.70, 0.70, 0.70), (0.60, 0.70, 0.76), (0.84, 0.69, 0.69)
THREE = board(STEADY, RISING, LUCKY)


@pytest.mark.parametrize(
    ("rule", "name"),
    [(best_last, 1), (best_mean, 2), (best_recent, 2), (best_steady, 0), (often_near_best, 2)],
)
def test_each_rule_has_its_own_favourite(rule: object, name: int) -> None:
    assert rule(THREE) == name  # type: ignore[operator]


def test_recent_origins_weigh_more() -> None:
    assert best_mean(board((0.9, 0.5), (0.5, 0.89))) == 0
    assert best_recent(board((0.9, 0.5), (0.5, 0.89))) == 1


def test_the_simplest_within_one_standard_error_is_taken_and_no_simpler() -> None:
    """The near one is 0.005 behind on average, with an error of 0.006; the far one 0.02 always."""
    best, far = (0.78, 0.82, 0.78, 0.82), (0.76, 0.80, 0.76, 0.80)
    near = (0.79, 0.80, 0.78, 0.81)
    assert simplest_near_best(board(far, near, best, sizes=(1, 10, 500))) == 1
    assert simplest_near_best(board(far, near, best, sizes=(1, 900, 500))) == 2


def test_an_origin_that_is_hard_for_all_blurs_nothing() -> None:
    best, behind = (0.8, 0.6, 0.8, 0.6), (0.79, 0.59, 0.79, 0.59)
    assert simplest_near_best(board(behind, best)) == 1


def test_of_equally_simple_ones_the_better_is_taken() -> None:
    assert simplest_near_best(board((0.79, 0.80), (0.79, 0.81), (0.79, 0.82), sizes=(5, 5, 9))) == 1


def test_after_one_origin_there_is_no_error_and_the_best_is_taken() -> None:
    assert simplest_near_best(board((0.7,), (0.8,))) == 1


def test_regret_is_what_the_choice_of_before_lost_afterwards() -> None:
    """The best at the last origin: first LUCKY, then any of RISING and STEADY."""
    lost = regrets(best_last, THREE)
    assert lost == pytest.approx([0.70 - 0.69, 0.76 - 0.70])


def test_a_rule_never_sees_the_origin_it_is_judged_at() -> None:
    turned = board(*((*row[:2], 1 - row[2]) for row in (STEADY, RISING, LUCKY)))
    for rule in RULES.values():
        assert rule(THREE.before(2)) == rule(turned.before(2))
        assert regrets(rule, THREE)[0] == regrets(rule, turned)[0]


def test_chance_loses_what_the_others_are_worse_than_the_best() -> None:
    assert regret_of_chance(board((0.5, 0.8), (0.5, 0.6))) == pytest.approx(0.1)


VALUES = st.floats(0.5, 0.9, allow_nan=False)


@given(st.integers(2, 5).flatmap(lambda n: st.lists(st.tuples(*[VALUES] * n), min_size=1)))
def test_no_rule_loses_less_than_nothing_and_all_choose_somebody(
    rows: list[tuple[float, ...]],
) -> None:
    tried = board(*rows)
    assert len(RULES) > 5
    assert DEFAULT in RULES
    for rule in RULES.values():
        assert 0 <= rule(tried) < len(rows)
        assert min(regrets(rule, tried)) >= 0
