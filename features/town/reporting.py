"""Who is reported in a month, by whom and of what.

Reports follow true harm and true risk, but also how closely a family is watched: that is the bias
of the recorded label.
"""

import numpy as np

from features.town.arrays import YEAR, Chance, Column, Columns, drawn, rows_of, stacked, weights_of
from features.town.profiles import (
    AGE_EDGES,
    KINDS,
    NEGLECT,
    PHYSICAL,
    PSYCHOLOGICAL,
    SEXUAL,
    SOURCES,
    Profile,
)
from features.town.world import World

RISK, TEMPO, NOTICED = 0.5, 0.5, 0.22  # of a report: per unit of risk, per recent one, per harm
SECOND_SOURCE = 0.06  # share of incidents that another source reports too within days

# Log weight of a kind by age band of the child: the shape of the FY2005 table [S137].
KIND_BY_AGE = np.zeros((6, 4))
KIND_BY_AGE[:, SEXUAL] = (-3.0, -2.5, -1.2, -0.2, 0.9, 1.5)
KIND_BY_AGE[:, NEGLECT] = (0.3, 0.2, 0.0, 0.0, -0.1, -0.4)
KIND_BY_AGE[:, PHYSICAL] = (-0.1, 0.0, 0.0, 0.1, 0.1, 0.2)

# Log weight of a source by kind, and the ages in years at which a source sees children at all.
SOURCE_BY_KIND = {
    "police": (-1.0, 0.5, -0.6, -1.1),
    "school": (0.9, -0.7, 0.8, 0.5),
    "nursery": (0.7, -0.7, 0.0, 0.6),
    "medical": (0.9, -1.0, 0.8, 0.4),
    "welfare": (0.3, -0.3, 0.3, 0.7),
    "health": (0.0, -0.5, -1.0, 0.9),
    "child": (0.9, -0.4, 1.2, -0.3),
}
SEEN_AT = {"school": (6, 18), "nursery": (1, 7), "health": (0, 5), "child": (8, 18)}


def age_band(age: Column) -> Column:
    """The age band of each age in days."""
    band: Column = np.searchsorted(AGE_EDGES, age / YEAR, side="right")
    return band


def readiness(profile: Profile, age: Column, children: Columns) -> Column:
    """How readily each child is reported, by age and frailty, beside its family's own rate."""
    ready: Column = np.array(profile.ages)[age_band(age)] * np.exp(0.3 * children["frail"])
    return ready


def reported_children(
    world: World, month: int, at_home: Columns, harm: Column, recent: Column, chance: Chance
) -> Columns:
    """The reports of a month: one row for each child named.

    `at_home` are the children who can be reported, `harm` how grave the harm was that each truly
    came to in the month, `recent` the fading count of reports of each family.
    """
    family = at_home["family"]
    homes = world.families.homes
    ready = readiness(world.profile, world.day(month) - at_home["born"], at_home)
    watched = homes["watched"][family]
    log_rate = (
        world.profile.report_level
        + watched
        + RISK * world.risk.strain[family, month]
        + TEMPO * np.minimum(recent[family], 2.5)
    )
    noticed = NOTICED * np.exp(0.6 * watched) * harm * ready
    rate = np.exp(log_rate) * ready + noticed
    chosen = chance.random(len(rate)) < -np.expm1(-rate)
    index = np.flatnonzero(chosen)
    index = index[np.unique(family[index], return_index=True)[1]]
    return _with_siblings(world, month, at_home, index, harm, chance)


def _with_siblings(
    world: World, month: int, at_home: Columns, index: Column, harm: Column, chance: Chance
) -> Columns:
    """The reports that begin with the `index` children, and those of their siblings named too."""
    family = at_home["family"]
    day = world.day(month) + chance.integers(0, 30, len(index))
    kind = _kinds(world, at_home, index, day, chance)
    first = np.searchsorted(family, family[index])
    size = np.searchsorted(family, family[index], side="right") - first
    report = np.repeat(np.arange(len(index)), size)
    row = first[report] + np.arange(len(report)) - np.repeat(np.cumsum(size) - size, size)
    is_index = row == index[report]
    named = np.array(world.profile.sibling_named)[kind][report]
    keep = is_index | (chance.random(len(row)) < named)
    source = _sources(world, at_home, index, day, kind, chance)
    rows = {
        "report": report,
        "family": family[row],
        "child": at_home["child"][row],
        "day": day[report],
        "source": source[report],
        "kind": _kind_of_sibling(world.profile, kind[report], is_index, chance),
        "index": is_index,
        "harm": harm[row],
        "again": np.zeros(len(row), dtype=bool),
    }
    return _second_sources(rows_of(rows, keep), len(index), chance)


def _kinds(world: World, at_home: Columns, index: Column, day: Column, chance: Chance) -> Column:
    age = day - at_home["born"][index]
    leaning = world.families.homes["leaning"][at_home["family"][index]]
    girls = 0.8 * (np.arange(len(KINDS)) == SEXUAL) * at_home["girl"][index][:, None]
    tilt = leaning + KIND_BY_AGE[age_band(age)] + girls
    return drawn(chance, weights_of(KINDS, world.profile.kinds) * np.exp(tilt))


def _sources(
    world: World, at_home: Columns, index: Column, day: Column, kind: Column, chance: Chance
) -> Column:
    homes, family = world.families.homes, at_home["family"][index]
    age = (day - at_home["born"][index]) / YEAR
    weights = np.tile(weights_of(SOURCES, world.profile.sources), (len(index), 1))
    for place, source in enumerate(SOURCES):
        weights[:, place] *= np.exp(np.array(SOURCE_BY_KIND.get(source, (0.0,) * 4))[kind])
        youngest, oldest = SEEN_AT.get(source, (0, 18))
        weights[:, place] *= (age >= youngest) & (age < oldest)
    weights[:, SOURCES.index("welfare")] *= np.exp(0.7 * homes["poor"][family])
    return drawn(chance, weights)


def _kind_of_sibling(profile: Profile, kind: Column, is_index: Column, chance: Chance) -> Column:
    """Siblings may have seen what the first child suffered, which is psychological abuse."""
    saw = np.isin(kind, (PHYSICAL, SEXUAL)) & (chance.random(len(kind)) < profile.siblings_saw)
    return np.where(saw & ~is_index, PSYCHOLOGICAL, kind)


def _second_sources(rows: Columns, reports: int, chance: Chance) -> Columns:
    """The rows with those of the same incidents reported once more, days later, by others."""
    twice = (chance.random(reports) < SECOND_SOURCE)[rows["report"]]
    later = chance.integers(0, 5, reports)
    other = chance.integers(1, len(SOURCES), reports)
    again = rows_of(rows, twice)
    report = again["report"]
    again["day"] = again["day"] + later[report]
    again["source"] = (again["source"] + other[report]) % len(SOURCES)
    again["report"] = report + reports
    again["again"] = np.ones(len(report), dtype=bool)
    return stacked([rows, again])
