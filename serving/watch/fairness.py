"""Fairness: the model's measures, by audited group too, asked again of what was served."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan, nan

import numpy as np

from features.groups import LEAST_EXAMPLES, WIDEST_INTERVAL
from models.gaps import gap_of, with_evidence
from models.groups import (
    LEAST_POSITIVES,
    Answered,
    Estimate,
    Group,
    estimate,
    measure_all,
    measure_groups,
    resamples,
)
from models.held import TIME, Held
from models.measures import ABSTENTION, OVER_BASELINES, RANGE_HELD, wilson_interval
from models.spec import Gate, ModelSpec
from serving.watch.alarms import Alarm
from serving.watch.answers import Answers
from serving.watch.disclosure import WITHHELD, tell, withholds_gap
from serving.watch.drift import PROBABILITY
from serving.watch.outcomes import Joined
from serving.watch.thresholds import THRESHOLDS

SEED = 20241  # any fixed number: the same answers give the same intervals
SELECTION = "selection_rate"
_GAP = "_gap"


@dataclass(frozen=True)
class Fairness:
    """The groups of the reference, of all served, and of those served whose outcome is known.

    Of `scored` only the selection rate means anything. `measures` are those of all answers whose
    outcome is known, and the share of answers without a score. What cannot be known is said in
    `unknown`, in words.
    """

    reference: Sequence[Group]
    scored: Sequence[Group] = ()
    fared: Sequence[Group] = ()
    measures: Mapping[str, Estimate] = field(default_factory=dict)
    unknown: Sequence[str] = ()


def judge_fairness(reference: Answered, unscored: Estimate, joined: Joined | None) -> Fairness:
    """Measure the groups; without a case file only the reference's groups are known.

    `unscored` is the share of all answers without a score, which no case file is needed for.
    """
    groups, measures = _groups(reference), {ABSTENTION: unscored}
    if joined is None:
        return Fairness(groups, measures=measures, unknown=tuple(_without_cases()))
    enough = _enough(joined.fared)
    if enough:
        measures |= measure_all(joined.fared, np.random.default_rng(SEED)) | _held(joined.ranges)
    return Fairness(
        reference=groups,
        scored=_groups(joined.scored),
        fared=_groups(joined.fared) if enough else (),
        measures=measures,
        unknown=tuple(_with_cases(joined, enough=enough)),
    )


def share_unscored(answers: Answers) -> Estimate:
    """The share of answers without a score, its interval from resamples of children."""
    unscored = answers.rows[PROBABILITY].isna().to_numpy(np.float64)
    clusters = np.unique(answers.children.astype(str), return_inverse=True)[1]
    draws = resamples(clusters, np.random.default_rng(SEED))
    return estimate(unscored.mean(), [float(unscored[draw].mean()) for draw in draws])


def fairness_alarms(spec: ModelSpec, fairness: Fairness) -> Iterator[Alarm]:
    """What is wrong beyond doubt with the answers whose outcome is known: level, gates, gaps."""
    yield from _rate_alarm(fairness.measures)
    for gate in spec.gates:
        if gate.by is None:
            yield from _gate_alarm(gate, fairness.measures)
        else:
            yield from _gap_alarm(gate, gate.by, fairness.fared)


def not_asked_again(spec: ModelSpec) -> Iterator[str]:
    """Which gates no served answer can answer, in words."""
    for gate in spec.gates:
        if gate.measure == OVER_BASELINES:
            yield (
                f"Whether the gate {gate} still holds: the simpler ways are fitted anew at the "
                "next training."
            )


def can_tell(group: Group, rate: str) -> bool:
    """Whether there is evidence enough about a rate; nobody needs to fare badly to be selected."""
    if rate != SELECTION:
        return group.enough(rate)
    estimate = group.rates[rate]
    return group.count >= LEAST_EXAMPLES and estimate.high - estimate.low <= WIDEST_INTERVAL


def rate_of(gate: Gate) -> str:
    """The rate whose gap between groups a gate bounds."""
    return gate.measure.removesuffix(_GAP)


def _groups(answered: Answered) -> list[Group]:
    return measure_groups(answered, np.random.default_rng(SEED)) if len(answered.outcomes) else []


def _held(ranges: Sequence[Held]) -> dict[str, Estimate]:
    """The share of cells in which the range held, with Wilson's interval; nothing where none."""
    periods = [held for held in ranges if held.field == TIME]
    cells, held = sum(one.cells for one in periods), sum(one.held for one in periods)
    return {RANGE_HELD: Estimate(held / cells, *wilson_interval(held, cells))} if cells else {}


def _enough(answered: Answered) -> bool:
    """Whether anything can be concluded from the outcomes, by the rule that holds for a group."""
    positives = answered.outcomes.sum()
    negatives = len(answered.outcomes) - positives
    return len(answered.outcomes) >= LEAST_EXAMPLES and min(positives, negatives) >= LEAST_POSITIVES


def _without_cases() -> Iterator[str]:
    yield (
        "No case file was given, so neither the groups of the children served nor their outcomes "
        "are known. The group table is that of the reference: how the model fared on the children "
        "it was tested on, not on those served since."
    )


def _with_cases(joined: Joined, *, enough: bool) -> Iterator[str]:
    if joined.not_on_file:
        yield (
            f"{tell(joined.not_on_file)} answers are about children whom the case file does not "
            "know: their groups and outcomes are not known."
        )
    if joined.too_early:
        yield (
            f"Of {tell(joined.too_early)} answers the outcome cannot be known yet: the horizon was "
            "not over, or the outcome not on record, on the day that the case file was drawn. Of "
            "these only the share flagged is measured."
        )
    if not enough:
        yield (
            f"Insufficient evidence: the outcome of {tell(len(joined.fared.outcomes))} answers is "
            f"known, {tell(int(joined.fared.outcomes.sum()))} of them with the outcome, which is "
            "too few to ask the model's gates again. That none of them fails says nothing."
        )


def _rate_alarm(measures: Mapping[str, Estimate]) -> Iterator[Alarm]:
    limit = THRESHOLDS["outcome_rate"].limit
    found = measures.get("calibration_intercept")
    if found is not None and (found.low > limit or found.high < -limit):
        way = "more" if found.value > 0 else "fewer"
        told = f"{way} children had the outcome than the scores expect"
        yield Alarm("outcome_rate", told, found.value, limit)


def _gate_alarm(gate: Gate, measures: Mapping[str, Estimate]) -> Iterator[Alarm]:
    estimate = measures.get(gate.measure)
    if estimate is None or isnan(estimate.low):
        return
    too_low = gate.at_least is not None and estimate.high < gate.at_least
    too_high = gate.at_most is not None and estimate.low > gate.at_most
    if too_low or too_high:
        limit = gate.at_least if too_low else gate.at_most
        assert limit is not None
        told = f"on served children the gate {gate} fails: {estimate}"
        yield Alarm("gate_failed", told, estimate.value, limit, (gate.measure,))


def _gap_alarm(gate: Gate, by: str, groups: Sequence[Group]) -> Iterator[Alarm]:
    rate = rate_of(gate)
    found = gap_of(with_evidence([group for group in groups if group.field == by], rate))
    if gate.at_most is not None and found.value > gate.at_most and found.apart:
        measured = nan if withholds_gap(groups, by, rate) else found.value
        gap = WITHHELD if isnan(measured) else f"{measured:.3f}"
        told = f"on served children the gate {gate} fails: the gap is {gap}"
        yield Alarm("group_gap", told, measured, gate.at_most, (by,))
