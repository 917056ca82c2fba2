"""Pairs of columns: what two do together in a row, leaf by leaf.

How it is found is told in `models.shapley`: at a leaf, the derivative by two columns is a product
of one factor for each other column on its way. Few rows are asked for their pairs, so this is
plain: the way of every leaf is gone back up, instead of once for all that lie below a split.
"""

import numpy as np

from features.engines.compiled import compiled, entered
from models.trees.paths import Paths
from models.trees.splits import goes_left, in_set
from models.trees.text import CATEGORY, NONE, Places, Reals


@entered
def join_row(paths: Paths, row: Reals, joint: Reals) -> None:
    """Add to `joint`, columns by columns, half of what two columns do together, on one side."""
    met, asked, edges = np.empty(2 * paths.most), np.empty(paths.most, np.int64), 0
    pull, tree_ends = np.empty(paths.most), paths.first
    for tree in range(len(paths.alone)):
        root = paths.first[tree]
        _meet(paths, root, tree_ends[tree + 1] - root, row, met)
        for edge in range(2 * (tree_ends[tree + 1] - root)):
            if paths.child[2 * root + edge] == 0:
                edges = _way(paths, root, edge, asked)
                _join(paths, tree, asked[:edges], met, pull, joint)


@compiled
def _meet(paths: Paths, root: int, count: int, row: Reals, met: Reals) -> None:
    """For each edge of a tree 1 where the row meets all conditions on its column so far, else 0."""
    for split in range(count):
        here = paths.splits[root + split]
        if here.kind == CATEGORY:
            goes = in_set(paths.splits, paths.words, root + split, row[here.column])
        else:
            goes = goes_left(here.kind, here.default_left, here.threshold, row[here.column])
        so_far = 1.0 if here.again == NONE else met[here.again]
        met[2 * split], met[2 * split + 1] = so_far * goes, so_far * (1.0 - goes)


@compiled
def _way(paths: Paths, root: int, leaf: int, asked: Places) -> int:
    """The last edge of each column on the way to a leaf, the leaf's own edge first; how many."""
    count, edge = 0, leaf
    while edge != NONE:
        column, new = paths.splits[root + edge // 2].column, True
        for place in range(count):
            new = new and paths.splits[root + asked[place] // 2].column != column
        if new:
            asked[count] = edge
            count += 1
        edge = paths.splits[root + edge // 2].into
    return count


@compiled
def _join(paths: Paths, tree: int, asked: Places, met: Reals, pull: Reals, joint: Reals) -> None:
    """Add what each two columns on the way to a leaf do together there."""
    root, points = paths.first[tree], paths.points[tree]
    for point in range(points * paths.width, points * paths.width + points):
        at = paths.at[point]
        weight = paths.value[2 * root + asked[0]] * paths.weight[point] / 2.0
        for place in range(len(asked)):
            edge = asked[place]
            share = paths.share[2 * root + edge]
            factor = share * (1.0 - at) + met[edge] * at
            weight *= factor
            pull[place] = (met[edge] - share) / factor
        for one in range(len(asked)):
            for other in range(one):
                columns = (
                    paths.splits[root + asked[one] // 2].column,
                    paths.splits[root + asked[other] // 2].column,
                )
                joint[columns] += weight * pull[one] * pull[other]
