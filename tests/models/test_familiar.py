"""What is familiar is what ten rows or more have shown."""

import numpy as np
import pytest

from models.familiar import LEAST_SEEN, Familiar, familiar_of
from models.measures import Numbers

NAN = np.nan


def rows() -> Numbers:
    """100 rows of: 0 to 99; mostly missing; never missing but for nine rows; always missing."""
    counted = np.arange(100.0)
    return np.column_stack([
        counted,
        np.where(counted < 90, NAN, 5.0),
        np.where(counted < 9, NAN, 7.0),
        np.full(100, NAN),
    ])  # fmt: skip


FAMILIAR = familiar_of(rows(), np.array([2.0, 1.0, 1.0, 0.0]))


def test_limits_are_those_that_ten_rows_reach() -> None:
    assert FAMILIAR.lowest == (9.0, 5.0, 7.0, None)
    assert FAMILIAR.highest == (90.0, 5.0, 7.0, None)
    assert FAMILIAR.unanswered == (False, True, False, True)
    assert FAMILIAR.weight == (0.5, 0.25, 0.25, 0.0)


@pytest.mark.parametrize(
    ("row", "strange", "strangeness"),
    [
        ([9, 5, 7, NAN], [], 0.0),
        ([90, NAN, 7, NAN], [], 0.0),
        ([91, 5, 7, NAN], [0], 0.5),
        ([8, 6, 7, NAN], [0, 1], 0.75),
        ([50, 5, NAN, NAN], [2], 0.25),  # nobody went without an answer: not recorded any more
        ([50, 5, 7, 1], [3], 0.0),  # and here nobody had one, but the trees do not ask
    ],
)
def test_a_strange_answer_counts_by_how_much_the_trees_lean_on_it(
    row: list[float], strange: list[int], strangeness: float
) -> None:
    asked = np.array([row])
    assert FAMILIAR.strange(asked)[0].nonzero()[0].tolist() == strange
    assert FAMILIAR.strangeness(asked).tolist() == [strangeness]


def test_no_limit_is_that_of_a_single_child() -> None:
    table = rows()
    table[0, 0], table[1, 0] = -500.0, 500.0
    learnt = familiar_of(table, np.ones(4))
    assert (learnt.lowest[0] or 0) > -500
    assert (learnt.highest[0] or 0) < 500


def test_of_too_few_rows_nothing_is_familiar() -> None:
    learnt = familiar_of(rows()[: LEAST_SEEN - 1], np.zeros(4))
    assert learnt == Familiar((None,) * 4, (None,) * 4, (False,) * 4, (0.0,) * 4)
    assert learnt.strange(rows()).all()
