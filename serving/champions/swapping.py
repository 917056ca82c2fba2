"""Swapping: who is new is tried in a process of its own before it answers, at the start as later.

What cannot answer is told in the log; who answered before goes on. At the start, the last good copy
answers where the registry is away, or where who is to answer fails the trial.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from serving.champions.champion import Champion, rehearse
from serving.champions.last_good import keep_copy, passed, read_copy
from serving.champions.reading import Trial, read_challengers, read_champions
from serving.champions.standing import Standing
from serving.champions.trial import Trials
from serving.log import log_fault
from serving.settings import Settings


def swapping(settings: Settings) -> tuple[Standing, Standing]:
    """Who answers at a desk that serves, and who does so silently beside.

    Once it serves, nobody waits while another is tried. Raises KizukiError where nobody can answer.
    """
    home, keys = settings.home, settings.bundle_keys
    trial = Trials(passed(home), keys)
    later = ThreadPoolExecutor(max_workers=1, thread_name_prefix="champions")
    champions = Standing(
        home,
        partial(_read, keys=keys, trial=trial),
        later,
        instead=partial(_read_copy, home, keys, trial),
    )
    beside = partial(read_challengers, keys=keys, trial=trial)
    return champions, Standing(home, beside, later, instead=dict)


def _read(home: Path, keys: Path, trial: Trial) -> dict[str, Champion]:
    champions = read_champions(home, keys, trial)
    rehearse(champions)
    try:
        keep_copy(home, champions)
    except OSError as lost:
        log_fault("no copy of who answers could be kept", lost)
    return champions


def _read_copy(home: Path, keys: Path, trial: Trial) -> dict[str, Champion]:
    champions = read_copy(home, keys, trial)
    rehearse(champions)
    return champions
