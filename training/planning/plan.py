"""The plan: for the hours there are, the cutoff score, and what it reaches, misses, wrongly flags.

Counted on the judged slice, on children the trees had never seen: of 100 notified children so many
are at the cutoff or above, and so many had the outcome. A plan orders the hours that are over and
above what every notification gets; it says of no child that nothing need be done.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt

from features.errors import KizukiError
from models.bands import HIGHEST_SCORE
from models.groups import Estimate, Group, Ints, estimate, in_order, resamples
from models.measures import Numbers
from training.planning.judged_slice import JudgedSlice

BY_CUTOFF = ("flagged", "reached", "missed", "wrongly_flagged")
UNSCORED = ("unscored", "unscored_with_outcome")  # the same at every cutoff
FIGURES = (*BY_CUTOFF, *UNSCORED)
SEED = 20242  # any fixed number: the same slice gives the same intervals

Draws = Sequence[Ints]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Means:
    """The hours there are in a week, those that one case takes, and how many are notified."""

    hours: float
    hours_per_case: float
    notified: float

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not 0 < value < inf:
                told = name.replace("_", "-")
                raise KizukiError(f"--{told} must be a number above 0, and not {value:g}")

    def needed(self, flagged: float) -> float:
        """The hours in a week that it takes to see to this share of the notified children."""
        return flagged * self.notified * self.hours_per_case


@dataclass(frozen=True)
class Cutoff:
    """One cutoff: the score from which a child is seen to, the hours in a week, the figures.

    `figures` are shares of all notified children, by the names of `FIGURES`.
    """

    score: int
    hours: float
    figures: Mapping[str, Estimate]


@dataclass(frozen=True)
class Plan:
    """What the hours are worth: every cutoff, the one that they suffice for, and its groups.

    `chosen` is None where they do not even suffice for the highest score; `groups` is empty then.
    The rates of a group are the figures of the chosen cutoff, as shares of its own children.
    """

    judged: JudgedSlice
    means: Means
    cutoffs: Sequence[Cutoff]
    chosen: Cutoff | None
    groups: Sequence[Group]


def make_plan(judged: JudgedSlice, means: Means) -> Plan:
    """The plan for the means, with intervals from resamples of whole households."""
    draws = list(resamples(judged.households, np.random.default_rng(SEED)))
    everybody = np.ones(len(judged.scores), dtype=bool)
    cutoffs = [
        Cutoff(score, means.needed(figures["flagged"].value), figures)
        for score, figures in enumerate(_figures(judged, everybody, draws), start=1)
    ]
    chosen = next((cutoff for cutoff in cutoffs if cutoff.hours <= means.hours), None)
    groups = list(_groups(judged, chosen.score, draws)) if chosen else []
    return Plan(judged, means, cutoffs, chosen, groups)


def count_children(scores: Ints, outcomes: Numbers) -> Numbers:
    """How many children each cutoff flags, reaches, misses and wrongly flags, by its score.

    One row for each cutoff score from 1 on, one column for each of `FIGURES`. Children without a
    score, 0, are neither flagged nor missed: they are seen to by the office's own policy, and are
    counted apart, with those of them who had the outcome.
    """
    had, had_not = (
        np.bincount(scores[outcomes == outcome], minlength=HIGHEST_SCORE + 1)[1:]
        for outcome in (1, 0)
    )
    reached, wrongly = (each[::-1].cumsum()[::-1] for each in (had, had_not))
    none = scores == 0
    unscored = (np.full(HIGHEST_SCORE, each) for each in (none.sum(), outcomes[none].sum()))
    counted = (reached + wrongly, reached, had.sum() - reached, wrongly, *unscored)
    return np.column_stack(counted).astype(float)


def _groups(judged: JudgedSlice, score: int, draws: Draws) -> Iterator[Group]:
    for field, names in judged.groups.items():
        for name in in_order(names):
            member = names.astype(str) == name
            rates = _figures(judged, member, draws)[score - 1]
            positives = int(judged.outcomes[member].sum())
            yield Group(field, name, int(member.sum()), positives, rates)


def _figures(judged: JudgedSlice, member: Flags, draws: Draws) -> list[dict[str, Estimate]]:
    """For each cutoff, the figures as shares of the members."""
    value = _shares(judged, np.flatnonzero(member))
    drawn = np.stack([_shares(judged, draw[member[draw]]) for draw in draws])
    return [
        {name: estimate(value[row, at], drawn[:, row, at]) for at, name in enumerate(FIGURES)}
        for row in range(HIGHEST_SCORE)
    ]


def _shares(judged: JudgedSlice, places: Ints) -> Numbers:
    """The counts as shares of the children at the places; NaN where there is none."""
    counted = count_children(judged.scores[places], judged.outcomes[places])
    return counted / len(places) if len(places) else np.full_like(counted, np.nan)
