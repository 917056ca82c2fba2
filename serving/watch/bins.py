"""A column in at most eleven bins, and how far two samples lie apart in them."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from models.groups import Ints
from models.measures import Numbers

Cases = tuple[float, float]  # how many independent cases the reference and the served amount to
MISSING = "missing"
_TENTHS = np.arange(1, 10) / 10


@dataclass(frozen=True)
class Bins:
    """The bins of a column: the tenths of the reference, and one for missing values.

    A column with few values has fewer: tenths that fall on the same value are one bin. `edges` are
    the bins' upper ends; all that is higher is in the last bin, so no single value is ever shown.
    """

    edges: tuple[float, ...]

    @classmethod
    def of(cls, reference: Numbers) -> "Bins":
        """The bins that a reference sample suggests."""
        known = reference[~np.isnan(reference)]
        if not len(known):
            return cls(())
        return cls(tuple(np.unique(np.quantile(known, _TENTHS, method="inverted_cdf")).tolist()))

    @property
    def labels(self) -> list[str]:
        """The name of each bin, in an order that sorting keeps."""
        above = f"more than {self.edges[-1]:.3g}" if self.edges else "known"
        known = [*(f"up to {edge:.3g}" for edge in self.edges), above]
        return [*(f"{place:02d} {name}" for place, name in enumerate(known, start=1)), MISSING]

    def places(self, values: Numbers) -> Ints:
        """The bin of each value."""
        places = np.searchsorted(np.array(self.edges), values, side="left")
        return np.where(np.isnan(values), len(self.edges) + 1, places).astype(np.int64)

    def counts(self, values: Numbers) -> Ints:
        """How many of the values fall into each bin."""
        return np.bincount(self.places(values), minlength=len(self.edges) + 2)


def psi(reference: Ints, served: Ints) -> float:
    """The population stability index of two samples, given by their counts in the same bins.

    The symmetrised Kullback-Leibler divergence (Siddiqi 2006). Half a case is added to every bin
    that is not empty on both sides, so that a new value weighs heavily, but not infinitely.
    """
    filled = (reference + served) > 0
    before, now = ((counts[filled] + 0.5) for counts in (reference, served))
    before, now = before / before.sum(), now / now.sum()
    return float(np.sum((now - before) * np.log(now / before)))


def psi_by_chance(bins: int, chance: float, cases: Cases) -> float:
    """The PSI in that many filled bins that two samples of one population exceed with that chance.

    The PSI is then nearly chi-squared, scaled by 1/n + 1/m (Yurdakul and Naranjo 2020).
    """
    return float(chi2.isf(chance, bins - 1)) * (1 / cases[0] + 1 / cases[1]) if bins > 1 else 0.0


def design_effect(places: Ints, households: Ints) -> float:
    """How many rows count as one, since rows of one household are alike; never less than one.

    The mean over the bins of the variance of a bin's share with whole households drawn, over that
    with single rows drawn: the first-order correction of Rao and Scott (1981).
    """
    inside = places == np.unique(places)[:, None]
    shares = inside.mean(axis=1)
    if len(shares) < 2:
        return 1.0
    surplus = [np.bincount(households, each) for each in inside - shares[:, None]]
    variances = [(of**2).sum() / share for of, share in zip(surplus, shares, strict=True)]
    return max(1.0, float(sum(variances)) / len(places) / (len(shares) - 1))
