"""The store as the desk knows it: events go in, what was known around a child comes out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from features.events import Event
from features.tables import TABLES
from serving.store import alerting, finding, handling, keeping
from serving.store.alerting import Alert, Unlooked
from serving.store.case_event import CaseEvent
from serving.store.database import (
    check_fit,
    file_of,
    open_engine,
    see_one_office,
    told_as_unavailable,
)
from serving.store.handling import Glass, Handling
from serving.store.history import around, declared, linked_to, rows_of
from serving.store.keeping import Receipt


@dataclass(frozen=True)
class Around:
    """What an office knew around a child: the rows by table, and what is declared of the tables.

    `received` is how many events of the office this was made of.
    """

    rows: Mapping[str, Sequence[Event]]
    coverage: Mapping[str, Mapping[str, object]]
    received: int

    def has(self, child: str) -> bool:
        """Whether there is a row of the child itself."""
        return any(
            event.filled.get(TABLES[table].concerns[0]) == child
            for table, rows in self.rows.items()
            for event in rows
        )


class Store:
    """The events of all offices in one database; each method is one transaction of one office.

    All raise StoreUnavailable where the database is not to be had.
    """

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self.path = file_of(self.engine)
        self._fit = False

    def keep(self, office: str, events: Sequence[CaseEvent], at: datetime) -> list[Receipt]:
        """Keep all of the events or, raising Conflict, none; those that are kept already count.

        When it returns, they are on the disk.
        """
        with self._of(office) as connection:
            return keeping.keep(connection, office, events, told(at))

    def around(self, office: str, child: str, day: date, received: int | None = None) -> Around:
        """What was known around a child on a day, of what the store has received.

        `received` asks about the store as it was when it had received so many of the office's
        events. The tables that the office keeps are all there, be they empty.
        """
        with self._of(office) as connection:
            there = finding.received(connection, office)
            asked = finding.Asked(office, day, there if received is None else min(there, received))
            coverage = declared(finding.kept(connection, asked))
            own = rows_of(finding.concerning(connection, asked, {child}))
            persons = {child, *linked_to(child, own)}
            rows = around(child, rows_of(finding.concerning(connection, asked, persons)))
        kept = {table: rows.get(table, []) for table in sorted(coverage) if table != "people"}
        return Around(kept, {t: coverage[t] for t in kept if coverage[t]}, asked.received)

    def unlooked(self, office: str, most: int) -> Unlooked:
        """The children whom events concern that nobody looked at yet, the first of these events."""
        with self._of(office) as connection:
            return alerting.unlooked(connection, office, most)

    def take_as_looked(self, office: str) -> None:
        """Let no alert come of what the office has told so far."""
        with self._of(office) as connection:
            alerting.take_as_looked(connection, office)

    def keep_looked(self, office: str, looked: Unlooked, seen: Sequence[Alert]) -> bool:
        """Keep what was seen of these events; False where others have looked at them meanwhile."""
        with self._of(office) as connection:
            return alerting.keep_looked(connection, office, looked, seen)

    def alerts(self, office: str, after: int, most: int) -> list[tuple[int, Alert]]:
        """The alerts of an office after one of them, the oldest first, with their numbers."""
        with self._of(office) as connection:
            return alerting.alerts_after(connection, office, after, most)

    def handling(self, office: str, child: str, person: str, at: datetime) -> Handling:
        """How the office handles the case of a child, and whether it is open to a person."""
        with self._of(office) as connection:
            return handling.handling(connection, office, child, person, told(at))

    def hand_to(self, office: str, child: str, persons: Iterable[str]) -> None:
        """Let these handle the case of a child from now on, and nobody else."""
        with self._of(office) as connection:
            handling.hand_to(connection, office, child, persons)

    def seal(self, office: str, child: str, *, closed: bool) -> None:
        """Close the case of a child to all but those whom the policy names, or open it again."""
        with self._of(office) as connection:
            handling.seal(connection, office, child, closed=closed)

    def keep_glass(self, office: str, glass: Glass) -> None:
        """Keep that the glass was broken: the case is open to the person from then on."""
        with self._of(office) as connection:
            handling.keep_glass(connection, office, glass)

    def glass(self, office: str, after: str | None, most: int) -> Sequence[Glass]:
        """The glass broken in front of cases of the office, behind that of an id."""
        with self._of(office) as connection:
            return handling.glass_of(connection, office, after, most)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def _of(self, office: str) -> Iterator[Connection]:
        with told_as_unavailable(), self.engine.begin() as connection:
            if not self._fit:
                check_fit(connection)
                self._fit = True
            see_one_office(connection, office)
            yield connection


def told(at: datetime) -> str:
    """A time as the store keeps it: alike on every database, and in order as text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
