"""Drift: every column of what was served, and the scores, held against the training reference."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.groups import Ints
from serving.watch.column import ColumnDrift, Compared, Evidence, State
from serving.watch.thresholds import FALSE_ALARMS, THRESHOLDS

PROBABILITY = "probability"
_CHECKS_OF_A_COLUMN = 3  # missing, frozen, shifted


@dataclass(frozen=True)
class Drift:
    """All columns, the scores as one more of them, and how far the scores' average moved.

    `level` is in standard deviations of the reference's probabilities, NaN where nothing was
    scored; it is not chance from `level_from` on, either way.
    """

    columns: Sequence[ColumnDrift]
    score: ColumnDrift
    level: float
    level_from: float

    @property
    def moved(self) -> list[ColumnDrift]:
        """The columns whose PSI is neither small nor chance, for whatever reason."""
        return [column for column in self.columns if column.psi >= column.moved_from]

    @property
    def unclear(self) -> list[ColumnDrift]:
        """The columns, the score too, in which a shift could not be told from chance."""
        everything = [*self.columns, self.score]
        return [column for column in everything if column.state is State.UNCLEAR]


def find_drift(
    reference: pd.DataFrame, served: pd.DataFrame, households: Ints, children: int
) -> Drift:
    """Hold what was served, of that many children, against the reference and its households.

    Both frames have the columns of the row and the probability, NaN where missing.
    """
    evidence = Evidence(chance_of_a_check(len(reference.columns)), households, children)
    compared = {
        str(name): Compared(
            reference[name].to_numpy(np.float64), served[name].to_numpy(np.float64), evidence
        )
        for name in reference.columns
    }
    scores, limit = compared.pop(PROBABILITY), THRESHOLDS["column_shifted"].limit
    return Drift(
        [column.drift(name, limit) for name, column in compared.items()],
        scores.drift(PROBABILITY, THRESHOLDS["score_shifted"].limit),
        *scores.level(THRESHOLDS["score_level"].limit),
    )


def chance_of_a_check(columns: int) -> float:
    """The chance of a false alarm that each check of a watch may have."""
    return FALSE_ALARMS / (_CHECKS_OF_A_COLUMN * columns + 1)
