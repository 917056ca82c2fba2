"""Turns: one answer is worked out at a time, in the order in which they were asked for."""

from collections import deque
from threading import Lock
from types import TracebackType


class Turn:
    """A lock that is fair: who holds it again and again lets in, each time, who has waited.

    Python computes one thing at a time anyway. A lock of the library could be taken again at once
    by the thread that let go of it, so that a job of thousands would keep a person waiting.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._held = False
        self._waiting: deque[Lock] = deque()

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            called = Lock()
            called.acquire()
            self._waiting.append(called)
        called.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False
