"""Columns of the town: arrays of one length by name, and the few steps that all of them need.

Days are whole numbers counted from 1970-01-01; NEVER stands for a day that does not come.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
Columns = dict[str, Column]
Chance = np.random.Generator

NEVER = 10_000_000  # far beyond any calendar, and still far from overflowing when days are added
YEAR = 365.25
MONTH = YEAR / 12


def words(codes: Sequence[str], index: Column) -> Column:
    """The code at each index; None where the index is -1."""
    return np.array([*codes, None], dtype=object)[index]


def blanked(column: Column, blank: Column) -> Column:
    """The column as objects, None where it is blank."""
    left = column.astype(object)
    left[blank] = None
    return left


def rows_of(columns: Columns, chosen: Column) -> Columns:
    """The chosen rows of all columns."""
    return {name: column[chosen] for name, column in columns.items()}


def stacked(parts: Sequence[Columns]) -> Columns:
    """Parts with the same columns, one after another."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def weights_of(codes: Sequence[str], by_code: Mapping[str, float]) -> Column:
    """The weights of codes in their order."""
    return np.array([by_code[code] for code in codes])


def likely(odds: Column) -> Column:
    """The probability at log odds."""
    chance: Column = 1 / (1 + np.exp(-odds))
    return chance


def drawn(chance: Chance, weights: Column) -> Column:
    """One column's index for each row of weights, by its share of the row."""
    edges = np.cumsum(weights, axis=-1)
    edges /= edges[:, -1:]
    index: Column = (chance.random((len(edges), 1)) > edges).sum(axis=1)
    return index


def mates(family: Column) -> tuple[Column, Column]:
    """Every pair of two different rows of the same family; rows of a family stand together."""
    first = np.flatnonzero(np.r_[True, family[1:] != family[:-1]]) if len(family) else family
    size = np.diff(np.r_[first, len(family)])
    mine, theirs = paired(np.repeat(first, size), np.repeat(size, size))
    apart = mine != theirs
    return mine[apart], theirs[apart]


def paired(first: Column, size: Column) -> tuple[Column, Column]:
    """Row i paired with the `size[i]` rows from `first[i]` on."""
    mine = np.repeat(np.arange(len(size)), size)
    within = np.arange(len(mine)) - np.repeat(np.cumsum(size) - size, size)
    return mine, first[mine] + within
