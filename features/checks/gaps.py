"""Months without any row of a table, between its first and its last or as declared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.coverage import ALWAYS, WHOLLY, Coverage, Covered
from features.reading import day_number
from features.tables import TABLES, children, people

YEAR = 12  # months before and after a stretch, from which is told what was to be expected of it

Days = npt.NDArray[np.datetime64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Stretch:
    """Months without a row, first and last included, written 2024-04.

    `chance` is that of so long a stretch anywhere in the table, if rows come by chance as often as
    in the year before it or in the year after it, whichever has fewer: Poisson, predicted with the
    doubt that so few rows leave (Jeffreys). Many rows of one day, as of brothers and sisters, count
    once.
    """

    first: str
    last: str
    months: int
    chance: float


@dataclass(frozen=True)
class Span:
    """The months of a table, first and last included, and those of them without a row."""

    table: str
    first: str
    last: str
    months: int
    empty: tuple[Stretch, ...]

    @property
    def empty_months(self) -> int:
        """How many months have no row."""
        return sum(stretch.months for stretch in self.empty)


def measure_gaps(kept: Mapping[str, pd.DataFrame], coverage: Coverage, as_of: date) -> list[Span]:
    """The span of each table that has rows, by the days on which they happened.

    It begins and ends with the declared coverage, where one is declared, and else with the rows.
    Tables of births have none: that nobody was born in a month is not a gap.
    """
    return [
        _span(name, frame["happened"], coverage.get(name, WHOLLY), as_of)
        for name, frame in kept.items()
        if len(frame) and TABLES[name] not in (children, people)
    ]


def _span(table: str, days: "pd.Series[Any]", covered: Covered, as_of: date) -> Span:
    happened = np.unique(days.to_numpy("datetime64[D]"))
    first, last = happened[[0, -1]].astype("datetime64[M]")
    if covered.first > -ALWAYS:  # of the declared days, only whole months are looked at
        first = _month_of(covered.first - 1) + 1
    if covered.last < ALWAYS:
        last = _month_of(min(covered.last, day_number(as_of)) + 1) - 1
    months = np.arange(first, last + 1)
    counts = (happened.astype("datetime64[M]")[:, None] == months).sum(axis=0)
    return Span(table, str(first), str(last), len(months), tuple(_stretches(months, counts)))


def _stretches(months: Days, counts: Counts) -> Iterator[Stretch]:
    for empty, places in groupby(range(len(months)), lambda place: counts[place] == 0):
        stretch = list(places)
        if empty:
            begin, end = stretch[0], stretch[-1] + 1
            sides = counts[max(0, begin - YEAR) : begin], counts[end : end + YEAR]
            chances = [len(months) * _chance(side, len(stretch)) for side in sides if len(side)]
            chance = min(1.0, max(chances, default=1.0))
            yield Stretch(str(months[begin]), str(months[end - 1]), len(stretch), chance)


def _chance(side: Counts, months: int) -> float:
    """The chance of so many months without a row, going by the rows of some other months."""
    return float((len(side) / (len(side) + months)) ** (side.sum() + 0.5))


def _month_of(day: int) -> Any:
    return np.datetime64(day, "D").astype("datetime64[M]")
