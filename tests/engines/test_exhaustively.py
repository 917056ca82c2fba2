"""Every small question, asked of rows on, before and after every edge, answered alike by both."""

from itertools import product

import numpy as np
import pytest

from features.language.fields import Field
from features.language.roles import ABUSER, ADULT, SIBLING, Role
from features.language.rows import Table
from features.language.values import Value
from features.language.windows import DAYS_30, EVER
from features.tables import (
    TABLES,
    agency_events,
    allegations,
    assessments,
    findings,
    notifications,
    observations,
    placements,
    screenings,
)
from tests.engines.both import assert_bit_equal, in_batch, one_by_one
from tests.engines.edges import (
    CUTOFF,
    KNOWN_BY,
    World,
    filled_in_all_ways,
    linked_rows,
    own_rows,
    referring_rows,
    rows_through_three_links,
)
from tests.engines.questions import every_condition, every_question, every_question_about

LINKED = [
    *product((agency_events, placements, findings), (SIBLING, ADULT, ABUSER)),
    (allegations, ABUSER),
]
REFERRING = (findings, assessments, screenings)
OPEN_FIELDS: dict[str, tuple[Table, tuple[Field, ...]]] = {
    "code and flag": (notifications, (notifications.source, notifications.anonymous)),
    "code and number": (observations, (observations.site, observations.extent)),
}


def compared(world: World, questions: list[Value]) -> int:
    """How many cells were compared: none differs, and few questions are asked in vain."""
    one = one_by_one(questions, world.children, [CUTOFF], KNOWN_BY)
    children = [*world.children, "nobody", "nor anybody"]
    batch = in_batch(questions, world.together, children, [CUTOFF], KNOWN_BY)
    assert_bit_equal(one, batch[:-2], questions)
    of_nobody = one_by_one(questions, {"nobody": world.together}, [CUTOFF], KNOWN_BY)
    assert_bit_equal(of_nobody.repeat(2, axis=0), batch[-2:], questions)
    told_apart = (one.view(np.int64) != one.view(np.int64)[0]).any(axis=0)
    assert told_apart.mean() > 0.7, "most questions have several answers"
    return one.size


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_of_own_rows(table: Table) -> None:
    assert compared(own_rows(table), every_question(table)) > 30_000


@pytest.mark.parametrize(("table", "role"), LINKED, ids=[f"{t.name} of {r}" for t, r in LINKED])
def test_of_rows_in_a_role(table: Table, role: Role) -> None:
    assert compared(linked_rows(table, role), every_question(table.of(role))) > 50_000


@pytest.mark.parametrize("role", [SIBLING, ABUSER], ids=str)
def test_of_rows_in_which_others_stand_somewhere(role: Role) -> None:
    questions: list[Value] = [
        findings.of(role, as_=as_).within(span).count()
        for as_ in (None, findings.child, findings.abuser)
        for span in (EVER, DAYS_30)
    ]
    assert compared(linked_rows(findings, role), questions) > 1_000


def test_of_rows_through_several_links() -> None:
    world, cutoffs = rows_through_three_links(), range(CUTOFF - 1, CUTOFF + 6)
    questions: list[Value] = [agency_events.of(ADULT).within(EVER).count()]
    one = one_by_one(questions, world.children, cutoffs, None)
    batch = in_batch(questions, world.together, list(world.children), cutoffs, None)
    assert_bit_equal(one, batch, questions)
    assert set(one[:, 0]) == {0, 1}, "never twice"


@pytest.mark.parametrize("table", REFERRING, ids=[table.name for table in REFERRING])
def test_of_rows_about_others(table: Table) -> None:
    questions = every_question_about(table, notifications)
    assert compared(referring_rows(table), questions) > 100_000


@pytest.mark.parametrize(("table", "fields"), OPEN_FIELDS.values(), ids=OPEN_FIELDS)
def test_of_every_condition(table: Table, fields: tuple[Field, ...]) -> None:
    questions: list[Value] = []
    for condition in every_condition(fields):
        questions.append(table.where(condition).within(EVER).count())
        questions.append(table.within(EVER).latest().where(condition).exists())
    assert compared(filled_in_all_ways(table, *fields), questions) > 20_000
