"""From a model's margin (log-odds) to a calibrated probability and its range: plain numbers."""

from bisect import bisect_right
from dataclasses import dataclass
from math import exp


@dataclass(frozen=True, slots=True)
class Calibrator:
    """A fitted calibration: Platt's two numbers, and a range that steps at `margins`.

    The probability is the logistic of slope * margin + intercept (Platt 1999): it keeps the order
    of all margins. `low` and `high` are the Venn-Abers pair (Vovk & Petej 2014) at the margin: the
    isotonic estimate with the case itself counted as without, and as with, the outcome. They have
    one element more than `margins`: element i holds from margins[i - 1] up to margins[i].
    """

    slope: float
    intercept: float
    margins: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]

    def probability(self, margin: float) -> float:
        """The calibrated probability."""
        return 1 / (1 + exp(-(self.slope * margin + self.intercept)))

    def range(self, margin: float) -> tuple[float, float]:
        """The lowest and the highest probability that the past cases near the margin allow."""
        step = bisect_right(self.margins, margin)
        probability = self.probability(margin)
        return min(self.low[step], probability), max(self.high[step], probability)
