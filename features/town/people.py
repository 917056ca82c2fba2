"""The names and addresses of everybody on file, kept in a table of their own."""

import numpy as np

from features.town.addresses import draw_addresses
from features.town.arrays import NEVER, Chance, Column, Columns, rows_of
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
    """A name and a home for everybody of the families on file; they happened when born."""
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
        **_homes(
            world, family, np.r_[np.zeros(len(child), dtype=bool), _left(world, adult)], chance
        ),
    }


def _homes(world: World, family: Column, moved_out: Column, chance: Chance) -> Columns:
    """The home of the family, or one of their own for adults who moved out of it."""
    apart = chance.spawn(1)[0]  # so that addresses leave everything else as it was
    every = draw_addresses(
        len(world.families.homes["first"]) + len(family), apart, japanese=world.profile.japanese
    )
    own = np.arange(len(family)) + len(world.families.homes["first"])
    return rows_of(every, np.where(moved_out, own, family))


def _left(world: World, adult: Column) -> Column:
    left: Column = world.families.adults["left"][adult] <= world.span.end
    return left


def _women(world: World, adult: Column, chance: Chance) -> Column:
    """Whether each adult is a woman: who moves in takes the place of the parent who left."""
    role = world.families.adults["role"][adult]
    mother_left = world.families.homes["mother_leaves"][world.families.adults["family"][adult]]
    women = np.isin(role, (MOTHER, STEP_MOTHER))
    women = np.where(np.isin(role, (STEP_FATHER, PARTNER, UNRELATED)), mother_left, women)
    return np.where(role == GRANDPARENT, chance.random(len(role)) < 0.5, women)
