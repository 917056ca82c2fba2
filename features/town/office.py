"""What the office has on record of its own work: reports, allegations, inquiries and findings."""

import numpy as np

from features.town.arrays import (
    Chance,
    Column,
    Columns,
    blanked,
    likely,
    paired,
    rows_of,
    stacked,
    weights_of,
    words,
)
from features.town.profiles import KINDS, PSYCHOLOGICAL, SOURCES
from features.town.records import delays, numbered
from features.town.register import RELATIONS, relation
from features.town.world import World

# Log weight of each role as the alleged abuser, by kind of abuse [S138]: mothers and fathers most,
# others five in a hundred.
ABUSER = np.array([
    # mother father step_m step_f partner grandp unrelated
    (0.05, 0.7, 0.3, 0.9, 0.3, -2.0, -0.5),  # physical
    (-0.45, 0.7, 0.0, 0.6, 0.2, -2.5, -0.8),  # psychological
    (-2.5, 0.8, -2.5, 1.6, 1.2, -0.5, 1.0),  # sexual
    (1.6, 0.1, 0.3, -0.6, -0.8, -2.0, -1.5),  # neglect
])  # fmt: skip


def notifications(world: World, reports: Columns, chance: Chance) -> Columns:
    """One row for each child that a report names."""
    count = len(reports["day"])
    source = words(SOURCES, reports["source"])
    hidden = np.isin(source, ("neighbour", "family", "other"))
    known_by_sight = np.isin(source, ("police", "school", "nursery", "medical", "health"))
    office = world.families.homes["office"][reports["family"]]
    return {
        "happened": reports["day"],
        "known": reports["known"],
        "report": numbered("R", int(reports["report"].max()) + 1)[reports["report"]],
        "office": words([f"office-{n + 1}" for n in range(world.profile.offices)], office),
        "source": source,
        "anonymous": (hidden & (chance.random(count) < 0.35)).astype(object),
        "child_seen": (chance.random(count) < 0.3 + 0.5 * known_by_sight).astype(object),
    }


def abusers(world: World, reports: Columns, chance: Chance) -> Column:
    """The adult alleged to have abused, for each row: the same for all children of a report."""
    adults = world.families.adults
    lead = np.unique(reports["report"], return_index=True)
    family, day, kind = (reports[name][lead[1]] for name in ("family", "day", "kind"))
    first = np.searchsorted(adults["family"], family)
    report, adult = paired(first, np.searchsorted(adults["family"], family, side="right") - first)
    lives_there = (adults["joined"][adult] <= day[report]) & (adults["left"][adult] > day[report])
    report, adult = report[lives_there], adult[lives_there]
    weight = ABUSER[kind[report], adults["role"][adult]] + chance.gumbel(0, 1, len(adult))
    order = np.lexsort((weight, report))
    chosen = np.full(len(family), -1)
    chosen[report[order]] = adult[order]  # the last one written, the heaviest, stays
    return chosen[np.searchsorted(lead[0], reports["report"])]


def allegations(world: World, reports: Columns, abuser: Column, chance: Chance) -> Columns:
    """What is alleged in each notification: one kind, seldom two; `row` is the notification's."""
    count = len(reports["day"])
    first = _allegation(np.arange(count), reports["kind"], abuser)
    second = rows_of(first, chance.random(count) < world.profile.second_kind)
    weights = weights_of(KINDS, world.profile.kinds)
    other = chance.choice(len(KINDS), len(second["row"]), p=weights / weights.sum())
    second["kind"] = np.where(other == second["kind"], (other + 1) % len(KINDS), other)
    rows = stacked([first, second])
    police = SOURCES.index("police")
    violence = np.where(reports["source"][rows["row"]] == police, 0.72, 0.3)
    rows["witnessed"] = (rows["kind"] == PSYCHOLOGICAL) & (
        chance.random(len(rows["row"])) < violence
    )
    return rows


def _allegation(row: Column, kind: Column, abuser: Column) -> Columns:
    return {"row": row, "kind": kind, "abuser": abuser}


