"""A desk that is told of a weapon, and ends itself at once at a point on the way to the receiver.

Run by tests/lookout/test_killed.py.
"""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
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


def main(home: Path, point: str) -> None:
    """Tell, look and send, unless ended."""
    if point in POINTS:
        end_after(*POINTS[point])
    store = open_store(f"sqlite:///{home / 'store.db'}")
    desk = replace(desk_at(home), store=store, new_id=lambda: str(uuid4()))
    if point != "none":
        tell(desk, weapon())
    Lookout(desk, store).round()
    sender = Sender(is_public_or_this_machine)

    def late() -> datetime:
        return datetime.now(UTC)

    Deliverer(store, KEY, sender, late, lambda: 0.0).round()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
