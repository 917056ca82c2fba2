"""The shape in which every peer hands over its answers: a matrix of pairs by columns."""

import numpy as np
import numpy.typing as npt

from tests.bench.columns import QUESTIONS

Answers = npt.NDArray[np.float64]
PLACES = {name: place for place, name in enumerate(QUESTIONS)}
EMPTY = np.array([np.nan if q.empty is None else q.empty for q in QUESTIONS.values()])


def empty_answers(pairs: int) -> Answers:
    """What the columns say of pairs without any row: pairs by columns, NaN where missing."""
    answers = np.empty((pairs, len(EMPTY)), order="F")  # written a column at a time
    answers[:] = EMPTY
    return answers
