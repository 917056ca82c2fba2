"""A case file on disk of which a column is read when it is asked for, and nothing else."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from features.case_file import arrow_schema, must_be_of, read_about, unbroken
from features.coverage import KIND
from features.language.fields import Choice
from features.language.rows import Table
from features.tables import TABLES, fields_of


class KeptCaseFile:
    """A case file in a folder; raises KizukiError where there is none or a broken one.

    The same where a row has a kind that is said not to be recorded. `recorded` names its tables.
    Codes are read as dictionaries, as Parquet keeps them: one that stands in a million rows is
    looked up once.
    """

    def __init__(self, folder: Path) -> None:
        about = read_about(folder)
        self.recorded, self.coverage = frozenset(about.recorded), about.coverage
        self._folder = folder
        self._files = cache(self._of)
        for name, covered in self.coverage.items():
            if covered.kinds is not None:
                must_be_of(covered.kinds, name, self.column(TABLES[name], KIND).to_pandas())

    def column(self, table: Table, name: str) -> pa.ChunkedArray:
        """A column of a table; codes as dictionaries. Several threads may read at once."""
        kind = arrow_schema(table).field(name).type
        with unbroken(self._folder):
            read = [file.read([name]) for file in self._files(table)]
            column = pa.concat_tables(read)[name]
            return column if pa.types.is_string(kind) else column.cast(kind)

    def _of(self, table: Table) -> list["_File"]:
        """The file of a table, or those in its folder."""
        path, fields = self._folder / f"{table.name}.parquet", fields_of(table)
        repeated = [name for name, field in fields.items() if isinstance(field, Choice)]
        files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
        return [_File(file, repeated, pq.read_metadata(file)) for file in files]


class _File(NamedTuple):
    """A file of which each read has a reader of its own.

    Two threads that share a reader of Arrow's end the process: one throws away what the other has
    fetched. What stands at the end of the file never changes, and is shared.
    """

    path: Path
    repeated: list[str]
    metadata: pq.FileMetaData

    def read(self, columns: list[str]) -> pa.Table:
        with pq.ParquetFile(
            self.path, metadata=self.metadata, read_dictionary=self.repeated, pre_buffer=False
        ) as file:
            return file.read(columns)
