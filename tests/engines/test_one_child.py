"""A row shares what its columns have in common, and each column is answered as if asked alone."""

from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from features.engines.one_child import answer, answer_row
from features.events import Event
from features.histories import history_of
from features.language.feature import Column, fingerprint
from features.language.values import Value
from features.language.windows import EVER, TODAY, YEAR_1, Lookback
from features.tables import notifications, placements
from tests.engines.case_files import CHILDREN, case_files, days
from tests.engines.expressions import expressions

Rows = Mapping[str, Sequence[Event]]
looking_back = expressions().filter(lambda value: isinstance(value.span, Lookback))


def columns_of(values: Sequence[Value]) -> list[Column]:
    return [
        Column(f"c{place}", f"c{place}", value.span, value, fingerprint(value))
        for place, value in enumerate(values)
        if isinstance(value.span, Lookback)
    ]


@settings(max_examples=60)
@given(st.lists(looking_back, min_size=5, max_size=15), case_files(), case_files(), days, days)
def test_a_row_is_made_of_the_answers_to_its_columns(
    values: list[Value], one: Rows, other: Rows, day: int, another_day: int
) -> None:
    """Whoever was asked about before, and on whichever day."""
    columns = columns_of(values)
    for case_file, cutoff in ((one, day), (other, day), (one, another_day), (one, day)):
        for child in CHILDREN:
            history = history_of(child, case_file)
            alone = {column.name: answer(column.value, history, cutoff) for column in columns}
            assert answer_row(columns, history, cutoff) == alone


def test_columns_that_ask_the_same_keep_their_names_and_their_order() -> None:
    values: list[Value] = [
        notifications.within(EVER).count(),
        notifications.within(YEAR_1).count(),
        notifications.within(EVER).count(),
        placements.within(TODAY).is_open(),
    ]
    columns = columns_of(values)
    rows = [Event(str(day), day, day, None, None, {"child": "ann"}) for day in (0, 400)]
    history = history_of("ann", {"notifications": rows})
    row = answer_row(columns, history, 500)
    assert [(name, made.number) for name, made in row.items()] == [
        ("c0", 2), ("c1", 1), ("c2", 2), ("c3", None),
    ]  # fmt: skip
    assert list(answer_row(columns[::-1], history, 500)) == ["c3", "c2", "c1", "c0"]
    assert list(answer_row(columns[:2], history, 0).values()) == [
        answer(value, history, 0) for value in values[:2]
    ]
