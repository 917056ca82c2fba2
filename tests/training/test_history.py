"""Which version answered on a day, from the decisions on record."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ledger import (
    CHALLENGES,
    PROMOTED,
    PROPOSED,
    ROLLED_BACK,
    STOOD_DOWN,
    Decision,
    champions,
)
from training.champions.history import answering

MODEL = "placement_24m"
MONDAY = datetime(2024, 4, 1, 9, tzinfo=UTC)


def decided(*acts: tuple[int, str, int]) -> list[Decision]:
    """Decisions, each by its day, act and version."""
    return [
        Decision(MONDAY + timedelta(days=day), act, MODEL, version, "d", "A", "why")
        for day, act, version in acts
    ]


HISTORY = decided(
    (0, PROPOSED, 1), (2, PROMOTED, 1), (4, CHALLENGES, 2), (6, PROMOTED, 2), (6, ROLLED_BACK, 1),
    (8, CHALLENGES, 3), (9, STOOD_DOWN, 3),
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "answered"),
    [
        (-1, []),
        (0, []),
        (2, [(1, None)]),
        (3, [(1, None)]),
        (4, [(1, None), (1, 2)]),
        (5, [(1, 2)]),
        (6, [(1, 2), (2, None), (1, None)]),
        (7, [(1, None)]),
        (8, [(1, None), (1, 3)]),
        (400, [(1, None)]),
    ],
)
def test_who_answered_on_a_day(day: int, answered: list[tuple[int, int | None]]) -> None:
    begin = (MONDAY + timedelta(days=day)).replace(hour=0)
    told = answering(HISTORY, begin, begin + timedelta(days=1))
    assert [(c.version, b.version if b else None) for c, b in told] == answered


ACTS = st.lists(st.tuples(st.sampled_from([PROPOSED, PROMOTED, CHALLENGES, STOOD_DOWN]),
                          st.integers(1, 4)), max_size=12)  # fmt: skip


@given(ACTS)
def test_rolling_back_as_often_as_was_promoted_leads_through_all_of_them(
    acts: Sequence[tuple[str, int]],
) -> None:
    history = decided(*((day, act, version) for day, (act, version) in enumerate(acts)))
    promotions = [d.version for d in history if d.act == PROMOTED]
    went = []
    while len(standing := champions(history)) > 1:
        went.append(standing[-1].version)
        history += decided((len(history), ROLLED_BACK, standing[-2].version))
    went += [decision.version for decision in champions(history)]
    assert went == promotions[::-1]
