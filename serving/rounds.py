"""Rounds: a thread that does a piece of work again and again, for as long as the desk is open."""

from collections.abc import Callable
from threading import Event, Thread

from serving.log import log_fault

PAUSE = 1.0  # seconds between two rounds


class Rounds:
    """A thread that works, pauses, and works again; what goes wrong is logged, and tried again.

    `work` tells whether there is more to do at once.
    """

    def __init__(self, name: str, work: Callable[[], bool]) -> None:
        self._name, self._work = name, work
        self._stopping = Event()
        self._thread = Thread(target=self._go, name=name, daemon=True)

    def start(self) -> None:
        """Begin, with what is left from before."""
        self._thread.start()

    def close(self) -> None:
        """Stop after the round that is under way."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _go(self) -> None:
        while not self._stopping.is_set():
            more = False
            try:
                more = self._work()
            except Exception as fault:  # noqa: BLE001  # whatever it is, there is another round
                log_fault(f"{self._name}: a round was broken off", fault)
            self._stopping.wait(0 if more else PAUSE)
