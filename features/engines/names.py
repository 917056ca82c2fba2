"""Texts as numbers, compiled: each has a code, and the same text the same one wherever it stands.

The rows of a child mostly follow one another, and so do those of the next child: what was looked
at last is looked at first. Arrow would look for each row anew, and for each column in a new table.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from features.engines.compiled import compiled, eight_bytes, entered, inlined
from features.engines.program import Ints

Codes = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
TEXT = pa.large_string()
NOWHERE = -1
WORD = 8  # bytes
GOLDEN = -7_046_029_254_386_353_131  # 2 ** 64 divided by the golden ratio: Knuth's multiplier
HALF = 32  # bits: part of a text's hash in the upper half of a slot, its code in the lower one
LOWER = (1 << HALF) - 1
NEAR = 4  # so many codes are tried before the hash


class Names:
    """Texts, each once; a text's code is its place among them."""

    def __init__(self, texts: Sequence[str] | pa.Array = ()) -> None:
        self._known = _Known(np.full(2, NOWHERE), np.empty(0, np.uint8), np.zeros(1, np.int64))
        self.add(pa.chunked_array([pa.array(texts, TEXT)]))

    def __len__(self) -> int:
        return len(self._known.ends) - 1

    @property
    def texts(self) -> pa.Array:
        """Every text at its place."""
        buffers = [None, pa.py_buffer(self._known.ends), pa.py_buffer(self._known.data)]
        return pa.Array.from_buffers(TEXT, len(self), buffers)

    def add(self, texts: pa.ChunkedArray) -> Codes:
        """The code of each text, -1 where none is filled in; those that had none get one."""
        return _joined([self._add(chunk) for chunk in texts.chunks])

    def places(self, texts: pa.ChunkedArray) -> Codes:
        """The code of each text, -1 of those that have none or are not filled in."""
        return _joined([self._places(chunk) for chunk in texts.chunks])

    def _add(self, chunk: pa.Array) -> Codes:
        if pa.types.is_dictionary(chunk.type):
            return _of_rows(chunk, self._add(chunk.dictionary))
        self._known, codes = _add(self._known, _texts(chunk))
        return codes

    def _places(self, chunk: pa.Array) -> Codes:
        if pa.types.is_dictionary(chunk.type):
            return _of_rows(chunk, self._places(chunk.dictionary))
        codes: Codes = _find(self._known, _texts(chunk))
        return codes


class _Known(NamedTuple):
    """Texts with their codes: one after another, where each ends, and slots to find them by hash.

    A text has the first slot from its hash on that was free.
    """

    slots: Ints
    data: Bytes
    ends: Ints


class _Texts(NamedTuple):
    """Texts as Arrow keeps them, and which of them are filled in."""

    data: Bytes
    ends: Ints
    filled: npt.NDArray[np.bool_]


def _texts(texts: pa.Array) -> _Texts:
    large = texts.cast(TEXT)
    _, ends, data = (buffer or b"" for buffer in large.buffers())
    if not len(large):  # then Arrow leaves even the first end away
        ends = bytes(8 * (large.offset + 1))
    here = np.frombuffer(ends, np.int64)[large.offset : large.offset + len(large) + 1]
    filled = large.is_valid().to_numpy(zero_copy_only=False)
    made = _Texts(np.frombuffer(data, np.uint8), here, filled)
    for part in made:
        part.flags.writeable = False  # as some are and some are not: compiled once for all
    return made


def _of_rows(chunk: pa.Array, codes: Codes) -> Codes:
    """The code of each row, from those of the dictionary of a chunk."""
    indices: Ints = chunk.indices.fill_null(NOWHERE).to_numpy(zero_copy_only=False)
    of_rows: Codes = np.append(codes, np.int32(NOWHERE))[indices]  # the place -1 is the last
    return of_rows


def _joined(parts: list[Codes]) -> Codes:
    return np.concatenate([np.empty(0, np.int32), *parts])


@entered
def _find(known: _Known, texts: _Texts) -> Codes:
    codes, code = np.empty(len(texts.filled), np.int32), 0
    for number in range(len(codes)):
        codes[number] = _code(known, len(known.ends) - 1, texts, number, code)
        code = max(codes[number], 0)
    return codes


