"""When no score is given, and why."""

from dataclasses import replace
from typing import Any

import pytest

from features.coverage import Gap
from features.engines.one_child import Answer, answer_row
from features.histories import history_of
from models.bundle import Bundle
from models.cannot_tell import STRANGE, after_scoring, before_scoring
from models.familiar import Familiar
from models.score import score_row
from models.spec import Doubt
from tests.small_world import CHILD, read_world

WORLD = """
    cutoff 2024-04-01
    children
      happened
      {born}
    notifications
      happened | known
      {notified} | {known}
"""


def codes(bundle: Bundle, world: str) -> list[str]:
    read = read_world(world)
    history = history_of(CHILD, read.case_file)
    row = answer_row(bundle.spec.columns, history, read.cutoff)
    return [found.code for found in before_scoring(bundle, history, read.cutoff, row)]


@pytest.mark.parametrize(
    ("born", "notified", "known", "expected"),
    [
        ("2015-01-01", "2024-03-01", "", []),
        ("2006-04-02", "2024-03-01", "", []),  # the last day of being 17
        ("2006-04-01", "2024-03-01", "", ["age_outside"]),
        ("2015-01-01", "2024-03-01", "2024-04-02", ["not_in_cohort"]),
    ],
)
def test_the_child_must_be_one_of_the_cohort(
    bundle: Bundle, born: str, notified: str, known: str, expected: list[str]
) -> None:
    assert codes(bundle, WORLD.format(born=born, notified=notified, known=known)) == expected


def test_an_unknown_age_and_too_little_on_record_are_said(bundle: Bundle) -> None:
    row = {
        column.name: Answer(None, gap=Gap(column.value.table, "table"))
        for column in bundle.spec.columns
    }
    history = history_of(CHILD, {})
    found = before_scoring(bundle, history, 0, row)
    assert [reason.code for reason in found] == ["age_unknown", "not_in_cohort", "too_thin"]


def test_a_range_that_tells_nothing_is_not_given(bundle: Bundle) -> None:
    score = score_row(bundle, {c.name: Answer(0.0) for c in bundle.spec.columns})
    assert after_scoring(bundle.spec, replace(score, lowest=3, highest=14)) == []
    (untold,) = after_scoring(bundle.spec, replace(score, lowest=3, highest=15))
    assert untold.code == "range_too_wide"
    assert untold.words.en == "the range is too wide: any score from 3 to 15"
    assert "3から15" in untold.words.ja
    strict = replace(bundle.spec, doubt=Doubt(widest_range=5))
    assert after_scoring(strict, replace(score, lowest=3, highest=8))


def leaning_on(bundle: Bundle, name: str) -> Bundle:
    """The bundle, had it learnt from rows in which a column was between 0 and 3, always known."""
    place = [column.name for column in bundle.spec.columns].index(name)

    def at(values: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
        return (*values[:place], value, *values[place + 1 :])

    learnt = bundle.fitted.familiar
    familiar = Familiar(
        lowest=at(learnt.lowest, 0.0),
        highest=at(learnt.highest, 3.0),
        unanswered=at(learnt.unanswered, False),
        weight=at((0.0,) * len(learnt.weight), 1.0),
    )
    return replace(bundle, fitted=replace(bundle.fitted, familiar=familiar))


@pytest.mark.parametrize(
    ("number", "told"),
    [(3.0, None), (0.0, None), (4.0, "4 notification(s) so far"), (None, "not known")],
)
def test_a_row_unlike_all_that_was_learnt_from_is_told_by_its_answer(
    bundle: Bundle, number: float | None, told: str | None
) -> None:
    read = read_world(WORLD.format(born="2015-01-01", notified="2024-03-01", known=""))
    history = history_of(CHILD, read.case_file)
    row = {column.name: Answer(1.0) for column in bundle.spec.columns}
    gap = Gap("notifications", "table") if number is None else None
    row["notification_count_ever"] = Answer(number, gap=gap)
    learnt = leaning_on(bundle, "notification_count_ever")
    found = before_scoring(learnt, history, read.cutoff, row)
    assert [reason.code for reason in found] == ([STRANGE] if told else [])
    assert all(told in reason.words.en for reason in found if told)
