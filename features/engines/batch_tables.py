"""A case file made ready to be asked about many children: what is asked for, when it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import cache, cached_property, partial
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from features.case_file import CaseFile
from features.conditions import holds
from features.engines.attaching import (
    Index,
    Links,
    Recorded,
    Shown,
    fill_codes,
    fill_days,
    fill_numbers,
    index_by,
    linked_rows,
    own_rows,
)
from features.engines.columns import ROW_DAYS, Column, Columns
from features.engines.kept_case_file import KeptCaseFile
from features.engines.names import NOWHERE, TEXT
from features.engines.plan import Plan
from features.engines.plan_rows import Stream
from features.engines.program import KNOWN, ROOM, UNTIL, WITHDRAWN, Floats, Ints, Streams
from features.events import Event
from features.histories import NOT_FOLLOWED
from features.language.fields import Choice, Day, Number
from features.language.roles import SELF, Role
from features.language.rows import Table
from features.tables import LINKS, TABLES, Link, fields_of


class BatchTables:
    """A case file made ready to be asked about many children at once."""

    def __init__(self, case_file: CaseFile | KeptCaseFile) -> None:
        if isinstance(case_file, KeptCaseFile):
            self.recorded, read = case_file.recorded, case_file.column
        else:
            self.recorded, read = frozenset(case_file.tables), partial(_of_frame, case_file.tables)
        self.coverage = case_file.coverage
        self._columns = Columns(self.recorded, read)
        self._table = cache(self._make_table)
        self._index = cache(self._make_index)
        self._links = cache(self._make_links)

    @cached_property
    def persons(self) -> "pd.Index[str]":
        """Everybody who is named anywhere in the case file; a person's code is the place here."""
        everybody: pd.Index[str] = pd.Index(self._columns.persons.texts.to_pandas())
        return everybody

    def columns(self, table: Table) -> Mapping[str, Column]:
        """The columns of a table as numbers, days among them; see `features.engines.columns`."""
        return _ColumnsOf(table, self._columns)

    def places(self, children: Sequence[str] | pa.ChunkedArray) -> Ints:
        """The codes of children; those that no row names share one code that has no rows."""
        if not isinstance(children, pa.ChunkedArray):
            children = pa.chunked_array([pa.array(children, TEXT)])
        everybody = self._columns.persons
        places = everybody.places(children).astype(np.int64)
        return np.where(places == NOWHERE, len(everybody), places)

    def prepare(self, plan: Plan, do: Executor) -> None:
        """Make all that a plan reads ready, each thing once, whichever threads ask for it later."""
        tables = {TABLES[stream.table] for stream in plan.streams}
        linking = {link for link in LINKS if any(link.role is s.role for s in plan.streams)}
        fields = {(TABLES[plan.streams[slot.stream].table], slot.field) for slot in plan.slots}
        fields |= {(table, name) for table in tables for name in table.concerns}
        fields |= {(link.table, field.name) for link in linking for field in link.condition.fields}
        dated = [(table,) for table in tables | {link.table for link in linking}]
        coded = [(self._columns.make, (group,)) for group in self._columns.apart(fields)]
        _all(do, [*coded, *((self._columns.days, table) for table in dated)])
        _all(do, [(self._table, (table,)) for table in tables])
        nobody = np.empty(0, np.int64)
        _all(do, [(self._shown, (stream, nobody)) for stream in plan.streams])

    def streams(self, plan: Plan, children: Ints) -> Streams:
        """The rows and fields of some children, given by their codes, that a plan reads."""
        shown = [self._shown(stream, children) for stream in plan.streams]
        firsts = list(accumulate((len(rows.rows) for rows in shown), initial=0))
        days = np.empty((4, firsts[-1] + ROOM), np.int32)
        starts = np.empty((len(shown), len(children) + 1), np.int64)
        for number, (stream, rows) in enumerate(zip(plan.streams, shown, strict=True)):
            starts[number] = rows.starts + firsts[number]
            fill_days(days, firsts[number], self._columns.days(TABLES[stream.table]), rows)
        fields, slots = self._fields(plan, shown, firsts)
        return Streams(starts, days, fields, slots)

    def _fields(
        self, plan: Plan, shown: Sequence[Shown], firsts: Sequence[int]
    ) -> tuple[Floats, Ints]:
        """The fields that the plan reads, one after another, and where each has its row 0."""
        wanted = [shown[slot.stream].rows for slot in plan.slots]
        begins = list(accumulate(map(len, wanted), initial=firsts[-1]))  # past every row's number
        fields = np.empty(begins[-1] + ROOM)
        for slot, rows, begin in zip(plan.slots, wanted, begins, strict=False):
            column = self._columns.of(TABLES[plan.streams[slot.stream].table], slot.field)
            fill = fill_numbers if column.dtype == np.float64 else fill_codes
            fill(fields[begin : begin + len(rows)], column, rows)
        slots = [
            begin - firsts[slot.stream] for slot, begin in zip(plan.slots, begins, strict=False)
        ]
        return fields, np.array(slots, np.int64)

    def _shown(self, stream: Stream, children: Ints) -> Shown:
        table = TABLES[stream.table]
        if stream.role is SELF:
            return own_rows(children, self._index(table, table.concerns[:1]), self._table(table))
        fields = table.concerns if stream.as_ is None else (stream.as_,)
        links = self._links(stream.role, table.name in NOT_FOLLOWED)
        return linked_rows(children, links, self._index(table, fields), self._table(table))

    @property
    def _bins(self) -> int:
        """Everybody, and one more who is nobody."""
        return len(self._columns.persons) + 1

    def _make_table(self, table: Table) -> Recorded:
        """A table whose rows of the same day come in the order of their ids.

        The ids are left aside where they cannot change an answer: rows of the same day are only
        told apart by the order in which their numbers are added, and whole numbers add up to the
        same in any order.
        """
        days = self._columns.days(table)
        rows = np.arange(days.shape[1], dtype=np.int32)
        turns = rows
        if not all(map(_are_whole, self._numbers(table))):
            rows = np.lexsort((days[KNOWN], self._columns.ranks(table))).astype(np.int32)
            turns = np.empty_like(rows)
            turns[rows] = np.arange(len(rows), dtype=np.int32)
        return Recorded(days, self._columns.of(table, table.concerns[0]), rows, turns)

    def _numbers(self, table: Table) -> Iterator[Floats]:
        for name, field in fields_of(table).items():
            if isinstance(field, Number):
                yield self._columns.of(table, name)

    def _make_index(self, table: Table, fields: tuple[str, ...]) -> Index:
        """The rows of a table by the persons in some of its fields."""
        persons = np.concatenate([self._columns.of(table, field) for field in fields])
        index = index_by(persons, self._bins, np.arange(len(persons), dtype=np.int32))
        rows = len(persons) // len(fields)
        return Index(index.starts, index.rows % max(rows, 1)) if len(fields) > 1 else index

    def _make_links(self, role: Role, nobody: bool) -> Links:
        """Who is linked to each child in a role, or nobody at all."""
        (link,) = [link for link in LINKS if link.role is role]
        days, columns = self._columns.days(link.table), self._columns
        linking = np.flatnonzero(self._holds(link)) if not nobody else np.empty(0, np.int64)
        child = columns.of(link.table, "child")
        by_child = index_by(child, self._bins, linking.astype(np.int32))
        rows = by_child.rows
        person = columns.of(link.table, link.person.name)[rows]
        return Links(
            by_child.starts, person, days[KNOWN][rows], days[WITHDRAWN][rows], days[UNTIL][rows]
        )

    def _holds(self, link: Link) -> npt.NDArray[np.bool_]:
        """Of which rows the condition of a link, which is on one field, is true."""
        (field,) = link.condition.fields
        codes = self._columns.of(link.table, field.name)
        names = list(field.allowed) if isinstance(field, Choice) else ["anybody"]
        says = [holds(link.condition, _row({field.name: name})) for name in names]
        says.append(holds(link.condition, _row({})))  # the last: -1 is "not filled in"
        return np.array(says)[np.minimum(codes, len(names) - 1)]


