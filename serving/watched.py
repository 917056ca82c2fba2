"""A file that is watched: what it says is read anew whenever it changes."""

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from features.errors import KizukiError
from serving.log import log_fault

Said = TypeVar("Said")


class Watched(Generic[Said]):
    """What a file says now; where it can no longer be read, what it said before, and a log line."""

    def __init__(self, path: Path, read: Callable[[Path], Said]) -> None:
        self._path, self._read = path, read
        self._seen = self._state()
        self._held = read(path)

    @property
    def now(self) -> Said:
        """What it says."""
        state = self._state()
        if state != self._seen:
            self._seen = state
            try:
                self._held = self._read(self._path)
            except (KizukiError, OSError, UnicodeDecodeError) as problem:
                log_fault("what a file says now cannot be taken", problem, file=self._path.name)
        return self._held

    def _state(self) -> tuple[int, int, int]:
        if not self._path.exists():
            return 0, 0, 0
        found = self._path.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino
