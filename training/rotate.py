"""Rotations: every household is judged once, by trees that have never seen it.

All calibrate and test examples are judged instead of the few that one split would spare for it, so
that calibration and measures are as certain as the case file allows. What is measured is a way of
fitting; the trees that serve are grown in the same way on all households, since no child whom they
will be asked about is among the examples (Hastie, Tibshirani & Friedman 2009, section 7.10).
"""

from dataclasses import dataclass
from statistics import median_low

import lightgbm as lgb
import numpy as np
from tqdm import trange

from models.measures import Numbers
from models.spec import ModelSpec
from training.fit import fit_trees, grow_trees, margins_of
from training.slices import Slice, Slices
from training.splits import CALIBRATE, FIT, FOLDS, STOP, TEST


@dataclass(frozen=True)
class Rotated:
    """The trees that serve, and the margins of those who judge by trees that never saw them."""

    booster: lgb.Booster
    calibrate: Numbers
    test: Numbers


def rotate(spec: ModelSpec, slices: Slices) -> Rotated:
    """Judge each fold by trees of the others, then grow the trees that serve on all of them.

    In each rotation the next fold says when to stop, since trees that are stopped on households of
    their own fit grow on; the trees that serve are as many as the rotations had in the median.
    """
    fit, stop, calibrate, test = (slices.by_name[n] for n in (FIT, STOP, CALIBRATE, TEST))
    judged = (calibrate, test)
    margins = tuple(np.empty(len(part.outcomes)) for part in judged)
    counts = []
    for fold in trange(FOLDS, desc="folds", unit="fold"):
        stopping = (fold + 1) % FOLDS
        grown = fit_trees(
            spec,
            _those(fit, (fit.folds != fold) & (fit.folds != stopping)),
            _those(stop, stop.folds == stopping),
        )
        counts.append(grown.num_trees())
        for part, own in zip(judged, margins, strict=True):
            own[part.folds == fold] = margins_of(grown, part.rows[part.folds == fold])
    booster = grow_trees(spec, (fit.rows, fit.outcomes), median_low(counts))
    return Rotated(booster, *margins)


def _those(part: Slice, chosen: np.ndarray) -> tuple[Numbers, Numbers]:
    return part.rows[chosen], part.outcomes[chosen]
