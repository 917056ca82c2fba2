"""Turns: one answer is worked out at a time, in the order in which they were asked for."""

from asyncio import AbstractEventLoop
from collections import deque
from contextlib import suppress
from threading import Event, Lock
from types import TracebackType

LONGEST_WAY = 0.25  # seconds given to a loop that may have stopped


class Turn:
    """A lock that is fair: who holds it again and again lets in, each time, who has waited.

    Python computes one thing at a time anyway. A lock of the library could be taken again at once
    by the thread that let go of it, so that a job of thousands would keep a person waiting.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._held = False
        self._waiting: deque[Lock] = deque()
        self._loop: AbstractEventLoop | None = None

    def give_way_to(self, loop: AbstractEventLoop) -> None:
        """From now on, the loop gets through what waits for it before each turn begins.

        It lets requests in, and says that the process is alive: in a crowd it would fall behind,
        since Python shares its time evenly among threads.
        """
        self._loop = loop

    def __enter__(self) -> None:
        self._wait()
        if self._loop:
            through = Event()
            with suppress(RuntimeError):  # it is closed
                self._loop.call_soon_threadsafe(through.set)
                through.wait(LONGEST_WAY)

    def _wait(self) -> None:
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
