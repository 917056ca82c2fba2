"""The columns of a case file as numbers, each made when it is first asked for, and kept.

Text becomes codes, whole numbers that mean the same wherever they stand: a person has one code in
all tables, and so have an id and the references to it. After this nothing is compared as text.
"""

from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from features.engines.program import NEVER, Days
from features.language.fields import Choice, Day, Field, Flag, Number, Person, Reference
from features.language.rows import Table
from features.tables import TABLES, fields_of

Codes = npt.NDArray[np.int32]  # -1 where not filled in
Column = npt.NDArray[Any]  # codes, or floats, NaN where not filled in
Read = Callable[[Table, str], pa.ChunkedArray]  # a column of a table, from where it is kept

ROW_DAYS = ("happened", "known", "withdrawn", "until")
PERSONS = "persons"
TEXT = pa.large_string()
_Place = tuple[str, str]  # table and field


class Columns:
    """The columns of the tables that are recorded."""

    def __init__(self, recorded: Collection[str], read: Read) -> None:
        self._recorded, self._read = sorted(recorded), read
        self.of = cache(self._of)
        self.days = cache(self._days)
        self._named = cache(self._encode)

    @property
    def persons(self) -> pa.Array:
        """Everybody who is named anywhere in the case file; a person's code is the place here."""
        return self._named(PERSONS)[0]

    def ranks(self, table: Table) -> Codes:
        """The place of each row's id in the order of the alphabet."""
        ranks: Codes = pc.rank(self._read(table, "id"), tiebreaker="dense").to_numpy()
        return ranks.astype(np.int32)

    def _days(self, table: Table) -> Days:
        """The four days of each row, NEVER where there is none: by day and row."""
        days = [
            _numbers(self._read(table, name).cast(pa.int32()), NEVER)
            for name in ROW_DAYS
            if name in fields_of(table)
        ]
        never = [np.full_like(days[0], NEVER)] * (len(ROW_DAYS) - len(days))  # events do not last
        return np.array(days + never)

    def _of(self, table: Table, name: str) -> Column:
        """A column: codes, or floats where it holds numbers or days."""
        field = fields_of(table)[name]
        kind = _kind(table, name, field)
        if kind:
            return self._named(kind)[1][table.name, name]
        values = self._read(table, name)
        if isinstance(field, Choice):
            codes = pc.index_in(values.cast(TEXT), pa.array(list(field.allowed), TEXT))
            return _numbers(codes, -1)
        if isinstance(field, Flag):
            return _numbers(values.cast(pa.int32()), -1)
        if isinstance(field, Day | Number):
            numbers = values.cast(pa.int32()) if isinstance(field, Day) else values
            return _numbers(numbers.cast(pa.float64()), np.nan)
        return _encoded({(table.name, name): values})[1][table.name, name]

    def _encode(self, kind: str) -> tuple[pa.Array, dict[_Place, Codes]]:
        """All that are named, persons or rows of a table, and each column in which they are."""
        places = [
            (table, name)
            for table in self._recorded
            for name, field in fields_of(TABLES[table]).items()
            if _kind(TABLES[table], name, field) == kind
        ]
        return _encoded({place: self._read(TABLES[place[0]], place[1]) for place in places})


def _kind(table: Table, name: str, field: Field) -> str | None:
    """Who or what a column names: persons, or rows of a table; None where it names nothing."""
    if isinstance(field, Person):
        return PERSONS
    if isinstance(field, Reference):
        return field.to
    return table.name if name == "id" else None


def _encoded(columns: dict[_Place, pa.ChunkedArray]) -> tuple[pa.Array, dict[_Place, Codes]]:
    """Columns as codes, the same for the same text, and the text of each code."""
    chunks = [chunk for column in columns.values() for chunk in column.cast(TEXT).chunks]
    together = pa.chunked_array(chunks, TEXT).dictionary_encode()
    codes = _numbers(_indices(together.chunks), -1)
    ends = np.cumsum([len(column) for column in columns.values()])
    names = together.chunk(0).dictionary if chunks else pa.array([], TEXT)
    return names, dict(zip(columns, np.split(codes, ends), strict=False))


def _indices(chunks: Iterable[pa.DictionaryArray]) -> pa.ChunkedArray:
    return pa.chunked_array([chunk.indices for chunk in chunks], pa.int32())


def _numbers(values: pa.ChunkedArray, unknown: float) -> npt.NDArray[Any]:
    numbers: npt.NDArray[Any] = pc.fill_null(values, unknown).to_numpy()
    return numbers
