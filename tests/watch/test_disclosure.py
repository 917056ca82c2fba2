"""What is told of how many: the few are withheld, and no other number gives them back."""

from dataclasses import replace

import numpy as np
import pytest

from models.gaps import gap
from models.groups import Answered, Estimate, Group
from models.spec import Gate
from models.specs import spec_of
from serving.watch.disclosure import (
    FEW,
    WITHHELD,
    Count,
    tell,
    tell_groups,
    tell_parts,
    withholds,
    withholds_gap,
)
from serving.watch.fairness import Fairness, fairness_alarms, judge_fairness
from serving.watch.group_rows import group_tables

FIELD = "nationality"
MISSED = "false_negative_rate"
SIZES = {"national": 300, "foreign": 170, "stateless": 3, "not known": 61}


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, 0), (1, FEW), (7, FEW), (8, 10), (12, 10), (13, 15), (400, 400), (1234, 1235)],
)
def test_a_count_is_withheld_or_rounded(count: int, told: Count) -> None:
    assert tell(count) == told


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((300, 170), [300, 170]),
        ((300, 3, 61), [300, FEW, WITHHELD]),  # the total, less 300, would be 3 but for the 61
        ((300, 3, 61, 2), [300, FEW, 60, FEW]),  # two hide each other
        ((300, 3, 0), [WITHHELD, FEW, 0]),  # nobody hides nobody
        ((3,), [FEW]),
    ],
)
def test_a_small_group_is_never_alone(counts: tuple[int, ...], told: list[Count]) -> None:
    assert tell_groups(counts) == told


@pytest.mark.parametrize(
    ("parts", "counts", "told"),
    [
        ((40, 20), (300, 170), [40, 20]),
        ((40, 20, 5), (300, 170, 61), [40, WITHHELD, FEW]),
        ((40, 57), (300, 61), [WITHHELD, WITHHELD]),  # all but four
        ((40, 20, 0), (300, 170, 3), [40, WITHHELD, WITHHELD]),  # none of the three is telling
    ],
)
def test_parts_of_groups_give_no_few_back(
    parts: tuple[int, ...], counts: tuple[int, ...], told: list[Count]
) -> None:
    assert tell_parts(parts, counts) == told


def group(name: str, missed: int, positives: int = 100) -> Group:
    rate = missed / positives
    rates = {MISSED: Estimate(rate, rate - 0.05, rate + 0.05)}
    return Group(FIELD, name, 2 * positives, positives, rates)


@pytest.mark.parametrize(
    ("missed", "withheld"), [(0, False), (3, True), (7, True), (8, False), (93, True), (100, False)]
)
def test_a_rate_that_tells_of_a_few_is_withheld(missed: int, withheld: bool) -> None:
    assert withholds(group("foreign", missed), MISSED) is withheld


def test_a_rate_of_a_few_is_withheld() -> None:
    assert withholds(group("foreign", 0, positives=4), MISSED)


@pytest.mark.parametrize(("missed", "measured"), [(10, True), (5, False)])
def test_a_gap_gives_no_withheld_rate_back(missed: int, measured: bool) -> None:
    """It rings all the same, and says no number."""
    groups = [group("national", 60), group("foreign", missed)]
    gate = Gate("false_negative_rate_gap", by=FIELD, at_most=0.2)
    spec = replace(spec_of("placement_24m"), gates=(gate,))
    (alarm,) = fairness_alarms(spec, Fairness((), fared=groups))
    assert withholds_gap(groups, FIELD, MISSED) is not measured
    assert (alarm.measured == gap(groups, FIELD, MISSED)) is measured
    assert ("the gap is withheld" in alarm.words) is not measured


def town() -> Answered:
    """A town in which three children have no nationality."""
    names = np.repeat(list(SIZES), list(SIZES.values())).astype(object)
    chance = np.random.default_rng(5)
    probabilities = chance.random(len(names))
    outcomes = (chance.random(len(names)) < probabilities).astype(float)
    return Answered(outcomes, probabilities, np.arange(len(names)), {FIELD: names})


def test_a_town_with_a_small_group_is_told_without_it() -> None:
    found = judge_fairness(town(), Estimate(0.0, 0.0, 0.0), None)
    (table,) = group_tables(found)
    assert {one.name: one.count for one in found.reference} == SIZES  # alarms have them all
    told = {row.group: row.count for row in table.rows}
    assert told == {"national": 300, "foreign": 170, "stateless": FEW, "not known": WITHHELD}
    positives = {row.group: row.positives for row in table.rows}
    assert positives["stateless"] == positives["not known"] == WITHHELD
    for row in table.rows:
        for rate in row.rates.values():
            assert rate.value is None or rate.value == round(rate.value, 2)
            assert rate.value is None or row.group != "stateless"
