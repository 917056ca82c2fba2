"""Slices: fit, stop, calibrate and test, in order of time, with whole households on one side.

Under an embargo the model is fitted as if on the first day of the test slice: examples before it
whose label was not over by then are left out, since on that day nobody could have known it.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.groups import Ints
from models.measures import Numbers
from training.examples import Examples

FIT, STOP, CALIBRATE, TEST = SLICES = ("fit", "stop", "calibrate", "test")
JUDGE = "judge"  # the side of the households that calibrate and test
NOT_OVER = "label not over"
EMBARGO = "label not over on the day of fitting"
OTHER_SIDE = "household on another side"

# Households fit, stop or judge: trees that are stopped on children of their own fit remember them.
FIT_SIDE, STOP_SIDE = 0.35, 0.15  # of the households; the others judge
TEST_SHARE = 0.25  # of the examples with a label
STOP_FROM, CALIBRATE_FROM = 0.5, 0.7  # of the examples that can be learnt from

Names = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Sliced:
    """Where each example is: in one of the slices, or why it is left out.

    `test_from` is the first day of the test slice; labels of the slices before it are read as known
    on the day `learnt_by`. Both are day numbers.
    """

    where: Names
    test_from: int
    learnt_by: int

    def places(self, name: str) -> Ints:
        """The places of the examples of a slice."""
        return np.flatnonzero(self.where == name)


def slice_examples(examples: Examples, over_after: int, as_of: int, *, embargo: bool) -> Sliced:
    """Give each example its slice: by its day, and by the side of its household.

    `over_after` is how many days after the cutoff a label can be read, `as_of` the day on which
    the case file was drawn. A slice can be empty where there are too few days.
    """
    cutoffs, over = examples.cutoffs, examples.cutoffs + over_after
    days = np.sort(cutoffs[over <= as_of])
    if not len(days):
        return Sliced(np.full(len(examples), NOT_OVER), as_of, as_of)
    test_from = _day_at(days, 1 - TEST_SHARE)
    learnt_by = test_from if embargo else as_of
    learnt = days[(days < test_from) & (days + over_after <= learnt_by)]
    stop_from, calibrate_from = _day_at(learnt, STOP_FROM), _day_at(learnt, CALIBRATE_FROM)
    where = np.select(
        [
            over > as_of,
            cutoffs >= test_from,
            over > learnt_by,
            cutoffs >= calibrate_from,
            cutoffs >= stop_from,
        ],
        [NOT_OVER, TEST, EMBARGO, CALIBRATE, STOP],
        FIT,
    )
    drawn = lots(examples.households)
    side = np.select([drawn < FIT_SIDE, drawn < FIT_SIDE + STOP_SIDE], [FIT, STOP], JUDGE)
    wanted = np.where(np.isin(where, (CALIBRATE, TEST)), JUDGE, where)
    wrong_side = np.isin(where, SLICES) & (side != wanted)
    return Sliced(np.where(wrong_side, OTHER_SIDE, where), test_from, learnt_by)


def lots(households: npt.NDArray[np.object_]) -> Numbers:
    """A number from 0 up to 1 for each household, a hash of its name: whoever else there is."""
    names, place = np.unique(households.astype(str), return_inverse=True)
    digests = (hashlib.sha256(name.encode()).digest() for name in names.tolist())
    drawn: Numbers = np.array([int.from_bytes(digest[:8]) / 2**64 for digest in digests])
    return drawn[place]


def _day_at(days: Ints, share: float) -> int:
    """The day by which that share of the sorted days has passed."""
    return int(days[int(share * len(days))]) if len(days) else 0
