"""The families of the town: who is born, who moves in and who moves out, fixed before a month runs.

Everything that families do of their own accord is drawn here at once; what the office does to them
follows month by month.
"""

from dataclasses import dataclass

import numpy as np

from features.town.arrays import NEVER, YEAR, Chance, Column, Columns, rows_of, stacked
from features.town.profiles import Profile

MOTHER, FATHER, STEP_MOTHER, STEP_FATHER, PARTNER, GRANDPARENT, UNRELATED = range(7)
ROLES = (
    "mother",
    "father",
    "step_mother",
    "step_father",
    "parents_partner",
    "grandparent",
    "unrelated_adult",
)


@dataclass(frozen=True)
class Span:
    """The days that the town lives through: from `start` up to and with `end`."""

    start: int
    end: int


@dataclass(frozen=True)
class Families:
    """Families with their children and the adults who live with them, each sorted by family."""

    homes: Columns
    children: Columns
    adults: Columns


def make_families(count: int, profile: Profile, span: Span, chance: Chance) -> Families:
    """That many families; those without a child in the span have rows of `homes` alone."""
    homes = _homes(count, profile, span, chance)
    return Families(homes, _children(homes, profile, span, chance), _adults(homes, chance))


def _homes(count: int, profile: Profile, span: Span, chance: Chance) -> Columns:
    share, foreign = np.array(list(profile.peoples.values())).T
    people = chance.choice(len(share), count, p=share)
    foreign = chance.random(count) < foreign[people]
    base = chance.normal(0, 1, count)
    poor = chance.random(count) < 1 / (1 + np.exp(1.9 - 0.35 * base))
    first = chance.integers(span.start - int(17.5 * YEAR), span.end, count)
    separated = first + chance.exponential(32 * YEAR * np.exp(-0.3 * base)).astype(int)
    single = chance.random(count) < 0.1 + 0.08 * poor
    separated = np.where(single, first - 400, separated)
    mother_leaves = ~single & (chance.random(count) < 0.12)
    alone = separated + (chance.exponential(6 * YEAR, count)).astype(int) + 90
    office = chance.integers(0, profile.offices, count)
    return {
        "people": people,
        "foreign": foreign,
        "poor": poor,
        "office": office,
        "base": base,
        "evasive": 0.6 * base + 0.8 * chance.normal(0, 1, count),
        "leaning": chance.gumbel(0, 1, (count, 4)) * 0.7,
        "watched": _watched(poor, foreign, office, chance),
        "first": first,
        "separated": separated,
        "mother_leaves": mother_leaves,
        "partner_joined": alone,
        "partner_left": alone + chance.exponential(7 * YEAR, count).astype(int) + 60,
    }


def _watched(poor: Column, foreign: Column, office: Column, chance: Chance) -> Column:
    """How much more readily a family is reported than another with the same true risk, in logs."""
    noise = chance.normal(0, 0.25, len(poor))
    watched: Column = 0.45 * poor + 0.4 * foreign + 0.12 * (office - office.mean()) + noise
    return watched


def _children(homes: Columns, profile: Profile, span: Span, chance: Chance) -> Columns:
    count = len(homes["first"])
    size = 1 + chance.choice(len(profile.family_sizes), count, p=profile.family_sizes)
    family = np.repeat(np.arange(count), size)
    order = np.arange(len(family)) - np.repeat(np.cumsum(size) - size, size)
    gap = chance.integers(450, 1700, len(family)) * (order > 0)
    total = np.cumsum(gap)
    born = homes["first"][family] + total - np.repeat(total[np.cumsum(size) - size], size)
    children = {
        "family": family,
        "born": born,
        "girl": chance.random(len(family)) < 0.487,
        "disabled": chance.random(len(family)) < 0.07,
        "frail": chance.normal(0, 0.4, len(family)),
        "by_partner": born > homes["partner_joined"][family] + 270,
    }
    return rows_of(children, born <= span.end)


def _adults(homes: Columns, chance: Chance) -> Columns:
    count = len(homes["first"])
    everybody = np.arange(count)
    before = homes["first"] - 400
    leaves = homes["mother_leaves"]
    separated = homes["separated"]
    mother_age = np.clip(chance.normal(29, 5, count), 17, 43)
    mother_born = homes["first"] - (mother_age * YEAR).astype(int)
    kind = chance.choice(3, count, p=(0.4, 0.45, 0.15))
    new = np.array([STEP_FATHER, PARTNER, UNRELATED])[kind]
    new = np.where(leaves & (kind == 0), STEP_MOTHER, new)

    def adults(role: Column, born: Column, joined: Column, left: Column) -> Columns:
        return {"family": everybody, "role": role, "born": born, "joined": joined, "left": left}

    spread = (chance.normal(2, 4, (2, count)) * YEAR).astype(int)
    old = mother_born - (chance.uniform(21, 34, count) * YEAR).astype(int)
    lodging = np.where(chance.random(count) < 0.13, before, NEVER)
    parts = [
        adults(np.full(count, MOTHER), mother_born, before, np.where(leaves, separated, NEVER)),
        adults(np.full(count, FATHER), mother_born - spread[0], before,
               np.where(leaves, NEVER, separated)),
        adults(new, mother_born - spread[1], homes["partner_joined"], homes["partner_left"]),
        adults(np.full(count, GRANDPARENT), old, lodging, np.full(count, NEVER)),
    ]  # fmt: skip
    all_adults = stacked(parts)
    all_adults = rows_of(all_adults, all_adults["joined"] < all_adults["left"])
    by_family = np.argsort(all_adults["family"], kind="stable")
    return rows_of(all_adults, by_family)
