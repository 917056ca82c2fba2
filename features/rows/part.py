"""One part: a small case file of its own with its pairs, and the rows that it comes to."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from features.case_file import ABOUT, CaseFile, arrow_schema
from features.engines.batch import answer_all
from features.engines.batch_tables import BatchTables
from features.language.feature import Column
from features.rows.durable import write_table
from features.rows.pairs import SCHEMA
from features.rows.plan import Ints, Lists, Plan
from features.rows.source import Source
from features.tables import TABLES

Numbers = npt.NDArray[np.float64]
PAIRS = "pairs.parquet"
ROWS_AT_ONCE = 1_000_000  # of a table: bounds the memory


def part_name(part: int) -> str:
    """The name of a part, so that names sort as numbers do."""
    return f"{part:06}"


def spread(source: Source, plan: Plan, folder: Path, table: str) -> None:
    """Write the rows of one table into the case file of every part that needs them.

    A part's table is a folder with a file for each slice of the rows in which they are read.
    """
    needed = Needed.of(plan)
    for number, rows in enumerate(source.slices(table, ROWS_AT_ONCE)):
        for part, taken in needed.rows(rows, TABLES[table].concerns):
            file = folder / part_name(part) / f"{table}.parquet" / f"{number:06}.parquet"
            file.parent.mkdir(exist_ok=True)
            pq.write_table(rows.take(taken), file)


@dataclass(frozen=True)
class Needed:
    """The parts that need each person, made ready to be looked up."""

    persons: pa.Array
    parts: Lists

    @classmethod
    def of(cls, plan: Plan) -> "Needed":
        """As the plan says."""
        parts = plan.needed["parts"].combine_chunks()
        lists = Lists(parts.offsets.to_numpy().astype(np.int64), parts.values.to_numpy())
        return cls(plan.needed["person"].combine_chunks(), lists)

    def rows(self, rows: pa.Table, concerns: Sequence[str]) -> Iterator[tuple[int, Ints]]:
        """Each part that needs any of the rows, with the places of those that it needs."""
        wanted = []
        for field in concerns:
            codes = pc.index_in(rows[field], self.persons).fill_null(-1)
            row, part = self.parts.pick(codes.to_numpy().astype(np.int64))
            wanted.append(part * len(rows) + row)  # once for each part, in the order of the rows
        part, row = np.divmod(np.unique(np.concatenate(wanted)), len(rows))
        first = np.flatnonzero(np.diff(part, prepend=-1))
        if len(first):
            yield from zip(part[first].tolist(), np.split(row, first[1:]), strict=True)


def open_parts(source: Source, plan: Plan, folder: Path) -> None:
    """Write what each part is asked, and of what kind of case file it is a part."""
    covered = {k: v for k, v in source.about.get("coverage", {}).items() if k in source.names}
    about = json.dumps({**source.about, "tables": source.names, "coverage": covered})
    for part in plan.parts:
        (folder / part_name(part)).mkdir(parents=True)
        pq.write_table(plan.pairs_of(part), folder / part_name(part) / PAIRS)
        (folder / part_name(part) / ABOUT).write_text(about, "utf-8")


def fill_gaps(source: Source, plan: Plan, folder: Path) -> None:
    """Write an empty table wherever a part needs none of its rows: empty is not unknown."""
    for table in source.names:
        empty = arrow_schema(TABLES[table]).empty_table()
        for part in plan.parts:
            path = folder / part_name(part) / f"{table}.parquet"
            if not path.exists():
                pq.write_table(empty, path)


def answer_part(folder: Path, columns: Sequence[Column], out: Path) -> None:
    """Answer the pairs of the part in a folder, and write their rows whole or not at all."""
    pairs = pq.read_table(folder / PAIRS)
    days = pairs["cutoff"].cast(pa.int32()).to_numpy().astype(np.int64)
    tables = BatchTables(CaseFile.read(folder))
    values = [column.value for column in columns]
    answers = answer_all(values, tables, pairs["child"], days)
    write_table(_rows(pairs, columns, answers), out)


def schema_of(columns: Sequence[Column]) -> pa.Schema:
    """Child, cutoff and a number for each column, null where the answer is missing."""
    return pa.schema([*SCHEMA, *((column.name, pa.float64()) for column in columns)])


def _rows(pairs: pa.Table, columns: Sequence[Column], answers: Numbers) -> pa.Table:
    numbers = [pa.array(answers[:, i], from_pandas=True) for i in range(len(columns))]
    return pa.Table.from_arrays(
        [pairs["child"], pairs["cutoff"], *numbers], schema=schema_of(columns)
    )
