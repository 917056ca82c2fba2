"""The baselines beside the trees: on the same children, each judged by what others taught."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.groups import Answered, Draws, Estimate, estimate, resamples
from models.measures import MEASURES, OVER_BASELINES, Numbers
from models.spec import Task
from training.baselines.ways import Way, baselines
from training.rotate import unseen_margins
from training.slices import Slices

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
    _, margins = unseen_margins(slices, lambda fit, stop: way.fit(fit, stop).score)
    reached = _reached(replace(trees, probabilities=margins), draws)
    gained = by_trees - reached
    return Beside(way.name, *(estimate(of[0], of[1:]) for of in (reached, gained)))


def _reached(answered: Answered, draws: Draws) -> Numbers:
    """The AUROC in each draw."""
    return np.array([answered.measure(MEASURES["auroc"].of, draw) for draw in draws])
