"""The groups as rows: what each page and file shows of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from models.groups import RATES, Group
from serving.watch.fairness import SELECTION, Fairness, can_tell

INSUFFICIENT = "insufficient evidence"
_ABOUT = {
    "reference": "the children on whom the model was tested (training reference)",
    "served": "all scored children of the case file; their outcomes are not looked at",
    "outcome known": "served children whose horizon is over",
}


@dataclass(frozen=True)
class Rate:
    """A rate of a group; None where there is not evidence enough to say anything."""

    value: float | None
    low: float | None
    high: float | None

    @property
    def told(self) -> str:
        """The rate with its 95 % interval, or that there is insufficient evidence."""
        if self.value is None:
            return INSUFFICIENT
        return f"{self.value:.1%} ({self.low:.1%} to {self.high:.1%})"


@dataclass(frozen=True)
class GroupRow:
    """A group; `positives` is None where outcomes are not looked at."""

    field: str
    group: str
    count: int
    positives: int | None
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
        GroupTable(name, _ABOUT[name], rates, tuple(_row(g, rates) for g in groups))
        for name, (groups, rates) in samples.items()
        if groups
    ]


def _row(group: Group, rates: Sequence[str]) -> GroupRow:
    with_outcomes = tuple(rates) != (SELECTION,)
    return GroupRow(
        field=group.field,
        group=group.name,
        count=group.count,
        positives=group.positives if with_outcomes else None,
        rates={name: _rate(group, name) for name in rates},
    )


def _rate(group: Group, name: str) -> Rate:
    estimate = group.rates[name]
    if not can_tell(group, name) or isnan(estimate.value):
        return Rate(None, None, None)
    return Rate(estimate.value, estimate.low, estimate.high)
