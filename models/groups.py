"""Measures with intervals, and by audited group: a group too small to judge never looks fair."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import inf, nan
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
from fairlearn.metrics import MetricFrame

from features.groups import LEAST_EXAMPLES, WIDEST_INTERVAL
from features.language.text import Text
from models.measures import MEASURES, Numbers, top_threshold

RESAMPLES = 200
LEAST_POSITIVES = 10  # with the outcome; with fewer nothing is concluded
CHOSEN_SHARE = 0.2  # groups are compared at the capacity of an office: the top fifth

Ints = npt.NDArray[np.int64]
Draws = Sequence[Ints]


@dataclass(frozen=True)
class Rate:
    """A rate that is compared between groups: a function of outcomes, probabilities, threshold."""

    name: str
    words: Text
    of: Callable[..., float]


def false_negative_rate(outcomes: Numbers, probabilities: Numbers, *, threshold: float) -> float:
    """Of the cases with the outcome, the share below the threshold: missed."""
    missed = probabilities[outcomes == 1] < threshold
    return float(missed.mean()) if len(missed) else nan


def false_positive_rate(outcomes: Numbers, probabilities: Numbers, *, threshold: float) -> float:
    """Of the cases without the outcome, the share from the threshold up: wrongly flagged."""
    flagged = probabilities[outcomes == 0] >= threshold
    return float(flagged.mean()) if len(flagged) else nan


def selection_rate(outcomes: Numbers, probabilities: Numbers, *, threshold: float) -> float:
    """The share of all cases from the threshold up."""
    return float(np.mean(probabilities >= threshold)) if len(probabilities) else nan


RATES = {
    rate.name: rate
    for rate in (
        Rate("false_negative_rate", Text("見逃し率", "missed"), false_negative_rate),
        Rate("false_positive_rate", Text("空振り率", "wrongly flagged"), false_positive_rate),
        Rate("selection_rate", Text("選定率", "flagged"), selection_rate),
    )
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured value with its 95 % bootstrap interval; NaN where it cannot be said."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


@dataclass(frozen=True)
class Group:
    """How one group fares: its examples, those with the outcome, and its rates by name."""

    field: str
    name: str
    count: int
    positives: int
    rates: Mapping[str, Estimate]

    def enough(self, rate: str) -> bool:
        """Whether there is evidence enough to conclude anything from the rate."""
        estimate = self.rates[rate]
        return (
            self.count >= LEAST_EXAMPLES
            and self.positives >= LEAST_POSITIVES
            and estimate.high - estimate.low <= WIDEST_INTERVAL
        )


class InField(Protocol):
    """What belongs to a group of an audited field."""

    @property
    def field(self) -> str: ...
    @property
    def name(self) -> str: ...


_Named = TypeVar("_Named", bound=InField)


@dataclass(frozen=True)
class Answered:
    """What is measured: outcomes, probabilities, the cluster of each example, and its groups.

    `clusters` are whole numbers: examples with the same one, such as a household's, are drawn
    together. `groups` maps each audited field to the name of each example's group.
    """

    outcomes: Numbers
    probabilities: Numbers
    clusters: Ints
    groups: Mapping[str, npt.NDArray[Any]]

    def measure(self, of: Callable[[Numbers, Numbers], float], draw: Ints) -> float:
        """The measure of the examples at the places in `draw`."""
        return of(self.outcomes[draw], self.probabilities[draw])


def measure_all(answered: Answered, chance: np.random.Generator) -> dict[str, Estimate]:
    """Every measure with its interval, from resamples of whole clusters."""
    everything = np.arange(len(answered.outcomes))
    draws = list(resamples(answered.clusters, chance))
    return {
        name: estimate(
            answered.measure(measure.of, everything),
            [answered.measure(measure.of, draw) for draw in draws],
        )
        for name, measure in MEASURES.items()
    }


def measure_groups(answered: Answered, chance: np.random.Generator) -> list[Group]:
    """Every group of every audited field, its rates at the top fifth of all, with intervals."""
    threshold = top_threshold(answered.probabilities, CHOSEN_SHARE)
    draws = list(resamples(answered.clusters, chance))
    return [
        group for field in answered.groups for group in _groups(answered, field, threshold, draws)
    ]


def in_order(groups: Sequence[_Named]) -> list[_Named]:
    """The fields as they came, and in each the groups by number, then by name: 3-5, 12-14, 18+."""
    fields = list(dict.fromkeys(group.field for group in groups))
    return sorted(groups, key=lambda g: (fields.index(g.field), *_by_number(g.name)))


def _by_number(name: str) -> tuple[float, str]:
    begins = re.match(r"\d+", name)
    return (float(begins[0]) if begins else inf, name)


def _groups(answered: Answered, field: str, threshold: float, draws: Draws) -> Iterator[Group]:
    measures = {name: partial(rate.of, threshold=threshold) for name, rate in RATES.items()}
    names = answered.groups[field]
    frame = MetricFrame(
        metrics=measures,
        y_true=answered.outcomes,
        y_pred=answered.probabilities,
        sensitive_features={field: names},
    )
    for name, values in frame.by_group.iterrows():
        member = names == name
        # Of fewer nothing is concluded, whatever their interval.
        told = draws if member.sum() >= LEAST_EXAMPLES else ()
        inside = [draw[member[draw]] for draw in told]
        rates = {
            rate: estimate(values[rate], [answered.measure(of, draw) for draw in inside])
            for rate, of in measures.items()
        }
        positives = int(answered.outcomes[member].sum())
        yield Group(field, str(name), int(member.sum()), positives, rates)


def resamples(clusters: Ints, chance: np.random.Generator) -> Iterator[Ints]:
    """Places of the examples of as many clusters, drawn with replacement, as there are."""
    order = np.argsort(clusters, kind="stable")
    names, first, sizes = np.unique(clusters[order], return_index=True, return_counts=True)
    for _ in range(RESAMPLES):
        drawn = chance.integers(len(names), size=len(names))
        ends = np.cumsum(sizes[drawn])
        begins = np.repeat(first[drawn] - (ends - sizes[drawn]), sizes[drawn])
        yield order[begins + np.arange(len(begins))]


def estimate(value: float, drawn: Sequence[float] | Numbers) -> Estimate:
    """The value with the middle 95 % of the draws; no interval where half of them say nothing."""
    said = np.array([number for number in drawn if not np.isnan(number)])
    if len(said) < len(drawn) / 2 or not len(said):
        return Estimate(float(value), nan, nan)
    low, high = np.quantile(said, [0.025, 0.975])
    return Estimate(float(value), float(low), float(high))
