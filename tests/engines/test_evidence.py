"""Evidence is exact: without the rows that are named the answer is another; without others, not.

Evidence is of the table that is asked about. Rows of other tables decide which of its rows are
meant (the notification that an allegation is about, who lives in the household, the day of birth),
and are not named. Nor are those that only tell which day was the last: `earlier` compares with that
day, and without its rows `latest` means the day before. So the first property is stated of
questions without either step, and the second too, but for the library's many `latest()` at the
end of which all rows of the day have their say.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.engines.one_child import answer
from features.events import Event
from features.histories import History, history_of
from features.language.rows import BeforeAge, Earlier, Latest, Narrowed, Table
from features.language.values import (
    BIRTHS,
    Age,
    Asked,
    DaysSinceFirst,
    DaysSinceLast,
    Exists,
    IsOpen,
    LeastAge,
    Max,
    MostAge,
    Says,
    Spacing,
    Value,
)
from features.language.windows import YEAR_1, Lookback
from features.library import COLUMNS
from features.tables import members, notifications, observations, placements
from tests.engines.case_files import CHILDREN, case_files, days
from tests.engines.edges import CUTOFF, World, filled_in_all_ways, some_rows
from tests.engines.expressions import expressions
from tests.engines.questions import every_value

# Verbs that pick a row, of which several may give the same answer; the others put all together.
OF_SOME_ROW = (
    Exists, Says, DaysSinceLast, DaysSinceFirst, Age, IsOpen, Max, LeastAge, MostAge, Spacing,
)  # fmt: skip


def own_steps(rows: Asked) -> Iterator[Asked]:
    """The steps that narrow the rows asked about, those of the rows they refer to left out."""
    while isinstance(rows, Narrowed):
        yield rows
        rows = rows.rows


def takes(value: Value, *steps: type[Narrowed]) -> bool:
    return any(isinstance(step, steps) for step in own_steps(value.rows))


def without(history: History, table: str, ids: Set[str]) -> History:
    """The history without some rows of a table, in whatever role they stand in it."""
    events, standing = (
        {
            key: tuple(row for row in rows if key[0] != table or row.id not in ids)
            for key, rows in kept.items()
        }
        for kept in (history.events, history.standing)
    )
    made = replace(history)
    vars(made)["_found"] = events, standing  # found already, so that links stay what they were
    return made


def named(value: Value, history: History, cutoff: int) -> set[str]:
    return {row for _, row in answer(value, history, cutoff).evidence}


def others(value: Value, history: History, cutoff: int) -> set[str]:
    """The rows of the table that are not named."""
    rows = {row.id for key, rows in history.events.items() if key[0] == value.table for row in rows}
    return rows - named(value, history, cutoff)


def rests_on_what_is_named(value: Value, history: History, cutoff: int) -> bool:
    """Whether the answer is another, or that to "no rows", without its evidence."""
    before = answer(value, history, cutoff)
    after = answer(value, without(history, value.table, named(value, history, cutoff)), cutoff)
    return not before.evidence or after.number != before.number or after.number == value.empty


def rests_on_nothing_else(value: Value, history: History, cutoff: int) -> bool:
    """Whether the answer is the same without any one row that is not evidence, and without all."""
    before, rest = answer(value, history, cutoff), others(value, history, cutoff)
    return all(
        answer(value, without(history, value.table, left_out), cutoff) == before
        for left_out in (rest, *({row} for row in rest))
    )


def rests_on_each_of_them(value: Value, history: History, cutoff: int) -> bool:
    """Whether each row that is named gives the same answer alone: none is named in vain."""
    number, rows = answer(value, history, cutoff).number, named(value, history, cutoff)
    rest = others(value, history, cutoff)
    return not isinstance(value, OF_SOME_ROW) or all(
        answer(value, without(history, value.table, (rows | rest) - {row}), cutoff).number == number
        for row in rows
    )


def is_plain(value: Value) -> bool:
    """Whether the properties hold to the letter: births are rows and days to compare with."""
    about_births = value.table == BIRTHS and takes(value, BeforeAge)
    return isinstance(value.span, Lookback) and not (about_births or takes(value, Latest, Earlier))


@settings(max_examples=30)
@given(st.lists(expressions(), min_size=10, max_size=20), case_files(), days)
def test_evidence_of_any_question_is_exact(
    values: list[Value], case_file: Mapping[str, Sequence[Event]], cutoff: int
) -> None:
    for child in CHILDREN:
        history = history_of(child, case_file)
        for value in filter(is_plain, values):
            assert rests_on_what_is_named(value, history, cutoff), value
            assert rests_on_nothing_else(value, history, cutoff), value
            assert rests_on_each_of_them(value, history, cutoff), value


WORLDS: dict[str, tuple[Table, World]] = {
    "numbers": (observations, filled_in_all_ways(observations, observations.extent)),
    "flags": (notifications, filled_in_all_ways(notifications, notifications.anonymous)),
    "days of birth": (members, filled_in_all_ways(members, members.born, members.relation)),
    "spans": (placements, some_rows(placements)),
}


@pytest.mark.parametrize(("table", "world"), WORLDS.values(), ids=WORLDS)
def test_evidence_of_every_verb_is_exact(table: Table, world: World) -> None:
    """Of two rows that say the same, or one more than the other, or nothing."""
    for child, case_file in world.children.items():
        history = history_of(child, case_file)
        for value in every_value(table.within(YEAR_1)):
            assert rests_on_what_is_named(value, history, CUTOFF), value
            assert rests_on_nothing_else(value, history, CUTOFF), value
            assert rests_on_each_of_them(value, history, CUTOFF), value


of_last_days = {name for name, column in COLUMNS.items() if takes(column.value, Latest)}
of_earlier_days = {name for name, column in COLUMNS.items() if takes(column.value, Earlier)}


def test_few_columns_ask_of_earlier_days() -> None:
    assert of_last_days
    assert of_earlier_days == {"days_since_previous_notification", "days_since_first_notification"}


@settings(max_examples=20)
@given(case_files(), days)
def test_evidence_of_every_column_is_exact(
    case_file: Mapping[str, Sequence[Event]], cutoff: int
) -> None:
    history = history_of(CHILDREN[0], case_file)
    for name, column in COLUMNS.items():
        if name not in of_earlier_days:
            assert rests_on_nothing_else(column.value, history, cutoff), name
            if name not in of_last_days:
                assert rests_on_what_is_named(column.value, history, cutoff), name


@pytest.mark.parametrize("name", sorted(of_last_days))
def test_columns_of_the_last_day_have_evidence_of_one_day(name: str) -> None:
    assert COLUMNS[name].value.rows.table_name == "notifications"