@entered
def _add(known: _Known, texts: _Texts) -> tuple[_Known, Codes]:
    slots, data, ends = known
    codes, number, count = np.empty(len(texts.filled), np.int32), 0, len(ends) - 1
    while True:
        number, count = _add_some(_Known(slots, data, ends), count, texts, number, codes)
        if number == len(codes):
            return _Known(slots, data[: ends[count]], ends[: count + 1]), codes
        slots, ends = _with_free(slots, count + 1), _with_room(ends, count + 2)
        data = _with_room(data, ends[count] + texts.ends[number + 1] - texts.ends[number])


@inlined
def _add_some(
    known: _Known, count: int, texts: _Texts, first: int, codes: Codes
) -> tuple[int, int]:
    """Write the codes from the first on, up to a text for which there is no room.

    Returns the number of that text, or of all, and how many texts are known then.
    """
    slots, data, ends = known
    code = 0
    for number in range(first, len(codes)):
        code = _code(known, count, texts, number, code)
        if code == NOWHERE and texts.filled[number]:
            begin, size = ends[count], texts.ends[number + 1] - texts.ends[number]
            if begin + size > len(data) or count + 1 >= len(ends) or 2 * count >= len(slots):
                return number, count
            for byte in range(size):
                data[begin + byte] = texts.data[texts.ends[number] + byte]
            _put(slots, _hash(texts, number), count)
            code, count = count, count + 1
            ends[count] = begin + size
        codes[number] = code
        code = max(code, 0)
    return len(codes), count


@compiled
def _with_room(array: npt.NDArray[Any], size: int) -> npt.NDArray[Any]:
    """The array, or a copy with more than enough room."""
    if size <= len(array):
        return array
    wider = np.empty(2 * size, array.dtype)
    wider[: len(array)] = array
    return wider


@compiled
def _with_free(slots: Ints, count: int) -> Ints:
    """The slots, or more of them: at most half of them are taken, so that one is soon found."""
    if 2 * count <= len(slots):
        return slots
    wider = np.full(4 * len(slots), NOWHERE)
    for slot in slots:
        if slot != NOWHERE:
            _put(wider, slot, slot & LOWER)
    return wider


@inlined
def _put(slots: Ints, mixed: int, code: int) -> None:
    slot = _first(slots, mixed)
    while slots[slot] != NOWHERE:
        slot = (slot + 1) & (len(slots) - 1)
    slots[slot] = (mixed & ~LOWER) | code


@inlined
def _code(known: _Known, count: int, texts: _Texts, number: int, last: int) -> int:
    """The code of a text, of which that of the text before it is mostly the same or near."""
    if not texts.filled[number]:
        return NOWHERE
    for code in range(last, min(last + NEAR, count)):
        if _same(known, code, texts, number):
            return code
    slots, mixed = known.slots, _hash(texts, number)
    slot = _first(slots, mixed)
    while slots[slot] != NOWHERE:
        code = int(slots[slot] & LOWER)
        if slots[slot] ^ code == mixed & ~LOWER and _same(known, code, texts, number):
            return code
        slot = (slot + 1) & (len(slots) - 1)
    return NOWHERE


@inlined
def _first(slots: Ints, mixed: int) -> int:
    return (mixed >> HALF) & (len(slots) - 1)


@inlined
def _hash(texts: _Texts, number: int) -> int:
    begin, end = texts.ends[number], texts.ends[number + 1]
    mixed = int(end - begin)
    while end - begin >= WORD:
        mixed = _mixed(mixed ^ eight_bytes(texts.data, begin))
        begin += WORD
    for place in range(begin, end):
        mixed = _mixed(mixed ^ texts.data[place])
    return mixed


@inlined
def _mixed(word: int) -> int:
    """A word of which each bit depends on all bits of another."""
    word *= GOLDEN
    return word ^ ((word >> HALF) & LOWER)


@inlined
def _same(known: _Known, code: int, texts: _Texts, number: int) -> bool:
    """Whether two texts are the same, from their ends on, where ids differ."""
    begin, their_begin = texts.ends[number], known.ends[code]
    left = texts.ends[number + 1] - begin
    if left != known.ends[code + 1] - their_begin:
        return False
    while left >= WORD:
        left -= WORD
        if eight_bytes(texts.data, begin + left) != eight_bytes(known.data, their_begin + left):
            return False
    while left > 0:
        left -= 1
        if texts.data[begin + left] != known.data[their_begin + left]:
            return False
    return True
