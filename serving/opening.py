"""Opening: a desk on what the settings name, with the clock and the ids of this machine."""

import time
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from features.errors import KizukiError
from models.key_files import signing_key
from serving.challengers import Challengers
from serving.champions import Standing, champion_of, read_challengers, read_champions
from serving.desk import Desk
from serving.journal import Journal
from serving.journal.checkpoints import Checkpoints
from serving.settings import Settings
from serving.store.migrating import open_store


def open_desk(
    settings: Settings, champions: Standing | None = None, challengers: Standing | None = None
) -> Desk:
    """The desk on the journal of the state folder, and on who stands there or is at hand.

    Raises KizukiError where there is no champion, or the journal cannot be written.
    """
    home, keys = settings.home, settings.bundle_keys
    if champions is None or challengers is None:
        champions = Standing(home, partial(read_champions, keys=keys))
        challengers = Standing(home, partial(read_challengers, keys=keys))
    if settings.model not in champions:
        raise KizukiError(
            f"{settings.model} is not promoted in {home}; there are: "
            f"{', '.join(champions)}; promote it, or name one of them in KIZUKI_MODEL"
        )
    return Desk(
        champions=champions,
        model=settings.model,
        language=settings.language,
        journal=open_journal(settings),
        clock=now,
        new_id=new_id,
        silent=settings.silent,
        past=partial(champion_of, home, keys=keys),
        agency=settings.agency,
        challengers=Challengers(
            challengers,
            lambda: _journal(settings, settings.beside, settings.checkpoints_beside),
        ),
        store=open_store(settings.store.get_secret_value()),
    )


def now() -> datetime:
    """The time of this machine, with its zone."""
    return datetime.now().astimezone()


def new_id() -> str:
    """An id that nothing else has."""
    return str(uuid4())


def open_journal(settings: Settings) -> Journal:
    """The journal that the settings name; raises KizukiError where it cannot be written."""
    return _journal(settings, settings.journal, settings.checkpoints)


def _journal(settings: Settings, path: Path, checkpoints: Path) -> Journal:
    signed = Checkpoints(checkpoints, signing_key(settings.signing_key))
    return Journal(path, signed, settings.child_keys, time.monotonic)
