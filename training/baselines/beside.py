"""The baselines beside the trees: on the same children, each judged by what others taught."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from models.groups import Answered, Draws, Estimate, estimate, resamples
from models.measures import MEASURES, OVER_BASELINES, Numbers
from models.spec import Task
from training.baselines.ways import Way, baselines
from training.rotate import Scorer, unseen_margins
from training.slices import Slices, Taught
from training.splits import TEST

MOST_TAUGHT = 25_000  # examples with the outcome, and as many without; told in the report
SEED = 20245  # any fixed number: the same test slice gives the same intervals


@dataclass(frozen=True)
class Beside:
    """A baseline, its AUROC, and by how much the trees' is higher: below 0 where it is lower.

    The interval of the gain is of the same resamples of households for both.
    """

    name: str
    auroc: Estimate
    gain: Estimate


def measure_baselines(spec: Task, slices: Slices, trees: Answered) -> list[Beside]:
    """Each baseline beside the answers of the trees to the test slice, where a gate asks for it."""
    if not any(gate.measure == OVER_BASELINES for gate in spec.gates):
        return []
    draws = [
        np.arange(len(trees.outcomes)),
        *resamples(trees.clusters, np.random.default_rng(SEED)),
    ]
    reached = _reached(trees, draws)
    return [_beside(way, slices, trees, draws, reached) for way in baselines(spec)]


def least_gain(beside: Sequence[Beside]) -> float:
    """By how much the trees are better than the best of the baselines; NaN without any."""
    return min((one.gain.value for one in beside), default=np.nan)


def baseline_table(beside: Sequence[Beside]) -> list[list[str]]:
    """The baselines as rows of text under a heading; nothing where there are none."""
    heading = ["baseline", "its AUROC", "the trees' less it"]
    return [heading, *([one.name, str(one.auroc), str(one.gain)] for one in beside)]


def _beside(way: Way, slices: Slices, trees: Answered, draws: Draws, by_trees: Numbers) -> Beside:
    def learn(fit: Taught, stop: Taught) -> Scorer:
        return way.fit(_spread(fit), _spread(stop)).score

    (margins,) = unseen_margins(slices, learn, (TEST,))
    reached = _reached(replace(trees, probabilities=margins), draws)
    gained = by_trees - reached
    return Beside(way.name, *(estimate(of[0], of[1:]) for of in (reached, gained)))


def _spread(taught: Taught) -> Taught:
    """At most so many of each outcome, spread evenly: a few hundred numbers need no more."""
    chosen = np.zeros(len(taught.outcomes), dtype=bool)
    for outcome in (0, 1):
        places = np.flatnonzero(taught.outcomes == outcome)
        chosen[places[:: ceil(len(places) / MOST_TAUGHT) or 1]] = True
    if chosen.all():
        return taught
    weights = None if taught.weights is None else taught.weights[chosen]
    return Taught(taught.rows[chosen], taught.outcomes[chosen], weights)


def _reached(answered: Answered, draws: Draws) -> Numbers:
    """The AUROC in each draw."""
    return np.array([answered.measure(MEASURES["auroc"].of, draw) for draw in draws])
