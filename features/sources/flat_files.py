"""Tables as files: CSV, plain or gzipped, and Parquet, all read into columns of plain values."""

import csv
import gzip
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from features.errors import KizukiError

CSV_ENDINGS = (".csv", ".csv.gz")
KINDS = (*CSV_ENDINGS, ".parquet")


@dataclass(frozen=True)
class FlatFile:
    """Columns by name, None where a cell is blank, and the place of each row in the file.

    `broken` names the rows that have too many or too few cells, by their index.
    """

    columns: Mapping[str, Sequence[object]]
    places: Sequence[str]
    broken: Mapping[int, str]


def read_flat_file(path: Path, encoding: str) -> FlatFile:
    """A table in a file; raises KizukiError where the file is not what its name says."""
    try:
        return _read_parquet(path) if path.suffix == ".parquet" else _read_csv(path, encoding)
    except FileNotFoundError:
        raise KizukiError(f"{path}: there is no such file") from None
    except UnicodeDecodeError:
        raise KizukiError(
            f"{path.name}: the text is not {encoding}; name its encoding in the mapping"
        ) from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise KizukiError(f"{path.name}: the file is no gzip, or breaks off") from None
    except (pa.ArrowInvalid, OSError):
        raise KizukiError(f"{path.name}: the file cannot be read") from None


def _read_parquet(path: Path) -> FlatFile:
    table = pq.read_table(path)
    columns = {
        name: [None if value != value else value for value in column.to_pylist()]  # noqa: PLR0124
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    return FlatFile(columns, [f"row {number + 1}" for number in range(table.num_rows)], {})


def _read_csv(path: Path, encoding: str) -> FlatFile:
    opened = gzip.open if path.suffix == ".gz" else open
    places: list[str] = []
    rows: list[list[str | None]] = []
    broken: dict[int, str] = {}
    with opened(path, "rt", encoding=encoding, newline="") as file:
        names, records = _records(path, file)
        for line, cells in records:
            if len(cells) != len(names):
                broken[len(rows)] = f"has {len(cells)} cells where the header has {len(names)}"
            places.append(f"line {line}")
            padded = [*cells, *[""] * len(names)]
            rows.append([cell.strip() or None for cell in padded[: len(names)]])
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in names]
    return FlatFile(dict(zip(names, columns, strict=True)), places, broken)


def _records(path: Path, file: IO[str]) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    reader = csv.reader(file, strict=True)

    def numbered() -> Iterator[tuple[int, list[str]]]:
        line = reader.line_num + 1
        try:
            for cells in reader:
                if cells:  # an empty line is no row
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error:
            raise KizukiError(f"{path.name}: line {line}: this is not well-formed CSV") from None

    records = numbered()
    _, names = next(records, (1, []))
    names = [name.strip() for name in names]
    if not names or len(set(names)) < len(names) or "" in names:
        raise KizukiError(f"{path.name}: line 1: the header must name every column, each once")
    return names, records
