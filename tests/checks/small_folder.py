"""Folders of a case file, sound or not: Parquet that is written without asking if it may be."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from features.case_file import ABOUT, arrow_schema
from features.checks.checked import Checked, check_folder
from features.language.fields import Day
from features.tables import TABLES, fields_of

Row = Mapping[str, object]
AS_OF = "2024-04-01"
ANN = {"id": "c1", "child": "ann", "happened": "2016-05-01", "known": "2020-01-01"}


def row(**fields: object) -> Row:
    """A row about ann, of one day and known on it, unless said otherwise."""
    told = {"id": "r1", "child": "ann", "happened": "2024-01-10", **fields}
    return {"known": told["happened"], **told}


def write_folder(
    folder: Path,
    tables: Mapping[str, Sequence[Row]],
    *,
    as_of: str = AS_OF,
    coverage: object | None = None,
) -> Path:
    """A folder with these rows, days as ISO text; ann is on file unless `children` is given."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {"children": [ANN], **tables}
    for name, rows in tables.items():
        pq.write_table(arrow_of(name, rows), folder / f"{name}.parquet")
    about = {"as_of": as_of, "tables": list(tables)}
    if coverage is not None:
        about["coverage"] = coverage  # type: ignore[assignment]
    (folder / ABOUT).write_text(json.dumps(about), "utf-8")
    return folder


def arrow_of(name: str, rows: Sequence[Row]) -> pa.Table:
    """Rows as the file of a table holds them."""
    fields = fields_of(TABLES[name])
    columns = [
        [_day(one.get(field)) if isinstance(kind, Day) else one.get(field) for one in rows]
        for field, kind in fields.items()
    ]
    schema = arrow_schema(TABLES[name])
    return pa.Table.from_arrays(
        [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)],
        schema=schema,
    )


def check_rows(folder: Path, **tables: Sequence[Row]) -> Checked:
    """What the check says of these rows."""
    return check_folder(write_folder(folder, tables))


def told(checked: Checked) -> list[tuple[str, str, list[str | None]]]:
    """What was found: the place, the fault's code, and the ids of the rows."""
    return [
        (f"{found.table}.{found.field}", found.fault.code, list(found.ids))
        for found in checked.found
    ]


def kept_ids(checked: Checked, table: str) -> list[str]:
    return list(checked.kept[table]["id"])


def _day(written: object) -> object:
    return date.fromisoformat(written) if isinstance(written, str) else written
