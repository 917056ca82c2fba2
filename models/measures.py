"""The measures: one table, read by the gates of a model and by the watch over its answers.

Each is a function of the outcomes, 0 or 1, and the predicted probabilities, one of each an example;
it is NaN where it cannot be said, as an AUROC of children who all fared alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import ceil, nan
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from features.language.text import Text

Numbers = npt.NDArray[np.float64]

MOST_STEPS = 50  # Newton's method takes about 6; without an end the outcomes are separable
_Z95 = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Measure:
    """A measure: its name, words, function, and whether higher is better; None where 1 or 0 is."""

    name: str
    words: Text
    of: Callable[[Numbers, Numbers], float]
    higher_is_better: bool | None


def auroc(outcomes: Numbers, probabilities: Numbers) -> float:
    """The chance that a random case with the outcome is ranked above one without; ties count half.

    Mann and Whitney's U, divided by the number of pairs.
    """
    levels, level = np.unique(probabilities, return_inverse=True)
    with_outcome = np.bincount(level, outcomes, len(levels))
    without = np.bincount(level, 1 - outcomes, len(levels))
    pairs = with_outcome.sum() * without.sum()
    above = with_outcome * (np.cumsum(without) - without / 2)
    return float(above.sum() / pairs) if pairs else nan


def average_precision(outcomes: Numbers, probabilities: Numbers) -> float:
    """The precision at each case with the outcome, averaged; cases that tie are taken together."""
    levels, level = np.unique(-probabilities, return_inverse=True)
    found = np.bincount(level, outcomes, len(levels))
    precision = np.cumsum(found) / np.cumsum(np.bincount(level, minlength=len(levels)))
    return float((found * precision).sum() / found.sum()) if found.any() else nan


def top_threshold(probabilities: Numbers, share: float) -> float:
    """The probability from which a case is among the top `share`; cases that tie with it are in."""
    place = len(probabilities) - max(1, ceil(share * len(probabilities) - 1e-9))
    return float(np.partition(probabilities, place)[place])


def recall_at_top(outcomes: Numbers, probabilities: Numbers, *, share: float) -> float:
    """Of all cases with the outcome, the share that is among the top `share`."""
    chosen = probabilities >= top_threshold(probabilities, share)
    return float(outcomes[chosen].sum() / outcomes.sum()) if outcomes.any() else nan


def precision_at_top(outcomes: Numbers, probabilities: Numbers, *, share: float) -> float:
    """Of the cases among the top `share`, the share with the outcome."""
    return float(outcomes[probabilities >= top_threshold(probabilities, share)].mean())


def brier(outcomes: Numbers, probabilities: Numbers) -> float:
    """The mean squared distance between probability and outcome."""
    return float(np.mean((probabilities - outcomes) ** 2))


def calibration_slope(outcomes: Numbers, probabilities: Numbers) -> float:
    """The slope of the outcomes on the log-odds; below 1 the probabilities are too far apart.

    A logistic regression with an intercept (Cox 1958).
    """
    log_odds = _log_odds(probabilities)
    inputs = np.column_stack([np.ones_like(log_odds), log_odds])
    return _logistic(inputs, np.zeros_like(log_odds), outcomes)[1]


def calibration_intercept(outcomes: Numbers, probabilities: Numbers) -> float:
    """Calibration in the large: the log-odds to add so that as many are expected as there are.

    A logistic regression of the intercept alone, the slope held at 1 (Van Calster et al. 2016).
    """
    log_odds = _log_odds(probabilities)
    return _logistic(np.ones((len(log_odds), 1)), log_odds, outcomes)[0]


def wilson_interval(positives: int, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (Wilson 1927)."""
    share, z2 = positives / count, _Z95**2
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    spread = share * (1 - share) / count + z2 / (4 * count**2)
    half = _Z95 * spread**0.5 / (1 + z2 / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def _log_odds(probabilities: Numbers) -> Numbers:
    kept = np.clip(probabilities, 1e-9, 1 - 1e-9)
    return np.log(kept / (1 - kept))


def _logistic(inputs: Numbers, offset: Numbers, outcomes: Numbers) -> list[float]:
    """The coefficients of a logistic regression by Newton's method; NaN where there are none."""
    found = np.zeros(inputs.shape[1])
    for _ in range(MOST_STEPS):
        expected = 1 / (1 + np.exp(-np.clip(offset + inputs @ found, -30, 30)))
        curvature = (inputs * (expected * (1 - expected))[:, None]).T @ inputs
        try:
            step = np.linalg.solve(curvature, inputs.T @ (outcomes - expected))
        except np.linalg.LinAlgError:
            break
        found = found + step
        if np.abs(step).max() < 1e-10:
            return [float(number) for number in found]
    return [nan] * len(found)


def _at_top(share: float) -> tuple[Measure, Measure]:
    percent = f"{share:.0%}"
    return (
        Measure(
            f"recall_top_{share * 100:.0f}",
            Text(f"上位{percent}の再現率", f"recall in the top {percent}"),
            partial(recall_at_top, share=share),
            higher_is_better=True,
        ),
        Measure(
            f"precision_top_{share * 100:.0f}",
            Text(f"上位{percent}の適合率", f"precision in the top {percent}"),
            partial(precision_at_top, share=share),
            higher_is_better=True,
        ),
    )


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("auroc", Text("順位の正しさ（AUROC）", "AUROC"), auroc, higher_is_better=True),
        Measure(
            "average_precision",
            Text("平均適合率", "average precision"),
            average_precision,
            higher_is_better=True,
        ),
        *_at_top(0.05),
        *_at_top(0.10),
        *_at_top(0.20),
        Measure("brier", Text("ブライアスコア", "Brier score"), brier, higher_is_better=False),
        Measure(
            "calibration_slope",
            Text("較正の傾き（1が適正）", "calibration slope (1 is right)"),
            calibration_slope,
            higher_is_better=None,
        ),
        Measure(
            "calibration_intercept",
            Text("較正の切片（0が適正）", "calibration intercept (0 is right)"),
            calibration_intercept,
            higher_is_better=None,
        ),
    )
}

# What gates ask of all answers together, by more than outcomes and probabilities.
ABSTENTION, RANGE_HELD, OVER_BASELINES = "abstention_rate", "range_held", "auroc_over_baselines"
OF_ALL: dict[str, Text] = {
    ABSTENTION: Text("スコアを出さない割合", "share without a score"),
    RANGE_HELD: Text("幅の成り立った割合", "share of cells in which the range held"),
    OVER_BASELINES: Text(
        "最も良い簡単な方法とのAUROCの差", "AUROC above that of the best simpler way"
    ),
}


def words_of_measure(name: str) -> Text:
    """What a gate asks for, in words."""
    return MEASURES[name].words if name in MEASURES else OF_ALL[name]
