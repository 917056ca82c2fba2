"""One column of what was served, held against the reference: missing, frozen, shifted or steady."""

from dataclasses import dataclass
from enum import StrEnum
from math import isnan, lgamma, log, nan, sqrt
from statistics import NormalDist

import numpy as np

from models.groups import Ints
from models.measures import Numbers
from serving.watch.bins import Bins, Cases, design_effect, psi, psi_by_chance
from serving.watch.thresholds import PSI_MOVED, THRESHOLDS


class State(StrEnum):
    """What was found about a column; of several, the one that explains the others."""

    MISSING = "missing"
    FROZEN = "frozen"
    SHIFTED = "shifted"
    MOVED = "moved"
    UNCLEAR = "insufficient evidence"
    STEADY = "steady"


@dataclass(frozen=True)
class Evidence:
    """What chance is judged by: its share in each check, and how many cases there are.

    `households` has the household of each row of the reference as a whole number. Rows of one child
    are alike, so what was served is counted in `children`.
    """

    chance: float
    households: Ints
    children: int


@dataclass(frozen=True)
class ColumnDrift:
    """How one column was served: its state, its PSI, and from where on a PSI is not chance.

    `moved_from` is the PSI from which the column counts as moved; the shares are those of missing
    values.
    """

    name: str
    state: State
    psi: float
    moved_from: float
    missing_before: float
    missing_now: float


class Compared:
    """A column before and now, NaN where missing."""

    def __init__(self, before: Numbers, now: Numbers, evidence: Evidence) -> None:
        self.before, self.now = before, now
        self.chance = evidence.chance
        bins = Bins.of(before)
        self.counts, self.served = bins.counts(before), bins.counts(now)
        alike = design_effect(bins.places(before), evidence.households)
        self.cases: Cases = (len(before) / alike, evidence.children / alike)

    def drift(self, name: str, limit: float) -> ColumnDrift:
        """What is found about the column, which is shifted from a PSI of `limit` on."""
        filled = int(((self.counts + self.served) > 0).sum())
        by_chance = psi_by_chance(filled, self.chance, self.cases)
        measured, moved_from = psi(self.counts, self.served), max(PSI_MOVED, by_chance)
        if self._went_missing():
            state = State.MISSING
        elif self._froze():
            state = State.FROZEN
        elif measured >= moved_from:
            state = State.SHIFTED if measured >= limit else State.MOVED
        else:
            state = State.UNCLEAR if by_chance > limit else State.STEADY
        return ColumnDrift(name, state, measured, moved_from, *self._missing())

    def level(self, limit: float) -> tuple[float, float]:
        """How far the average moved in standard deviations, and from where on it is not chance."""
        before, now = (values[~np.isnan(values)] for values in (self.before, self.now))
        by_chance = _sigmas(self.chance / 2) * sqrt(sum(1 / count for count in self.cases))
        spread = float(before.std()) if len(before) else 0.0
        moved = float(now.mean() - before.mean()) / spread if len(now) and spread else nan
        return moved, max(limit, by_chance)

    def _missing(self) -> tuple[float, float]:
        return self.counts[-1] / len(self.before), self.served[-1] / len(self.now)

    def _went_missing(self) -> bool:
        """Whether more values are missing than limit and chance allow (two proportions, pooled)."""
        before, now = self._missing()
        pooled = (before * self.cases[0] + now * self.cases[1]) / sum(self.cases)
        error = sqrt(pooled * (1 - pooled) * sum(1 / count for count in self.cases))
        by_chance = _sigmas(self.chance) * error
        return now - before >= max(THRESHOLDS["column_missing"].limit, by_chance)

    def _froze(self) -> bool:
        """Whether everybody has one value, and chance alone would hardly have given it to all.

        Fisher's exact test: of all who have another value, all are in the reference and none was
        served.
        """
        if isnan(self.now[0]) or (self.now != self.now[0]).any():
            return False
        others = self.cases[0] * float((self.before != self.now[0]).mean())
        by_chance = _log_ways(self.cases[0], others) - _log_ways(sum(self.cases), others)
        return by_chance < log(self.chance)


def _log_ways(of: float, chosen: float) -> float:
    return lgamma(of + 1) - lgamma(chosen + 1) - lgamma(of - chosen + 1)


def _sigmas(chance: float) -> float:
    return NormalDist().inv_cdf(1 - chance)
