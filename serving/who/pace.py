"""The pace: how often one caller may ask, so that none of them keeps the others waiting."""

import math
from collections import Counter
from collections.abc import Callable
from threading import Lock

from starlette.datastructures import Headers

from serving.problems import Problem
from serving.who.asker import UNASKED, Asker
from serving.who.doorman import Doorman

WINDOW = 60.0  # seconds


class Pace:
    """So many requests a minute of each caller: of a person through a system, or of a system.

    A sliding window counter: of the minute before, the part counts that lies less than a minute
    back. It is counted in memory, since one process answers. The library that was here before
    (limits 5.8) starts a thread for each request, and in a crowd nobody was let in for seconds.
    The `clock` tells seconds and is never set back.
    """

    def __init__(self, most: int, clock: Callable[[], float]) -> None:
        self._most, self._clock = most, clock
        self._guard = Lock()
        self._window = 0
        self._now = Counter[tuple[str, str, str]]()
        self._before = Counter[tuple[str, str, str]]()

    def behind(self, ask: Doorman) -> Doorman:
        """The doorman who, of those that are known, lets in who does not ask too often."""

        def asked(headers: Headers) -> Asker:
            asker = ask(headers)
            self.check(asker)
            return asker

        return asked

    def check(self, asker: Asker) -> None:
        """Count a request; raises Problem, with when to ask again, where it is one too many."""
        if UNASKED in asker.roles:
            return
        caller = asker.caller
        with self._guard:
            part = self._part_of_window()
            now, before = self._now[caller], self._before[caller]
            if now + before * (1 - part) + 1 <= self._most:
                self._now[caller] += 1
                return
        wait = self._wait(now, before, part)
        most = f"At most {self._most:,} requests a minute are taken of one caller."
        raise Problem("too_many", most, retry_after=max(1, math.ceil(WINDOW * wait)))

    def _part_of_window(self) -> float:
        """How much of this window has passed; what was counted in those before is moved along."""
        windows, part = divmod(self._clock() / WINDOW, 1)
        if windows != self._window:
            self._before = self._now if windows == self._window + 1 else Counter()
            self._window, self._now = int(windows), Counter()
        return part

    def _wait(self, now: int, before: int, part: float) -> float:
        """How many windows it takes until one more is taken: in this one, or else in the next."""
        free = self._most - 1
        if now <= free:
            return 1 - (free - now) / before - part
        return 1 - part + 1 - free / now
