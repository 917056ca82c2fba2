"""How well one column tells a group from the rest: AUROC, folded, with an interval for clusters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
import numpy.typing as npt

from features.groups import LEAST_EXAMPLES, NOT_KNOWN, WIDEST_INTERVAL, Names

NO_BETTER_THAN_CHANCE = 0.5
_Z = 1.959963984540054  # 95 % of a normal distribution lie within

Numbers = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Members = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Separation:
    """How well a column alone tells a group from the rest of those whose group is known.

    `auroc` is the chance that of one inside and one outside the column tells which is which, 0.5 to
    1, whichever way round; `low` and `high` are its 95 % interval. `enough` says whether there is
    evidence enough to conclude anything from it.
    """

    field: str
    group: str
    auroc: float
    low: float
    high: float
    enough: bool


@dataclass(frozen=True)
class Examples:
    """Who is looked at: the cluster of each example, and its group by protected field.

    Clusters are whole numbers from 0 on; those of one, such as a household, are no strangers.
    """

    clusters: Ints
    groups: Mapping[str, Names]


def separations(column: Numbers, examples: Examples) -> Iterator[Separation]:
    """How well a column, NaN where missing, tells each group of each field from the rest.

    Missing is a value of its own: it is taken as below or as above all others, whichever tells
    more. Of a field with just two groups only the smaller is measured, as the other is its mirror.
    """
    orders = list(_orders(column))
    for field, names in examples.groups.items():
        known = names != NOT_KNOWN
        clusters, ways = examples.clusters[known], [order[known] for order in orders]
        for group in _measured(names[known]):
            yield _separation(field, group, ways, names[known] == group, clusters)


def auroc_of(order: Ints, inside: Members, clusters: Ints) -> tuple[float, float]:
    """The AUROC of small whole numbers for those inside, and its standard error.

    Ties count one half (Hanley and McNeil 1982). The error is that of clustered data, from the sums
    of the placement values of each cluster (Obuchowski 1997, Biometrics 53:567): brothers and
    sisters, and a child that is reported again, are not counted as independent.
    """
    many, others = np.bincount(order[inside]), np.bincount(order[~inside])
    width = max(len(many), len(others))
    below, above = _below(others, width), 1 - _below(many, width)
    # Of one inside, the share of the others below it; of another, of those inside above it.
    placed = np.where(inside, below[order], above[order])
    auroc = float(placed[inside].mean())
    pull = (placed - auroc) / np.where(inside, many.sum(), others.sum())
    count = len(np.unique(clusters))
    return auroc, sqrt(float((np.bincount(clusters, pull) ** 2).sum()) * count / max(count - 1, 1))


def _measured(names: Names) -> list[str]:
    groups, counts = np.unique(names.astype(str), return_counts=True)
    smaller: list[str] = groups[np.argsort(counts, kind="stable")][:1].tolist()
    return smaller if len(groups) == 2 else groups.tolist()


def _separation(
    field: str, group: str, ways: Sequence[Ints], inside: Members, clusters: Ints
) -> Separation:
    if inside.all():
        return Separation(field, group, nan, nan, nan, enough=False)
    told = [auroc_of(way, inside, clusters) for way in ways]
    auroc, error = max(told, key=lambda one: abs(one[0] - 0.5))
    low, high = _folded(auroc - _Z * error, auroc + _Z * error)
    few = min(len(np.unique(clusters[side])) for side in (inside, ~inside)) < LEAST_EXAMPLES
    enough = not few and high - low <= WIDEST_INTERVAL
    return Separation(field, group, max(auroc, 1 - auroc), low, high, enough)


def _orders(column: Numbers) -> Iterator[Ints]:
    """The column as places in order from 0 on, with what is missing below, and above, the rest."""
    missing = np.isnan(column)
    values, place = np.unique(column, return_inverse=True)  # NaN comes last
    yield place
    if missing.any() and len(values) > 1:
        yield np.where(missing, 0, place + 1)


def _below(counts: Ints, width: int) -> Numbers:
    """For each place, the share of those counted that are below it; of those at it, one half."""
    counts = np.append(counts, np.zeros(width - len(counts), np.int64))
    below: Numbers = (np.cumsum(counts) - counts / 2) / counts.sum()
    return below


def _folded(low: float, high: float) -> tuple[float, float]:
    """An interval of the AUROC as one of the folded: nothing is below one half."""
    low, high = max(low, 0.0), min(high, 1.0)
    if low < NO_BETTER_THAN_CHANCE < high:
        return NO_BETTER_THAN_CHANCE, max(high, 1 - low)
    return (low, high) if low >= NO_BETTER_THAN_CHANCE else (1 - high, 1 - low)
