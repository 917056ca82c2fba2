"""Whether the range held on cases it has never seen: over time, and in every audited group.

Of one child nobody can see whether a probability was right. So those examined are parted into
cells of like probability, and each cell's share with the outcome is held against the mean of its
ranges, with as much play as the share itself is uncertain (its Wilson interval).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Protocol

import numpy as np
import numpy.typing as npt

from features.groups import LEAST_EXAMPLES
from features.reading import calendar_day
from models.groups import Answered, Ints, in_order
from models.measures import Numbers, wilson_interval

CELLS = 10  # tenths by probability, fewer where they would hold too few examples
PERIODS = 4  # of the test slice, in order of time
ALL, TIME = "all", "time"


class Ranged(Protocol):
    """The ends of the range of each example."""

    @property
    def low(self) -> Numbers: ...
    @property
    def high(self) -> Numbers: ...


@dataclass(frozen=True)
class Held:
    """How the range of some examples held: `held` of `cells` did; none where there are too few.

    `share` is the share with the outcome with its interval, `low` to `high` the mean range.
    """

    field: str
    name: str
    count: int
    share: tuple[float, float, float]
    low: float
    high: float
    cells: int
    held: int

    @property
    def enough(self) -> bool:
        """Whether there is evidence enough to conclude anything."""
        return self.cells > 0

    @property
    def beside(self) -> int:
        """1 where more had the outcome than the range allows, -1 where fewer, else 0."""
        _, least, most = self.share
        return int(least > self.high) - int(most < self.low)


def held_ranges(answered: Answered, told: Ranged, cutoffs: Ints | None) -> list[Held]:
    """Of all examples, of each period and of each audited group, how the range held.

    Without cutoffs there are no periods.
    """
    periods = () if cutoffs is None else _periods(cutoffs)
    everybody = (ALL, ALL, np.arange(len(answered.outcomes)))
    chosen = [everybody, *periods, *_groups(answered.groups)]
    return [_held(answered, told, field, name, places) for field, name, places in chosen]


def share_held(ranges: Sequence[Held]) -> float:
    """Of the cells of all periods, the share that held; NaN where there is none."""
    periods = [held for held in ranges if held.field == TIME]
    cells = sum(held.cells for held in periods)
    return sum(held.held for held in periods) / cells if cells else nan


def range_table(ranges: Sequence[Held]) -> list[list[str]]:
    """How the range of all, and of each period, held, as rows of text under a heading."""
    heading = ["range", "examples", "with the outcome", "mean range", "held"]
    return [heading, *(_told(held) for held in ranges if held.field in (ALL, TIME))]


def _told(held: Held) -> list[str]:
    told = f"{held.held} of {held.cells} cells" if held.enough else "insufficient evidence"
    ends = f"{held.low:.3f} to {held.high:.3f}"
    return [held.name, str(held.count), f"{held.share[0]:.3f}", ends, told]


def _periods(cutoffs: Ints) -> Iterator[tuple[str, str, Ints]]:
    """The examples in order of time, in parts of as many; a day is never parted."""
    order = np.argsort(cutoffs, kind="stable")
    parts = np.array_split(order, min(PERIODS, len(order)))
    begins = np.unique([int(cutoffs[part[0]]) for part in parts])
    part = np.searchsorted(begins, cutoffs, side="right")
    for number in range(1, len(begins) + 1):
        places = np.flatnonzero(part == number)
        first, last = (calendar_day(int(day)) for day in np.sort(cutoffs[places])[[0, -1]])
        yield TIME, f"{first} – {last}", places


def _groups(groups: Mapping[str, npt.NDArray[np.object_]]) -> Iterator[tuple[str, str, Ints]]:
    for field, names in groups.items():
        for name in in_order(names):
            yield field, name, np.flatnonzero(names == name)


def _held(answered: Answered, told: Ranged, field: str, name: str, places: Ints) -> Held:
    cells = _cells(answered.probabilities, places)
    positives = int(answered.outcomes[places].sum())
    return Held(
        field=field,
        name=name,
        count=len(places),
        share=(positives / len(places), *wilson_interval(positives, len(places))),
        low=float(told.low[places].mean()),
        high=float(told.high[places].mean()),
        cells=len(cells),
        held=sum(_holds(answered, told, cell) for cell in cells),
    )


def _cells(probabilities: Numbers, places: Ints) -> Sequence[Ints]:
    count = min(CELLS, len(places) // LEAST_EXAMPLES)
    order = places[np.argsort(probabilities[places], kind="stable")]
    return np.array_split(order, count) if count else []


def _holds(answered: Answered, told: Ranged, cell: Ints) -> bool:
    least, most = wilson_interval(int(answered.outcomes[cell].sum()), len(cell))
    return bool(least <= told.high[cell].mean() and most >= told.low[cell].mean())
