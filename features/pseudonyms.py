"""A case file in which nobody is named: what leaves an office so that models learn from it.

Names and addresses stay behind. Every identifier, of a person, a row or a report, is replaced by a
pseudonym: the same wherever it stands, so that every feature answers as before. Groups that audits
compare keep their codes, but for those of a few children. Days and the codes of closed lists are as
they were, since the answers are made of them: whoever knows a child's story could still find it. It
is pseudonymous, not anonymous.
"""

import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from features.case_file import ABOUT, arrow_schema
from features.language.fields import Code, Field, Person, Reference
from features.language.rows import Table
from features.rows.source import Source
from features.tables import TABLES, fields_of

LENGTH = 16  # bytes: of a billion identifiers no two have one pseudonym
FEWEST = 8  # children of a group; a smaller one is told as not known
ROWS = 100_000  # of a table in memory at a time

StandIns = Mapping[str, Callable[[str], str | None]]


def write_pseudonymous(source: Source, out: Path, key: bytes) -> dict[str, int]:
    """Write a case file into a folder so that nobody is named; how many rows, by table.

    Whoever has the key can tell whose a pseudonym is. Raises KizukiError where a table is broken.
    """
    rows = {name: _write(source, TABLES[name], out, key) for name in source.names}
    said = {**source.about, "tables": source.names}
    if "coverage" in said:
        said["coverage"] = {name: of for name, of in said["coverage"].items() if name in rows}
    (out / ABOUT).write_text(json.dumps(said, indent=1) + "\n", "utf-8")
    return rows


def _write(source: Source, table: Table, out: Path, key: bytes) -> int:
    schema, rows = arrow_schema(table), 0
    stand_ins = _stand_ins(source, table, key)
    with pq.ParquetWriter(out / f"{table.name}.parquet", schema) as file:
        for part in _replaced(source, table, stand_ins):
            file.write_table(part.cast(schema))
            rows += len(part)
    return rows


def _replaced(source: Source, table: Table, stand_ins: StandIns) -> Iterator[pa.Table]:
    for part in source.slices(table, list(stand_ins), ROWS):
        columns = dict(zip(part.schema.names, part.columns, strict=True))
        for name, stand_in in stand_ins.items():
            codes = columns[name].unify_dictionaries().combine_chunks()
            told = pa.array(map(stand_in, codes.dictionary.to_pylist()), pa.string())
            columns[name] = told.take(codes.indices)
        yield pa.table(columns)


def _stand_ins(source: Source, table: Table, key: bytes) -> StandIns:
    """For each column with an identifier or a code of the office's own: what stands for each."""
    found: dict[str, Callable[[str], str | None]] = {}
    for name, field in fields_of(table).items():
        if isinstance(field, Code) and field.protected:
            found[name] = _large_groups(source, table, name).get
        elif isinstance(field, Code | Person | Reference):
            found[name] = partial(pseudonym, key, _kind(table, name, field))
    return found


def _large_groups(source: Source, table: Table, name: str) -> dict[str, str]:
    """The groups that are not of a few children, each by its code."""
    child = table.concerns[0]
    groups = source.table(table.name, [child, name]).group_by(name)
    counts = groups.aggregate([(child, "count_distinct")]).to_pylist()
    return {one[name]: one[name] for one in counts if one[f"{child}_count_distinct"] >= FEWEST}


def _kind(table: Table, name: str, field: Field) -> str:
    """What an identifier is of: within a kind, it has one pseudonym wherever it stands."""
    if isinstance(field, Reference):
        return field.to
    return "person" if isinstance(field, Person) else table.name if name == "id" else name


def pseudonym(key: bytes, kind: str, identifier: str) -> str:
    """HMAC-SHA256 (RFC 2104) of an identifier and what it is of, shortened."""
    return hmac.digest(key, f"{kind}\0{identifier}".encode(), "sha256")[:LENGTH].hex()
