"""Judge: what a fitted model measures on children it has never seen, and which gates it passes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from features.errors import KizukiError
from features.groups import AGE_BAND, PROTECTED, Names
from models.calibration import Calibrator
from models.gaps import AND, Compared, gap, paired
from models.groups import RATES, Answered, Estimate, Group, measure_all, measure_groups
from models.held import Held, held_ranges, share_held
from models.measures import ABSTENTION, MEASURES, OF_ALL, OVER_BASELINES, RANGE_HELD, Numbers
from models.spec import Gate, ModelSpec, Task
from training.baselines.beside import Beside, least_gain
from training.slices import Slice
from training.told import Told

SEED = 20241  # any fixed number: the same test slice gives the same intervals
_GAP = "_gap"


@dataclass(frozen=True)
class GateResult:
    """A gate, what was measured for it, and whether it holds; NaN is insufficient evidence."""

    gate: Gate
    measured: float

    @property
    def holds(self) -> bool:
        """Whether the model passes."""
        return self.gate.holds(self.measured)

    @property
    def told(self) -> str:
        """What was measured, in words."""
        return "insufficient evidence" if isnan(self.measured) else f"measured {self.measured:.3f}"


@dataclass(frozen=True)
class Judged:
    """Everything measured on the test slice; `pairs` are the groups of two audited fields at once.

    `baselines` are the simpler ways of scoring, where a gate asks for them. `untold` counts the
    examples that get no score, by reason, and `ranges` tell how the range held.
    """

    measures: Mapping[str, Estimate]
    groups: Sequence[Group]
    pairs: Sequence[Group]
    gates: Sequence[GateResult]
    baselines: Sequence[Beside]
    untold: Mapping[str, int]
    ranges: Sequence[Held]


def answers(
    calibrator: Calibrator, part: Slice, margins: Numbers, groups: Mapping[str, Names]
) -> Answered:
    """What is answered to the examples of a slice, whose margins and audited groups these are."""
    probabilities = np.array([calibrator.probability(margin) for margin in margins.tolist()])
    return Answered(part.outcomes, probabilities, part.clusters, groups)


def judge(
    spec: Task, answered: Answered, told: Told, test: Slice, baselines: Sequence[Beside] = ()
) -> Judged:
    """Measure the answers to the test slice, by group too, and hold them against the gates."""
    chance = np.random.default_rng(SEED)
    measures = measure_all(answered, chance)
    groups = measure_groups(answered, chance)
    pairs = measure_groups(paired(answered), chance)
    ranges = held_ranges(answered, told, test.examples.cutoffs if test.dated else None)
    whole = {
        **{name: estimate.value for name, estimate in measures.items()},
        ABSTENTION: float((told.untold != "").mean()),
        RANGE_HELD: share_held(ranges),
        OVER_BASELINES: least_gain(baselines),
    }
    gates = [GateResult(gate, _measured(gate, whole, [*groups, *pairs])) for gate in spec.gates]
    reasons, counts = np.unique(told.untold[told.untold != ""], return_counts=True)
    untold = dict(zip(reasons.tolist(), counts.tolist(), strict=True))
    return Judged(measures, groups, pairs, gates, baselines, untold, ranges)


def must_be_askable(spec: ModelSpec) -> None:
    """Raise KizukiError where a gate or an audit asks for what nobody can measure."""
    known = (*PROTECTED, AGE_BAND)
    if unknown := [name for name in spec.audited_by if name not in known]:
        told = f"{spec.name}: no child has a group called {', '.join(unknown)}"
        raise KizukiError(f"{told}; there are: {', '.join(known)}")
    whole = (*MEASURES, *OF_ALL)
    for gate in spec.gates:
        asked = whole if gate.by is None else tuple(f"{rate}{_GAP}" for rate in RATES)
        if gate.measure not in asked:
            told = f"{spec.name}: no gate can ask for {gate.measure!r}"
            raise KizukiError(f"{told}; there are: {', '.join(asked)}")
        if gate.by is not None and not set(gate.by.split(AND)) <= set(spec.audited_by):
            raise KizukiError(f"{spec.name}: {gate} is by a field that it is not audited by")


def group_table(groups: Sequence[Group]) -> list[list[str]]:
    """The groups as rows of text under a heading, with "insufficient evidence" where it is so."""
    rates = list(groups[0].rates) if groups else []
    heading = ["field", "group", "examples", "with the outcome", *rates]
    return [heading, *(_group_row(group) for group in groups)]


def gap_table(fields: Sequence[Compared]) -> list[list[str]]:
    """The gaps of each field as rows of text, and of how many groups nothing can be said."""
    rates = [f"gap: {rate}" for rate in (fields[0].gaps if fields else ())]
    heading = ["field", *rates, "groups compared", "too small (examples)", "not known"]
    return [heading, *(_gap_row(field) for field in fields)]


def untold_words(untold: Mapping[str, int], count: int) -> str:
    """How many examples get no score, and why."""
    reasons = ", ".join(f"{reason} {number}" for reason, number in untold.items()) or "none"
    return f"no score is given to {sum(untold.values())} of {count} ({reasons})"


def _gap_row(field: Compared) -> list[str]:
    gaps = (
        "insufficient evidence" if isnan(gap.value) else f"{gap.value:.3f}{', apart' * gap.apart}"
        for gap in field.gaps.values()
    )
    small = f"{field.small} ({field.in_small})"
    return [field.field, *gaps, str(field.compared), small, str(field.not_known)]


def _group_row(group: Group) -> list[str]:
    said = (
        str(estimate) if group.enough(rate) else "insufficient evidence"
        for rate, estimate in group.rates.items()
    )
    return [group.field, group.name, str(group.count), str(group.positives), *said]


def _measured(gate: Gate, whole: Mapping[str, float], groups: Sequence[Group]) -> float:
    if gate.by is None:
        return whole[gate.measure]
    return gap(groups, gate.by, gate.measure.removesuffix(_GAP))
