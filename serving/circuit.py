"""A circuit: what does not answer is asked no more for a moment, so that nobody waits for it.

pybreaker holds a lock while a call is under way, so that one slow call would hold up all others,
and circuitbreaker lets everybody try at once whether it is back; so this is our own.
"""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Lock, Thread
from typing import TypeVar

from features.errors import KizukiError
from serving.log import log

MOST = 2  # calls in a row that were not answered
PAUSE = 2.0  # seconds until one more is let through, to see

Given = TypeVar("Given")


class Interrupted(KizukiError):
    """It did not answer a moment ago, and is not asked now."""


class Circuit:
    """The way to something that may be away.

    Once calls in a row were not answered, all are refused at once, but for one after each pause;
    as soon as one is answered, all are let through again.
    """

    def __init__(self, to: str, steady: Callable[[], float] = time.monotonic) -> None:
        self._to, self._steady = to, steady
        self._guard = Lock()
        self._unanswered = 0
        self._since: float | None = None  # when it was interrupted, or last tried

    @contextmanager
    def calling(self, unanswered: Callable[[Exception], bool]) -> Iterator[None]:
        """Call it; raises Interrupted where it is not to be called now.

        `unanswered` tells whether an error means that it did not answer.
        """
        self._go()
        try:
            yield
        except Exception as problem:
            self._went(answered=not unanswered(problem))
            raise
        self._went(answered=True)

    @property
    def interrupted(self) -> bool:
        """Whether nothing is let through now."""
        since = self._since
        return since is not None and 0 <= self._steady() - since < PAUSE

    def _go(self) -> None:
        with self._guard:
            if self.interrupted:
                raise Interrupted(f"{self._to} does not answer, and is asked again in a moment")
            if self._since is not None:  # this one is let through, no other before the next pause
                self._since = self._steady()

    def _went(self, *, answered: bool) -> None:
        with self._guard:
            was = self._since is not None
            self._unanswered = 0 if answered else self._unanswered + 1
            self._since = self._steady() if self._unanswered >= MOST else None
            changed = was != (self._since is not None)
        if changed:
            log("circuit", to=self._to, state="closed" if was else "open")


def in_time(work: Callable[[], Given], seconds: float) -> Given:
    """What the work gives; raises TimeoutError where it takes longer, and leaves it to itself.

    This is for what cannot be told when to end, as a resolver of names.
    """
    told: Future[Given] = Future()

    def go() -> None:
        try:
            told.set_result(work())
        except BaseException as problem:  # noqa: BLE001  # whatever it is, it is the asker's
            told.set_exception(problem)

    Thread(target=go, daemon=True).start()
    return told.result(timeout=seconds)


def addresses_of(host: str, port: int, seconds: float) -> list[str]:
    """Every address of a name; raises OSError where it has none, or none is told in time."""
    found = in_time(lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM), seconds)
    return list(dict.fromkeys(str(to[0]) for *_, to in found))
