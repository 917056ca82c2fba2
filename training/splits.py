"""Slices in order of time (fit, stop, calibrate, test) and folds of whole households.

A household's examples are only ever judged by trees that were grown without its fold: brothers and
sisters share their history, and trees that have seen one of them remember the others.

Under an embargo the model is fitted as if on the first day of the test slice: examples before it
whose label was not over by then are left out, since on that day nobody could have known it. At the
origins of a rolling evaluation that is so each time.
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
LATER = "judged at a later origin"

FOLDS = 5  # each judged once; more cost more fits, and gain little (Hastie et al. 2009, 7.10)
TEST_SHARE = 0.2  # of the examples with a label: what is learnt comes near to it in time
STOP_FROM, CALIBRATE_FROM = 0.5, 0.7  # of the examples that can be learnt from
ORIGINS = 4  # more of them would each judge too few examples
LEARNT_FIRST = 0.2  # of the examples with a label: what the first origin learns from

Names = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Origin:
    """A day on which a model is fitted, and the days on which it is judged; all day numbers.

    What is learnt are labels as known on the day `learnt_by`; what is judged are the examples
    from `test_from` on, and before `test_until`.
    """

    learnt_by: int
    test_from: int
    test_until: int


@dataclass(frozen=True)
class Sliced:
    """Where each example is: in one of the slices, or why it is left out; and in which fold.

    `folds` are numbers from 0 on.
    """

    where: Names
    folds: Ints
    origin: Origin

    def places(self, name: str) -> Ints:
        """The places of the examples of a slice."""
        return np.flatnonzero(self.where == name)


def slice_examples(
    examples: Examples, unfit: Names, over_after: int, as_of: int, *, embargo: bool
) -> Sliced:
    """Give each example its slice, the latest of those with a label being the test slice.

    `unfit` says why an example is left out whatever its day, and is empty for the others;
    `over_after` is how many days after the cutoff a label can be read, `as_of` the day on which
    the case file was drawn. A slice can be empty where there are too few days.
    """
    days = _days_with_label(examples, unfit, over_after, as_of)
    test_from = _day_at(days, 1 - TEST_SHARE) if len(days) else as_of
    origin = Origin(test_from if embargo else as_of, test_from, as_of + 1)
    return slice_at(origin, examples, unfit, over_after, as_of)


def slice_at(
    origin: Origin, examples: Examples, unfit: Names, over_after: int, as_of: int
) -> Sliced:
    """Give each example its slice, by its day, and its fold, by its household, at an origin."""
    cutoffs, over = examples.cutoffs, examples.cutoffs + over_after
    days = _days_with_label(examples, unfit, over_after, as_of)
    learnt = days[(days < origin.test_from) & (days + over_after <= origin.learnt_by)]
    stop_from, calibrate_from = _day_at(learnt, STOP_FROM), _day_at(learnt, CALIBRATE_FROM)
    where = np.select(
        [
            unfit != "",
            over > as_of,
            cutoffs >= origin.test_until,
            cutoffs >= origin.test_from,
            over > origin.learnt_by,
            cutoffs >= calibrate_from,
            cutoffs >= stop_from,
        ],
        [unfit, NOT_OVER, LATER, TEST, EMBARGO, CALIBRATE, STOP],
        FIT,
    )
    return Sliced(where, folds_of(examples.households), origin)


def origins_of(examples: Examples, unfit: Names, over_after: int, as_of: int) -> tuple[Origin, ...]:
    """The origins of a rolling evaluation, in the order of time (Tashman 2000).

    On the first of them the labels of a first share of the examples are over; those after it have
    equally many examples to judge, each judged at one origin only. None where there are too few
    years to learn from and then to judge.
    """
    days = _days_with_label(examples, unfit, over_after, as_of)
    judged = days[days >= _day_at(days, LEARNT_FIRST) + over_after]
    if not len(judged):
        return ()
    # Where many are scored on one day, fewer origins are left.
    begins = sorted({_day_at(judged, number / ORIGINS) for number in range(ORIGINS)})
    ends = [*begins[1:], as_of + 1]
    return tuple(Origin(begin, begin, end) for begin, end in zip(begins, ends, strict=True))


def folds_of(households: npt.NDArray[np.object_]) -> Ints:
    """The fold of each household, from 0 on."""
    return (drawn(households, "", 8) % FOLDS).astype(np.int64)


def drawn(names: npt.NDArray[np.object_], purpose: str, size: int) -> npt.NDArray[np.uint64]:
    """A number of so many bytes for each name, a hash of it: whoever else there is.

    Another purpose draws other numbers.
    """
    distinct, place = np.unique(names.astype(str), return_inverse=True)
    digests = (hashlib.sha256(f"{purpose}{name}".encode()).digest() for name in distinct.tolist())
    return np.array([int.from_bytes(digest[:size]) for digest in digests], np.uint64)[place]


def _days_with_label(examples: Examples, unfit: Names, over_after: int, as_of: int) -> Ints:
    """The sorted cutoffs of the examples whose label can be read on the day `as_of`."""
    cutoffs = examples.cutoffs
    return np.sort(cutoffs[(cutoffs + over_after <= as_of) & (unfit == "")])


def _day_at(days: Ints, share: float) -> int:
    """The day by which that share of the sorted days has passed."""
    return int(days[int(share * len(days))]) if len(days) else 0
