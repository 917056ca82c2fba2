"""One child through the compiled engine: the same answers as in plain Python, to the last bit."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.coverage import Covered
from features.engines.one_history import Questions
from features.events import Event
from features.histories import history_of
from features.language.values import Value
from features.language.windows import EVER, YEAR_1, YEAR_AHEAD
from features.library import COLUMNS
from features.tables import notifications
from tests.engines.both import Answers, Rows, assert_bit_equal, one_by_one
from tests.engines.case_files import CHILDREN, case_files, days
from tests.engines.expressions import expressions
from tests.engines.test_compiled import CUTOFFS, OFFICE, VALUES

LIBRARY = [column.value for column in COLUMNS.values()]
questions = st.lists(expressions(), min_size=5, max_size=15)
cutoffs = st.lists(days, min_size=1, max_size=3)


def one_after_another(
    values: Sequence[Value], files: Mapping[str, Rows], cutoffs: Sequence[int], known_by: int
) -> Answers:
    """What the compiled engine says of each child from its own history, as `one_by_one` does."""
    asked = Questions(values)
    return np.array(
        [
            asked.answers(history, cutoff, known_by)
            for child, case_file in files.items()
            for history in [history_of(child, case_file)]
            for cutoff in cutoffs
        ]
    )


def agree(values: Sequence[Value], files: Mapping[str, Rows], cutoffs: Sequence[int]) -> None:
    ours = one_after_another(values, files, cutoffs, max(cutoffs))
    assert_bit_equal(one_by_one(values, files, cutoffs, max(cutoffs)), ours, values)


@settings(max_examples=50)
@given(questions, case_files(), cutoffs)
def test_whatever_is_asked(
    values: list[Value], case_file: Mapping[str, Sequence[Event]], days: list[int]
) -> None:
    agree(values, dict.fromkeys((*CHILDREN, "nobody"), case_file), days)


def test_the_whole_library_and_children_with_more_rows_than_a_word_has_bits() -> None:
    agree([*LIBRARY, *VALUES], dict.fromkeys(("c0", "c1", "c65", "c200"), OFFICE), CUTOFFS)


def test_what_an_office_records_is_seen_in_each_history_anew() -> None:
    asked = Questions([notifications.within(YEAR_1).count()])
    whole = history_of("ann", {"notifications": []})
    since = history_of("ann", {"notifications": []}, {"notifications": Covered(first=0)})
    answers = [asked.answers(each, 0)[0] for each in (whole, since, history_of("ann", {}), whole)]
    assert np.array_equal(answers, [0, np.nan, np.nan, 0], equal_nan=True)


def test_a_question_that_looks_ahead_needs_to_know_by_when() -> None:
    ahead = Questions(
        [notifications.within(EVER).count(), notifications.following(YEAR_AHEAD).count()]
    )
    with pytest.raises(ValueError, match="by which day it must be known"):
        ahead.answers(history_of("ann", {"notifications": []}), 0)
