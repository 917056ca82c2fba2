"""The hidden true risk of every family in every month, and the harm that truly comes of it.

Risk is a log rate around 0: a lasting part, a slow drift, and shocks that pass. Nothing of this
is ever on record; it is kept apart as the truth.
"""

from dataclasses import dataclass

import numpy as np

from features.town.arrays import MONTH, YEAR, Chance, Column, Columns
from features.town.families import Families, Span

LASTING, DRIFT, KEPT = 0.85, 0.5, 0.96  # spread of both, and how much drift a month keeps
JOB_LOSS, ILLNESS, SEPARATION, NEW_PARTNER, BIRTH = 0.5, 0.7, 0.5, 0.6, 0.3
INFANT, DISABLED = 0.5, 0.3


@dataclass(frozen=True)
class Risk:
    """True risk of each family by month, and the spells of trouble behind it."""

    strain: Column  # families x months
    ill: Column  # families x months: whether a carer is ill
    job_losses: Columns
    illnesses: Columns


def months_of(span: Span) -> int:
    """Whole months in the span."""
    return round((span.end - span.start) / MONTH)


def true_risk(families: Families, span: Span, chance: Chance) -> Risk:
    """The risk of all families through the span."""
    homes, children = families.homes, families.children
    job_losses = _spells(homes["base"], 0.05, 240, span, chance)
    illnesses = _spells(homes["base"], 0.05, 300, span, chance)
    everybody = np.arange(len(homes["base"]))
    born, parted, joined = children["born"], homes["separated"], homes["partner_joined"]
    settled = np.minimum(homes["partner_left"], joined + 2 * YEAR)
    shocks = (
        (JOB_LOSS, job_losses["family"], job_losses["begun"], job_losses["ended"]),
        (ILLNESS, illnesses["family"], illnesses["begun"], illnesses["ended"]),
        (SEPARATION, everybody, parted, parted + 270),
        (NEW_PARTNER, everybody, joined, settled),
        (BIRTH, children["family"], born, born + 365),
    )
    strain = LASTING * homes["base"][:, None] + _drift(len(everybody), months_of(span), chance)
    ill = _shocked(strain.shape, (shocks[1],), span) > ILLNESS / 2
    return Risk(strain + _shocked(strain.shape, shocks, span), ill, job_losses, illnesses)


def harm_rate(family_risk: Column, age: Column, children: Columns) -> Column:
    """Log rate a month at which children of an age (in days) truly come to harm."""
    rate: Column = (
        -4.4 + 0.9 * family_risk + INFANT * (age < YEAR) + DISABLED * children["disabled"]
        + children["frail"]
    )  # fmt: skip
    return rate


def _drift(count: int, months: int, chance: Chance) -> Column:
    drift = np.empty((count, months), dtype=np.float32)
    now = chance.normal(0, DRIFT, count)
    for month in range(months):
        drift[:, month] = now
        now = KEPT * now + chance.normal(0, DRIFT * np.sqrt(1 - KEPT**2), count)
    return drift


def _spells(base: Column, yearly: float, days: float, span: Span, chance: Chance) -> Columns:
    years = (span.end - span.start) / YEAR + 1
    family = np.repeat(np.arange(len(base)), chance.poisson(yearly * years * np.exp(0.3 * base)))
    begun = chance.integers(span.start - 365, span.end, len(family))
    ended = begun + 30 + chance.exponential(days, len(family)).astype(int)
    return {"family": family, "begun": begun, "ended": ended}


def _shocked(
    shape: tuple[int, ...], shocks: tuple[tuple[float, Column, Column, Column], ...], span: Span
) -> Column:
    """The sum of all shocks by family and month: each adds at its begin and is taken off at end."""
    steps = np.zeros((shape[0], shape[1] + 1), dtype=np.float32)
    for size, family, begun, ended in shocks:
        for sign, day in ((size, begun), (-size, ended)):
            month = np.clip((day - span.start) / MONTH, 0, shape[1]).astype(int)
            np.add.at(steps, (family, month), sign)
    shocked: Column = np.cumsum(steps[:, :-1], axis=1)
    return shocked
