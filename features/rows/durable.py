"""Files that are there whole or not at all."""

import os
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Have a file written under another name, safely on disk, and only then under its own.

    Two who write the same file do not meet: the last one whose file is whole wins.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.uname().nodename}.{os.getpid()}")
    try:
        write(unfinished)
        _to_disk(unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    _to_disk(path.parent)  # the name too


def write_table(table: pa.Table, path: Path) -> None:
    """An Arrow table as a Parquet file, whole or not at all."""
    write_whole(path, lambda unfinished: pq.write_table(table, unfinished))


def _to_disk(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
