"""The row of one child, answered twice: plain Python serves, and the compiled engine checks it.

Only plain Python names the records behind an answer; only what both engines say to the last bit
leaves. The second answer costs a fraction of the first.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import nan

import numpy as np

from features.engines.one_child import Answer, ColumnsAsked, answer_row
from features.engines.one_history import Questions
from features.errors import KizukiError
from features.histories import History
from features.language.feature import Column


def checked_row(columns: Sequence[Column], history: History, cutoff: int) -> dict[str, Answer]:
    """The row of a child and cutoff, a day number: every column answered, by column name.

    Raises KizukiError that names the columns on which the engines do not agree.
    """
    row = answer_row(columns, history, cutoff)
    said = np.array([nan if a.number is None else a.number for a in row.values()])
    differ = said.view(np.int64) != _questions(ColumnsAsked(columns)).answers(history, cutoff).view(
        np.int64
    )
    if differ.any():
        names = ", ".join(np.array(list(row))[differ])
        raise KizukiError(f"no answer, since two engines do not agree on: {names}")
    return row


def get_ready(columns: Sequence[Column]) -> None:
    """Have all that a row needs planned and compiled before the first child is asked about."""
    checked_row(columns, History("", {}), 0)


@lru_cache(maxsize=32)  # more than there are models
def _questions(asked: ColumnsAsked) -> Questions:
    return Questions([column.value for column in asked.columns])
