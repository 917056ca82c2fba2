"""A row to a score: probability, range, 1 to 20, and the contribution of every column."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isclose, nan

import numpy as np

from features.engines.one_child import Answer
from models.bands import Band, band_code, score_of
from models.bundle import Bundle
from models.shapley import explain

TOLERANCE = 1e-9  # relative: how closely contributions must add up to the margin


class ContributionError(ArithmeticError):
    """The contributions do not add up to the score, so neither may leave."""


@dataclass(frozen=True)
class Score:
    """What the model makes of a row; `margin` is in log-odds, `low` to `high` the range.

    `contributions` holds each column's exact share of the margin, see `models.shapley`; with `base`
    they add up to it.
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
    explained = explain(bundle.paths, matrix)
    margin, shares = float(explained.margins[0]), explained.shares[0].tolist()
    if not isclose(sum(shares) + explained.base, margin, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
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
        base=explained.base,
        contributions=dict(zip((c.name for c in bundle.spec.columns), shares, strict=True)),
    )
