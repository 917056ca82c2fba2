"""Groups are compared with evidence or not at all."""

from dataclasses import replace
from math import isnan, nan

import numpy as np
import pytest

from models.gaps import gap
from models.groups import (
    Answered,
    Estimate,
    Group,
    estimate,
    measure_all,
    measure_groups,
    resamples,
)


def answered(count: int = 600, *, size: int = 1, missed_in_b: float = 0.0) -> Answered:
    """Two groups of which one can be missed more often; clusters of `size` who fare alike."""
    chance = np.random.default_rng(11)
    clusters = np.arange(count) // size
    risk = chance.normal(size=count)[clusters]
    outcomes = (risk > 0.8).astype(float)
    names = np.where(clusters % 2 == 0, "a", "b").astype(object)
    missed = (names == "b") & (chance.random(count) < missed_in_b)
    probabilities = 1 / (1 + np.exp(-np.where(missed, -3.0, risk)))
    return Answered(outcomes, probabilities, clusters, {"kind": names})


def measured(answers: Answered, seed: int = 5) -> dict[str, Group]:
    groups = measure_groups(answers, np.random.default_rng(seed))
    return {group.name: group for group in groups}


def test_rates_are_those_worked_out_by_hand() -> None:
    answers = answered(missed_in_b=0.5)
    threshold = np.sort(answers.probabilities)[-120]  # a fifth of 600
    for name, group in measured(answers).items():
        member = answers.groups["kind"] == name
        chosen = answers.probabilities[member] >= threshold
        harmed = answers.outcomes[member] == 1
        assert (group.count, group.positives) == (member.sum(), harmed.sum())
        assert group.rates["false_negative_rate"].value == pytest.approx((~chosen)[harmed].mean())
        assert group.rates["false_positive_rate"].value == pytest.approx(chosen[~harmed].mean())
        assert group.rates["selection_rate"].value == pytest.approx(chosen.mean())


def test_intervals_are_those_of_each_resample_worked_out_by_itself() -> None:
    answers = answered(size=2, missed_in_b=0.5)
    groups = {"kind": answers.groups["kind"], "half": np.arange(600) < 300}
    chosen = answers.probabilities >= np.sort(answers.probabilities)[-120]
    draws = list(resamples(answers.clusters, np.random.default_rng(5)))
    for group in measure_groups(replace(answers, groups=groups), np.random.default_rng(5)):
        member = groups[group.field].astype(str) == group.name
        missed = [~chosen[d][member[d] & (answers.outcomes[d] == 1)] for d in draws]
        value = group.rates["false_negative_rate"].value
        assert group.rates["false_negative_rate"] == estimate(value, [m.mean() for m in missed])


def test_groups_come_by_number_whatever_their_names() -> None:
    bands = np.array(["12-14", "3-5", "not known", "0-2", "18+"], dtype=object)
    answers = answered()
    groups = {"sex": answers.groups["kind"], "age_band": bands[np.arange(600) % 5]}
    found = measure_groups(replace(answers, groups=groups), np.random.default_rng(1))
    names = ["a", "b", "0-2", "3-5", "12-14", "18+", "not known"]
    assert [group.name for group in found] == names
    for group in found:
        member = groups[group.field] == group.name
        assert (group.count, group.positives) == (member.sum(), answers.outcomes[member].sum())


def test_a_group_that_is_missed_more_often_shows() -> None:
    groups = list(measured(answered(missed_in_b=0.5)).values())
    assert gap(groups, "kind", "false_negative_rate") > 0.3
    assert gap(list(measured(answered()).values()), "kind", "false_negative_rate") < 0.1


def group(name: str, value: float, *, count: int = 100, positives: int = 40) -> Group:
    rate = Estimate(value, value - 0.1, value + 0.1)
    return Group("kind", name, count, positives, {"rate": rate})


@pytest.mark.parametrize(
    "small",
    [
        group("b", 0.5, count=29),
        group("b", 0.5, positives=9),
        Group("kind", "b", 100, 40, {"rate": Estimate(0.5, 0.34, 0.65)}),
        Group("kind", "b", 100, 40, {"rate": Estimate(0.5, nan, nan)}),
        group("not known", 0.5),
    ],
)
def test_a_group_too_small_to_judge_never_looks_fair(small: Group) -> None:
    assert isnan(gap([group("a", 0.5), small], "kind", "rate"))


def test_the_gap_lies_between_the_groups_with_evidence() -> None:
    groups = [group("a", 0.2), group("b", 0.5), group("c", 0.9, count=20)]
    assert gap(groups, "kind", "rate") == pytest.approx(0.3)
    assert isnan(gap(groups, "another field", "rate"))


def test_a_group_without_an_outcome_has_no_rate_of_missed_ones() -> None:
    answers = answered()
    answers.outcomes[answers.groups["kind"] == "b"] = 0.0
    rate = measured(answers)["b"].rates["false_negative_rate"]
    assert isnan(rate.value)  # and not 0, which would look perfect
    assert isnan(rate.low)


def test_every_measure_lies_in_its_interval() -> None:
    for found in measure_all(answered(missed_in_b=0.3), np.random.default_rng(1)).values():
        assert found.low <= found.value <= found.high


def test_households_are_drawn_whole() -> None:
    """Four children who always fare alike are one piece of evidence, so the interval doubles."""

    def width(answers: Answered) -> float:
        brier = measure_all(answers, np.random.default_rng(1))["brier"]
        return brier.high - brier.low

    whole = answered(800, size=4)
    apart = Answered(whole.outcomes, whole.probabilities, np.arange(800), {})
    assert width(whole) / width(apart) == pytest.approx(2, rel=0.25)


def test_the_same_seed_gives_the_same_intervals() -> None:
    assert measured(answered(), 5) == measured(answered(), 5)
    assert measured(answered(), 5) != measured(answered(), 6)
