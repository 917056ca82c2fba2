"""Fitted on days of the past: only what was known then is learnt, and a leak is loud."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.errors import KizukiError
from features.reading import calendar_day, day_number
from models.measures import Numbers
from models.spec import Gate, ModelSpec
from tests.training.small_office import small_office
from training import slices as slicing
from training.examples import Examples, read_labels, read_rows
from training.rolling import AtOrigin, roll, rolled_numbers, rolled_table, rolled_words
from training.slices import Slices, fill_origins
from training.splits import CALIBRATE, FIT, ORIGINS, STOP, TEST


@pytest.fixture(scope="module")
def origins(narrow: ModelSpec, office: CaseFile) -> list[Slices]:
    return list(fill_origins(narrow, BatchTables(office), office))


@pytest.fixture(scope="module")
def rolled(narrow: ModelSpec, office: CaseFile) -> list[AtOrigin]:
    return roll(narrow, office)


def test_rows_and_labels_learnt_at_an_origin_were_known_on_its_day(
    narrow: ModelSpec, origins: list[Slices], office: CaseFile
) -> None:
    assert len(origins) == ORIGINS
    for slices in (origins[0], origins[-1]):
        then = BatchTables(office.as_known_on(calendar_day(slices.learnt_by)))
        for name in (FIT, STOP, CALIBRATE):
            part = slices.by_name[name]
            np.testing.assert_array_equal(read_rows(narrow, then, part.examples), part.rows)
            labels = read_labels(narrow.label, then, part.examples, slices.learnt_by)
            np.testing.assert_array_equal(labels, part.outcomes)


def test_an_outcome_recorded_late_is_no_outcome_at_the_early_origin(
    narrow: ModelSpec, origins: list[Slices], office: CaseFile
) -> None:
    """A fifth of the office's placements are recorded years late."""
    part = origins[0].by_name[FIT]
    now = read_labels(narrow.label, BatchTables(office), part.examples, day_number(office.as_of))
    assert (now >= part.outcomes).all()
    assert now.sum() > part.outcomes.sum()


def test_each_origin_is_measured_with_intervals_and_told(
    narrow: ModelSpec, rolled: list[AtOrigin]
) -> None:
    heading, *rows, spread = rolled_table(rolled)
    assert len(rows) == ORIGINS
    assert heading[:2] == ["fitted as on", "judged until"]
    assert spread[0] == "mean"
    for at in rolled:
        assert at.measures["auroc"].low < at.measures["auroc"].value < at.measures["auroc"].high
    abstaining = Gate("abstention_rate", at_most=0.2)  # is asked of answers, and none are given
    gates = (Gate("auroc", at_least=0.5), abstaining, Gate("auroc", at_least=0.99))
    said = list(rolled_words(replace(narrow, gates=gates), rolled))
    assert said[0] == f"gate auroc >= 0.5: holds at {ORIGINS} of {ORIGINS} origins"
    assert said[1] == f"gate auroc >= 0.99: holds at 0 of {ORIGINS} origins"
    assert len(rolled_numbers(rolled)) == ORIGINS * len(rolled[0].measures)


def test_the_same_case_file_gives_the_same_numbers(
    narrow: ModelSpec, office: CaseFile, rolled: list[AtOrigin]
) -> None:
    assert roll(narrow, office) == rolled


def test_a_column_recorded_after_the_cutoff_is_found_and_named(
    narrow: ModelSpec, office: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: one column is answered as of a month after the cutoff."""

    def leaking(spec: ModelSpec, tables: BatchTables, examples: Examples) -> Numbers:
        rows = read_rows(spec, tables, examples)
        place = [column.name for column in spec.columns].index("substantiated_count_ever")
        later = replace(examples, cutoffs=examples.cutoffs + 30)
        rows[:, place] = read_rows(spec, tables, later)[:, place]
        return rows

    monkeypatch.setattr(slicing, "read_rows", leaking)
    message = (
        r"from what nobody knew on \d{4}-\d\d-\d\d; the columns that differ: substantiated_count_"
    )
    with pytest.raises(KizukiError, match=message):
        roll(narrow, office)


def test_too_few_years_are_told(narrow: ModelSpec, office: CaseFile) -> None:
    long = replace(narrow, label=replace(narrow.label, settles_in=1500))
    with pytest.raises(KizukiError, match=r"no example is left to judge .* give more years"):
        roll(long, office)


def test_too_few_examples_at_an_origin_are_told(narrow: ModelSpec) -> None:
    with pytest.raises(KizukiError, match=r"the \w+ slice has \d+ examples and needs 50"):
        roll(narrow, small_office(families=60, seed=1))


def test_the_judges_of_one_origin_are_not_those_of_another(origins: list[Slices]) -> None:
    ends = [slices.by_name[TEST].about[:2] for slices in origins]
    assert all(before[1] < after[0] for before, after in pairwise(ends))
