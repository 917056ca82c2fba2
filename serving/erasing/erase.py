"""Erasing: nothing that is kept of a child can be read any more, and the journal says that it was.

The order is such that it can be cut off anywhere and done again: first it is on record, then the
key is destroyed, then the store is scrubbed.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from features.errors import KizukiError
from serving.about import READ
from serving.advice import LOOK
from serving.desk import REFUSED
from serving.jobs.table import Jobs
from serving.journal import Entry, Journal
from serving.journal.reading import ERASURE
from serving.store.erasing import erase as erase_from_store
from serving.strict_json import canonical
from serving.who.asker import Asker

HOLD, RELEASE = "hold", "release"
NO_ANSWERS = (ERASURE, HOLD, RELEASE, READ, REFUSED, LOOK)  # no record of the case, for retention


@dataclass(frozen=True)
class Records:
    """Where something is kept of a child; `store` is the URL of who owns the store's tables."""

    journal: Journal
    jobs: Jobs
    store: str


@dataclass(frozen=True)
class Order:
    """Whose records are meant, who said so and why, and the id and time of the record of it."""

    office: str
    child: str
    by: Asker
    reason: str
    id: str
    at: datetime


def erase(records: Records, order: Order) -> int:
    """Erase a child; tells how many events of the store told of it.

    Raises KizukiError where it is held, where a job still asks about the child, and where something
    cannot be written: then it is to be done again.
    """
    keys = records.journal.keys
    key = keys.of(order.office, order.child)
    if key.held:
        raise KizukiError(f"nothing was erased: it is under legal hold {key.held}")
    if any(_asks_about(asked, order.child) for asked in records.jobs.open_requests()):
        raise KizukiError("nothing was erased: a job still asks about the child; let it end first")
    _record(records.journal, ERASURE, order)
    keys.destroy(key)
    records.jobs.scrub()
    return erase_from_store(records.store, order.office, order.child)


def hold(journal: Journal, order: Order) -> None:
    """Let nothing of a child be erased until it is released."""
    _record(journal, HOLD, order)
    said = f"since {order.at.date()}, by {order.by.person} ({order.reason})"
    journal.keys.hold(journal.keys.of(order.office, order.child), said)


def release(journal: Journal, order: Order) -> None:
    """Let a child be erased again; raises KizukiError where it is not held."""
    key = journal.keys.find(order.office, order.child)
    if key is None or key.held is None:
        raise KizukiError("nothing is held of this child in this office")
    _record(journal, RELEASE, order)
    journal.keys.hold(key, None)


def _record(journal: Journal, kind: str, order: Order) -> None:
    asked = canonical({"office": order.office, "reason": order.reason})
    journal.keep(
        Entry(
            id=order.id, at=order.at, kind=kind, model="", version=0, digest="", lock="",
            request="", asked=asked, child=order.child, cutoff=order.at.date(), row={},
            probability=None, score=None, band=None, answer=b"{}", page=None, asker=order.by,
            reason=order.reason,
        )
    )  # fmt: skip


def _asks_about(asked: bytes, child: str) -> bool:
    return bool(json.loads(asked)["child"] == child)
