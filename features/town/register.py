"""Whom the office has on file: families that were ever reported, with all their children.

An office knows nothing of the others, so the case file of N children is that of the first families
reported, in the order of their numbers, that together have no more than N.
"""

from dataclasses import dataclass

import numpy as np

from features.town.arrays import NEVER, YEAR, Chance, Column, Columns, mates, paired, rows_of, words
from features.town.families import (
    FATHER,
    MOTHER,
    PARTNER,
    ROLES,
    STEP_FATHER,
    STEP_MOTHER,
    UNRELATED,
)
from features.town.records import delays, numbered
from features.town.world import World

SIBLING, HALF_SIBLING = len(ROLES), len(ROLES) + 1
RELATIONS = (*ROLES, "sibling", "half_sibling")


@dataclass(frozen=True)
class Register:
    """Who is on file, under which identifier, and since when the office has known of them."""

    opened: Column  # by family: the day it became known to the office
    on_file: Column  # by child
    child_ids: Column
    adult_ids: Column

    def learnt(self, family: Column, happened: Column) -> Column:
        """When the office can know of what happened in a family: not before it knows the family."""
        learnt: Column = np.maximum(happened, self.opened[family])
        return learnt


def open_register(world: World, reports: Columns, children: int) -> Register:
    """The register of the reported families, up to that number of children."""
    people, adults = world.families.children, world.families.adults
    opened = np.full(len(world.families.homes["first"]), NEVER)
    np.minimum.at(opened, reports["family"], reports["known"])
    opened[opened > world.span.end] = NEVER
    on_file = people["born"] + int(18 * YEAR) > opened[people["family"]]
    held = np.cumsum(np.bincount(people["family"][on_file], minlength=len(opened)))
    opened[held > children] = NEVER
    on_file &= opened[people["family"]] < NEVER
    child_ids = numbered("S", len(on_file))
    child_ids[on_file] = numbered("C", int(on_file.sum()))
    return Register(opened, on_file, child_ids, numbered("A", len(adults["family"])))


def relation(world: World, child: Column, adult: Column) -> Column:
    """Who each adult is to each child, as an index into RELATIONS."""
    role = world.families.adults["role"][adult]
    own = world.families.children["by_partner"][child]
    role = np.where(own & np.isin(role, (STEP_FATHER, PARTNER, UNRELATED)), FATHER, role)
    return np.where(own & (role == STEP_MOTHER), MOTHER, role)


def members(world: World, register: Register, chance: Chance) -> Columns:
    """Everybody who lives or lived with a child on file, from when until when."""
    children, adults = world.families.children, world.families.adults
    family, born = children["family"], children["born"]
    first = np.searchsorted(adults["family"], family)
    child, adult = paired(first, np.searchsorted(adults["family"], family, side="right") - first)
    one, other = mates(family)
    half = children["by_partner"][one] != children["by_partner"][other]
    rows = {
        "child": np.r_[child, one],
        "person": np.r_[register.adult_ids[adult], register.child_ids[other]],
        "relation": np.r_[relation(world, child, adult), np.where(half, HALF_SIBLING, SIBLING)],
        "born": np.r_[adults["born"][adult], born[other]],
        "happened": np.r_[
            np.maximum(born[child], adults["joined"][adult]), np.maximum(born[one], born[other])
        ],
        "until": np.r_[adults["left"][adult], np.full(len(one), NEVER)],
    }
    rows = rows_of(rows, register.on_file[rows["child"]] & (rows["happened"] < rows["until"]))
    return _as_known(rows, family[rows["child"]], register, chance)


def _as_known(rows: Columns, family: Column, register: Register, chance: Chance) -> Columns:
    count = len(family)
    rows["relation"] = words(RELATIONS, rows["relation"])
    rows["known"] = register.learnt(family, rows["happened"]) + delays(chance, count, 0.75, 20)
    rows["end_known"] = register.learnt(family, rows["until"]) + delays(chance, count, 0.2, 40)
    rows["child"] = register.child_ids[rows["child"]]
    return rows


def children(world: World, register: Register) -> Columns:
    """The children on file; they happened on their days of birth."""
    chosen = np.flatnonzero(register.on_file)
    people = rows_of(world.families.children, chosen)
    homes = rows_of(world.families.homes, people["family"])
    profile = world.profile
    return {
        "happened": people["born"],
        "known": register.learnt(people["family"], people["born"]),
        "child": register.child_ids[chosen],
        "office": words([f"office-{n + 1}" for n in range(profile.offices)], homes["office"]),
        "sex": words(("male", "female"), people["girl"].astype(int)),
        "nationality": words(("national", "foreign"), homes["foreign"].astype(int)),
        "ethnicity": words(tuple(profile.peoples), homes["people"]),
        "disability": people["disabled"].astype(object),
        "income_support": homes["poor"].astype(object),
    }  # fmt: skip
