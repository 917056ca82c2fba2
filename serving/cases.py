"""Cases: what an office tells goes into the store, and what it had of a child comes out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from serving.desk import Desk
from serving.problems import NOT_KEPT, FieldProblem, Problem, conflicting, invalid, unavailable
from serving.store.case_event import CaseEvent
from serving.store.database import StoreUnavailable
from serving.store.history import Around
from serving.store.keeping import Conflict, Receipt
from serving.store.store import Store


@contextmanager
def of_store(desk: Desk) -> Iterator[Store]:
    """The store, for what is to be kept in it; raises Problem where it is not to be had."""
    if desk.store is None:
        raise Problem("store_unavailable", NOT_KEPT)
    try:
        yield desk.store
    except StoreUnavailable as lost:
        raise Problem("store_unavailable", NOT_KEPT) from lost


def keep_events(desk: Desk, office: str, told: Sequence[CaseEvent]) -> list[Receipt]:
    """Keep what an office tells, all of it; raises Problem where none of it was kept."""
    desk.permit_in(office)
    try:
        with of_store(desk) as store:
            return store.keep(office, told, desk.clock())
    except Conflict as conflict:
        errors = [FieldProblem(f"events{one.place}", one.reason) for one in conflict.problems]
        raise conflicting(errors) from None


def known_around(desk: Desk, office: str, child: str, cutoff: date, received: int | None) -> Around:
    """What the store has of a child; raises Problem where it has nothing, or cannot be asked.

    That it is permitted was made sure of before. `received` asks about the store as it was after
    so many of the office's events.
    """
    if desk.store is None:
        raise unavailable("store_unavailable")
    try:
        found = desk.store.around(office, child, cutoff, received)
    except StoreUnavailable as lost:
        raise unavailable("store_unavailable") from lost
    if received is not None and received > found.received:
        raise invalid([FieldProblem("received", "the store has not received so many events")])
    if not found.has(child):
        raise invalid([FieldProblem("child", "is not on record in this office by the cutoff")])
    return found
