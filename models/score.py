"""A row to a score: probability, range, 1 to 20, and the contribution of every column."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

import numpy as np

from features.engines.one_child import Answer
from models.bands import Band, band_code, score_of
from models.bundle import Bundle
from models.fitted import Fitted
from models.measures import Numbers
from models.shapley import Explained, explain
from models.spec import ModelSpec

TOLERANCE = 1e-9  # relative: how closely contributions must add up to the margin


class ContributionError(ArithmeticError):
    """The contributions do not add up to the score, so neither may leave."""


@dataclass(frozen=True)
class Score:
    """What the model makes of a row; `margin` is in log-odds, `low` to `high` the range.

    `lowest` to `highest` are the scores that the range spans.
    `contributions` holds each column's exact share of the margin, see `models.shapley`; with `base`
    they add up to it.
    """

    probability: float
    low: float
    high: float
    score: int
    lowest: int
    highest: int
    band: Band
    margin: float
    base: float
    contributions: Mapping[str, float]


def score_row(bundle: Bundle, row: Mapping[str, Answer]) -> Score:
    """The score of one row; raises ContributionError unless the contributions add up to it."""
    explained = explain(bundle.paths, numbers_of(bundle.spec, row))
    must_add_up(explained)
    shares = zip((c.name for c in bundle.spec.columns), explained.shares[0].tolist(), strict=True)
    return placed(bundle.fitted, float(explained.margins[0]), explained.base, dict(shares))


def must_add_up(explained: Explained) -> None:
    """Raise ContributionError unless the contributions of every row add up to its margin."""
    sums = explained.shares.sum(axis=1) + explained.base
    if not np.isclose(sums, explained.margins, rtol=TOLERANCE, atol=TOLERANCE).all():
        raise ContributionError("the contributions do not add up to the score")


def placed(fitted: Fitted, margin: float, base: float, contributions: Mapping[str, float]) -> Score:
    """The score that a margin comes to."""
    score = score_of(margin, fitted.thresholds)
    low, high = fitted.calibrator.range(margin)
    lowest, highest = scores_spanned(fitted, low, high)
    return Score(
        probability=fitted.calibrator.probability(margin),
        low=low,
        high=high,
        score=score,
        lowest=min(lowest, score),  # rounding aside, they hold it anyhow
        highest=max(highest, score),
        band=next(band for band in fitted.bands if band.code == band_code(score)),
        margin=margin,
        base=base,
        contributions=contributions,
    )


def numbers_of(spec: ModelSpec, row: Mapping[str, Answer]) -> Numbers:
    """The row as the trees read it: one row by columns, NaN where there is no answer."""
    numbers = (row[column.name].number for column in spec.columns)
    return np.array([[nan if number is None else number for number in numbers]])


def scores_spanned(fitted: Fitted, low: float, high: float) -> tuple[int, int]:
    """The scores of the lowest and the highest probability of a range."""
    lowest, highest = (
        score_of(fitted.calibrator.margin(end), fitted.thresholds) for end in (low, high)
    )
    return lowest, highest
