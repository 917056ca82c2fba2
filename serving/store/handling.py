"""Who handles a child's case, whether it is sealed, and who broke the glass in front of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import Connection, delete, func, insert, select, tuple_

from serving.store.outbox import URGENT, Message, post
from serving.store.schema import broken_glass, handlers, seals


@dataclass(frozen=True)
class Handling:
    """How an office handles a case: by whom, and whether it is closed to its other people.

    `until` says that somebody broke the glass in front of it, and how long it is open to them.
    """

    handlers: frozenset[str] = frozenset()
    sealed: bool = False
    until: str | None = None

    @property
    def opened(self) -> bool:
        """Whether the glass was broken, and it is still open."""
        return self.until is not None


@dataclass(frozen=True)
class Glass:
    """That a person broke the glass in front of a child's case, which is open to them `until`.

    `id` is that of the journal's record, which has the reason in words; times are ISO 8601 in UTC.
    """

    id: str
    at: str
    until: str
    child: str
    person: str
    reason_code: str


def handling(connection: Connection, office: str, child: str, person: str, moment: str) -> Handling:
    """How the office handles the case of a child now, and whether it is open to a person."""
    by = select(handlers.c.person).where(handlers.c.office == office, handlers.c.child == child)
    seal = select(seals.c.child).where(seals.c.office == office, seals.c.child == child)
    glass = select(func.max(broken_glass.c.until)).where(
        broken_glass.c.office == office,
        broken_glass.c.child == child,
        broken_glass.c.person == person,
        broken_glass.c.until > moment,
    )
    return Handling(
        handlers=frozenset(connection.scalars(by)),
        sealed=connection.execute(seal).first() is not None,
        until=connection.execute(glass).scalar_one(),
    )


def hand_to(connection: Connection, office: str, child: str, persons: Iterable[str]) -> None:
    """Let these handle the case of a child from now on, and nobody else."""
    connection.execute(
        delete(handlers).where(handlers.c.office == office, handlers.c.child == child)
    )
    rows = [{"office": office, "child": child, "person": person} for person in sorted(set(persons))]
    if rows:
        connection.execute(insert(handlers), rows)


def seal(connection: Connection, office: str, child: str, *, closed: bool) -> None:
    """Close the case of a child to all but those whom the policy names, or open it again."""
    connection.execute(delete(seals).where(seals.c.office == office, seals.c.child == child))
    if closed:
        connection.execute(insert(seals).values(office=office, child=child))


def keep_glass(connection: Connection, office: str, glass: Glass) -> None:
    """Keep, once, that the glass was broken: the case is open to the person, and it is told."""
    there = select(broken_glass.c.id).where(
        broken_glass.c.office == office, broken_glass.c.id == glass.id
    )
    if connection.execute(there).first() is None:
        connection.execute(insert(broken_glass).values(office=office, **vars(glass)))
        told = {"office": office, "glassId": glass.id}
        post(connection, office, Message(glass.id, URGENT, glass.at, told))


def glass_of(connection: Connection, office: str, after: str | None, most: int) -> Sequence[Glass]:
    """The glass broken in front of cases of the office, behind that of an id, the oldest first."""
    order = tuple_(broken_glass.c.at, broken_glass.c.id)
    asked = select(*(broken_glass.c[field.name] for field in fields(Glass)))
    asked = asked.where(broken_glass.c.office == office).order_by(*order)
    if after is not None:
        last = select(broken_glass.c.at, broken_glass.c.id)
        last = last.where(broken_glass.c.office == office, broken_glass.c.id == after)
        asked = asked.where(order > last.scalar_subquery())
    return [Glass(*row) for row in connection.execute(asked.limit(most))]
