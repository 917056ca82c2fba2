"""Rows on disk: a matrix in a Parquet file that is never in memory as a whole.

LightGBM bins them batch by batch, to one byte a value in place of eight, from the same sample of
rows that it would take of a matrix: the trees are the same, bit for bit.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import overload

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from models.groups import Ints
from models.measures import Numbers

Mask = npt.NDArray[np.bool_]
AT_ONCE = 65_536  # rows that are in memory at a time


class RowsOnDisk(lgb.Sequence):
    """Rows of a Parquet file, at `places` in ascending order, read when they are asked for.

    A slice or a number reads rows; a mask picks rows and reads nothing. The values are numbers, NaN
    where missing.
    """

    batch_size = AT_ONCE

    def __init__(self, path: Path, columns: Sequence[str], places: Ints | None = None) -> None:
        self.path, self.columns = path, list(columns)
        self._file = pq.ParquetFile(path)
        groups = range(self._file.num_row_groups)
        counts = [self._file.metadata.row_group(group).num_rows for group in groups]
        self._ends = list(accumulate(counts))
        self.places = np.arange(sum(counts)) if places is None else places
        self._held = (-1, np.empty((0, len(columns))))

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, asked: Mask) -> "RowsOnDisk": ...
    @overload
    def __getitem__(self, asked: int | slice | list[int]) -> Numbers: ...

    def __getitem__(self, asked: int | slice | list[int] | Mask) -> "Numbers | RowsOnDisk":
        if isinstance(asked, np.ndarray):
            return RowsOnDisk(self.path, self.columns, self.places[asked])
        if isinstance(asked, slice | list):
            return self._read(self.places[asked])
        return self._alone(int(self.places[asked]))

    def batches(self) -> Iterator[Numbers]:
        """All rows, some at a time."""
        for start in range(0, len(self), AT_ONCE):
            yield self[start : start + AT_ONCE]

    def __array__(self, dtype: object = None, copy: object = None) -> Numbers:
        return self._read(self.places)

    def _alone(self, place: int) -> Numbers:
        """One row, as LightGBM draws its sample: many times, so without ado."""
        group = bisect_right(self._ends, place)
        alone: Numbers = self._group(group)[place - (self._ends[group - 1] if group else 0)]
        return alone

    def _read(self, places: Ints) -> Numbers:
        rows = np.empty((len(places), len(self.columns)))
        within = np.searchsorted(self._ends, places, side="right")
        for group in np.unique(within).tolist():
            begins = self._ends[group - 1] if group else 0
            rows[within == group] = self._group(group)[places[within == group] - begins]
        return rows

    def _group(self, group: int) -> Numbers:
        """A row group; the last one read is kept, since rows are asked for in their order."""
        if self._held[0] != group:
            read = self._file.read_row_group(group, self.columns)
            self._held = group, np.column_stack([_numbers(column) for column in read.columns])
        return self._held[1]


def _numbers(column: pa.ChunkedArray) -> Numbers:
    numbers: Numbers = column.cast(pa.float64()).to_numpy()
    return numbers


Rows = Numbers | RowsOnDisk
