"""Measures with intervals, and by audited group: a group too small to judge never looks fair."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import inf, nan
from typing import Any

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
Flags = npt.NDArray[np.bool_]
Draws = Sequence[Ints]
Measured = Callable[[Numbers, Numbers], float]  # of outcomes and probabilities


@dataclass(frozen=True)
class Rate:
    """A rate that is compared between groups.

    Of the cases with one of the `outcomes` it is the share that is flagged, which is to be from the
    threshold up, or the share that is not.
    """

    name: str
    words: Text
    outcomes: tuple[int, ...]
    flagged: bool

    def of(self, outcomes: Ints, flagged: Flags, counts: Numbers) -> Numbers:
        """The rate of cells that hold so many cases each, for every column of `counts`."""
        among = np.isin(outcomes, self.outcomes)
        cases = counts[among].sum(axis=0)
        found = counts[among & (flagged == self.flagged)].sum(axis=0)
        rates: Numbers = np.divide(found, cases, out=np.full_like(cases, nan), where=cases > 0)
        return rates


RATES = {
    rate.name: rate
    for rate in (
        Rate("false_negative_rate", Text("見逃し率", "missed"), (1,), flagged=False),
        Rate("false_positive_rate", Text("空振り率", "wrongly flagged"), (0,), flagged=True),
        Rate("selection_rate", Text("選定率", "flagged"), (0, 1), flagged=True),
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

    def measure(self, of: Measured, draw: Ints) -> float:
        """The measure of the examples at the places in `draw`."""
        return of(self.outcomes[draw], self.probabilities[draw])

    def estimates(
        self, measures: Mapping[str, Measured], chance: np.random.Generator
    ) -> dict[str, Estimate]:
        """Measures by name, each with its interval from the same resamples of whole clusters."""
        everything = np.arange(len(self.outcomes))
        draws = chain([everything], resamples(self.clusters, chance))
        drawn = ((self.outcomes[draw], self.probabilities[draw]) for draw in draws)
        found = np.array([[of(*cases) for of in measures.values()] for cases in drawn])
        return {
            name: estimate(value, values)
            for name, (value, *values) in zip(measures, found.T, strict=True)
        }


def measure_all(answered: Answered, chance: np.random.Generator) -> dict[str, Estimate]:
    """Every measure with its interval, from resamples of whole clusters."""
    return answered.estimates({name: measure.of for name, measure in MEASURES.items()}, chance)


def measure_groups(answered: Answered, chance: np.random.Generator) -> list[Group]:
    """Every group of every audited field, its rates at the top fifth of all, with intervals.

    The cases of one group that fared alike, and were flagged alike, are a cell. A resample says how
    many of each cell were drawn, and fairlearn works out the rates of each group from its cells.
    """
    if not answered.groups:
        return []
    named, cells = _cells(answered)
    counts = _counts(cells, 4 * len(named), resamples(answered.clusters, chance))
    rates = _rates(counts)
    fared = counts[:, 0].reshape(len(named), 2, 2).sum(axis=2).astype(int).tolist()
    return [
        _group(*group, count, {rate: of[place] for rate, of in rates.items()})
        for place, (group, count) in enumerate(zip(named, fared, strict=True))
    ]


def in_order(names: Iterable[str]) -> list[str]:
    """The names of groups, each once, by number and then by name: 3-5, 12-14, 18+."""
    return sorted({str(name) for name in names}, key=_by_number)


def _by_number(name: str) -> tuple[float, str]:
    begins = re.match(r"\d+", name)
    return (float(begins[0]) if begins else inf, name)


def _cells(answered: Answered) -> tuple[list[tuple[str, str]], Ints]:
    """Every group by field and name, and the cell of each example in each field.

    A group has four cells: without the outcome and not flagged, flagged, then with the outcome.
    """
    threshold = top_threshold(answered.probabilities, CHOSEN_SHARE)
    fared = 2 * (answered.outcomes == 1) + (answered.probabilities >= threshold)
    named: list[tuple[str, str]] = []
    cells = []
    for field, names in answered.groups.items():
        levels, level = np.unique(names.astype(str), return_inverse=True)
        ordered = in_order(levels)
        place = np.array([ordered.index(name) for name in levels])
        cells.append(4 * (len(named) + place[level]) + fared)
        named += [(field, name) for name in ordered]
    return named, np.array(cells)


def _counts(cells: Ints, most: int, draws: Iterator[Ints]) -> Numbers:
    """How many examples each of so many cells holds, by draw; first of all come all examples."""
    count = cells.shape[1]
    times = (np.bincount(draw, minlength=count) for draw in chain([np.arange(count)], draws))
    held = [np.bincount(cells.ravel(), np.tile(one, len(cells)), most) for one in times]
    return np.array(held, dtype=float).T


def _rates(counts: Numbers) -> dict[str, Sequence[Numbers]]:
    """By rate, that of every group in each draw; `counts` are those of cells by draws."""
    place, held = np.arange(len(counts)), np.empty(len(counts), object)
    held[:] = list(counts)  # what fairlearn parts by group has one dimension
    frame = MetricFrame(
        metrics={name: rate.of for name, rate in RATES.items()},
        y_true=place // 2 % 2,
        y_pred=place % 2 == 1,
        sensitive_features={"group": place // 4},
        sample_params={name: {"counts": held} for name in RATES},
    )
    return {name: frame.by_group[name].tolist() for name in RATES}


def _group(field: str, name: str, fared: Sequence[int], rates: Mapping[str, Numbers]) -> Group:
    """A group of so many examples without the outcome and so many with it."""
    _, positives = fared
    # Of fewer nothing is concluded, whatever their interval.
    told = sum(fared) >= LEAST_EXAMPLES
    found = {rate: estimate(of[0], of[1:] if told else ()) for rate, of in rates.items()}
    return Group(field, name, sum(fared), positives, found)


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
    drawn = np.asarray(drawn, dtype=float)
    said = drawn[~np.isnan(drawn)]
    if len(said) < len(drawn) / 2 or not len(said):
        return Estimate(float(value), nan, nan)
    low, high = np.quantile(said, [0.025, 0.975])
    return Estimate(float(value), float(low), float(high))
