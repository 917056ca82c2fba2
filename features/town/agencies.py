"""What other agencies had on record of the families: the office learns of it, mostly late."""

import numpy as np

from features.town.arrays import MONTH, NEVER, YEAR, Chance, Column, Columns, likely, stacked, words
from features.town.families import MOTHER
from features.town.records import delays
from features.town.register import Register
from features.town.world import World

KINDS = (
    "health_check_missed", "health_check_done", "injury_treated", "hospital_stay",
    "school_absence", "police_call", "arrest", "missing",
)  # fmt: skip
CHECKS = (122, 548, 1096)  # age in days: at 4, 18 and 36 months


def agency_events(world: World, register: Register, harms: Columns, chance: Chance) -> Columns:
    """Health checks, treated injuries, absence, police calls and the like, of anybody on file."""
    parts = [
        _checks(world, register, chance),
        _treated(world, register, harms, chance),
        _of_children(world, register, "school_absence", (0.35, 0.8, 6), chance),
        _of_children(world, register, "injury_treated", (0.05, 0.2, 0), chance),
        _of_children(world, register, "hospital_stay", (0.03, 0.2, 0), chance),
        _of_children(world, register, "missing", (0.02, 0.8, 10), chance),
        _of_adults(world, register, "police_call", (0.2, 0.7), chance),
        _of_adults(world, register, "arrest", (0.015, 0.9), chance),
        _ill_carers(world, register, chance),
    ]
    events = stacked(parts)
    learnt = chance.random(len(events["person"])) < 0.8
    events = {name: column[learnt] for name, column in events.items()}
    count = len(events["person"])
    kind = events["kind"]
    lasted = np.isin(kind, (KINDS.index("school_absence"), KINDS.index("hospital_stay")))
    days = np.minimum(1 + chance.gamma(1.2, 9, count).astype(int), 90)
    known = register.learnt(events["family"], events["happened"]) + delays(chance, count, 0.55, 25)
    return {
        "happened": events["happened"],
        "known": known,
        "person": events["person"],
        "kind": words(KINDS, kind),
        "days": np.where(lasted, days, np.nan),
    }


def _events(person: Column, family: Column, happened: Column, kind: Column) -> Columns:
    return {"person": person, "family": family, "happened": happened, "kind": kind}


