"""The columns of a case file as numbers, each made when it is first asked for, and kept.

Text becomes codes, whole numbers that mean the same wherever they stand: a person has one code in
all tables, and so have an id and the references to it. After this nothing is compared as text.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from features.engines.compiled import threads
from features.engines.names import TEXT, Codes, Names
from features.engines.program import NEVER, Days
from features.language.fields import Choice, Day, Flag, Number, Person, Reference
from features.language.rows import Table
from features.tables import TABLES, fields_of

Column = npt.NDArray[Any]  # codes, -1 where not filled in, or floats, then NaN
Read = Callable[[Table, str], pa.ChunkedArray]  # a column of a table, from where it is kept
Place = tuple[Table, str]  # table and field

ROW_DAYS = ("happened", "known", "withdrawn", "until")
PERSONS = "persons"


class Columns:
    """The columns of the tables that are recorded."""

    def __init__(self, recorded: Collection[str], read: Read) -> None:
        self._tables = [table for name, table in TABLES.items() if name in recorded]
        self._read = read
        self.of = cache(self._of)
        self.days = cache(self._days)
        self._names: dict[str, Names] = defaultdict(Names)  # by what is named
        self._named: dict[Place, Codes] = {}

    @property
    def persons(self) -> Names:
        """Everybody who is named anywhere in the case file."""
        self._name(PERSONS, ())
        return self._names[PERSONS]

    def ranks(self, table: Table) -> Codes:
        """The place of each row's id in the order of the alphabet."""
        ranks: Codes = pc.rank(self._read(table, "id").cast(TEXT), tiebreaker="dense").to_numpy()
        return ranks.astype(np.int32)

    def apart(self, fields: Iterable[Place]) -> Collection[Sequence[Place]]:
        """The fields in groups of which each can be made while another thread makes another."""
        groups: dict[str | Place, list[Place]] = defaultdict(list)
        for table, name in sorted(fields, key=lambda place: (place[0].name, place[1])):
            groups[_kind(table, name) or (table, name)].append((table, name))
        return groups.values()

    def make(self, group: Sequence[Place]) -> None:
        """Make the fields of a group; what they name is looked at once."""
        kind = _kind(*group[0])
        if kind:
            self._name(kind, group)
        for table, name in group:
            self.of(table, name)

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
        kind = _kind(table, name)
        if kind:
            self._name(kind, [(table, name)])
            return self._named[table, name]
        values = self._read(table, name)
        if isinstance(field, Choice):
            return Names(list(field.allowed)).places(values)
        if isinstance(field, Flag):
            return _numbers(values.cast(pa.int32()), -1)
        if isinstance(field, Day | Number):
            numbers = values.cast(pa.int32()) if isinstance(field, Day) else values
            return _numbers(numbers.cast(pa.float64()), np.nan)
        return Names().add(values)

    def _name(self, kind: str, fields: Iterable[Place]) -> None:
        """Give codes to what some fields name, or, of persons, to all; those given before stay."""
        if kind == PERSONS:
            fields = [(table, name) for table in self._tables for name in fields_of(table)]
        new = [place for place in fields if place not in self._named and _kind(*place) == kind]
        if new:
            with ThreadPoolExecutor(threads()) as pool:  # one reads on while another gives codes
                read = pool.map(self._read, *zip(*new, strict=True))
                for place, column in zip(new, read, strict=True):
                    self._named[place] = self._names[kind].add(column)


def _kind(table: Table, name: str) -> str | None:
    """Who or what a column names: persons, or rows of a table; None where it names nothing."""
    field = fields_of(table)[name]
    if isinstance(field, Person):
        return PERSONS
    if isinstance(field, Reference):
        return field.to
    return table.name if name == "id" else None


def _numbers(values: pa.ChunkedArray | pa.Array, unknown: float) -> npt.NDArray[Any]:
    numbers: npt.NDArray[Any] = pc.fill_null(values, unknown).to_numpy(zero_copy_only=False)
    return numbers
