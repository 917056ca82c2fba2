"""What the office decides at once: whom to screen in, whom to take into custody, who stays away.

These decisions shape the months that follow; all other work of the office is drawn afterwards.
"""

from dataclasses import dataclass

import numpy as np

from features.town.arrays import YEAR, Chance, Column, Columns, drawn, likely, weights_of
from features.town.observing import gravity
from features.town.profiles import SOURCES, Profile
from features.town.world import World

STAYS = ("custody", "foster", "residential", "kinship", "other", "infant_home")
INFANT_HOME = STAYS.index("infant_home")
CUSTODY_BY_KIND = np.array((0.8, -0.6, 1.6, 0.3))
CUSTODY_BY_SOURCE = np.array([
    {"child": 1.6, "medical": 0.9, "police": 0.1, "neighbour": -1.0, "other": -0.2}.get(source, 0.3)
    for source in SOURCES
])  # fmt: skip


@dataclass(frozen=True)
class Past:
    """How present the reports and placements of each family still are: counts that fade."""

    recent: Column
    stays: Column


def screened_in(world: World, rows: Columns, chance: Chance) -> Column:
    """Whether each row's report is taken up: one answer for all children of a report."""
    reports = int(rows["report"].max(initial=-1)) + 1
    worst = np.zeros(reports)
    np.maximum.at(worst, rows["report"], gravity(rows))
    taste = np.zeros(reports)
    taste[rows["report"]] = _practice(world, rows["family"])
    noise = chance.logistic(0, 1, reports)
    taken: Column = world.profile.screened_in + 0.8 * worst + taste + noise > 0
    return taken[rows["report"]]


def custody(world: World, rows: Columns, past: Past, chance: Chance) -> Column:
    """Whether each row's child is taken into custody because of this report."""
    family = rows["family"]
    age = rows["day"] - world.families.children["born"][rows["child"]]
    odds = (
        world.profile.custody
        + gravity(rows)
        + 1.1 * world.strain(family, rows["day"])
        + 0.5 * (age < YEAR)
        + 0.25 * np.minimum(past.recent[family], 3)
        + 0.8 * np.minimum(past.stays[family], 1)
        + CUSTODY_BY_KIND[rows["kind"]]
        + CUSTODY_BY_SOURCE[rows["source"]]
        + 0.3 * rows["index"]
        + _practice(world, family)
    )
    taken: Column = rows["screened_in"] & ~rows["again"] & (chance.random(len(odds)) < likely(odds))
    return taken


def custody_later(world: World, month: int, at_home: Columns, past: Past, chance: Chance) -> Column:
    """Which children of open cases are taken into custody without another report."""
    family = at_home["family"]
    rate = np.exp(
        world.profile.custody_later
        + 0.9 * world.risk.strain[family, month]
        + 0.5 * np.minimum(past.recent[family], 3)
        + 0.5 * np.minimum(past.stays[family], 1)
    )
    taken: Column = (past.recent[family] > 0.1) & (chance.random(len(rate)) < rate)
    return taken


def stays_of(world: World, children: Column, begun: Column, chance: Chance) -> Columns:
    """The time that children spend in custody, and in a longer placement after some of it."""
    profile, count = world.profile, len(children)
    family = world.families.children["family"][children]
    days = 2 + chance.gamma(1.3, profile.custody_days / 1.3, count).astype(int)
    longer = chance.random(count) < likely(profile.longer + 0.5 * world.strain(family, begun))
    years = 0.15 + chance.exponential(1.8, count)
    adult = world.families.children["born"][children] + int(18 * YEAR)
    moved = np.minimum(begun + days, adult)
    home = np.where(longer, moved + (years * YEAR).astype(int), moved)
    kind = _kinds_of_home(profile, begun - world.families.children["born"][children], chance)
    return {"child": children, "begun": begun, "moved": moved,
            "home": np.minimum(home, adult), "kind": kind}  # fmt: skip


def _kinds_of_home(profile: Profile, age: Column, chance: Chance) -> Column:
    weights = weights_of(STAYS[1:INFANT_HOME], profile.homes)
    kind = 1 + drawn(chance, np.tile(weights, (len(age), 1)))
    infants = profile.japanese & (age < 2 * YEAR) & (chance.random(len(age)) < 0.8)
    return np.where(infants, INFANT_HOME, kind)


def _practice(world: World, family: Column) -> Column:
    """How much more readily an office takes children than another with the same case."""
    office = world.families.homes["office"][family]
    practice: Column = 0.25 * np.sin(2.1 * office)
    return practice
