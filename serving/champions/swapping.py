"""Swapping: a new champion is tried in a process of its own before it answers, and nobody waits.

What cannot answer is told in the log; who answered before goes on. At the start, the last good copy
answers where the registry is away.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from serving.champions.champion import Champion, rehearse
from serving.champions.last_good import keep_copy, read_copy
from serving.champions.reading import read_champions
from serving.champions.standing import Standing
from serving.champions.trial import try_champions
from serving.log import log_fault
from serving.settings import Settings


def swapping(settings: Settings) -> Standing:
    """Who answers at a desk that serves; raises KizukiError where nobody can."""
    swaps = _Swaps(settings.home, settings.bundle_keys)
    later = ThreadPoolExecutor(max_workers=1, thread_name_prefix="champions")
    return Standing(settings.home, swaps.read, later, swaps.read_copy)


class _Swaps:
    """How champions are read: the first ones at once, since nobody is answered yet."""

    def __init__(self, home: Path, keys: Path) -> None:
        self._home, self._keys, self._begun = home, keys, False

    def read(self, home: Path) -> dict[str, Champion]:
        begun, self._begun = self._begun, True
        if begun:
            try_champions(home, self._keys)
        champions = read_champions(home, self._keys)
        if begun:
            rehearse(champions)
        try:
            keep_copy(home, champions)
        except OSError as lost:
            log_fault("no copy of who answers could be kept", lost)
        return champions

    def read_copy(self) -> dict[str, Champion]:
        return read_copy(self._home, self._keys)
