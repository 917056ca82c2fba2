"""When no score is given, and why."""

from dataclasses import replace

import pytest

from features.coverage import Gap
from features.engines.one_child import Answer, answer_row
from features.histories import history_of
from models.bundle import Bundle
from models.cannot_tell import after_scoring, before_scoring
from models.score import score_row
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
    return [found.code for found in before_scoring(bundle.spec, history, read.cutoff, row)]


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
    found = before_scoring(bundle.spec, history, 0, row)
    assert [reason.code for reason in found] == ["age_unknown", "not_in_cohort", "too_thin"]


def test_a_range_that_tells_nothing_is_not_given(bundle: Bundle) -> None:
    score = score_row(bundle, {c.name: Answer(0.0) for c in bundle.spec.columns})
    assert after_scoring(replace(score, low=0.1, high=0.35)) == []
    assert [r.code for r in after_scoring(replace(score, low=0.1, high=0.45))] == ["range_too_wide"]
