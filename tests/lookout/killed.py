"""A desk that is told of a weapon, and ends itself at once at a point on the way to the receiver.

Run by tests/lookout/test_killed.py.
"""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from serving.journal import Journal
from serving.lookout.lookout import Lookout
from serving.store.migrating import open_store
from serving.store.store import Store
from serving.webhooks.addresses import is_public_or_this_machine
from serving.webhooks.delivering import Deliverer
from serving.webhooks.sending import Sender
from tests.lookout.told import tell, weapon
from tests.serving.desks import desk_at

KEY = bytes(32)
POINTS: dict[str, tuple[type, str]] = {
    "told": (Store, "keep"),
    "journaled": (Journal, "keep"),
    "kept": (Store, "keep_looked"),
    "taken": (Store, "take_due"),
    "answered": (Store, "settle"),
}


def end_after(of: type, name: str) -> None:
    """End at once, as soon as the method has done its work; before it, for what only tidies up."""
    method: Callable[..., Any] = getattr(of, name)

    def ended(*given: object) -> None:
        if name != "settle":
            method(*given)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(of, name, ended)


def look_and_send(home: Path, told: bool, later: timedelta = timedelta()) -> None:
    """Look at what is told, now or before, and send what is due by then."""
    store = open_store(f"sqlite:///{home / 'store.db'}")
    desk = replace(desk_at(home), store=store, new_id=lambda: str(uuid4()))
    if told:
        tell(desk, weapon())
    Lookout(desk, store).round()
    sender = Sender(is_public_or_this_machine)
    Deliverer(store, KEY, sender, lambda: datetime.now(UTC) + later, lambda: 0.0).round()
    desk.close()


if __name__ == "__main__":
    end_after(*POINTS[sys.argv[2]])
    look_and_send(Path(sys.argv[1]), told=True)
