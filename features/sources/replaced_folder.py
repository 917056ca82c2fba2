"""A folder that is replaced as a whole: whoever looks sees the old one or the new one."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from features.errors import KizukiError


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A copy of the folder to write in, which takes its place once all went well.

    Where a run before was cut short, the folder is first put back as it was. Raises KizukiError
    where another process is at it, or the folder cannot be replaced.
    """
    folder = folder.resolve()
    partial, before = (folder.with_name(f".{folder.name}.{what}") for what in ("partial", "before"))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            _put_back(folder)
            shutil.rmtree(partial, ignore_errors=True)
            if folder.is_dir():
                shutil.copytree(folder, partial)
            else:
                partial.mkdir()
            try:
                yield partial
            except BaseException:
                shutil.rmtree(partial, ignore_errors=True)
                raise
            _to_disk(partial)
            if folder.exists():
                folder.rename(before)
            partial.rename(folder)
            shutil.rmtree(before, ignore_errors=True)
    except OSError as problem:
        raise KizukiError(f"{folder}: cannot be written: {problem.strerror}") from None


def _put_back(folder: Path) -> None:
    """Undo what a run that was cut short between two names has left."""
    before = folder.with_name(f".{folder.name}.before")
    if before.is_dir():
        if folder.is_dir():
            shutil.rmtree(before)
        else:
            before.rename(folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Holds the folder, if there is one, for this process."""
    if not folder.is_dir():
        yield
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KizukiError(f"{folder}: another import is writing here; try again") from None
        yield
    finally:
        os.close(held)


def _to_disk(folder: Path) -> None:
    """Make sure that all is on the disk before the names change."""
    for path in (*folder.rglob("*"), folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
