"""A row to a score: probability, range, 1 to 20, and the contribution of every column."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isclose, nan

import numpy as np

from features.engines.one_child import Answer
from models.bands import Band, band_code, score_of
from models.bundle import Bundle

TOLERANCE = 1e-6  # relative: how closely contributions must add up to the margin


class ContributionError(ArithmeticError):
    """The contributions do not add up to the score, so neither may leave."""


@dataclass(frozen=True)
class Score:
    """What the model makes of a row; `margin` is in log-odds, `low` to `high` the range.

    `contributions` holds each column's exact share of the margin (path-dependent TreeSHAP,
    Lundberg 2020); with `base` they add up to it.
    """

    probability: float
    low: float
    high: float
    score: int
    band: Band
    margin: float
    base: float
    contributions: Mapping[str, float]


def score_row(bundle: Bundle, row: Mapping[str, Answer]) -> Score:
    """The score of one row; raises ContributionError unless the contributions add up to it."""
    numbers = (row[column.name].number for column in bundle.spec.columns)
    matrix = np.array([[nan if number is None else number for number in numbers]])
    margin = float(bundle.booster.predict(matrix, raw_score=True, num_threads=1)[0])
    *shares, base = map(float, bundle.booster.predict(matrix, pred_contrib=True, num_threads=1)[0])
    if not isclose(sum(shares) + base, margin, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
        raise ContributionError("the contributions do not add up to the score")
    fitted = bundle.fitted
    score = score_of(margin, fitted.thresholds)
    low, high = fitted.calibrator.range(margin)
    return Score(
        probability=fitted.calibrator.probability(margin),
        low=low,
        high=high,
        score=score,
        band=next(band for band in fitted.bands if band.code == band_code(score)),
        margin=margin,
        base=base,
        contributions=dict(zip((c.name for c in bundle.spec.columns), shares, strict=True)),
    )
