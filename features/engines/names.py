"""Texts looked up among many others, compiled: the table that it takes is made once.

Arrow makes it anew whenever it is asked (`pyarrow.compute.index_in`), for all the persons of a
large office and for each part of what is asked about them.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from features.engines.compiled import borrowing, entered
from features.engines.program import Ints

NOWHERE = -1
FNV_BASIS, FNV_PRIME = -3_750_763_034_362_895_579, 0x100000001B3  # FNV-1a: Fowler, Noll, Vo
LOWER = (1 << 32) - 1  # of the bits of a slot: the place of a text; above them, part of its hash


class Names:
    """Texts, each once, known by their places."""

    def __init__(self, texts: pa.Array) -> None:
        self._texts = _texts(texts)
        self._slots = _slots(self._texts)

    def __len__(self) -> int:
        return len(self._texts.ends) - 1

    def places(self, texts: pa.ChunkedArray) -> Ints:
        """The place of each text, -1 of those that are not there or not filled in."""
        return np.concatenate([np.empty(0, np.int64), *map(self._of_chunk, texts.chunks)])

    def _of_chunk(self, chunk: pa.Array) -> Ints:
        if pa.types.is_dictionary(chunk.type):
            of_dictionary = np.append(self._of_chunk(chunk.dictionary), NOWHERE)
            indices: Ints = chunk.indices.fill_null(NOWHERE).to_numpy(zero_copy_only=False)
            return of_dictionary[indices]
        found: Ints = _find(self._slots, self._texts, _texts(chunk))
        found[chunk.is_null().to_numpy(zero_copy_only=False)] = NOWHERE
        return found


class _Texts(NamedTuple):
    """Texts as Arrow keeps them: one after another, and where each ends and the next begins."""

    data: npt.NDArray[np.uint8]
    ends: Ints


def _texts(texts: pa.Array) -> _Texts:
    large = texts.cast(pa.large_string())
    _, ends, data = (buffer or b"" for buffer in large.buffers())
    if not len(large):  # then Arrow leaves even the first end away
        ends = bytes(8 * (large.offset + 1))
    here = np.frombuffer(ends, np.int64)[large.offset : large.offset + len(large) + 1]
    return _Texts(np.frombuffer(data, np.uint8), here)


@entered
def _slots(texts: _Texts) -> Ints:
    """A table of the texts by their hashes; where a slot is taken, the next one that is free."""
    size = 2
    while size < 2 * len(texts.ends):
        size *= 2
    slots = np.full(size, NOWHERE)
    for place in range(len(texts.ends) - 1):
        mixed = _hash(texts, place)
        slot = mixed & (size - 1)
        while slots[slot] != NOWHERE:
            slot = (slot + 1) & (size - 1)
        slots[slot] = (mixed & ~LOWER) | place
    return slots


@entered
def _find(slots: Ints, among: _Texts, texts: _Texts) -> Ints:
    """The place of each text; mostly it is that of the text before it, or the next."""
    found, place, last = np.empty(len(texts.ends) - 1, np.int64), 0, len(among.ends) - 2
    for number in range(len(found)):
        if place <= last and _same(among, place, texts, number):
            found[number] = place
        elif place < last and _same(among, place + 1, texts, number):
            found[number] = place + 1
        else:
            found[number] = _look_up(slots, among, texts, number)
        place = max(found[number], 0)
    return found


@borrowing
def _look_up(slots: Ints, among: _Texts, texts: _Texts, number: int) -> int:
    mixed = _hash(texts, number)
    slot = mixed & (len(slots) - 1)
    while slots[slot] != NOWHERE:
        place = int(slots[slot] & LOWER)
        if slots[slot] ^ place == mixed & ~LOWER and _same(among, place, texts, number):
            return place
        slot = (slot + 1) & (len(slots) - 1)
    return NOWHERE


@borrowing
def _hash(texts: _Texts, number: int) -> int:
    mixed = FNV_BASIS
    for place in range(texts.ends[number], texts.ends[number + 1]):
        mixed = (mixed ^ texts.data[place]) * FNV_PRIME
    return mixed


@borrowing
def _same(among: _Texts, place: int, texts: _Texts, number: int) -> bool:
    """Whether two texts are the same, from their ends on, where ids differ."""
    end, their_end = texts.ends[number + 1], among.ends[place + 1]
    length = end - texts.ends[number]
    if length != their_end - among.ends[place]:
        return False
    for back in range(1, length + 1):
        if texts.data[end - back] != among.data[their_end - back]:
            return False
    return True
