"""The plan: which pairs are answered together, and whose rows each part needs for it.

A part is a run of pairs, families side by side, with the rows of everybody who is linked to one of
its children: all that an answer can be made from, so that each part is a small case file of its
own. Families are only kept together so that few rows are needed by two parts; any cut is right.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from features.rows.source import Source
from features.tables import LINKS

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Plan:
    """Pairs by family, child and cutoff, cut into parts; and the parts that need each person.

    `needed` has the columns `person` and `parts`, a list of part numbers without repetition.
    """

    pairs: pa.Table
    rows_per_part: int
    needed: pa.Table

    @property
    def parts(self) -> range:
        """The numbers of the parts."""
        return range(-(-len(self.pairs) // self.rows_per_part))

    def pairs_of(self, part: int) -> pa.Table:
        """The pairs of one part."""
        return self.pairs.slice(part * self.rows_per_part, self.rows_per_part)


def make_plan(source: Source, pairs: pa.Table, rows_per_part: int) -> Plan:
    """The plan to answer these pairs, so many at once; it does not depend on their order."""
    children, persons = _links(source)
    everybody = pc.unique(
        pa.chunked_array([*pairs["child"].chunks, *children, *persons], pa.string())
    )
    everybody = everybody.take(pc.array_sort_indices(everybody))
    of_pair, child, person = (
        _codes(pa.chunked_array(chunks, pa.string()), everybody)
        for chunks in (pairs["child"].chunks, children, persons)
    )
    # Everybody is linked to themselves.
    own = distinct(np.concatenate([of_pair, child]))
    child, person = np.concatenate([child, own]), np.concatenate([person, own])
    family = _families(child, person, len(everybody))
    cutoff = pairs["cutoff"].cast(pa.int32()).to_numpy()
    order = np.lexsort((cutoff, of_pair, family[of_pair]))
    part = np.arange(len(order)) // rows_per_part
    needed = _needed(of_pair[order], part, Lists.of(child, person, len(everybody)))
    lists = pa.ListArray.from_arrays(pa.array(needed.starts, pa.int32()), pa.array(needed.items))
    table = pa.table({"person": everybody, "parts": lists})
    return Plan(pairs.take(order), rows_per_part, table.filter(np.diff(needed.starts) > 0))


@dataclass(frozen=True)
class Lists:
    """A list of numbers for each of the keys 0, 1, 2 and so on, side by side."""

    starts: Ints
    items: Ints

    @classmethod
    def of(cls, keys: Ints, items: Ints, count: int) -> "Lists":
        """The lists that hold each item under its key, in order."""
        order = np.lexsort((items, keys))
        return cls(np.searchsorted(keys[order], np.arange(count + 1)), items[order])

    def pick(self, keys: npt.NDArray[np.integer[Any]]) -> tuple[Ints, Ints]:
        """For keys, -1 for none, each of their items: the place of the key, and the item."""
        first = self.starts[keys]
        counts = np.where(keys < 0, 0, self.starts[keys + 1] - first)
        place = np.repeat(np.arange(len(keys)), counts)
        before = np.cumsum(counts) - counts
        return place, self.items[np.arange(len(place)) + (first - before)[place]]


def distinct(numbers: Ints) -> Ints:
    """The numbers, none below 0, in order and each once; `numpy.unique` takes far longer."""
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def _links(source: Source) -> tuple[list[pa.Array], list[pa.Array]]:
    """Every child and person whom any row of a table of links names together."""
    children, persons = [], []
    for table, field in dict.fromkeys((link.table, link.person.name) for link in LINKS):
        if table.name in source.names:
            rows = source.table(table.name, [table.concerns[0], field]).drop_null()
            children += rows[table.concerns[0]].chunks
            persons += rows[field].chunks
    return children, persons


def _families(child: Ints, person: Ints, count: int) -> Ints:
    """For each child a number shared with most of those that it is linked to.

    It is the first child, by name, who is linked to one of the persons that the child is linked to.
    """
    first = np.full(count, count)
    np.minimum.at(first, person, child)
    family = np.full(count, count)
    np.minimum.at(family, child, first[person])
    return family


def _needed(child: Ints, part: Ints, linked: Lists) -> Lists:
    """For each person the parts that hold a child to whom the person is linked."""
    parts = int(part.max(initial=-1)) + 1
    asked = distinct(child * max(parts, 1) + part)
    child, part = np.divmod(asked, max(parts, 1))
    place, person = linked.pick(child)
    both = distinct(person * max(parts, 1) + part[place])
    person, part = np.divmod(both, max(parts, 1))
    return Lists.of(person, part, len(linked.starts) - 1)


def _codes(names: pa.ChunkedArray, everybody: pa.Array) -> Ints:
    codes: Ints = pc.index_in(names, everybody).to_numpy().astype(np.int64)
    return codes
