"""The pace: how often one caller may ask, so that none of them keeps the others waiting."""

import math
from time import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers

from serving.problems import Problem
from serving.who.asker import UNASKED, Asker
from serving.who.doorman import Doorman


class Pace:
    """So many requests a minute of each caller: of a person through a system, or of a system.

    It is counted in memory, since one process answers. The clock is that of the library's counts.
    """

    def __init__(self, most: int) -> None:
        self._most = RateLimitItemPerMinute(most)
        self._counts = SlidingWindowCounterRateLimiter(MemoryStorage())

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
        if not self._counts.hit(self._most, *asker.caller):
            wait = self._counts.get_window_stats(self._most, *asker.caller).reset_time - time()
            seconds = max(1, math.ceil(wait))
            most = f"At most {self._most.amount:,} requests a minute are taken of one caller."
            raise Problem("too_many", most, retry_after=seconds)
