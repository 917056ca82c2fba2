"""Trees as they are kept: LightGBM's text, read strictly into flat arrays, or refused.

Nothing is taken on trust: every count, every place and every number is looked at once, here, so
that whoever walks the arrays need not look again. LightGBM's own reader trusts what it is given.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from features.errors import KizukiError

Reals = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Splits = npt.NDArray[Any]  # of records

NONE = -1  # instead of a split or an edge
# How a split takes what is missing: as 0, or 0 is missing, or NaN is; or it asks for a category.
AS_ZERO, ZERO, NAN, CATEGORY = range(4)
_MOST = 1 << 31
MOST_LEAVES = 1 << 12  # of a tree: LightGBM grows 31, and memory is set aside for the largest
_WORD = 1 << 32

# A split: a row goes left where its value in the `column` is not above the `threshold`. A split on
# a category has the codes that go left as bits of the words, 32 to a word: `width` words, of which
# the first is at `threshold`.
SPLIT = np.dtype([
    ("column", np.int32), ("kind", np.int8), ("default_left", np.int8), ("width", np.int16),
    ("threshold", np.float64),
])  # fmt: skip

_HEADER = {"version": "v4", "num_class": "1", "num_tree_per_iteration": "1"}
_Number = TypeVar("_Number", int, float)


@dataclass(frozen=True)
class Tree:
    """One tree: a SPLIT for each, none before the split above it, and its edges.

    Split s has the edges 2 * s, to the left, and 2 * s + 1. Of an edge, `child` is the split that
    it leads to, NONE where it leads to a leaf; `value` is that of the leaf, else 0; `met` is the
    part of the rows that were learnt from and came to the split that went this way. A tree without
    splits gives `alone` to every row.
    """

    splits: Splits
    child: Places
    value: Reals
    met: Reals
    words: Places
    alone: float


@dataclass(frozen=True)
class Trees:
    """An ensemble of trees, which reads columns by these names; a margin adds up their values."""

    columns: tuple[str, ...]
    trees: tuple[Tree, ...]


def read_trees(text: str) -> Trees:
    """The trees of a LightGBM text model; raises KizukiError where it is not one, or is broken."""
    header, *sections = _sections(text)
    columns = _read_header(header)
    for number, section in enumerate(sections):
        if section.said.get("Tree") != str(number):
            raise section.refuse("Tree", f"is not {number}")
    if not sections:
        raise KizukiError("the model has no trees")
    return Trees(columns, tuple(_read_tree(section, len(columns)) for section in sections))


@dataclass(frozen=True)
class _Section:
    """Lines of `key=value` up to an empty one; `place` names them where something is wrong."""

    place: str
    said: Mapping[str, str]

    def reals(self, key: str, count: int, *, or_infinite: bool = False) -> Reals:
        """As many numbers as are needed, none of them NaN, and all finite unless said otherwise."""
        numbers = np.array(self._numbers(key, count, float), np.float64)
        if not (np.isfinite(numbers) | (np.isinf(numbers) & or_infinite)).all():
            raise self.refuse(key, "holds a number that is not finite")
        return numbers

    def whole(self, key: str, count: int, least: int, most: int) -> Places:
        """As many whole numbers as are needed, within bounds."""
        numbers = self._numbers(key, count, int)
        if not all(least <= number <= most for number in numbers):
            raise self.refuse(key, f"holds a number that is not within {least} to {most}")
        return np.array(numbers, np.int64)

    def refuse(self, key: str, why: str) -> KizukiError:
        """What to raise about a key."""
        return KizukiError(f"{self.place}: {key} {why}")

    def _numbers(self, key: str, count: int, read: Callable[[str], _Number]) -> list[_Number]:
        parts = self.said.get(key, "").split()
        if len(parts) != count:
            raise self.refuse(key, f"has {len(parts)} numbers and needs {count}")
        try:
            return [read(part) for part in parts]
        except ValueError:
            raise self.refuse(key, "holds something that is no number") from None


def _sections(text: str) -> Iterator[_Section]:
    """The header and the trees, up to the line that ends them."""
    body, end, _ = text.partition("\nend of trees\n")
    if not end:
        raise KizukiError("the model breaks off before its trees end")
    for lines in filter(None, (part.strip("\n") for part in body.split("\n\n"))):
        said = dict(line.partition("=")[::2] for line in lines.splitlines())
        yield _Section(f"Tree={said['Tree'][:9]}" if "Tree" in said else "header", said)


def _read_header(header: _Section) -> tuple[str, ...]:
    """The names of the columns that the trees read."""
    if next(iter(header.said), None) != "tree" or "average_output" in header.said:
        raise KizukiError("this is no text model of boosted trees")
    for key, expected in _HEADER.items():
        if header.said.get(key) != expected:
            raise header.refuse(key, f"is not {expected}")
    (last,) = header.whole("max_feature_idx", 1, 0, _MOST)
    names = tuple(header.said.get("feature_names", "").split())
    if len(names) != last + 1:
        raise header.refuse("feature_names", "are not as many as there are columns")
    return names


def _read_tree(section: _Section, columns: int) -> Tree:
    (leaves,) = section.whole("num_leaves", 1, 1, MOST_LEAVES).tolist()
    section.whole("is_linear", 1, 0, 0)  # a leaf holds one number
    values = section.reals("leaf_value", leaves)
    count = leaves - 1
    words, starts = _read_sets(section)
    splits = _read_splits(section, count, columns, starts)
    edges = np.stack(
        [section.whole(key, count, -leaves, count - 1) for key in ("left_child", "right_child")],
        axis=1,
    ).ravel()
    is_leaf = edges < 0
    if count and (np.sort(edges) != np.delete(np.arange(-leaves, count), leaves)).any():
        raise section.refuse("left_child", "and right_child do not reach every node once")
    if (edges[~is_leaf] <= np.arange(2 * count)[~is_leaf] // 2).any():
        raise section.refuse("left_child", "and right_child lead back up")
    # From -1 on down, places count leaves from the end of what follows.
    counts = np.concatenate(
        [
            section.whole("internal_count", count, 1, 1 << 53),
            section.whole("leaf_count", leaves, 1, 1 << 53)[::-1] if count else [1],
        ]
    )
    return Tree(
        splits=splits,
        child=np.where(is_leaf, NONE, edges),
        value=np.where(is_leaf, values[::-1][edges], 0.0),
        met=counts[edges] / np.repeat(counts[:count], 2),
        words=words,
        alone=0.0 if count else float(values[0]),
    )


def _read_splits(section: _Section, count: int, columns: int, starts: Places) -> Splits:
    decision = section.whole("decision_type", count, 0, 11)  # two bits, then how it misses
    is_category = decision & 1 == 1
    splits = np.zeros(count, SPLIT)
    splits["column"] = section.whole("split_feature", count, 0, columns - 1)
    splits["default_left"] = decision >> 1 & 1
    splits["kind"] = np.where(is_category, CATEGORY, decision >> 2)
    splits["threshold"] = section.reals("threshold", count, or_infinite=True)
    named = splits["threshold"][is_category]
    if not np.isin(named, np.arange(len(starts) - 1)).all():
        raise section.refuse("threshold", "names a set of categories that there is not")
    place = named.astype(np.int64)
    splits["width"][is_category] = (starts[1:] - starts[:-1])[place]
    splits["threshold"][is_category] = starts[place]
    return splits


def _read_sets(section: _Section) -> tuple[Places, Places]:
    """The words of the sets of categories, and where each set begins, and the last one ends."""
    (count,) = section.whole("num_cat", 1, 0, _MOST).tolist()
    if not count:
        return np.zeros(0, np.int64), np.zeros(1, np.int64)
    starts = section.whole("cat_boundaries", count + 1, 0, 1 << 15)
    if starts[0] or (np.diff(starts) < 0).any():
        raise section.refuse("cat_boundaries", "do not go up from 0")
    return section.whole("cat_threshold", int(starts[-1]), 0, _WORD - 1), starts