def allegation_rows(
    world: World, reports: Columns, alleged: Columns, adult_ids: Column, chance: Chance
) -> Columns:
    """Allegations in the words of the case file."""
    row, abuser = alleged["row"], alleged["abuser"]
    count = len(row)
    related = np.where(abuser < 0, -1, relation(world, reports["child"][row], abuser))
    identified = (abuser >= 0) & (chance.random(count) < 0.93)
    return {
        "row": row,
        "happened": reports["day"][row],
        "known": reports["known"][row] + delays(chance, count, 0.9, 6),
        "kind": words(KINDS, alleged["kind"]),
        "abuser": blanked(adult_ids[abuser], ~identified),
        "abuser_relation": words(RELATIONS, related),
        "witnessed_violence": blanked(alleged["witnessed"], alleged["kind"] != PSYCHOLOGICAL),
    }


def screenings(reports: Columns, chance: Chance) -> Columns:
    """What was decided at intake."""
    count = len(reports["day"])
    passed_on = chance.random(count) < 0.3
    outcome = np.where(reports["screened_in"], 0, np.where(passed_on, 2, 1))
    felt = 0.5 * reports["harm"] + 0.7 * reports["custody"] + chance.normal(0.6, 0.6, count)
    return {
        "happened": reports["day"] + (chance.random(count) < 0.2),
        "known": reports["known"] + 1 + delays(chance, count, 0.85, 3),
        "outcome": words(("screened_in", "screened_out", "referred"), outcome),
        "urgency": np.clip(np.round(felt), 0, 3),
    }


def assessments(reports: Columns, chance: Chance) -> Columns:
    """The inquiry into each notification that was screened in, and not known of already."""
    row = np.flatnonzero(reports["screened_in"] & ~reports["again"])
    count = len(row)
    grave = reports["harm"][row] + 2 * reports["custody"][row]
    begun = reports["day"][row] + 1 + delays(chance, count, 0.6, 3)
    until = begun + 10 + chance.gamma(2.0, 18 + 4 * grave).astype(int)
    kind = np.where(grave >= 3, 2, chance.integers(0, 2, count))
    known = np.maximum(begun, reports["known"][row] + 1) + delays(chance, count, 0.7, 5)
    return {
        "row": row,
        "happened": begun,
        "until": until,
        "known": known,
        "end_known": np.maximum(until, known) + delays(chance, count, 0.3, 12),
        "kind": words(("initial", "full", "protection"), kind),
    }


def findings(
    world: World,
    reports: Columns,
    alleged: Columns,
    inquiries: Columns,
    adult_ids: Column,
    chance: Chance,
) -> Columns:
    """What each inquiry found of each allegation: decided at its end, recorded later still."""
    ended = np.full(len(reports["day"]), -1)
    ended[inquiries["row"]] = inquiries["until"]
    found = rows_of(alleged, ended[alleged["row"]] >= 0)
    row = found["row"]
    count = len(row)
    odds = (
        world.profile.substantiated
        + 0.75 * reports["harm"][row]
        + 0.65 * world.strain(reports["family"][row], reports["day"][row])
        + 1.3 * reports["custody"][row]
        + 0.2 * (found["kind"] == PSYCHOLOGICAL)
    )
    true = chance.random(count) < likely(odds)
    unsure = ~true & (chance.random(count) < 0.15)
    graveness = reports["harm"][row] + chance.normal(0.3, 0.7, count)
    known = np.maximum(ended[row], reports["known"][row] + 1) + delays(chance, count, 0.15, 14)
    return {
        "row": row,
        "happened": ended[row],
        "known": known,
        "kind": words(KINDS, found["kind"]),
        "outcome": words(
            ("substantiated", "unsubstantiated", "inconclusive"), np.where(true, 0, 1 + unsure)
        ),
        "severity": np.where(true, np.clip(np.round(graveness), 1, 4), 0.0),
        "abuser": blanked(adult_ids[found["abuser"]], found["abuser"] < 0),
    }
