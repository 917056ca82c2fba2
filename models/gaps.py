"""Gaps between groups, and between groups of two fields at once: compared with evidence or not.

A model can be fair to girls and to foreigners, and not to girls who are foreigners (Crenshaw 1989;
Kearns et al. 2018): so each pair of audited fields is looked at too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import nan

import numpy as np

from features.groups import NOT_KNOWN, Names, field_words, group_words
from features.language.text import Text
from models.groups import Answered, Estimate, Group

AND = "+"  # between two fields, and between two groups
MISSED = "false_negative_rate"  # a group without evidence of it is too small to be judged


@dataclass(frozen=True)
class Gap:
    """The largest difference of a rate between groups with evidence enough; NaN without two.

    `apart` says whether the intervals of two groups lie apart: else it may be chance.
    """

    value: float
    apart: bool


@dataclass(frozen=True)
class Compared:
    """How the groups of a field differ, by rate, and of whom nothing can be said.

    `compared` groups have evidence enough, `small` have not; `in_small` and `not_known` count the
    examples in those, and those whose group is not on record.
    """

    field: str
    compared: int
    small: int
    in_small: int
    not_known: int
    gaps: Mapping[str, Gap]


def paired(answered: Answered) -> Answered:
    """The same answers, grouped by every pair of fields; not known where one of them is not."""
    groups = answered.groups
    pairs = {
        f"{one}{AND}{other}": _joined(groups[one], groups[other])
        for one, other in combinations(groups, 2)
    }
    return replace(answered, groups=pairs)


def compare(groups: Sequence[Group]) -> list[Compared]:
    """Each field of the groups, in their order."""
    by_field: dict[str, list[Group]] = {}
    for group in groups:
        by_field.setdefault(group.field, []).append(group)
    return [_compared(field, members) for field, members in by_field.items()]


def with_evidence(groups: Sequence[Group], rate: str) -> list[Estimate]:
    """The rate of those groups that are known and have evidence enough."""
    return [g.rates[rate] for g in groups if g.name != NOT_KNOWN and g.enough(rate)]


def gap_of(estimates: Sequence[Estimate]) -> Gap:
    """The gap between the highest and the lowest."""
    if len(estimates) < 2:
        return Gap(nan, apart=False)
    values = [estimate.value for estimate in estimates]
    apart = max(e.low for e in estimates) > min(e.high for e in estimates)
    return Gap(max(values) - min(values), apart)


def gap(groups: Sequence[Group], field: str, rate: str) -> float:
    """The largest difference of a rate between groups of the field with evidence enough.

    NaN, which passes no gate, where fewer than two groups have it. Examples of which the group is
    not known are no group.
    """
    return gap_of(with_evidence([g for g in groups if g.field == field], rate)).value


def words_of_field(field: str) -> Text:
    """A field, or a pair of fields, in words."""
    told = [field_words(one) for one in field.split(AND)]
    return Text(" × ".join(one.ja for one in told), " and ".join(one.en for one in told))


def words_of_group(field: str, name: str) -> Text:
    """A group, or the group of a pair, in words."""
    if name == NOT_KNOWN:
        return group_words(field, name)
    parts = name.split(AND, 1) if AND in field else [name]
    told = [group_words(*one) for one in zip(field.split(AND), parts, strict=True)]
    return Text("・".join(one.ja for one in told), ", ".join(one.en for one in told))


def _compared(field: str, groups: Sequence[Group]) -> Compared:
    known = [group for group in groups if group.name != NOT_KNOWN]
    small = [group for group in known if not group.enough(MISSED)]
    rates = list(groups[0].rates)
    return Compared(
        field=field,
        compared=len(known) - len(small),
        small=len(small),
        in_small=sum(group.count for group in small),
        not_known=sum(group.count for group in groups if group.name == NOT_KNOWN),
        gaps={rate: gap_of(with_evidence(known, rate)) for rate in rates},
    )


def _joined(one: Names, other: Names) -> Names:
    known = (one != NOT_KNOWN) & (other != NOT_KNOWN)
    joined = one.astype(object) + AND + other.astype(object)
    return np.where(known, joined, NOT_KNOWN)
