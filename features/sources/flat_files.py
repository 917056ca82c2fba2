"""Tables as files: CSV and fixed width, plain or gzipped, and Parquet, all read into columns."""

import codecs
import csv
import gzip
import sys
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
GZIP = ".gz"
BEYOND = "beyond the layout"
ENCODING = "utf-8-sig"  # with or without the mark that some programs put before the text


@dataclass(frozen=True)
class FlatFile:
    """Columns by name, None where a cell is blank, and the place of each row in the file.

    `broken` names the rows that have too many or too few cells, by their index.
    """

    columns: Mapping[str, Sequence[object]]
    places: Sequence[str]
    broken: Mapping[int, str]


@dataclass(frozen=True)
class Stretch:
    """Where a column of a fixed-width file stands: its first position, from 1, and its width."""

    name: str
    start: int
    width: int


def read_flat_file(path: Path, encoding: str, comment: str = "") -> FlatFile:
    """A table in a file; raises KizukiError where the file is not what its name says.

    Lines of a CSV file that begin with `comment` are passed over.
    """
    try:
        if path.suffix == ".parquet":
            return _read_parquet(path)
        return _read_csv(path, encoding, comment)
    except (pa.ArrowInvalid, OSError, UnicodeError, EOFError, zlib.error) as problem:
        raise unreadable(path, encoding, problem) from None


def read_fixed_width(path: Path, layout: Sequence[Stretch], encoding: str) -> FlatFile:
    """A fixed-width table, one record a line; raises KizukiError where it is not text.

    Positions count characters. A record that breaks off before the last column is broken. What
    stands behind the last one is a column of its own, `BEYOND`, where it is not blank everywhere.
    """
    length = max(stretch.start + stretch.width - 1 for stretch in layout)
    whole = [*layout, Stretch(BEYOND, length + 1, sys.maxsize)]
    rows: list[list[str | None]] = []
    places: list[str] = []
    broken: dict[int, str] = {}
    try:
        with opened(path, encoding) as file:
            for number, line in enumerate(file, start=1):
                record = line.rstrip("\r\n")
                if not record.strip():
                    continue
                if len(record) < length:
                    broken[len(rows)] = (
                        f"has {len(record)} characters where the layout has {length}"
                    )
                rows.append([_cut(record, stretch) for stretch in whole])
                places.append(f"line {number}")
    except (OSError, UnicodeError, EOFError, zlib.error) as problem:
        raise unreadable(path, encoding, problem) from None
    if not any(row[-1] for row in rows):
        whole, rows = whole[:-1], [row[:-1] for row in rows]
    return _table([stretch.name for stretch in whole], rows, places, broken)


def opened(path: Path, encoding: str) -> IO[str]:
    """A text file, plain or gzipped, ready to be read with its line ends as they are.

    Raises KizukiError for an encoding that there is not.
    """
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise KizukiError(f"{encoding}: there is no such encoding") from None
    if path.name.endswith(GZIP):
        return gzip.open(path, "rt", encoding=encoding, newline="")
    return path.open("rt", encoding=encoding, newline="")


def unreadable(path: Path, encoding: str, problem: Exception) -> KizukiError:
    """What to tell of a file that could not be read to its end, with line and column if known."""
    if isinstance(problem, FileNotFoundError):
        return KizukiError(f"{path}: there is no such file")
    if path.is_dir():
        return KizukiError(f"{path}: is a folder, and should be a file")
    if isinstance(problem, UnicodeError):
        where = _undecodable(path, encoding)
        return KizukiError(f"{path.name}: {where}the text is not {encoding}; name its encoding")
    if isinstance(problem, gzip.BadGzipFile | EOFError | zlib.error):
        return KizukiError(f"{path.name}: the file is no gzip, or breaks off")
    return KizukiError(f"{path.name}: the file cannot be read")


def _undecodable(path: Path, encoding: str) -> str:
    """Line and column (in bytes) of the first byte that is no text."""
    content = (gzip.decompress if path.name.endswith(GZIP) else bytes)(path.read_bytes())
    try:
        content.decode(encoding)
    except UnicodeDecodeError as problem:
        before = content[: problem.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        return f"line {line}, column {column}: "
    except UnicodeError:
        pass
    return ""


def _read_parquet(path: Path) -> FlatFile:
    table = pq.read_table(path)
    columns = {
        name: _values(column)
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    return FlatFile(columns, [f"row {number + 1}" for number in range(table.num_rows)], {})


def _values(column: pa.ChunkedArray) -> list[object]:
    """The values of a column, None where there is none; days by numpy, twenty times as fast."""
    if pa.types.is_date32(column.type):
        days: list[object] = column.to_numpy().tolist()
        return days
    return [None if value != value else value for value in column.to_pylist()]  # noqa: PLR0124


def _read_csv(path: Path, encoding: str, comment: str) -> FlatFile:
    places: list[str] = []
    rows: list[list[str | None]] = []
    broken: dict[int, str] = {}
    with opened(path, encoding) as file:
        names, records = _records(path, file, comment)
        for line, cells in records:
            if len(cells) != len(names):
                broken[len(rows)] = f"has {len(cells)} cells where the header has {len(names)}"
            places.append(f"line {line}")
            padded = [*cells, *[""] * len(names)]
            rows.append([cell.strip() or None for cell in padded[: len(names)]])
    return _table(names, rows, places, broken)


def _table(
    names: Sequence[str],
    rows: Sequence[Sequence[str | None]],
    places: Sequence[str],
    broken: Mapping[int, str],
) -> FlatFile:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in names]
    return FlatFile(dict(zip(names, columns, strict=True)), places, broken)


def _cut(record: str, stretch: Stretch) -> str | None:
    return record[stretch.start - 1 : stretch.start - 1 + stretch.width].strip() or None


def _records(
    path: Path, file: IO[str], comment: str
) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    reader = csv.reader(file, strict=True)

    def numbered() -> Iterator[tuple[int, list[str]]]:
        line = reader.line_num + 1
        try:
            for cells in reader:
                if cells and not (comment and cells[0].startswith(comment)):  # else no row
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error:
            raise KizukiError(f"{path.name}: line {line}: this is not well-formed CSV") from None

    records = numbered()
    _, names = next(records, (1, []))
    names = [name.strip() for name in names]
    if not names:
        raise KizukiError(f"{path.name}: the file is empty: not even a header names its columns")
    if len(set(names)) < len(names) or "" in names:
        raise KizukiError(f"{path.name}: line 1: the header must name every column, each once")
    return names, records
