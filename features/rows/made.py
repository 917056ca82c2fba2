"""Rows that were made before, by this machine or a cluster, read again by child and cutoff."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from features.errors import KizukiError
from features.language.feature import Column
from features.rows.chosen import marked
from features.rows.make import MADE_OF
from features.rows.source import Source


class MadeRows:
    """The rows in a file that `kizuki rows make` wrote.

    Raises KizukiError for another file, and where other columns or another case file were asked.
    """

    def __init__(self, file: Path, columns: Sequence[Column], source: Source) -> None:
        try:
            rows = pq.read_table(file)
            made_of = json.loads(rows.schema.metadata[MADE_OF])
        except (KeyError, OSError, TypeError, ValueError) as problem:
            raise KizukiError(
                f"{file}: is not what `kizuki rows make` writes ({type(problem).__name__})"
            ) from problem
        for what, is_ in (("columns", marked(columns)), ("case_file", source.digest())):
            if made_of[what] != is_:
                raise KizukiError(
                    f"{file}: was made of other {what.replace('_', ' ')}: make it anew, with "
                    "--lock and the model's features.lock"
                )
        self._file, self._rows, self._names = file, rows, [column.name for column in columns]
        self._places = {pair: place for place, pair in enumerate(_pairs(rows))}

    def at(self, children: Sequence[str], cutoffs: Sequence[int]) -> npt.NDArray[np.float64]:
        """The rows of pairs of child and cutoff (a day number), NaN where an answer is missing.

        Raises KizukiError where a row was not made.
        """
        places = [self._places.get(pair, -1) for pair in zip(children, cutoffs, strict=True)]
        if -1 in places:
            raise KizukiError(
                f"{self._file}: {places.count(-1)} of {len(places)} rows were not made; the first "
                f"is number {places.index(-1) + 1}"
            )
        rows = np.empty((len(places), len(self._names)))
        for number, name in enumerate(self._names):
            rows[:, number] = self._rows[name].to_numpy()[places]
        return rows


def _pairs(rows: pa.Table) -> Iterator[tuple[str, int]]:
    days = rows["cutoff"].cast(pa.int32())
    yield from zip(rows["child"].to_pylist(), days.to_pylist(), strict=True)
