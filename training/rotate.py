"""Rotations: every household is judged once, by trees that have never seen it.

All calibrate and test examples are judged instead of the few that one split would spare for it, so
that calibration and measures are as certain as the case file allows. What is measured is a way of
fitting; the trees that serve are grown in the same way on all households, since no child whom they
will be asked about is among the examples (Hastie, Tibshirani & Friedman 2009, section 7.10).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median_low

import lightgbm as lgb
import numpy as np
from tqdm import trange

from models.measures import Numbers
from models.spec import Task
from training.fit import fit_trees, grow_trees, margins_of
from training.slices import Slices, Taught
from training.splits import CALIBRATE, FIT, FOLDS, STOP, TEST

Scorer = Callable[[Numbers], Numbers]  # rows to margins
Learner = Callable[[Taught, Taught], Scorer]  # what to fit, and what says when to stop


@dataclass(frozen=True)
class Growing:
    """A way to grow trees: for as long as a second set gains, or a number of them."""

    fit: Callable[[Task, Taught, Taught], lgb.Booster]
    grow: Callable[[Task, Taught, int], lgb.Booster]


ON_THIS_MACHINE = Growing(fit_trees, grow_trees)


@dataclass(frozen=True)
class Rotated:
    """The trees that serve, and the margins of those who judge by trees that never saw them."""

    booster: lgb.Booster
    calibrate: Numbers
    test: Numbers


def rotate(spec: Task, slices: Slices, growing: Growing = ON_THIS_MACHINE) -> Rotated:
    """Judge each fold by trees of the others, then grow the trees that serve on all of them.

    The trees that serve are as many as the rotations had in the median.
    """
    counts = []

    def learn(fit: Taught, stop: Taught) -> Scorer:
        grown = growing.fit(spec, fit, stop)
        counts.append(grown.num_trees())
        return partial(margins_of, grown)

    calibrate, test = unseen_margins(slices, learn)
    booster = growing.grow(spec, slices.by_name[FIT].taught, median_low(counts))
    return Rotated(booster, calibrate, test)


def unseen_trees(spec: Task, slices: Slices) -> list[Numbers]:
    """The margins of the calibrate and the test slice, by trees of the spec that saw neither."""

    def learn(fit: Taught, stop: Taught) -> Scorer:
        return partial(margins_of, fit_trees(spec, fit, stop))

    return unseen_margins(slices, learn)


def unseen_margins(
    slices: Slices, learn: Learner, judged: Sequence[str] = (CALIBRATE, TEST)
) -> list[Numbers]:
    """The margins of the slices that are judged, each fold's learnt from the others.

    In each rotation the next fold says when to stop, since trees that are stopped on households of
    their own fit grow on.
    """
    fit, stop, *parts = (slices.by_name[name] for name in (FIT, STOP, *judged))
    margins = [np.empty(len(part.outcomes)) for part in parts]
    for fold in trange(FOLDS, desc="folds", unit="fold", leave=False):
        stopping = (fold + 1) % FOLDS
        scorer = learn(
            fit.at((fit.folds != fold) & (fit.folds != stopping)).taught,
            stop.at(stop.folds == stopping).taught,
        )
        for part, own in zip(parts, margins, strict=True):
            own[part.folds == fold] = scorer(part.rows[part.folds == fold])
    return margins
