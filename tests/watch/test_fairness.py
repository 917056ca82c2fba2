"""Gates are asked again of what came out, and what cannot be known is said."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from models.groups import Answered, Estimate, Group
from models.held import held_ranges
from models.measures import ABSTENTION, OVER_BASELINES, RANGE_HELD
from models.spec import Gate
from models.specs import NAMES, spec_of
from serving.watch.answers import Answers
from serving.watch.drift import PROBABILITY
from serving.watch.fairness import (
    Fairness,
    can_tell,
    fairness_alarms,
    judge_fairness,
    not_asked_again,
    share_unscored,
)
from serving.watch.group_rows import INSUFFICIENT, group_tables
from serving.watch.outcomes import Ends, Joined
from tests.watch.small_desk import FIRST_DAY

FIELD = "income_support"
SPEC = replace(
    spec_of("placement_24m"),
    gates=(
        Gate("auroc", at_least=0.72, at_most=0.88),
        Gate("false_negative_rate_gap", by=FIELD, at_most=0.2),
    ),
)

NONE = Estimate(0.0, 0.0, 0.0)  # a desk that gives a score to everybody


def answered(
    count: int = 2000, *, more: float = 0.0, noise: float = 0.0, missed_in_b: float = 0.0
) -> Answered:
    """Calibrated answers; or with more outcomes, noise instead of rank, or misses in one group."""
    chance = np.random.default_rng(12)
    margin = 1.3 * chance.normal(size=count) - 1.2
    outcomes = (chance.random(count) < 1 / (1 + np.exp(-margin - more))).astype(float)
    names = np.where(chance.random(count) < 0.5, "a", "b").astype(object)
    told = np.where(chance.random(count) < noise, chance.permutation(margin), margin)
    told[(names == "b") & (chance.random(count) < missed_in_b)] = -3
    probabilities = 1 / (1 + np.exp(-told))
    return Answered(outcomes, probabilities, np.arange(count), {FIELD: names})


def nobody() -> Answered:
    return answered(0)


def rung(fared: Answered) -> list[str]:
    joined = Joined(scored=fared, fared=fared, not_on_file=0, too_early=0)
    found = judge_fairness(answered(), NONE, joined)
    return [alarm.code for alarm in fairness_alarms(SPEC, found)]


def test_a_model_that_fares_as_it_was_judged_is_quiet() -> None:
    assert rung(answered()) == []


def test_more_outcomes_than_expected_ring() -> None:
    assert rung(answered(more=0.7)) == ["outcome_rate"]
    assert rung(answered(more=-0.7)) == ["outcome_rate"]


def test_a_gate_that_fails_beyond_doubt_rings() -> None:
    assert "gate_failed" in rung(answered(noise=0.9))


@pytest.mark.parametrize(
    ("low", "high", "rings"),
    [(0.6, 0.71, True), (0.6, 0.73, False), (0.87, 0.95, False), (0.89, 0.95, True)],
)
def test_a_gate_rings_where_the_whole_interval_lies_outside(
    low: float, high: float, rings: bool
) -> None:
    found = Fairness((), measures={"auroc": Estimate((low + high) / 2, low, high)})
    assert bool(list(fairness_alarms(SPEC, found))) is rings


def answers_of(children: int, unscored: float) -> Answers:
    """Two answers a child, of which that share of the children gets no score."""
    names = np.repeat(np.arange(children), 2).astype(object)
    without = names < round(children * unscored)
    rows = pd.DataFrame({PROBABILITY: np.where(without, np.nan, 0.3)})
    nothing = np.full(len(names), np.nan)
    return Answers(1, FIRST_DAY, FIRST_DAY, names, nothing, rows, nothing, nothing, {})


@pytest.mark.parametrize(
    ("children", "unscored", "rings"), [(300, 0.0, 0), (300, 0.2, 1), (300, 0.05, 0), (12, 0.2, 0)]
)
def test_too_many_answers_without_a_score_ring_with_or_without_a_case_file(
    children: int, unscored: float, rings: int
) -> None:
    """And not where so few were served that it may be chance: 2 children of 12."""
    spec = replace(SPEC, gates=(Gate(ABSTENTION, at_most=0.1),))
    share = share_unscored(answers_of(children, unscored))
    assert share.value == pytest.approx(unscored, abs=0.04)
    alarms = list(fairness_alarms(spec, judge_fairness(answered(), share, None)))
    told = [(alarm.code, alarm.about) for alarm in alarms]
    assert told == [("gate_failed", (ABSTENTION,))] * rings


@pytest.mark.parametrize(("more", "rings"), [(0.0, 0), (1.5, 1), (-1.5, 1)])
def test_ranges_that_do_not_hold_ring(more: float, rings: int) -> None:
    fared = answered(more=more)
    ends = Ends(fared.probabilities - 0.05, fared.probabilities + 0.05)
    ranges = held_ranges(fared, ends, np.arange(len(fared.outcomes)))
    joined = Joined(scored=fared, fared=fared, not_on_file=0, too_early=0, ranges=ranges)
    spec = replace(SPEC, gates=(Gate(RANGE_HELD, at_least=0.9),))
    found = judge_fairness(answered(), NONE, joined)
    told = [alarm.about for alarm in fairness_alarms(spec, found) if alarm.code == "gate_failed"]
    assert told == [(RANGE_HELD,)] * rings


def test_a_gate_that_no_answer_can_answer_is_told_as_not_known() -> None:
    (told,) = not_asked_again(replace(SPEC, gates=(Gate(OVER_BASELINES, at_least=-0.01),)))
    assert "auroc_over_baselines >= -0.01" in told


@pytest.mark.parametrize("name", NAMES)
def test_every_gate_of_every_model_is_asked_again_or_told_as_not_known(name: str) -> None:
    spec, fared = spec_of(name), answered()
    ranges = held_ranges(fared, Ends(fared.probabilities, fared.probabilities), np.arange(2000))
    joined = Joined(fared, fared, not_on_file=0, too_early=0, ranges=ranges)
    asked = judge_fairness(answered(), NONE, joined).measures
    for gate in spec.gates:
        told = any(str(gate) in words for words in not_asked_again(spec))
        assert gate.by is not None or gate.measure in asked or told


def test_a_gap_beyond_its_gate_rings() -> None:
    assert "group_gap" in rung(answered(missed_in_b=0.7))


def test_a_gap_that_chance_could_make_does_not_ring() -> None:
    def group(name: str, low: float, high: float) -> Group:
        estimate = Estimate((low + high) / 2, low, high)
        return Group(FIELD, name, 100, 40, {"false_negative_rate": estimate})

    wide = Fairness((), fared=(group("a", 0.2, 0.49), group("b", 0.45, 0.74)))
    assert list(fairness_alarms(SPEC, wide)) == []
    apart = Fairness((), fared=(group("a", 0.2, 0.4), group("b", 0.45, 0.74)))
    assert [alarm.code for alarm in fairness_alarms(SPEC, apart)] == ["group_gap"]


def test_without_a_case_file_the_groups_are_those_of_the_reference_and_it_says_so() -> None:
    found = judge_fairness(answered(), NONE, None)
    assert "No case file was given" in found.unknown[0]
    assert [table.name for table in group_tables(found)] == ["reference"]


def test_outcomes_too_few_to_judge_are_insufficient_evidence() -> None:
    few = answered(20)
    joined = Joined(scored=answered(400), fared=few, not_on_file=3, too_early=380)
    found = judge_fairness(answered(), NONE, joined)
    assert list(fairness_alarms(SPEC, found)) == []
    said = " ".join(found.unknown)
    assert "Insufficient evidence: the outcome of 20 answers" in said
    assert "1 to 7 answers are about children whom the case file does not know" in said
    assert "Of 380 answers the outcome cannot be known yet" in said
    assert [table.name for table in group_tables(found)] == ["served", "reference"]


def test_of_children_served_whose_outcome_is_not_known_only_the_share_flagged_is_told() -> None:
    joined = Joined(scored=answered(400), fared=nobody(), not_on_file=0, too_early=400)
    served = group_tables(judge_fairness(answered(), NONE, joined))[0]
    assert served.rates == ("selection_rate",)
    for row in served.rows:
        assert row.positives is None
        assert row.rates["selection_rate"].value == pytest.approx(0.2, abs=0.06)


def test_a_group_too_small_to_judge_never_looks_fair() -> None:
    few = answered(24)
    small = Answered(few.outcomes, few.probabilities, few.clusters, {FIELD: few.groups[FIELD]})
    joined = Joined(scored=small, fared=nobody(), not_on_file=0, too_early=24)
    found = judge_fairness(answered(), NONE, joined)
    assert all(not can_tell(group, "selection_rate") for group in found.scored)
    assert {r.rates["selection_rate"].told for r in group_tables(found)[0].rows} == {INSUFFICIENT}


def test_groups_are_listed_by_number_then_by_name() -> None:
    chance = np.random.default_rng(1)
    names = chance.choice(["12-14", "not known", "3-5", "18+", "0-2"], size=500).astype(object)
    every = answered(500)
    by_age = Answered(every.outcomes, every.probabilities, every.clusters, {"age_band": names})
    (table,) = group_tables(judge_fairness(by_age, NONE, None))
    assert [row.group for row in table.rows] == ["0-2", "3-5", "12-14", "18+", "not known"]
