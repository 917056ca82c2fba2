"""The names of everybody on file, kept in a table of their own."""

import numpy as np

from features.town.arrays import NEVER, Chance, Column, Columns
from features.town.families import (
    GRANDPARENT,
    MOTHER,
    PARTNER,
    STEP_FATHER,
    STEP_MOTHER,
    UNRELATED,
)
from features.town.names import Names
from features.town.register import Register
from features.town.world import World


def people(world: World, register: Register, names: Names, chance: Chance) -> Columns:
    """A name for every child and adult of the families on file; they happened when born."""
    children, adults = world.families.children, world.families.adults
    child = np.flatnonzero(register.opened[children["family"]] < NEVER)
    adult = np.flatnonzero(register.opened[adults["family"]] < NEVER)
    family = np.r_[children["family"][child], adults["family"][adult]]
    born = np.r_[children["born"][child], adults["born"][adult]]
    shared = names.draw_family(len(register.opened), chance)
    others = names.draw_family(len(family), chance)
    not_married_in = np.isin(adults["role"][adult], (PARTNER, UNRELATED))
    own = np.r_[np.zeros(len(child), dtype=bool), not_married_in]
    women = np.r_[children["girl"][child], _women(world, adult, chance)]
    given, given_reading = names.draw_given(women, chance)
    return {
        "happened": born,
        "known": register.learnt(family, born),
        "person": np.r_[register.child_ids[child], register.adult_ids[adult]],
        "family_name": np.where(own, others[0], shared[0][family]),
        "family_reading": np.where(own, others[1], shared[1][family]),
        "given_name": given,
        "given_reading": given_reading,
    }


def _women(world: World, adult: Column, chance: Chance) -> Column:
    """Whether each adult is a woman: who moves in takes the place of the parent who left."""
    role = world.families.adults["role"][adult]
    mother_left = world.families.homes["mother_leaves"][world.families.adults["family"][adult]]
    women = np.isin(role, (MOTHER, STEP_MOTHER))
    women = np.where(np.isin(role, (STEP_FATHER, PARTNER, UNRELATED)), mother_left, women)
    return np.where(role == GRANDPARENT, chance.random(len(role)) < 0.5, women)
