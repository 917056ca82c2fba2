"""Slices in order of time (fit, stop, calibrate, test) and folds of whole households.

A household's examples are only ever judged by trees that were grown without its fold: brothers and
sisters share their history, and trees that have seen one of them remember the others.

Under an embargo the model is fitted as if on the first day of the test slice: examples before it
whose label was not over by then are left out, since on that day nobody could have known it.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.groups import Ints
from training.examples import Examples

FIT, STOP, CALIBRATE, TEST = SLICES = ("fit", "stop", "calibrate", "test")
NOT_OVER = "label not over"
EMBARGO = "label not over on the day of fitting"

FOLDS = 5  # each judged once; more cost more fits, and gain little (Hastie et al. 2009, 7.10)
TEST_SHARE = 0.25  # of the examples with a label
STOP_FROM, CALIBRATE_FROM = 0.5, 0.7  # of the examples that can be learnt from

Names = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Sliced:
    """Where each example is: in one of the slices, or why it is left out; and in which fold.

    `folds` are numbers from 0 on. `test_from` is the first day of the test slice; labels of the
    slices before it are read as known on the day `learnt_by`. Both are day numbers.
    """

    where: Names
    folds: Ints
    test_from: int
    learnt_by: int

    def places(self, name: str) -> Ints:
        """The places of the examples of a slice."""
        return np.flatnonzero(self.where == name)


def slice_examples(
    examples: Examples, unfit: Names, over_after: int, as_of: int, *, embargo: bool
) -> Sliced:
    """Give each example its slice, by its day, and its fold, by its household.

    `unfit` says why an example is left out whatever its day, and is empty for the others;
    `over_after` is how many days after the cutoff a label can be read, `as_of` the day on which
    the case file was drawn. A slice can be empty where there are too few days.
    """
    cutoffs, over = examples.cutoffs, examples.cutoffs + over_after
    folds = folds_of(examples.households)
    days = np.sort(cutoffs[(over <= as_of) & (unfit == "")])
    if not len(days):
        return Sliced(np.where(unfit == "", NOT_OVER, unfit), folds, as_of, as_of)
    test_from = _day_at(days, 1 - TEST_SHARE)
    learnt_by = test_from if embargo else as_of
    learnt = days[(days < test_from) & (days + over_after <= learnt_by)]
    stop_from, calibrate_from = _day_at(learnt, STOP_FROM), _day_at(learnt, CALIBRATE_FROM)
    where = np.select(
        [
            unfit != "",
            over > as_of,
            cutoffs >= test_from,
            over > learnt_by,
            cutoffs >= calibrate_from,
            cutoffs >= stop_from,
        ],
        [unfit, NOT_OVER, TEST, EMBARGO, CALIBRATE, STOP],
        FIT,
    )
    return Sliced(where, folds, test_from, learnt_by)


def folds_of(households: npt.NDArray[np.object_]) -> Ints:
    """The fold of each household, a hash of its name: whoever else there is."""
    names, place = np.unique(households.astype(str), return_inverse=True)
    digests = (hashlib.sha256(name.encode()).digest() for name in names.tolist())
    drawn = np.array([int.from_bytes(digest[:8]) % FOLDS for digest in digests], np.int64)
    return drawn[place]


def _day_at(days: Ints, share: float) -> int:
    """The day by which that share of the sorted days has passed."""
    return int(days[int(share * len(days))]) if len(days) else 0
