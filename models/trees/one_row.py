"""One row: its margin and exact contributions, with the points in the lanes of each instruction.

How the contributions are found is told in `models.shapley`. What is worked out of a tree is, for
each edge, `held`, 1 where the row goes the whole way and this edge, and `met`, 1 where it meets all
conditions on the edge's column so far; for each split and point, `above`, the product of the
factors of all other columns on the way, and `below`, the sum over the leaves below of their value
times the factors from here on; it begins with a split that has nothing below it.
"""

from typing import Any, NamedTuple

import numpy as np

from features.engines.compiled import entered, inlined
from models.trees.lanes import (
    LANES,
    add,
    divide,
    load,
    multiply,
    multiply_add,
    splat,
    store,
    subtract,
    total,
)
from models.trees.paths import Paths
from models.trees.splits import goes_left, in_set
from models.trees.text import CATEGORY, NONE, Reals


class _Room(NamedTuple):
    """What is worked out of a tree, split after split."""

    held: Reals
    met: Reals
    above: Reals
    below: Reals


@entered
def explain_row(paths: Paths, row: Reals, shares: Reals) -> float:
    """The margin of a row; fills in the share of it that each column has."""
    points = paths.most * paths.width
    edges = 2 * paths.most
    room = _Room(np.empty(edges), np.empty(edges), np.empty(points), np.zeros(points + paths.width))
    given, margin = np.zeros(len(shares) * LANES), 0.0
    for tree in range(len(paths.alone)):
        margin += paths.alone[tree]
        margin += _go_down(paths, tree, row, room)
        _go_up(paths, tree, room, given)
    for column in range(len(shares)):
        shares[column] = total(load(given, column * LANES))
    return margin


@inlined
def _go_down(paths: Paths, tree: int, row: Reals, room: _Room) -> float:
    """Find which edges the row takes; the value of the leaf among them."""
    root, width, points, reached = paths.first[tree], paths.width, paths.points[tree], 0.0
    splits, words = paths.splits[root : paths.first[tree + 1]], paths.words
    share, value = paths.share[2 * root :], paths.value[2 * root :]
    held, met, above, _ = room
    for split in range(len(splits)):
        into, again, left = splits[split].into, splits[split].again, 2 * split
        kind, asked = splits[split].kind, row[splits[split].column]
        if kind == CATEGORY:
            goes = in_set(splits, words, split, asked)
        else:
            goes = goes_left(kind, splits[split].default_left, splits[split].threshold, asked)
        came = 1.0 if into == NONE else held[into]
        held[left], held[left + 1] = came * goes, came * (1.0 - goes)
        so_far = 1.0 if again == NONE else met[again]
        met[left], met[left + 1] = so_far * goes, so_far * (1.0 - goes)
        reached += value[left] * held[left] + value[left + 1] * held[left + 1]
        for point in range(0, points, LANES):
            product, at = splat(1.0), load(paths.at, points * width + point)
            if into != NONE:
                product = load(above, (into // 2) * width + point)
                product = multiply(product, _factor(share[into], at, met[into]))
            if again != NONE:
                product = divide(product, _factor(share[again], at, so_far))
            store(above, split * width + point, product)
    return reached


@inlined
def _go_up(paths: Paths, tree: int, room: _Room, given: Reals) -> None:
    """Sum over the leaves below each edge, and give its column what is due to it."""
    root, width, points = paths.first[tree], paths.width, paths.points[tree]
    splits, child = paths.splits[root : paths.first[tree + 1]], paths.child[2 * root :]
    share, value = paths.share[2 * root :], paths.value[2 * root :]
    _, met, above, below = room
    for split in range(len(splits) - 1, -1, -1):
        again, place = splits[split].again, splits[split].column * LANES
        due = load(given, place)
        for point in range(0, points, LANES):
            at, here = load(paths.at, points * width + point), split * width + point
            over = multiply(load(paths.weight, points * width + point), load(above, here))
            passed = splat(0.0)
            for edge in range(2 * split, 2 * split + 2):
                under = add(splat(value[edge]), load(below, child[edge] * width + point))
                due = multiply_add(multiply(over, under), splat(met[edge] - share[edge]), due)
                passed = multiply_add(_factor(share[edge], at, met[edge]), under, passed)
            if again != NONE:  # what lies below was counted with the edge above as well
                passed = divide(passed, _factor(share[again], at, met[again]))
                due = multiply_add(multiply(over, passed), splat(share[again] - met[again]), due)
            store(below, here + width, passed)
        store(given, place, due)


@inlined
def _factor(share: float, at: Any, met: float) -> Any:
    """The chance that a column's conditions are met, if its value is known with the chance `at`."""
    return multiply_add(at, splat(met), multiply(splat(share), subtract(splat(1.0), at)))
