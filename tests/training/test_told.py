"""What training counts as "cannot tell" is what the desk would say, and ranges are held to it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.engines.one_child import answer_row
from features.histories import history_of
from models.bundle import read_bundle
from models.cannot_tell import STRANGE, TOO_THIN, TOO_WIDE, after_scoring, before_scoring
from models.groups import Answered
from models.held import ALL, TIME, held_ranges, share_held
from models.measures import Numbers
from models.score import score_row
from models.spec import Doubt, Gate
from training.fit import margins_of
from training.judge import judge
from training.record import Training, write_files
from training.registry import BUNDLE
from training.splits import TEST
from training.told import Told, told_of, unanswered_share

STRICT = Doubt(widest_range=6, most_strange=0.01)
EVERY = 25  # how many of the test slice are asked one by one


def test_the_desk_says_what_training_counted(
    training: Training, office: CaseFile, tmp_path: Path
) -> None:
    """With doubts so strict that each reason occurs, and many examples have none."""
    write_files(training, tmp_path)
    read = read_bundle(tmp_path / BUNDLE)
    bundle = replace(read, spec=replace(read.spec, doubt=STRICT))
    test = training.slices.by_name[TEST]
    margins = margins_of(training.booster, test.rows)
    unanswered = unanswered_share(bundle.spec, BatchTables(office), test.rows)
    counted = told_of(bundle.spec.doubt, bundle.fitted, unanswered, test.rows, margins)
    said = []
    for place in range(0, len(margins), EVERY):
        child, cutoff = test.examples.children[place], int(test.examples.cutoffs[place])
        history = history_of(child, office.around(child))
        row = answer_row(bundle.spec.columns, history, cutoff)
        score = score_row(bundle, row)
        untold = before_scoring(bundle, history, cutoff, row) or after_scoring(bundle.spec, score)
        said.append(untold[0].code if untold else "")
        assert (score.low, score.high) == (counted.low[place], counted.high[place])
    assert said == counted.untold[::EVERY].tolist()
    assert {"", STRANGE, TOO_WIDE} <= set(said)


def test_a_history_too_thin_is_counted(training: Training, office: CaseFile) -> None:
    """Where the office records less than the features ask about, that is seen in every row."""
    test, spec = training.slices.by_name[TEST], training.spec
    margins = margins_of(training.booster, test.rows)
    thin = replace(spec, doubt=Doubt(most_unknown=0.3))
    unanswered = unanswered_share(thin, BatchTables(office), test.rows)
    counted = told_of(thin.doubt, training.fitted, unanswered, test.rows, margins)
    assert set(counted.untold) == {TOO_THIN}


def test_how_many_get_no_score_is_a_gate(training: Training) -> None:
    test, count = training.slices.by_name[TEST], len(training.answered.outcomes)
    untold = np.where(np.arange(count) % 4 == 0, TOO_WIDE, "")
    gates = (Gate("abstention_rate", at_most=0.2), Gate("abstention_rate", at_most=0.3))
    told = replace(training.told, untold=untold)
    judged = judge(replace(training.spec, gates=gates), training.answered, told, test)
    assert [result.holds for result in judged.gates] == [False, True]
    assert judged.gates[0].measured == pytest.approx(0.25, abs=0.001)
    assert judged.untold == {TOO_WIDE: -(-count // 4)}


def world(shift: Numbers, count: int = 4000) -> tuple[Answered, Told, np.ndarray]:
    """Examples over two years, their true probability beside what is said of it by a shift."""
    chance = np.random.default_rng(3)
    probabilities = chance.uniform(0.05, 0.6, count)
    outcomes = (chance.random(count) < np.clip(probabilities + shift, 0, 1)).astype(float)
    groups = {"sex": np.where(np.arange(count) % 2 == 0, "female", "male").astype(object)}
    groups["office"] = np.where(np.arange(count) < 20, "tiny", "main").astype(object)
    low, high = probabilities - 0.05, probabilities + 0.05
    told = Told(low, high, np.full(count, ""))
    answered = Answered(outcomes, probabilities, np.arange(count), groups)
    return answered, told, np.sort(chance.integers(18000, 18730, count))


def test_a_range_that_is_right_holds_over_time_and_in_every_group() -> None:
    ranges = held_ranges(*world(np.zeros(4000)))
    assert share_held(ranges) >= 0.95
    assert [held.field for held in ranges[:5]] == [ALL, TIME, TIME, TIME, TIME]
    assert sum(held.count for held in ranges[1:5]) == ranges[0].count == 4000
    assert all(held.held >= 0.9 * held.cells and not held.beside for held in ranges)


def test_a_range_that_no_longer_holds_shows_in_its_period_alone() -> None:
    late = np.where(np.arange(4000) < 3000, 0.0, 0.25)
    ranges = held_ranges(*world(late))
    assert [held.beside for held in ranges if held.field == TIME] == [0, 0, 0, 1]
    assert 0.7 < share_held(ranges) < 0.8


def test_a_group_for_which_the_range_is_wrong_shows() -> None:
    harsh = np.where(np.arange(4000) % 2 == 0, -0.15, 0.0)
    by_name = {held.name: held for held in held_ranges(*world(harsh))}
    assert (by_name["female"].beside, by_name["male"].beside) == (-1, 0)
    assert by_name["female"].held < by_name["male"].held


def test_too_few_are_no_evidence() -> None:
    by_name = {held.name: held for held in held_ranges(*world(np.zeros(4000)))}
    assert not by_name["tiny"].enough
    assert by_name["main"].enough
