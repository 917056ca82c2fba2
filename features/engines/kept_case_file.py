"""A case file on disk of which a column is read when it is asked for, and nothing else."""

from functools import cache
from pathlib import Path

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
        self._opened = cache(self._open)
        for name, covered in self.coverage.items():
            if covered.kinds is not None:
                must_be_of(covered.kinds, name, self.column(TABLES[name], KIND).to_pandas())

    def column(self, table: Table, name: str) -> pa.ChunkedArray:
        """A column of a table; codes as dictionaries."""
        kind = arrow_schema(table).field(name).type
        with unbroken(self._folder):
            read = [file.read(columns=[name]) for file in self._opened(table)]
            column = pa.concat_tables(read)[name]
            return column if pa.types.is_string(kind) else column.cast(kind)

    def _open(self, table: Table) -> list[pq.ParquetFile]:
        """The file of a table, or those in its folder."""
        path, fields = self._folder / f"{table.name}.parquet", fields_of(table)
        repeated = [name for name, field in fields.items() if isinstance(field, Choice)]
        files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
        return [pq.ParquetFile(file, read_dictionary=repeated) for file in files]
