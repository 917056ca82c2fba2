"""What the judge measures, holds against the gates, and tells."""

from dataclasses import replace
from math import isnan
from typing import Any

import numpy as np
import pytest

from features.errors import KizukiError
from models.groups import Estimate, Group
from models.measures import MEASURES
from models.spec import Gate
from training.judge import group_table, judge, must_be_askable
from training.record import Training
from training.splits import TEST


def test_everything_in_the_table_is_measured_with_its_interval(training: Training) -> None:
    measures = training.judged.measures
    assert list(measures) == list(MEASURES)
    assert all(e.low <= e.value <= e.high for e in measures.values())
    assert measures["auroc"].value > 0.6  # the office was made so that it can be learnt


def test_pairs_of_audited_fields_are_judged_too(training: Training) -> None:
    fields = {group.field for group in training.judged.pairs}
    assert len(fields) == 15  # of six
    assert "sex+office" in fields
    gates = (Gate("selection_rate_gap", by="sex+office", at_most=1.0),)
    spec, test = replace(training.spec, gates=gates), training.slices.by_name[TEST]
    (result,) = judge(spec, training.answered, training.told, test).gates
    assert result.holds


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"audited_by": ("sex", "shoe_size")}, "no child has a group called shoe_size; there are"),
        ({"gates": (Gate("auc", at_least=0.5),)}, "no gate can ask for 'auc'; there are: auroc"),
        ({"gates": (Gate("auroc", by="sex", at_least=0.5),)}, "no gate can ask for 'auroc'"),
        ({"gates": (Gate("selection_rate_gap", by="sex+ethnicity", at_most=1),)}, "not audited by"),
    ],
)
def test_what_nobody_can_measure_is_told_before_anything_is_fitted(
    training: Training, changed: dict[str, Any], problem: str
) -> None:
    with pytest.raises(KizukiError, match=problem):
        must_be_askable(replace(training.spec, **changed))


def test_every_audited_field_is_judged(training: Training) -> None:
    assert {group.field for group in training.judged.groups} == set(training.spec.audited_by)
    for field in training.spec.audited_by:
        counts = [group.count for group in training.judged.groups if group.field == field]
        assert sum(counts) == len(training.answered.outcomes)


def test_a_gate_is_held_against_what_was_measured(training: Training) -> None:
    gates = (
        Gate("auroc", at_least=0.99),
        Gate("brier", at_most=0.3),
        Gate("selection_rate_gap", by="sex", at_most=1.0),
        Gate("selection_rate_gap", by="income_support", at_most=1.0),  # known of nobody
    )
    spec = replace(training.spec, gates=gates)
    test = training.slices.by_name[TEST]
    results = judge(spec, training.answered, training.told, test).gates
    assert [result.holds for result in results] == [False, True, True, False]
    rates = [g.rates["selection_rate"].value for g in training.judged.groups if g.field == "sex"]
    assert results[2].measured == pytest.approx(max(rates) - min(rates))
    assert isnan(results[3].measured)
    assert results[3].told == "insufficient evidence"


def test_a_small_group_is_told_as_insufficient_evidence() -> None:
    rates = {"rate": Estimate(0.5, 0.4, 0.6)}
    groups = [Group("sex", "a", 100, 40, rates), Group("sex", "b", 9, 4, rates)]
    assert group_table(groups)[1:] == [
        ["sex", "a", "100", "40", "0.500 (0.400 to 0.600)"],
        ["sex", "b", "9", "4", "insufficient evidence"],
    ]


def test_the_same_answers_are_judged_alike(training: Training) -> None:
    test = training.slices.by_name[TEST]
    again = judge(training.spec, training.answered, training.told, test)
    assert np.array_equal(
        [(e.low, e.high) for e in again.measures.values()],
        [(e.low, e.high) for e in training.judged.measures.values()],
    )
