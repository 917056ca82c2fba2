"""Folders that a command writes: a fault of the disk is told in one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from features.errors import KizukiError


@contextmanager
def written(folder: Path) -> Iterator[Path]:
    """A folder to write into, made where it is missing; raises KizukiError where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    except OSError as problem:
        raise KizukiError(f"{folder}: cannot be written: {problem.strerror}") from None
