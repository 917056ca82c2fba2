"""A case file on disk, read one table at a time; names are left where they are."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from features.case_file import ABOUT, arrow_schema
from features.errors import KizukiError
from features.language.rows import Table
from features.tables import TABLES

NOT_READ = "people"  # no feature asks for a name


class Source:
    """The tables of a case file as Arrow, read when they are asked for.

    Raises KizukiError for a folder that holds no case file, or a broken one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / ABOUT).is_file():
            raise KizukiError(f"{folder} holds no case file: {ABOUT} is missing")
        try:
            self.about: dict[str, Any] = json.loads((folder / ABOUT).read_text("utf-8"))
            self.names = [name for name in self.about["tables"] if name != NOT_READ]
            self.as_of = date.fromisoformat(self.about["as_of"])
        except (LookupError, OSError, TypeError, ValueError) as problem:
            raise self._broken(problem) from problem

    def path(self, name: str) -> Path:
        """The file of a table."""
        return self.folder / f"{name}.parquet"

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table, or some columns of it."""
        schema = arrow_schema(TABLES[name])
        names = schema.names if columns is None else columns
        try:
            kept = pa.schema([schema.field(column) for column in names])
            return pq.read_table(self.path(name), columns=list(names)).cast(kept)
        except (LookupError, OSError, TypeError, ValueError) as problem:
            raise self._broken(problem) from problem

    def slices(self, table: Table, codes: Sequence[str], rows: int) -> Iterator[pa.Table]:
        """A table, so many rows at a time and in their order; some fields as dictionaries."""
        schema = arrow_schema(table)
        for name in codes:
            place = schema.get_field_index(name)
            schema = schema.set(place, pa.field(name, pa.dictionary(pa.int32(), pa.string())))
        try:
            with pq.ParquetFile(self.path(table.name), read_dictionary=codes) as file:
                for batch in file.iter_batches(rows):
                    yield pa.Table.from_batches([batch]).select(schema.names).cast(schema)
        except (LookupError, OSError, TypeError, ValueError) as problem:
            raise self._broken(problem) from problem

    def digest(self) -> str:
        """A short hash that changes with any byte of any table that is read."""
        whole = hashlib.sha256(json.dumps(self.about, sort_keys=True).encode())
        for name in sorted(self.names):
            with self.path(name).open("rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
        return whole.hexdigest()[:16]

    def _broken(self, problem: Exception) -> KizukiError:
        return KizukiError(f"{self.folder} is broken ({type(problem).__name__}): import it anew")
