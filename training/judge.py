"""Judge: what a fitted model measures on children it has never seen, and which gates it passes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from models.groups import Answered, Estimate, Group, gap, measure_all, measure_groups
from models.measures import MEASURES, Numbers
from models.spec import Gate, ModelSpec

BASELINE = "notification_count"  # what an office could do without a model: count the reports
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
    """Everything measured on the test slice.

    `baselines` are the AUROCs of single columns that count notifications, nothing else.
    """

    measures: Mapping[str, Estimate]
    groups: Sequence[Group]
    gates: Sequence[GateResult]
    baselines: Mapping[str, float]


def judge(spec: ModelSpec, answered: Answered, rows: Numbers) -> Judged:
    """Measure the answers to the test slice, by group too, and hold them against the gates."""
    chance = np.random.default_rng(SEED)
    measures = measure_all(answered, chance)
    groups = measure_groups(answered, chance)
    gates = [GateResult(gate, _measured(gate, measures, groups)) for gate in spec.gates]
    baselines = {
        column.name: MEASURES["auroc"].of(answered.outcomes, np.nan_to_num(rows[:, place]))
        for place, column in enumerate(spec.columns)
        if column.feature == BASELINE
    }
    return Judged(measures, groups, gates, baselines)


def group_table(groups: Sequence[Group]) -> list[list[str]]:
    """The groups as rows of text under a heading, with "insufficient evidence" where it is so."""
    rates = list(groups[0].rates) if groups else []
    heading = ["field", "group", "examples", "with the outcome", *rates]
    return [heading, *(_group_row(group) for group in groups)]


def _group_row(group: Group) -> list[str]:
    said = (
        str(estimate) if group.enough(rate) else "insufficient evidence"
        for rate, estimate in group.rates.items()
    )
    return [group.field, group.name, str(group.count), str(group.positives), *said]


def _measured(gate: Gate, measures: Mapping[str, Estimate], groups: Sequence[Group]) -> float:
    if gate.by is None:
        return measures[gate.measure].value
    return gap(groups, gate.by, gate.measure.removesuffix(_GAP))
