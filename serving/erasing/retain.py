"""Retention: children of whom nothing was told or answered for the office's years are erased."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from features.errors import KizukiError
from serving.erasing.erase import NO_ANSWERS, Order, Records, erase
from serving.journal.reading import last_of_children
from serving.settings import Settings
from serving.store.erasing import newest
from serving.who.asker import Asker

LEAST = timedelta(days=183)  # six months: the least that the EU AI Act asks for, art. 19 and 26(6)
RETENTION = "retention"


@dataclass(frozen=True)
class Done:
    """How many children were erased, and how many were not, since they are under legal hold."""

    erased: int
    held: int


def years_of(settings: Settings) -> int:
    """How long the office keeps its records; raises KizukiError where nobody said so."""
    if settings.retention_years is None:
        raise KizukiError("nothing was erased: say in KIZUKI_RETENTION_YEARS how long to keep it")
    return settings.retention_years


def retain(
    records: Records, office: str, by: Asker, now: datetime, years: int, new_id: Callable[[], str]
) -> Done:
    """Erase the children of an office on whom nothing is on record of the last years."""
    until = min(_years_before(now, years), now - LEAST)
    last = last_of_children(records.journal.path, records.journal.keys, office, NO_ANSWERS)
    for child, at in newest(records.store, office).items():
        told = datetime.fromisoformat(at).replace(tzinfo=UTC)
        last[child] = max(told, last.get(child, told))
    erased = held = 0
    for child in sorted(child for child, at in last.items() if at < until):
        key = records.journal.keys.find(office, child)
        if key and key.held:
            held += 1
        else:
            erase(records, Order(office, child, by, RETENTION, new_id(), now))
            erased += 1
    return Done(erased, held)


def _years_before(now: datetime, years: int) -> datetime:
    try:
        return now.replace(year=now.year - years)
    except ValueError:  # the 29th of February
        return now.replace(year=now.year - years, day=28)
