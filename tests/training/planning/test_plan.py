"""The plan: what is counted by hand is what it says, and a small group never looks fair."""

from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.errors import KizukiError
from tests.training.planning.small_slice import drawn, slice_of
from training.planning.plan import FIGURES, Means, Plan, count_children, make_plan

# score    | 20 | 18 | 18 | 12 | 12 | 12 |  5 |  5 |  1 |  1
# outcome  |  1 |  1 |  0 |  1 |  0 |  0 |  1 |  0 |  0 |  0
TEN = slice_of([20, 18, 18, 12, 12, 12, 5, 5, 1, 1], [1, 1, 0, 1, 0, 0, 1, 0, 0, 0])


@pytest.mark.parametrize(
    ("cutoff", "flagged", "reached", "missed", "wrongly_flagged"),
    [(20, 1, 1, 3, 0), (19, 1, 1, 3, 0), (18, 3, 2, 2, 1), (6, 6, 3, 1, 3), (1, 10, 4, 0, 6)],
)
def test_ten_children_counted_by_hand(
    cutoff: int, flagged: int, reached: int, missed: int, wrongly_flagged: int
) -> None:
    counted = count_children(TEN.scores, TEN.outcomes)[cutoff - 1]
    assert counted.tolist() == [flagged, reached, missed, wrongly_flagged, 0, 0]


def test_a_child_without_a_score_is_neither_flagged_nor_missed() -> None:
    counted = count_children(np.array([20, 0, 0]), np.array([1.0, 1.0, 0.0]))
    assert counted[0].tolist() == [1, 1, 0, 0, 2, 1]
    assert counted[19].tolist() == [1, 1, 0, 0, 2, 1]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 1)), min_size=1, max_size=40))
def test_nobody_is_lost_at_any_cutoff(children: list[tuple[int, int]]) -> None:
    scores, outcomes = (np.array(column) for column in zip(*children, strict=True))
    counted = count_children(scores, outcomes.astype(float))
    flagged, reached, missed, wrongly, unscored, unscored_had = counted.T
    assert (reached + wrongly == flagged).all()
    assert (reached + missed + unscored_had == outcomes.sum()).all()
    assert (np.diff(flagged) <= 0).all(), "a higher cutoff never flags more"
    assert flagged[0] + unscored[0] == len(children)


def plan_for(hours: float, *, each: float = 2.0, notified: float = 10.0) -> Plan:
    return make_plan(TEN, Means(hours, each, notified))


@pytest.mark.parametrize(
    ("hours", "cutoff"),
    [
        (1.9, None),  # score 20 alone is one child of ten: two hours
        (2.0, 19),  # nobody has a score of 19, so that it costs no more than 20
        (5.9, 19),
        (6.0, 13),
        (12.0, 6),
        (20.0, 1),
        (99.0, 1),
    ],
)
def test_the_cutoff_is_the_lowest_that_the_hours_suffice_for(
    hours: float, cutoff: int | None
) -> None:
    chosen = plan_for(hours).chosen
    assert (chosen.score if chosen else None) == cutoff


def test_hours_grow_with_cases_and_with_notifications() -> None:
    twice_as_long = plan_for(12.0, each=4.0).chosen
    twice_as_many = plan_for(12.0, notified=20.0).chosen
    assert twice_as_long
    assert twice_as_many
    assert twice_as_long.score == twice_as_many.score == 13
    assert twice_as_long.hours == twice_as_many.hours == 12.0


def test_the_judged_slice_tells_how_many_are_notified_in_a_week() -> None:
    assert TEN.a_week == 1.0


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ((0.0, 1.0, 1.0), "--hours must"),
        ((-5.0, 1.0, 1.0), "--hours must"),
        ((nan, 1.0, 1.0), "--hours must"),
        ((8.0, 0.0, 1.0), "--hours-per-case must"),
        ((8.0, float("inf"), 1.0), "--hours-per-case must"),
        ((8.0, 1.0, 0.0), "--notified must"),
    ],
)
def test_means_that_are_none_are_refused(wrong: tuple[float, float, float], named: str) -> None:
    with pytest.raises(KizukiError, match=named):
        Means(*wrong)


def test_households_that_fare_alike_widen_the_interval() -> None:
    def width(size: int) -> float:
        chosen = make_plan(drawn(900, size=size), Means(40, 2, 50)).cutoffs[14]
        return chosen.figures["missed"].high - chosen.figures["missed"].low

    assert width(9) > 1.5 * width(1)


def test_the_interval_holds_the_figure_and_the_same_slice_gives_the_same() -> None:
    plan, again = (make_plan(drawn(600), Means(40, 2, 50)) for _ in range(2))
    assert plan.cutoffs == again.cutoffs
    for cutoff in plan.cutoffs:
        for name in FIGURES:
            estimate = cutoff.figures[name]
            assert estimate.low <= estimate.value <= estimate.high


def test_a_group_too_small_to_judge_is_not_told_to_fare_well() -> None:
    groups = {g.name: g for g in make_plan(drawn(600), Means(40, 2, 50)).groups}
    assert not any(groups["foreign"].enough(name) for name in FIGURES)
    assert all(groups["national"].enough(name) for name in FIGURES)


def test_without_a_cutoff_there_are_no_groups() -> None:
    assert plan_for(1.0).groups == []
