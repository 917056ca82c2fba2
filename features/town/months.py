"""The months of the town, one after another: harm, reports, and children taken away."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from features.town.arrays import NEVER, YEAR, Chance, Column, Columns, rows_of, stacked
from features.town.decisions import Past, custody, custody_later, screened_in, stays_of
from features.town.observing import observed
from features.town.reporting import reported_children
from features.town.risk import harm_rate
from features.town.world import World

REPORT_FADES, STAY_FADES = 0.86, 0.97  # what is left after a month of how present they still are

Progress = Callable[[Iterable[int]], Iterable[int]]


@dataclass(frozen=True)
class Course:
    """What truly happened: harm, reports with what was decided at once, and time away."""

    harms: Columns
    reports: Columns
    stays: Columns


def live(world: World, chance: Chance, progress: Progress) -> Course:
    """Let all months pass."""
    count = len(world.families.homes["first"])
    past = Past(np.zeros(count), np.zeros(count))
    away = np.full(len(world.families.children["born"]), -NEVER)
    harms, reports, stays, numbered = [], [], [], 0
    for month in progress(range(world.months)):
        at_home = _at_home(world, world.day(month), away)
        harm = _harm(world, month, at_home, chance)
        rows = reported_children(world, month, at_home, harm, past.recent, chance)
        rows = observed(world, rows, chance)
        rows["screened_in"] = screened_in(world, rows, chance)
        rows["custody"] = custody(world, rows, past, chance)
        taken = _taken(world, month, at_home, rows, past, chance)
        away[taken["child"]] = taken["home"]
        _remember(world, past, rows, taken)
        rows["report"] = rows["report"] + numbered
        numbered = int(rows["report"].max(initial=numbered - 1)) + 1
        came = harm > 0
        harms.append({"child": at_home["child"][came], "harm": harm[came],
                      "month": np.full(came.sum(), month)})  # fmt: skip
        reports.append(rows)
        stays.append(taken)
    return Course(stacked(harms), stacked(reports), stacked(stays))


def on_record(course: Course, start: int) -> Course:
    """What is on record where records begin on a day: reports since then, and stays that went on.

    Harm stays whole, since it is never on record.
    """
    reports = rows_of(course.reports, course.reports["day"] >= start)
    return Course(course.harms, reports, rows_of(course.stays, course.stays["home"] > start))


def _at_home(world: World, day: int, away: Column) -> Columns:
    """The children who are born, under age and not placed on the day, still sorted by family."""
    children = world.families.children
    born = children["born"]
    here = np.flatnonzero((born <= day) & (born > day + 36 - 18 * YEAR) & (away < day))
    return {"child": here} | rows_of(children, here)


def _harm(world: World, month: int, at_home: Columns, chance: Chance) -> Column:
    """How grave the harm was that each child truly came to in the month: 0 none to 4."""
    strain = world.risk.strain[at_home["family"], month]
    rate = harm_rate(strain, world.day(month) - at_home["born"], at_home)
    came = chance.random(len(rate)) < -np.expm1(-np.exp(rate))
    grave = 1 + chance.binomial(3, 1 / (1 + np.exp(1.3 - 0.5 * strain)))
    return np.where(came, grave, 0)


def _taken(
    world: World, month: int, at_home: Columns, rows: Columns, past: Past, chance: Chance
) -> Columns:
    """The children taken away in the month: because of a report, or out of an open case."""
    at_once = rows_of(rows, rows["custody"])
    waited = 1 + chance.exponential(6, len(at_once["day"])).astype(int)
    waited[chance.random(len(waited)) < 0.08] = 0
    later = custody_later(world, month, at_home, past, chance)
    later &= ~np.isin(at_home["child"], rows["child"])
    child = np.r_[at_once["child"], at_home["child"][later]]
    day = np.r_[at_once["day"] + waited, world.day(month) + chance.integers(0, 30, later.sum())]
    under_age = day < world.families.children["born"][child] + int(18 * YEAR) - 2
    return stays_of(world, child[under_age], day[under_age], chance)


def _remember(world: World, past: Past, rows: Columns, taken: Columns) -> None:
    reported = np.unique(rows["family"])
    past.recent[:] *= REPORT_FADES
    past.stays[:] *= STAY_FADES
    past.recent[reported] += 1
    past.stays[np.unique(world.families.children["family"][taken["child"]])] += 1
