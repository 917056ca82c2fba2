"""From a model's margin (log-odds) to a calibrated probability and its range: plain numbers."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from math import exp, inf, log

_MOST = 700.0  # more than that cannot be raised to a power; it is no chance at all


@dataclass(frozen=True, slots=True)
class Calibrator:
    """A fitted calibration: Platt's two numbers, and the range around them as two functions.

    The probability is the logistic of slope * margin + intercept (Platt 1999): it keeps the order
    of all margins. The range spans the Venn-Abers pairs (Vovk, Petej & Fedorova 2015) of every fold
    of past households: in each, the isotonic estimate with the case itself counted as without, and
    as with, the outcome. Both functions step: `low[i]` holds from the margin `low_from[i - 1]` on,
    `high[i]` up to the margin `high_to[i]`, these margins included; each has one value more than
    there are steps.
    """

    slope: float
    intercept: float
    low_from: tuple[float, ...]
    low: tuple[float, ...]
    high_to: tuple[float, ...]
    high: tuple[float, ...]

    def probability(self, margin: float) -> float:
        """The calibrated probability."""
        odds = self.slope * margin + self.intercept
        return 1 / (1 + exp(min(-odds, _MOST)))

    def margin(self, probability: float) -> float:
        """The margin that has this probability."""
        if not 0 < probability < 1:
            return inf if probability > 0 else -inf
        return (log(probability / (1 - probability)) - self.intercept) / self.slope

    def range(self, margin: float) -> tuple[float, float]:
        """The lowest and the highest probability that the past cases near the margin allow."""
        low = self.low[bisect_right(self.low_from, margin)]
        high = self.high[bisect_left(self.high_to, margin)]
        probability = self.probability(margin)
        return min(low, probability), max(high, probability)
