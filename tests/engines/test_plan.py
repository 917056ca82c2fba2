"""A plan takes each step once, and asks for nothing that no question reads."""

import pytest

from features.coverage import Covered
from features.engines.plan import Plan, plan_of
from features.engines.plan_rows import RowsPlanner, Slot, Stream
from features.engines.program import AND, BEGAN, BELIEVED, WHERE
from features.language.fields import Choice
from features.language.roles import SELF, SIBLING
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, YEAR_1, YEAR_AHEAD, YEARS_2
from features.library import COLUMNS
from features.tables import TABLES, allegations, findings, members, notifications

EVERYTHING = frozenset(TABLES)
POLICE = notifications.source.is_("police")
BY_POLICE = notifications.where(POLICE)


def plan(*values: Value) -> Plan:
    return plan_of(values, EVERYTHING, {})


def steps(made: Plan) -> list[int]:
    return sorted(int(op) for op in made.program.selections["op"])


def test_questions_share_every_step_up_to_where_they_part() -> None:
    made = plan(BY_POLICE.within(YEAR_1).count(), BY_POLICE.within(YEARS_2).days_since_last())
    assert steps(made) == [BELIEVED, WHERE, AND, AND, BEGAN, BEGAN]
    assert len(made.program.conditions) == 1


def test_the_same_rows_are_selected_once_whatever_is_made_of_them() -> None:
    rows = notifications.within(YEAR_1)
    made = plan(rows.count(), rows.exists(), rows.days_since_first())
    assert steps(made) == [BELIEVED, AND, BEGAN]
    assert len(set(made.program.values["source"])) == 1


def test_a_window_is_the_same_set_for_all_rows_that_are_asked_in_it() -> None:
    made = plan(notifications.within(YEAR_1).count(), BY_POLICE.within(YEAR_1).count())
    assert steps(made).count(BEGAN) == 1


def test_a_window_without_a_beginning_is_no_step() -> None:
    assert steps(plan(notifications.within(EVER).count())) == [BELIEVED]


def test_a_label_and_a_feature_are_believed_on_different_days() -> None:
    made = plan(notifications.within(EVER).count(), notifications.following(YEAR_AHEAD).count())
    believed = made.program.selections[made.program.selections["op"] == BELIEVED]
    assert believed["ahead"].tolist() == [0, 1]
    assert made.looks_ahead == notifications.following(YEAR_AHEAD).count()


def test_only_streams_and_fields_that_are_read_are_asked_for() -> None:
    made = plan(
        BY_POLICE.within(EVER).count(),
        allegations.about(notifications.within(EVER).latest()).count(),
        findings.of(SIBLING).within(EVER).max(findings.severity),
    )
    assert made.streams == (
        Stream("notifications", SELF),
        Stream("allegations", SELF),
        Stream("findings", SIBLING),
    )
    assert made.slots == (
        Slot(0, "source"),
        Slot(0, "id"),
        Slot(1, "notification"),
        Slot(2, "severity"),
    )


def test_what_is_never_answered_is_not_planned() -> None:
    asked = [notifications.within(EVER).count(), findings.within(EVER).count()]
    made = plan_of(asked, frozenset({"findings"}), {})
    assert made.program.values["column"].tolist() == [1]
    kinds = {"findings": Covered(kinds=frozenset({"neglect"}))}
    of_a_kind = findings.where(findings.kind.is_("physical")).within(EVER).count()
    assert len(plan_of([of_a_kind], EVERYTHING, kinds).program.values) == 0


def test_none_is_taken_back_only_where_something_is_not_covered() -> None:
    asked = [notifications.within(YEAR_1).count(), findings.within(YEAR_1).max(findings.severity)]
    assert len(plan_of(asked, EVERYTHING, {}).program.gaps) == 0
    since = {"notifications": Covered(first=0), "findings": Covered(first=0)}
    gaps = plan_of(asked, EVERYTHING, since).program.gaps
    assert gaps["value"].tolist() == [0], "without rows, the largest is missing anyhow"


def test_the_library_shares_most_of_its_steps() -> None:
    values = [column.value for column in COLUMNS.values()]
    alone = sum(len(plan(value).program.selections) for value in values)
    assert 2 * len(plan(*values).program.selections) < alone


def test_a_choice_with_more_codes_than_a_word_has_bits_is_refused() -> None:
    class Wide(Choice):
        """As many codes as no table has."""

    words = Text("語", "word")
    field = Wide(words, {f"code{number}": words for number in range(64)})
    field.table, field.name = "members", "wide"
    with pytest.raises(TypeError, match=r"members\.wide has over 63 codes"):
        RowsPlanner().condition(field.is_("code1"), members)