def _checks(world: World, register: Register, chance: Chance) -> Columns:
    child = np.repeat(np.flatnonzero(register.on_file), len(CHECKS))
    family = world.families.children["family"][child]
    due = np.tile(CHECKS, len(child) // len(CHECKS)) + chance.integers(0, 45, len(child))
    happened = world.families.children["born"][child] + due
    evasive = world.families.homes["evasive"][family]
    odds = 0.9 * world.strain(family, happened) + 0.5 * evasive - 2.2
    done = chance.random(len(child)) >= likely(odds)
    return _events(register.child_ids[child], family, happened, done.astype(int))


def _treated(world: World, register: Register, harms: Columns, chance: Chance) -> Columns:
    treated = register.on_file[harms["child"]]
    treated &= chance.random(len(treated)) < 0.06 * harms["harm"]
    child, month = harms["child"][treated], harms["month"][treated]
    happened = world.span.start + (month * MONTH).astype(int) + chance.integers(0, 30, len(child))
    happened = np.maximum(happened, world.families.children["born"][child])
    kind = np.full(len(child), KINDS.index("injury_treated"))
    family = world.families.children["family"][child]
    return _events(register.child_ids[child], family, happened, kind)


def _of_children(
    world: World, register: Register, kind: str, rate: tuple[float, float, int], chance: Chance
) -> Columns:
    """Events at a yearly rate, times exp(slope x risk), from an age in years on: `rate`."""
    yearly, slope, youngest = rate
    child = np.flatnonzero(register.on_file)
    family = world.families.children["family"][child]
    born = world.families.children["born"][child]
    who, happened = _moments(world, family, (yearly, slope), chance)
    age = happened - born[who]
    fits = (age >= youngest * YEAR) & (age < 18 * YEAR)
    who, happened = who[fits], happened[fits]
    code = np.full(len(who), KINDS.index(kind))
    return _events(register.child_ids[child[who]], family[who], happened, code)


def _of_adults(
    world: World, register: Register, kind: str, rate: tuple[float, float], chance: Chance
) -> Columns:
    adults = world.families.adults
    adult = np.flatnonzero(register.opened[adults["family"]] < NEVER)
    family = adults["family"][adult]
    who, happened = _moments(world, family, rate, chance)
    there = (happened >= adults["joined"][adult][who]) & (happened < adults["left"][adult][who])
    who, happened = who[there], happened[there]
    code = np.full(len(who), KINDS.index(kind))
    return _events(register.adult_ids[adult[who]], family[who], happened, code)


def _moments(
    world: World, family: Column, rate: tuple[float, float], chance: Chance
) -> tuple[Column, Column]:
    """When something befalls members of families: the row of the member, and the day."""
    yearly, slope = rate
    monthly = yearly / 12 * np.exp(slope * world.risk.strain[family])
    who, month = np.nonzero(chance.random(monthly.shape, dtype=np.float32) < monthly)
    happened = world.span.start + (month * MONTH).astype(int) + chance.integers(0, 30, len(who))
    return who, happened


def _ill_carers(world: World, register: Register, chance: Chance) -> Columns:
    mother, begun, _ = _mothers(world, register, world.risk.illnesses)
    stays = chance.random(len(mother)) < 0.35
    mother, begun = mother[stays], begun[stays]
    code = np.full(len(mother), KINDS.index("hospital_stay"))
    return _events(register.adult_ids[mother], world.families.adults["family"][mother], begun, code)


def _mothers(world: World, register: Register, spells: Columns) -> tuple[Column, Column, Column]:
    """The mother, first day and last day of each spell in the families on file."""
    adults = world.families.adults
    mother_of = np.full(len(register.opened), -1)
    mothers = np.flatnonzero(adults["role"] == MOTHER)
    mother_of[adults["family"][mothers]] = mothers
    held = register.opened[spells["family"]] < NEVER
    return mother_of[spells["family"][held]], spells["begun"][held], spells["ended"][held]


def benefits(world: World, register: Register, chance: Chance) -> Columns:
    """Income support of poor families and after job losses, and allowances of lone parents."""
    homes = world.families.homes
    everybody = np.arange(len(homes["first"]))
    poor, lost = homes["poor"], world.risk.job_losses
    spans = [
        (0, everybody[poor], homes["first"][poor], np.full(poor.sum(), NEVER)),
        (0, lost["family"], lost["begun"] + 60, lost["ended"] + 90),
        (1, everybody, np.maximum(homes["separated"], homes["first"]), homes["partner_joined"]),
        (2, lost["family"], lost["begun"] + 30, lost["begun"] + 270),
    ]
    shares = (0.9, 0.25, 0.7, 0.2)
    parts = []
    for (kind, family, begun, ended), share in zip(spans, shares, strict=True):
        granted = (begun < ended) & (chance.random(len(family)) < share)
        spell = {"family": family[granted], "begun": begun[granted], "ended": ended[granted]}
        mother, happened, until = _mothers(world, register, spell)
        parts.append({"mother": mother, "happened": happened, "until": until,
                      "kind": np.full(len(mother), kind)})  # fmt: skip
    rows = stacked(parts)
    family = world.families.adults["family"][rows["mother"]]
    count = len(family)
    known = register.learnt(family, rows["happened"]) + delays(chance, count, 0.4, 30)
    end_known = register.learnt(family, rows["until"]) + delays(chance, count, 0.2, 45)
    return {
        "happened": rows["happened"],
        "until": rows["until"],
        "known": known,
        "end_known": end_known,
        "person": register.adult_ids[rows["mother"]],
        "kind": words(("income_support", "child_allowance", "housing"), rows["kind"]),
    }
