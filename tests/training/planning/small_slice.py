"""Judged slices for the tests: a few children counted by hand, and many drawn by chance."""

from datetime import date

import numpy as np

from features.groups import Names
from training.planning.judged_slice import JudgedSlice

FIRST, LAST = date(2022, 1, 1), date(2022, 3, 11)  # 70 days: ten weeks


def slice_of(
    scores: list[int], outcomes: list[int], groups: dict[str, Names] | None = None
) -> JudgedSlice:
    """Each child of a household of its own."""
    return JudgedSlice(
        np.array(scores), np.array(outcomes, float), np.arange(len(scores)), groups or {},
        FIRST, LAST,
    )  # fmt: skip


def drawn(count: int, *, size: int = 1, small_group: int = 8) -> JudgedSlice:
    """Outcomes that lean on the score, households of `size` who fare alike, and a small group."""
    chance = np.random.default_rng(3)
    households = np.arange(count) // size
    scores = chance.integers(1, 21, count)[households]
    outcomes = (chance.random(count)[households] < scores / 40).astype(float)
    names = np.where(np.arange(count) < small_group, "foreign", "national").astype(object)
    return JudgedSlice(scores, outcomes, households, {"nationality": names}, FIRST, LAST)
