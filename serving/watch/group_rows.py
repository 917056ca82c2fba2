"""The groups as rows: what each page and file shows of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isnan
from operator import attrgetter

from models.groups import RATES, Estimate, Group
from serving.watch.disclosure import WITHHELD, Count, tell_groups, tell_parts, withholds
from serving.watch.fairness import SELECTION, Fairness, can_tell

INSUFFICIENT = "insufficient evidence"
_ABOUT = {
    "reference": "the children on whom the model was tested (training reference)",
    "served": "all scored children of the case file; their outcomes are not looked at",
    "outcome known": "served children whose horizon is over",
}


@dataclass(frozen=True)
class Rate:
    """A rate of a group in whole hundredths, from which no exact count follows.

    None where there is not evidence enough to say anything, or where it is withheld.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    withheld: bool = False

    @classmethod
    def of(cls, estimate: Estimate) -> "Rate":
        """The rate as it is told."""
        return cls(round(estimate.value, 2), round(estimate.low, 2), round(estimate.high, 2))

    @property
    def told(self) -> str:
        """The rate with its 95 % interval, or why there is none."""
        if self.value is None:
            return WITHHELD if self.withheld else INSUFFICIENT
        return f"{self.value:.0%} ({self.low:.0%} to {self.high:.0%})"


@dataclass(frozen=True)
class GroupRow:
    """A group; `positives` is None where outcomes are not looked at."""

    field: str
    group: str
    count: Count
    positives: Count | None
    rates: dict[str, Rate]


@dataclass(frozen=True)
class GroupTable:
    """The groups of one sample: of the reference, of all served, or of those who fared since."""

    name: str
    about: str
    rates: tuple[str, ...]
    rows: tuple[GroupRow, ...]


def group_tables(fairness: Fairness) -> list[GroupTable]:
    """The samples that there are, the newest evidence first."""
    samples = {
        "outcome known": (fairness.fared, tuple(RATES)),
        "served": (fairness.scored, (SELECTION,)),
        "reference": (fairness.reference, tuple(RATES)),
    }
    return [
        GroupTable(name, _ABOUT[name], rates, tuple(_rows(groups, rates)))
        for name, (groups, rates) in samples.items()
        if groups
    ]


def _rows(groups: Sequence[Group], rates: Sequence[str]) -> Iterator[GroupRow]:
    """The rows of all fields, each told as a whole: a small group would follow from the others."""
    with_outcomes = tuple(rates) != (SELECTION,)
    for field, members in groupby(groups, attrgetter("field")):
        of_field = list(members)
        counts = [group.count for group in of_field]
        parts = tell_parts([group.positives for group in of_field], counts)
        for group, count, positives in zip(of_field, tell_groups(counts), parts, strict=True):
            told = {name: _rate(group, name) for name in rates}
            yield GroupRow(field, group.name, count, positives if with_outcomes else None, told)


def _rate(group: Group, name: str) -> Rate:
    estimate = group.rates[name]
    if not can_tell(group, name) or isnan(estimate.value):
        return Rate()
    return Rate(withheld=True) if withholds(group, name) else Rate.of(estimate)
