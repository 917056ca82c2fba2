"""The waiting room: so many requests wait for their turn, and no caller takes all the places."""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

from serving.problems import NO_SCORE, Problem
from serving.turn import Turn
from serving.who.asker import UNASKED, Asker

# One more would wait longer than anybody does, and hold up all behind: it is told at once to ask
# again.
MOST = 24
MOST_OF_ONE = 16  # so that others are let in, however often one caller asks
SOON = 1  # seconds
LONGEST_START = 30  # seconds, after which a thread that never came ends the start


class WaitingRoom:
    """Places for requests, which so many threads answer; kept by the loop that reads requests.

    Where each waits for a turn in a thread of its own, there have to be as many as places.
    """

    def __init__(
        self, turn: Turn, threads: int = MOST, most: int = MOST, most_of_one: int = MOST_OF_ONE
    ) -> None:
        self._turn = turn
        self._most, self._most_of_one = most, most_of_one
        self._threads = ThreadPoolExecutor(threads, "waiting")
        self._start_threads(threads)
        self._taken: Counter[tuple[str, str, str]] = Counter()

    async def answer(self, asker: Asker, work: Callable[[], bytes]) -> bytes:
        """What the work returns; raises Problem, with when to ask again, where no place is free.

        Who is not asked who they are may be anybody, and can take every place.
        """
        caller = asker.caller
        of_one = self._most if UNASKED in asker.roles else self._most_of_one
        if self._taken.total() >= self._most or self._taken[caller] >= of_one:
            raise Problem("busy", NO_SCORE, retry_after=SOON)
        self._taken[caller] += 1
        try:
            loop = asyncio.get_running_loop()
            self._turn.give_way_to(loop)
            return await loop.run_in_executor(self._threads, copy_context().run, work)
        finally:
            self._taken[caller] -= 1
            if not self._taken[caller]:
                del self._taken[caller]

    def _start_threads(self, many: int) -> None:
        """All at once, and for good: to start them holds up the loop, most of all in a crowd."""
        all_there = Barrier(many, timeout=LONGEST_START)
        list(self._threads.map(lambda _: all_there.wait(), range(many)))
