"""What leaves of a child is what two engines say of it, to the last bit."""

import numpy as np
import pytest

from features.engines.checked_row import checked_row, get_ready
from features.engines.one_child import answer_row
from features.engines.one_history import Questions
from features.errors import KizukiError
from features.events import Event
from features.histories import History, history_of
from features.library import COLUMNS

LIBRARY = list(COLUMNS.values())
CHILD = history_of(
    "ann",
    {
        "children": [Event("c", 0, 0, None, None, {"child": "ann"})],
        "notifications": [
            Event("n", 4000, 4000, None, None, {"child": "ann", "source": "police"}),
        ],
    },
)


def test_both_say_the_same_and_what_is_said_comes_with_its_evidence() -> None:
    get_ready(LIBRARY)
    row = checked_row(LIBRARY, CHILD, 4001)
    assert row == answer_row(LIBRARY, CHILD, 4001)
    assert row["notification_count_ever"].evidence == (("notifications", "n"),)
    assert any(answer.number is None for answer in row.values())


def test_where_they_differ_nothing_is_said_but_where(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "notification_count_6m"
    answers = Questions.answers

    def off_by_a_bit(self: Questions, history: History, cutoff: int) -> np.ndarray:
        said = answers(self, history, cutoff)
        place = list(COLUMNS).index(name)
        said[place] = np.nextafter(said[place], 2)
        return said

    monkeypatch.setattr(Questions, "answers", off_by_a_bit)
    with pytest.raises(KizukiError, match=f"do not agree on: {name}$"):
        checked_row(LIBRARY, CHILD, 4001)
