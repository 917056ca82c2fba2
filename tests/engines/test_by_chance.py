"""Whatever is asked of whatever case file, both engines say the same; and neither looks ahead."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.case_file import CaseFile
from features.engines import batch
from features.engines.batch_tables import BatchTables
from features.engines.one_child import answer
from features.events import Event, contradictions
from features.histories import history_of
from features.language.values import Value
from features.language.windows import EVER, YEAR_AHEAD, Lookback
from features.tables import children, notifications
from tests.engines.both import AS_OF, assert_bit_equal, in_batch, one_by_one
from tests.engines.case_files import CHILDREN, FIRST_DAY, LAST_DAY, PEOPLE, case_files, days
from tests.engines.expressions import expressions

EVERY_DAY = range(FIRST_DAY, LAST_DAY + 1)
questions = st.lists(expressions(), min_size=5, max_size=15)


def both(
    values: Sequence[Value], case_file: Mapping[str, Sequence[Event]], known_by: int
) -> np.ndarray:
    """The answers of both engines about everybody on every day, which must be the same."""
    apart = dict.fromkeys((*PEOPLE, "nobody"), case_file)
    one = one_by_one(values, apart, EVERY_DAY, known_by)
    assert_bit_equal(one, in_batch(values, case_file, list(apart), EVERY_DAY, known_by), values)
    return one


@settings(max_examples=75)
@given(questions, case_files(), days)
def test_engines_agree(
    values: list[Value], case_file: Mapping[str, Sequence[Event]], known_by: int
) -> None:
    both(values, case_file, known_by)


looking_back = st.lists(
    expressions().filter(lambda value: isinstance(value.span, Lookback)), min_size=5, max_size=15
)


@settings(max_examples=40)
@given(looking_back, case_files(), days)
def test_what_comes_after_the_cutoff_changes_no_answer(
    values: list[Value], case_file: Mapping[str, Sequence[Event]], cutoff: int
) -> None:
    """Rows recorded later or withdrawn by then are as good as absent; later withdrawals and ends
    as good as none."""
    as_it_was = {
        name: [
            replace(
                event,
                withdrawn=None,
                until=None if event.until is not None and event.until > cutoff else event.until,
            )
            for event in events
            if event.known <= cutoff and (event.withdrawn is None or event.withdrawn > cutoff)
        ]
        for name, events in case_file.items()
    }
    now, then = (
        one_by_one(values, dict.fromkeys(PEOPLE, file), [cutoff], None)
        for file in (case_file, as_it_was)
    )
    assert_bit_equal(now, then, values)
    assert_bit_equal(now, in_batch(values, case_file, PEOPLE, [cutoff], None), values)
    assert_bit_equal(now, in_batch(values, as_it_was, PEOPLE, [cutoff], None), values)
    assert not any(event.happened > cutoff for events in as_it_was.values() for event in events), (
        "what has not happened cannot be on record"
    )


@settings(max_examples=40)
@given(looking_back, case_files(), days)
def test_evidence_is_on_record_on_the_cutoff(
    values: list[Value], case_file: Mapping[str, Sequence[Event]], cutoff: int
) -> None:
    on_record = {
        (name, event.id)
        for name, events in case_file.items()
        for event in events
        if event.believed_on(cutoff)
    }
    for child in CHILDREN:
        history = history_of(child, case_file)
        for value in values:
            made = answer(value, history, cutoff)
            assert set(made.evidence) <= on_record
            assert made.evidence or made.number == (value.empty if made.recorded else None)


@given(case_files())
def test_the_case_files_are_valid_and_not_empty_by_chance(
    case_file: Mapping[str, Sequence[Event]],
) -> None:
    for events in case_file.values():
        assert not contradictions(events, [event.id for event in events])
        assert all(event.happened <= event.known for event in events)


def test_an_empty_case_file_tells_nothing() -> None:
    value = notifications.within(EVER).count()
    assert np.isnan(in_batch([value], {}, ["ann"], [0], None)).all()
    assert answer(value, history_of("ann", {}), 0).recorded is False


def test_an_order_of_pairs_that_is_not_sorted_is_kept() -> None:
    born = Event("a", 0, 0, None, None, {"child": "ann"})
    value = children.within(EVER).count()
    answers = in_batch([value], {"children": [born]}, ["x", "ann", "y", "ann"], [0], None)
    assert answers[:, 0].tolist() == [0, 1, 0, 1]


def test_a_question_that_looks_ahead_needs_to_know_by_when() -> None:
    ahead = notifications.following(YEAR_AHEAD).count()
    with pytest.raises(ValueError, match="by which day it must be known"):
        in_batch([ahead], {"notifications": []}, ["ann"], [0], None)
    with pytest.raises(ValueError, match="by which day it must be known"):
        answer(ahead, history_of("ann", {"notifications": []}), 0)


def test_many_pairs_are_answered_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    born = [Event(name, 0, 0, None, None, {"child": name}) for name in CHILDREN]
    tables = BatchTables(CaseFile.of_events(AS_OF, {"children": born[:2]}))
    value, told = children.within(EVER).days_since_last(), list[int]()
    monkeypatch.setattr(batch, "PAIRS_AT_ONCE", 2)
    answers = batch.answer_all(
        [value], tables, ["ann", "bea", "cid", "bea", "ann"], np.arange(5), done=told.append
    )
    assert np.array_equal(answers[:, 0], [0, 1, np.nan, 3, 4], equal_nan=True)
    assert sum(told) == len(answers)
    assert set(told) <= {1, 2}
