"""One part: a small case file of its own with its pairs, and the rows that it comes to."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from features.case_file import ABOUT, arrow_schema
from features.engines.batch import answer_all
from features.engines.batch_tables import BatchTables
from features.engines.kept_case_file import KeptCaseFile
from features.engines.names import Names
from features.language.feature import Column
from features.language.fields import Choice
from features.rows.durable import write_table
from features.rows.pairs import SCHEMA
from features.rows.plan import Ints, Lists, Plan, distinct
from features.rows.source import Source
from features.tables import TABLES, fields_of

Numbers = npt.NDArray[np.float64]
PAIRS = "pairs.parquet"
ROWS_AT_ONCE = 1_000_000  # of a table: bounds the memory


def part_name(part: int) -> str:
    """The name of a part, so that names sort as numbers do."""
    return f"{part:06}"


def spread(source: Source, plan: Plan, folder: Path) -> None:
    """Write the rows of each table into the case file of every part that needs them.

    A part's table is a folder with a file for each slice of the rows in which they are read.
    """
    needed = Needed.of(plan)
    for table in map(TABLES.__getitem__, source.names):
        codes = [name for name, field in fields_of(table).items() if isinstance(field, Choice)]
        for number, rows in enumerate(source.slices(table, codes, ROWS_AT_ONCE)):
            for part, taken in needed.rows(rows, table.concerns):
                file = folder / part_name(part) / f"{table.name}.parquet" / f"{number:06}.parquet"
                file.parent.mkdir(exist_ok=True)
                # It is read once: quickly written matters more than small.
                pq.write_table(rows.take(taken), file, use_dictionary=codes, compression="lz4")


@dataclass(frozen=True)
class Needed:
    """The parts that need each person, made ready to be looked up."""

    persons: Names
    parts: Lists

    @classmethod
    def of(cls, plan: Plan) -> "Needed":
        """As the plan says."""
        parts = plan.needed["parts"].combine_chunks()
        lists = Lists(parts.offsets.to_numpy().astype(np.int64), parts.values.to_numpy())
        return cls(Names(plan.needed["person"].combine_chunks()), lists)

    def rows(self, rows: pa.Table, concerns: Sequence[str]) -> Iterator[tuple[int, Ints]]:
        """Each part that needs any of the rows, with the places of those that it needs."""
        wanted = []
        for field in concerns:
            row, part = self.parts.pick(self.persons.places(rows[field]))
            wanted.append(part * len(rows) + row)  # once for each part, in the order of the rows
        part, row = np.divmod(distinct(np.concatenate(wanted)), len(rows))
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
    tables = BatchTables(KeptCaseFile(folder))
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
