"""Pairs of fields are compared too, and whom nothing can be said of is counted."""

from math import isnan

import numpy as np
import pytest

from models.gaps import compare, gap, paired, words_of_field, words_of_group
from models.groups import Answered, Group, measure_groups

COUNT = 4000


def answered(missed: float) -> Answered:
    """Girls and boys, national and foreign; of foreign girls a share is missed, of no others."""
    chance = np.random.default_rng(4)
    places = np.arange(COUNT)
    sex = np.where(places % 2 == 0, "female", "male").astype(object)
    nationality = np.where(places % 4 < 2, "national", "foreign").astype(object)
    nationality[:100] = "not known"
    office = np.where(places < 110, "tiny", "main").astype(object)
    risk = chance.normal(size=COUNT)
    wronged = (sex == "female") & (nationality == "foreign") & (chance.random(COUNT) < missed)
    probabilities = 1 / (1 + np.exp(-np.where(wronged, -3.0, risk)))
    outcomes = (risk > 0.8).astype(float)
    groups = {"sex": sex, "nationality": nationality, "office": office}
    return Answered(outcomes, probabilities, places, groups)


def groups_of(answers: Answered) -> list[Group]:
    return measure_groups(answers, np.random.default_rng(1))


def test_a_wrong_to_foreign_girls_shows_most_in_the_pair() -> None:
    answers = answered(missed=0.6)
    alone, pairs = groups_of(answers), groups_of(paired(answers))
    widest = gap(pairs, "sex+nationality", "false_negative_rate")
    assert widest > 0.5
    assert all(
        gap(alone, field, "false_negative_rate") < 0.75 * widest for field in ("sex", "nationality")
    )
    (found,) = [c for c in compare(pairs) if c.field == "sex+nationality"]
    assert found.gaps["false_negative_rate"].apart
    assert (found.compared, found.small, found.not_known) == (4, 0, 100)


def test_what_chance_brings_about_is_not_called_a_gap() -> None:
    told = {c.field: c for c in compare(groups_of(paired(answered(missed=0.0))))}
    assert not told["sex+nationality"].gaps["false_negative_rate"].apart


def test_those_of_whom_nothing_can_be_said_are_counted() -> None:
    told = {c.field: c for c in compare(groups_of(paired(answered(missed=0.0))))}
    tiny = told["nationality+office"]
    assert tiny.not_known == 100
    assert (tiny.small, tiny.in_small) == (2, 10)
    assert sum((tiny.in_small, tiny.not_known)) + sum(
        group.count for group in groups_of(paired(answered(0.0)))
        if group.field == "nationality+office" and group.name.endswith("+main")
    ) == COUNT  # fmt: skip


def test_one_group_with_evidence_is_no_gap() -> None:
    answers = answered(missed=0.0)
    answers.groups["sex"][:] = "female"
    (found,) = [c for c in compare(groups_of(answers)) if c.field == "sex"]
    assert isnan(found.gaps["false_negative_rate"].value)
    assert not found.gaps["false_negative_rate"].apart


@pytest.mark.parametrize(
    ("field", "name", "ja", "en"),
    [
        ("sex", "female", "女", "female"),
        ("sex+age_band", "female+0-2", "女・0-2", "female, 0-2"),
        ("sex+office", "male+N+S", "男・N+S", "male, N+S"),
        ("sex+office", "not known", "不明", "not known"),
        ("office", "N+S", "N+S", "N+S"),
    ],
)
def test_a_pair_is_told_in_words(field: str, name: str, ja: str, en: str) -> None:
    told = words_of_group(field, name)
    assert (told.ja, told.en) == (ja, en)
    assert words_of_field("sex").en == "sex"
