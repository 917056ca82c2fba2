"""Many rows: margins and exact contributions, with eight rows in the lanes of each instruction.

How the contributions are found is told in `models.shapley`, and what is worked out of a tree in
`one_row`: here it is the same for each lane.
"""

from typing import Any, NamedTuple

import numpy as np

from features.engines.compiled import compiled, entered, inlined
from models.trees.lanes import (
    LANES,
    add,
    if_any_nan,
    if_at_most,
    load,
    multiply,
    multiply_add,
    splat,
    store,
    subtract,
)
from models.trees.paths import Paths
from models.trees.splits import TINY, in_set
from models.trees.text import CATEGORY, NAN, NONE, ZERO, Places, Reals, Splits


class _Room(NamedTuple):
    """What is worked out of a tree, split after split."""

    held: Reals
    met: Reals
    above: Reals
    below: Reals


@entered
def explain_rows(paths: Paths, rows: Reals, margins: Reals, shares: Reals) -> None:
    """Fill in the margin of each row, and the share of it that each column has."""
    columns, lanes = rows.shape[1], 2 * paths.most * LANES
    points = paths.most * paths.width * LANES
    values, given, summed = np.empty(columns * LANES), np.empty(columns * LANES), np.empty(LANES)
    nothing = paths.width * LANES
    room = _Room(np.empty(lanes), np.empty(lanes), np.empty(points), np.empty(points + nothing))
    for begin in range(0, len(rows), LANES):
        count = min(LANES, len(rows) - begin)
        for column in range(columns):
            for lane in range(LANES):
                values[column * LANES + lane] = rows[begin + min(lane, count - 1), column]
            store(given, column * LANES, splat(0.0))
        margin = splat(0.0)
        for tree in range(len(paths.alone)):
            margin = add(margin, splat(paths.alone[tree]))
            margin = _go_down(paths, tree, values, room, margin)
            _go_up(paths, tree, room, given)
        store(summed, 0, margin)
        for lane in range(count):
            margins[begin + lane] = summed[lane]
            for column in range(columns):
                shares[begin + lane, column] = given[column * LANES + lane]


@compiled
def _go_down(paths: Paths, tree: int, values: Reals, room: _Room, margin: Any) -> Any:
    """Find which edges the rows take, and add the values of their leaves to the margin."""
    root, points = paths.first[tree], paths.points[tree]
    splits, words = paths.splits[root : paths.first[tree + 1]], paths.words
    share, value = paths.share[2 * root :], paths.value[2 * root :]
    at = paths.at[points * paths.width :]
    held, met, above, _ = room
    for split in range(len(splits)):
        into, again, here = splits[split].into, splits[split].again, split * points * LANES
        kind, threshold = splits[split].kind, splits[split].threshold
        if kind == CATEGORY:
            goes = _in_set(splits, words, split, values)
        else:
            asked = load(values, splits[split].column * LANES)
            goes = _goes_left(kind, splits[split].default_left, threshold, asked)
        came = splat(1.0) if into == NONE else load(held, into * LANES)
        _part(held, 2 * split * LANES, came, goes)
        so_far = splat(1.0) if again == NONE else load(met, again * LANES)
        _part(met, 2 * split * LANES, so_far, goes)
        for edge in range(2 * split, 2 * split + 2):
            margin = add(margin, multiply(splat(value[edge]), load(held, edge * LANES)))
        for point in range(points):
            product = splat(1.0)
            if into != NONE:
                product = load(above, ((into // 2) * points + point) * LANES)
                factor = _factor(share[into], at[point], load(met, into * LANES))
                product = multiply(product, factor)
            if again != NONE:
                product = multiply(product, _inverse(share[again], at[point], so_far))
            store(above, here + point * LANES, product)
    return margin


@compiled
def _go_up(paths: Paths, tree: int, room: _Room, given: Reals) -> None:
    """Sum over the leaves below each edge, and give its column what is due to it."""
    root, points = paths.first[tree], paths.points[tree]
    splits, child = paths.splits[root : paths.first[tree + 1]], paths.child[2 * root :]
    share, value = paths.share[2 * root :], paths.value[2 * root :]
    at, weight = paths.at[points * paths.width :], paths.weight[points * paths.width :]
    _, met, above, below = room
    below[: points * LANES] = 0.0
    for split in range(len(splits) - 1, -1, -1):
        again, place = splits[split].again, splits[split].column * LANES
        before = load(met, (2 * split if again == NONE else again) * LANES)
        due = load(given, place)
        for point in range(points):
            here = (split * points + point) * LANES
            over = multiply(splat(weight[point]), load(above, here))
            passed = splat(0.0)
            for edge in range(2 * split, 2 * split + 2):
                under = load(below, (child[edge] * points + point) * LANES)
                under = add(under, splat(value[edge]))
                now = load(met, edge * LANES)
                due = multiply_add(multiply(over, under), subtract(now, splat(share[edge])), due)
                passed = multiply_add(_factor(share[edge], at[point], now), under, passed)
            if again != NONE:  # what lies below was counted with the edge above as well
                passed = multiply(passed, _inverse(share[again], at[point], before))
                less = subtract(splat(share[again]), before)
                due = multiply_add(multiply(over, passed), less, due)
            store(below, here + points * LANES, passed)
        store(given, place, due)


@inlined
def _part(array: Reals, place: int, those: Any, goes: Any) -> None:
    """Part those who come between the two edges of a split."""
    store(array, place, multiply(those, goes))
    store(array, place + LANES, multiply(those, subtract(splat(1.0), goes)))


@inlined
def _factor(share: float, at: float, met: Any) -> Any:
    """The chance that a column's conditions are met, if its value is known with the chance `at`."""
    return multiply_add(splat(at), met, splat(share * (1.0 - at)))


@inlined
def _inverse(share: float, at: float, met: Any) -> Any:
    """1 / _factor, without dividing lanes: `met` is 0 or 1."""
    unmet = share * (1.0 - at)
    return if_at_most(met, splat(0.5), splat(1.0 / unmet), splat(1.0 / (unmet + at)))


@inlined
def _goes_left(kind: int, default_left: int, threshold: float, value: Any) -> Any:
    """For each lane 1 where the number goes left at a split of that kind, else 0."""
    zero, one = splat(0.0), splat(1.0)
    missing, limit = splat(float(default_left)), splat(threshold)
    if kind == NAN:
        return if_any_nan(value, value, missing, if_at_most(value, limit, one, zero))
    value = if_any_nan(value, value, zero, value)
    below = if_at_most(value, limit, one, zero)
    if kind == ZERO:
        near = if_at_most(splat(-TINY), value, missing, below)
        return if_at_most(value, splat(TINY), near, below)
    return below


@compiled
def _in_set(splits: Splits, words: Places, split: int, values: Reals) -> Any:
    """For each lane 1 where the category is among those that go left, else 0."""
    goes, column = np.empty(LANES), splits[split].column * LANES
    for lane in range(LANES):
        goes[lane] = in_set(splits, words, split, values[column + lane])
    return load(goes, 0)
