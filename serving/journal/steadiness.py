"""Steadiness: whether the clock that records are dated by went on as time does.

A clock that was set tells no order, and no time between two records. The order of the journal is
that of its numbers; a record before which the clock jumped says so.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

MOST_APART = timedelta(minutes=1)  # an answer is dated when it is begun, and kept when it is done


class Steadiness:
    """Holds the times of records against a steady clock, in seconds, that nobody can set."""

    def __init__(self, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._last: tuple[datetime, float] | None = None

    def suspect(self, at: datetime, before: datetime | None) -> bool:
        """Whether a time cannot be right, or the one `before` it in the journal cannot.

        That it lies too far ahead can only be told against a record that this process kept.
        """
        back = before is not None and before - at > MOST_APART
        if self._last is None:
            return back
        then, steady = self._last
        gone = timedelta(seconds=self._steady() - steady)
        return back or abs(at - then - gone) > MOST_APART

    def kept(self, at: datetime) -> None:
        """A record of that time was kept just now."""
        self._last = at, self._steady()
