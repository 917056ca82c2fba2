"""Cases: what an office tells goes into the store, and what it had of a child comes out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from serving.desk import Desk
from serving.problems import NO_SCORE, NOT_KEPT, FieldProblem, Problem, conflicting, invalid
from serving.store.case_event import CaseEvent
from serving.store.database import StoreUnavailable
from serving.store.history import Around
from serving.store.keeping import Conflict, Receipt
from serving.store.store import Store


@contextmanager
def of_store(desk: Desk, detail: str = NOT_KEPT) -> Iterator[Store]:
    """The store, for what is to be kept in it, unless the `detail` of the problem is another.

    Raises Problem where it is not to be had.
    """
    if desk.store is None:
        raise Problem("store_unavailable", detail)
    try:
        yield desk.store
    except StoreUnavailable as lost:
        raise Problem("store_unavailable", detail) from lost


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
    with of_store(desk, NO_SCORE) as store:
        found = store.around(office, child, cutoff, received)
    if received is not None and received > found.received:
        raise invalid([FieldProblem("received", "the store has not received so many events")])
    if not found.has(child):
        raise invalid([FieldProblem("child", "is not on record in this office by the cutoff")])
    return found
