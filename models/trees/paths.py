"""Paths: what every split of an ensemble needs to know of the way that leads to it.

An edge is a way out of a split, and a condition on its column. Where a column is asked again
further down, the conditions on it count as one: all must hold, and the share of rows that meet
them is the product of their shares.
"""

from typing import NamedTuple

import numpy as np

from features.errors import KizukiError
from models.trees.lanes import LANES
from models.trees.text import NONE, SPLIT, Places, Reals, Splits, Tree, Trees

MOST_DEEP = 200  # splits on a way: far more than anybody grows

# A split and its way: `into` is the edge that leads to it, `again` the last edge before on the way
# that asks the same column; NONE where there is none.
ON_PATH = np.dtype([("into", np.int32), ("again", np.int32), *SPLIT.descr])


class Paths(NamedTuple):
    """Trees made ready to be explained: an ON_PATH for each split, tree after tree.

    The splits of the tree t begin at `first[t]`; places of splits and edges in its arrays are
    counted from there. Of an edge there are its `value` as in Tree; its `child`, counted from 1,
    and 0 where it leads to a leaf; and `share`: the part of the rows from above that meet all
    conditions on its column so far.

    `points` says for each tree at how many points its polynomials are read. From n * `width` on,
    `at` and `weight` hold the n points, and their weights, of Gauss and Legendre between 0 and 1,
    and then points of no weight; `width` is the most points of any tree, rounded up to lanes.
    `most` is the most splits of a tree, and `base` the margin expected before anything is known.
    """

    columns: int
    first: Places
    splits: Splits
    child: Places
    value: Reals
    share: Reals
    words: Places
    alone: Reals
    points: Places
    at: Reals
    weight: Reals
    width: int
    most: int
    base: float


class _Way(NamedTuple):
    """The ways of one tree; `asked` is the most columns that are asked on one of them."""

    splits: Splits
    share: Reals
    asked: int
    base: float


def paths_of(trees: Trees) -> Paths:
    """The paths of an ensemble; raises KizukiError for a tree deeper than any that is grown."""
    ways = [_follow(tree) for tree in trees.trees]
    begins = np.cumsum([0, *(len(tree.words) for tree in trees.trees)])
    for way, begin in zip(ways, begins.tolist(), strict=False):
        way.splits["threshold"][way.splits["width"] > 0] += begin
    # A product over d columns has degree d - 1 without one of them: (d + 1) // 2 points are exact.
    points = np.array([max(1, (way.asked + 1) // 2) for way in ways])
    width = -(-int(points.max()) // LANES) * LANES
    at, weight = _quadrature(int(points.max()), width)
    return Paths(
        columns=len(trees.columns),
        first=np.cumsum([0, *(len(way.splits) for way in ways)]),
        splits=np.concatenate([way.splits for way in ways]),
        child=np.concatenate([tree.child - NONE for tree in trees.trees]),
        value=np.concatenate([tree.value for tree in trees.trees]),
        share=np.concatenate([way.share for way in ways]),
        words=np.concatenate([tree.words for tree in trees.trees]),
        alone=np.array([tree.alone for tree in trees.trees]),
        points=points,
        at=at,
        weight=weight,
        width=width,
        most=max(len(way.splits) for way in ways),
        base=float(sum(way.base for way in ways)),
    )


def _follow(tree: Tree) -> _Way:
    count = len(tree.splits)
    column, child, met = tree.splits["column"].tolist(), tree.child.tolist(), tree.met.tolist()
    into, again, share = [NONE] * count, [NONE] * count, [1.0] * (2 * count)
    asked, reached, depth = [0] * count, [1.0] * count, [0] * count
    most, base = 0, tree.alone
    for split in range(count):
        before = into[split]
        while before != NONE and column[before // 2] != column[split]:
            before = into[before // 2]
        again[split] = before
        columns = asked[split] + (before == NONE)
        most = max(most, columns)
        for edge in (2 * split, 2 * split + 1):
            share[edge] = met[edge] * (1.0 if before == NONE else share[before])
            below, reaches = child[edge], reached[split] * met[edge]
            base += reaches * tree.value[edge]
            if below != NONE:
                into[below], asked[below], reached[below] = edge, columns, reaches
                depth[below] = depth[split] + 1
        if depth[split] > MOST_DEEP:
            raise KizukiError(f"a tree is deeper than {MOST_DEEP} splits")
    splits = np.empty(count, ON_PATH)
    splits["into"], splits["again"] = into, again
    for name in SPLIT.names or ():
        splits[name] = tree.splits[name]
    return _Way(splits, np.array(share), most, base)


def _quadrature(most: int, width: int) -> tuple[Reals, Reals]:
    at, weight = np.zeros((most + 1, width)), np.zeros((most + 1, width))
    for count in range(1, most + 1):
        points, weights = np.polynomial.legendre.leggauss(count)
        at[count, :count], weight[count, :count] = (points + 1) / 2, weights / 2
    return at.ravel(), weight.ravel()
