"""Outcomes are known where the horizon is over, and only of children who are on file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from features.case_file import CaseFile
from features.reading import day_number
from models.specs import spec_of
from serving.watch.answers import Answers
from serving.watch.drift import PROBABILITY
from serving.watch.outcomes import join_cases
from tests.small_world import read_world
from tests.watch.small_desk import FIRST_DAY

SPEC = replace(spec_of("placement_24m"), audited_by=("sex", "age_band"))
AS_OF = date(2024, 4, 1)
LAST_KNOWN = AS_OF - timedelta(days=SPEC.label.over_after)
WORLD = """
    children
      child   | happened   | known | sex
      placed  | 2018-01-01 |       | male
      at_home | 2010-01-01 |       | female
      late    | 2010-01-01 |       |
    placements
      child   | happened   | known      | kind
      placed  | 2022-06-01 |            | custody
      late    | 2022-06-01 | 2024-04-02 | custody   <- on record a day after the case file
"""


def case_file(world: str = WORLD) -> CaseFile:
    read = read_world(world)
    return CaseFile.of_events(AS_OF, read.case_file, read.coverage)


def answers(given: Sequence[tuple[str, date, float]]) -> Answers:
    return Answers(
        version=1,
        first=FIRST_DAY,
        last=FIRST_DAY,
        children=np.array([child for child, _, _ in given], dtype=object),
        cutoffs=np.array([day_number(cutoff) for _, cutoff, _ in given], dtype=np.int64),
        rows=pd.DataFrame({PROBABILITY: [probability for _, _, probability in given]}),
        low=np.array([probability - 0.1 for _, _, probability in given]),
        high=np.array([probability + 0.1 for _, _, probability in given]),
        left_out={},
    )


def test_outcomes_groups_and_probabilities_are_those_of_the_child() -> None:
    given = [("at_home", LAST_KNOWN, 0.1), ("placed", LAST_KNOWN, 0.7), ("late", LAST_KNOWN, 0.2)]
    fared = join_cases(SPEC, answers(given), case_file()).fared
    assert fared.outcomes.tolist() == [0, 1, 0]
    assert fared.probabilities.tolist() == [0.1, 0.7, 0.2]
    assert fared.groups["sex"].tolist() == ["female", "male", "not known"]
    assert fared.groups["age_band"].tolist() == ["12-14", "3-5", "12-14"]
    assert len(set(fared.clusters)) == 3


def test_the_ranges_are_those_of_answers_whose_outcome_is_known() -> None:
    given = [("placed", LAST_KNOWN - timedelta(days=day), 0.7) for day in range(40)]
    early = ("placed", LAST_KNOWN + timedelta(days=1), 0.7)
    joined = join_cases(SPEC, answers([*given, early]), case_file())
    whole = joined.ranges[0]
    assert (whole.count, whole.low, whole.high) == (40, pytest.approx(0.6), pytest.approx(0.8))
    nothing = replace(answers(given), low=np.full(40, np.nan))
    assert join_cases(SPEC, nothing, case_file()).ranges == ()


def test_an_outcome_is_known_on_the_day_after_the_horizon_and_not_before() -> None:
    for days, known in ((0, 1), (1, 0)):
        cutoff = LAST_KNOWN + timedelta(days=days)
        joined = join_cases(SPEC, answers([("placed", cutoff, 0.7)]), case_file())
        assert (len(joined.fared.outcomes), joined.too_early) == (known, 1 - known)
        assert len(joined.scored.outcomes) == 1


def test_a_child_who_is_not_on_file_did_not_fare_well() -> None:
    joined = join_cases(SPEC, answers([("stranger", LAST_KNOWN, 0.7)]), case_file())
    assert (joined.not_on_file, joined.too_early) == (1, 0)
    assert len(joined.fared.outcomes) == len(joined.scored.outcomes) == 0


def test_a_child_without_a_score_is_not_measured() -> None:
    joined = join_cases(SPEC, answers([("placed", LAST_KNOWN, np.nan)]), case_file())
    assert (len(joined.scored.outcomes), joined.not_on_file, joined.too_early) == (0, 0, 0)


def test_where_placements_are_not_recorded_no_outcome_is_known() -> None:
    world = WORLD[: WORLD.index("placements")] + "unrecorded placements"
    joined = join_cases(SPEC, answers([("placed", LAST_KNOWN, 0.7)]), case_file(world))
    assert (len(joined.fared.outcomes), joined.too_early) == (0, 1)


def test_where_placements_are_not_recorded_all_the_time_no_outcome_is_known_good_or_bad() -> None:
    """To leave out only the good ones would make the outcome look more frequent than it is."""
    given = [("placed", LAST_KNOWN, 0.7), ("at_home", LAST_KNOWN, 0.1)]
    first = LAST_KNOWN + timedelta(days=1)
    for day, known in ((first, 2), (first + timedelta(days=1), 0)):
        covered = case_file(f"{WORLD}\n    covered placements from {day}")
        joined = join_cases(SPEC, answers(given), covered)
        assert (len(joined.fared.outcomes), joined.too_early) == (known, 2 - known)
