"""What the office did with a family: contacts, time away from home, services."""

import numpy as np

from features.town.arrays import Chance, Column, Columns, likely, rows_of, words
from features.town.decisions import STAYS
from features.town.records import delays
from features.town.register import Register
from features.town.world import World


def contacts(world: World, reports: Columns, chance: Chance) -> Columns:
    """Visits and meetings after each report that was taken up: the first within days."""
    taken_up = np.flatnonzero(reports["screened_in"] & ~reports["again"])
    size = 1 + chance.poisson(1.2 + 0.5 * reports["harm"][taken_up])
    row = np.repeat(taken_up, size)
    count = len(row)
    order = np.arange(count) - np.repeat(np.cumsum(size) - size, size)
    wait = np.where(order == 0, chance.integers(0, 4, count), chance.exponential(45, count) * order)
    happened = reports["day"][row] + wait.astype(int)
    family = reports["family"][row]
    trouble = 0.6 * world.families.homes["evasive"][family] + 0.7 * world.strain(family, happened)
    missed = chance.random(count) < likely(trouble - 2.0)
    refused = chance.random(count) < likely(trouble - 3.0)
    outcome = np.where(refused, 2, np.where(missed, 1, 0))
    seen = (outcome == 0) & (chance.random(count) < likely(1.3 - 0.5 * trouble))
    known = np.maximum(happened, reports["known"][row]) + delays(chance, count, 0.7, 5)
    return {
        "row": row,
        "happened": happened,
        "known": known,
        "kind": words(("visit", "meeting", "phone"), chance.choice(3, count, p=(0.6, 0.25, 0.15))),
        "outcome": words(("made", "missed", "refused"), outcome),
        "child_seen": seen.astype(object),
    }


def placements(world: World, register: Register, stays: Columns, chance: Chance) -> Columns:
    """Custody, and the longer placements that followed it: one span ends where the next begins."""
    count = len(stays["child"])
    longer = stays["home"] > stays["moved"]
    child = np.r_[stays["child"], stays["child"][longer]]
    happened = np.r_[stays["begun"], stays["moved"][longer]]
    kind = np.r_[np.zeros(count, dtype=int), stays["kind"][longer]]
    until = np.r_[stays["moved"], stays["home"][longer]]
    order = np.lexsort((happened, child))
    child, happened, kind, until = child[order], happened[order], kind[order], until[order]
    family = world.families.children["family"][child]
    known = register.learnt(family, happened) + delays(chance, len(child), 0.7, 6)
    end_known = until + delays(chance, len(child), 0.4, 12)
    _in_order(child, known, end_known)
    return {"child": register.child_ids[child], "happened": happened, "until": until,
            "known": known, "end_known": end_known, "kind": words(STAYS, kind)}  # fmt: skip


def _in_order(child: Column, known: Column, end_known: Column) -> None:
    """Spans of one child become known in their order, and an end no later than the next begin.

    Otherwise a child would be in two places on some day, as far as the office knew.
    """
    same = child[1:] == child[:-1]
    for _ in range(int(np.bincount(child).max(initial=0))):
        known[1:] = np.where(same, np.maximum(known[1:], known[:-1]), known[1:])
    end_known[:-1] = np.where(same, np.minimum(end_known[:-1], known[1:]), end_known[:-1])


SERVICES = ("guidance", "parenting", "respite", "counselling", "protection_plan", "need_plan")
SERVICE_SHARES = np.array((0.42, 0.22, 0.08, 0.14, 0.08, 0.06))


def services(world: World, reports: Columns, inquiries: Columns, chance: Chance) -> Columns:
    """Help offered after an inquiry, to the families that seemed to need it."""
    row = inquiries["row"]
    strain = world.strain(reports["family"][row], inquiries["until"])
    need = 0.4 * reports["harm"][row] + 0.5 * strain + 0.8 * reports["custody"][row] - 0.9
    offered = chance.random(len(row)) < likely(need)
    inquiries = rows_of(inquiries, offered)
    row, strain = row[offered], strain[offered]
    count = len(row)
    happened = inquiries["until"] + chance.integers(0, 40, count)
    until = happened + 20 + chance.gamma(1.5, 110, count).astype(int)
    evasive = world.families.homes["evasive"][reports["family"][row]]
    refused = chance.random(count) < likely(0.7 * evasive + 0.3 * strain - 2.4)
    ended_early = chance.random(count) < likely(0.5 * evasive + 0.3 * strain - 1.8)
    until = np.where(refused, happened, until)
    known = np.maximum(happened, inquiries["known"]) + delays(chance, count, 0.6, 8)
    return {
        "row": row,
        "happened": happened,
        "until": until,
        "known": known,
        "end_known": np.maximum(until, known) + delays(chance, count, 0.3, 20),
        "kind": words(SERVICES, chance.choice(len(SERVICES), count, p=SERVICE_SHARES)),
        "outcome": words(
            ("completed", "refused", "ended_early"),
            np.where(refused, 1, np.where(ended_early, 2, 0)),
        ),
    }
