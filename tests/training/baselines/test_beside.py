"""Trees are held against what could be done on paper, and are refused where they do worse."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from features.case_file import CaseFile
from features.errors import KizukiError
from models.card import card
from models.groups import Estimate
from models.measures import OVER_BASELINES, auroc
from models.spec import Gate, ModelSpec
from models.specs import NAMES, spec_of
from training.audit.page import page_of
from training.baselines.beside import Beside, _spread, least_gain, measure_baselines
from training.baselines.ways import COUNT, LOGISTIC, POINTS, baselines
from training.champions.promote import Who, promote_version
from training.judge import judge
from training.record import Training, measured
from training.registry import Registry
from training.slices import Taught
from training.splits import TEST
from training.summary import summary
from training.train import keep_training, train_model

AT = datetime(2024, 4, 1, 9, tzinfo=UTC)


def asking(least: float) -> tuple[Gate, ...]:
    return (Gate(OVER_BASELINES, at_least=least),)


@pytest.fixture(scope="module")
def beside(narrow: ModelSpec, office: CaseFile) -> Training:
    """A model of a few columns, that is fitted in no time, beside the simpler ways."""
    return train_model(replace(narrow, gates=asking(-0.05)), office)


def test_each_is_judged_on_the_children_of_the_test_slice(beside: Training) -> None:
    by_name = {one.name: one for one in beside.judged.baselines}
    assert list(by_name) == [COUNT, POINTS, LOGISTIC]
    test = beside.slices.by_name[TEST]
    place = [column.name for column in beside.spec.columns].index("notification_count_ever")
    counted = auroc(test.outcomes, test.rows[:, place])
    assert by_name[COUNT].auroc.value == counted
    trees = auroc(test.outcomes, beside.answered.probabilities)
    for one in by_name.values():
        assert one.auroc.low < one.auroc.value < one.auroc.high
        assert one.gain.value == pytest.approx(trees - one.auroc.value)
    paired, alone = by_name[LOGISTIC].gain, by_name[LOGISTIC].auroc
    assert paired.high - paired.low < alone.high - alone.low  # the same resamples for both


def test_the_gate_asks_of_the_best_of_them(beside: Training) -> None:
    (result,) = beside.judged.gates
    assert result.measured == min(one.gain.value for one in beside.judged.baselines)
    assert result.holds


def test_of_very_many_some_of_each_outcome_teach_spread_evenly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("training.baselines.beside.MOST_TAUGHT", 100)
    numbers = np.arange(1000.0)
    taught = _spread(Taught(numbers[:, None], (numbers % 20 == 0).astype(float), numbers))
    assert (taught.outcomes.sum(), len(taught.outcomes)) == (50, 50 + 95)
    assert np.diff(np.asarray(taught.rows)[taught.outcomes == 0, 0]).max() <= 12
    np.testing.assert_array_equal(taught.weights, np.asarray(taught.rows)[:, 0])
    few = Taught(numbers[:100, None], numbers[:100] % 2)
    assert _spread(few) is few


def test_what_is_without_end_counts_as_missing() -> None:
    rows, outcomes = np.random.default_rng(2).normal(size=(400, 2)), np.arange(400.0) % 2
    endless, missing = rows.copy(), rows.copy()
    endless[:90, 1], missing[:90, 1] = np.inf, np.nan
    way = next(way for way in baselines(spec_of("placement_24m")) if way.name == LOGISTIC)
    margins = [
        way.fit(Taught(each, outcomes), Taught(each, outcomes)).score(each)
        for each in (endless, missing)
    ]
    np.testing.assert_array_equal(*margins)


def test_trees_that_tell_nothing_do_not_beat_a_count(beside: Training) -> None:
    lots = np.random.default_rng(1).random(len(beside.answered.outcomes))
    drawn = replace(beside.answered, probabilities=lots)
    found = measure_baselines(beside.spec, beside.slices, drawn)
    assert least_gain(found) < -0.05
    test = beside.slices.by_name[TEST]
    (result,) = judge(beside.spec, drawn, beside.told, test, found).gates
    assert not result.holds


def test_worse_than_the_best_is_worse_even_where_others_are_beaten() -> None:
    gains = [Estimate(value, value, value) for value in (0.2, -0.03, 0.01)]
    assert least_gain([Beside("a way", gain, gain) for gain in gains]) == -0.03


def test_where_no_gate_asks_none_is_measured_and_that_is_told(training: Training) -> None:
    assert training.judged.baselines == []
    assert "no gate asks for one" in page_of(training, "en")
    assert "None was measured." in card(training.model_spec, measured(training))


def test_they_are_told_on_card_and_page_and_at_the_end(
    beside: Training, office: CaseFile, empty_home: Path
) -> None:
    best = min(beside.judged.baselines, key=lambda one: one.gain.value)
    version = keep_training(beside, office, Registry(empty_home), AT)
    for told in (
        card(beside.model_spec, measured(beside)),
        page_of(beside, "ja"),
        page_of(beside, "en"),
        summary(beside, version),
    ):
        assert str(best.gain) in told
    assert "ロジスティック回帰" in page_of(beside, "ja")
    (gate,) = version.gates
    assert gate.asks == "auroc_over_baselines >= -0.05"


def test_a_version_that_is_worse_than_paper_is_not_promoted(
    beside: Training, office: CaseFile, empty_home: Path
) -> None:
    spec, test = replace(beside.model_spec, gates=asking(0.4)), beside.slices.by_name[TEST]
    judged = judge(spec, beside.answered, beside.told, test, beside.judged.baselines)
    worse = replace(beside, spec=spec, judged=judged)
    version = keep_training(worse, office, Registry(empty_home), AT)
    with pytest.raises(KizukiError, match=r"does not hold: auroc_over_baselines >= 0\.4, measured"):
        promote_version(empty_home, version, Who("Sato", "why not", AT))


@pytest.mark.parametrize("name", [name for name in NAMES if name != "sustained_complaint_24m"])
def test_every_model_of_a_child_is_held_against_them(name: str) -> None:
    assert OVER_BASELINES in {gate.measure for gate in spec_of(name).gates}
