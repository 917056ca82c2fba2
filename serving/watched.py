"""A file that is watched: what it says is read anew whenever it changes."""

from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import Generic, TypeVar

from features.errors import KizukiError
from serving.log import log_fault

Said = TypeVar("Said")


class Watched(Generic[Said]):
    """What a file says now; where it can no longer be read, what it said before, and a log line.

    With `later`, nobody waits while it is read: until then, what it said before is what it says.
    With `instead`, that is what it says as long as it could not be read even once. `stale` tells
    that what it says now could not be taken.
    """

    def __init__(
        self,
        path: Path,
        read: Callable[[Path], Said],
        later: Executor | None = None,
        instead: Callable[[], Said] | None = None,
    ) -> None:
        self._path, self._read, self._later = path, read, later
        self._seen = self._state()
        self.stale = False
        try:
            self._held = read(path)
        except KizukiError as problem:
            self._held = _instead(instead, problem)
            self._tell(problem)

    @property
    def now(self) -> Said:
        """What it says."""
        state = self._state()
        if state != self._seen:
            self._seen = state
            if self._later:
                self._later.submit(self._read_anew)
            else:
                self._read_anew()
        return self._held

    def _read_anew(self) -> None:
        try:
            self._held = self._read(self._path)
            self.stale = False
        except (KizukiError, OSError) as problem:
            self._tell(problem)

    def _tell(self, problem: Exception) -> None:
        self.stale = True
        log_fault("what a file says now cannot be taken", problem, file=self._path.name)

    def _state(self) -> tuple[int, int, int]:
        if not self._path.exists():
            return 0, 0, 0
        found = self._path.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino


def _instead(instead: Callable[[], Said] | None, problem: KizukiError) -> Said:
    """What is said instead; raises the problem itself where there is nothing."""
    if instead is None:
        raise problem
    try:
        return instead()
    except KizukiError:
        raise problem from None
