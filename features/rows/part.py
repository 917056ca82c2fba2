"""One part: a small case file of its own with its pairs, and the rows that it comes to."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from features.case_file import ABOUT, CaseFile
from features.engines.batch import answer_all
from features.engines.batch_tables import BatchTables
from features.language.feature import Column
from features.rows.durable import write_table
from features.rows.pairs import SCHEMA
from features.rows.plan import Lists, Plan
from features.rows.source import Source
from features.tables import TABLES

Numbers = npt.NDArray[np.float64]
PAIRS = "pairs.parquet"


def part_name(part: int) -> str:
    """The name of a part, so that names sort as numbers do."""
    return f"{part:06}"


def spread(source: Source, plan: Plan, folder: Path, table: str) -> None:
    """Write the rows of one table into the case file of every part that needs them."""
    rows, concerns = source.table(table), TABLES[table].concerns
    parts = plan.needed["parts"].combine_chunks()
    needed = Lists(parts.offsets.to_numpy().astype(np.int64), parts.values.to_numpy())
    wanted = []
    for field in concerns:
        codes = pc.index_in(rows[field], plan.needed["person"].combine_chunks())
        row, into = needed.pick(codes.fill_null(-1).to_numpy().astype(np.int64))
        wanted.append(into * len(rows) + row)  # once for each part, in the order of the rows
    sorted_rows = np.unique(np.concatenate(wanted))
    starts = np.searchsorted(sorted_rows, np.arange(len(plan.parts) + 1) * len(rows))
    for part in plan.parts:
        taken = sorted_rows[starts[part] : starts[part + 1]] - part * len(rows)
        pq.write_table(rows.take(taken), folder / part_name(part) / f"{table}.parquet")


def open_parts(source: Source, plan: Plan, folder: Path) -> None:
    """Write what each part is asked, and of what kind of case file it is a part."""
    covered = {k: v for k, v in source.about.get("coverage", {}).items() if k in source.names}
    about = json.dumps({**source.about, "tables": source.names, "coverage": covered})
    for part in plan.parts:
        (folder / part_name(part)).mkdir(parents=True)
        pq.write_table(plan.pairs_of(part), folder / part_name(part) / PAIRS)
        (folder / part_name(part) / ABOUT).write_text(about, "utf-8")


def answer_part(folder: Path, columns: Sequence[Column], out: Path) -> None:
    """Answer the pairs of the part in a folder, and write their rows whole or not at all."""
    pairs = pq.read_table(folder / PAIRS)
    days = pairs["cutoff"].cast(pa.int32()).to_numpy().astype(np.int64)
    tables = BatchTables(CaseFile.read(folder))
    values = [column.value for column in columns]
    answers = answer_all(values, tables, pairs["child"].to_pylist(), days)
    write_table(_rows(pairs, columns, answers), out)


def schema_of(columns: Sequence[Column]) -> pa.Schema:
    """Child, cutoff and a number for each column, null where the answer is missing."""
    return pa.schema([*SCHEMA, *((column.name, pa.float64()) for column in columns)])


def _rows(pairs: pa.Table, columns: Sequence[Column], answers: Numbers) -> pa.Table:
    numbers = [pa.array(answers[:, i], from_pandas=True) for i in range(len(columns))]
    return pa.Table.from_arrays(
        [pairs["child"], pairs["cutoff"], *numbers], schema=schema_of(columns)
    )