class _ColumnsOf(Mapping[str, Column]):
    """The columns of one table by name."""

    def __init__(self, table: Table, columns: Columns) -> None:
        self._table, self._columns = table, columns

    def __getitem__(self, name: str) -> Column:
        if name in ROW_DAYS:
            day: Column = self._columns.days(self._table)[ROW_DAYS.index(name)]
            return day
        return self._columns.of(self._table, name)

    def __iter__(self) -> Iterator[str]:
        return iter(fields_of(self._table))

    def __len__(self) -> int:
        return len(fields_of(self._table))


def _of_frame(frames: Mapping[str, pd.DataFrame], table: Table, name: str) -> pa.ChunkedArray:
    """A column of a frame, days as days and text as text."""
    column = pa.array(frames[table.name][name], from_pandas=True)
    if isinstance(fields_of(table)[name], Day):
        column = column.cast(pa.date32())
    return column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])


def _all(do: Executor, asked: Iterable[tuple[Callable[..., object], tuple[Any, ...]]]) -> None:
    """Have everything made that is asked for, on all threads, before going on."""
    for made in [do.submit(make, *of) for make, of in asked]:
        made.result()


def _are_whole(numbers: Floats) -> bool:
    return bool(np.all(np.isnan(numbers) | (numbers == np.floor(numbers))))


def _row(filled: Mapping[str, str]) -> Event:
    return Event("", 0, 0, None, None, filled)
