"""The store as the desk knows it: events go in, what was known around a child comes out."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import Connection

from serving.circuit import Circuit
from serving.store import alerting, contesting, finding, handling, keeping, outbox, standing
from serving.store.alerting import Alert, Sight, Tended, Unlooked
from serving.store.case_event import CaseEvent
from serving.store.contesting import Contest, Decision, Notice
from serving.store.database import (
    LONGEST_ANSWER,
    check_fit,
    file_of,
    open_engine,
    see_every_office,
    see_one_office,
    told_as_unavailable,
)
from serving.store.handling import Glass, Handling
from serving.store.history import Around, around, declared, linked_to, rows_of
from serving.store.impatient import is_silent
from serving.store.keeping import Receipt
from serving.store.moment import told
from serving.store.outbox import Delivery, Message, Webhook
from serving.store.standing import Standing


class Store:
    """The events of all offices in one database; each method is one transaction of one office.

    All raise StoreUnavailable where the database is not to be had.
    """

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url, LONGEST_ANSWER)
        self._circuit = Circuit("the store")
        self.path = file_of(self.engine)
        self._fit = False

    def keep(self, office: str, events: Sequence[CaseEvent], at: datetime) -> list[Receipt]:
        """Keep all of the events or, raising Conflict, none; those that are kept already count.

        When it returns, they are on the disk.
        """
        with self.of(office) as connection:
            return keeping.keep(connection, office, events, told(at))

    def around(self, office: str, child: str, day: date, received: int | None = None) -> Around:
        """What was known around a child on a day, of what the store has received.

        `received` asks about the store as it was when it had received so many of the office's
        events. The tables that the office keeps are all there, be they empty.
        """
        with self.of(office) as connection:
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
        with self.of(office) as connection:
            return alerting.unlooked(connection, office, most)

    def take_as_looked(self, office: str) -> None:
        """Let no alert come of what the office has told so far."""
        with self.of(office) as connection:
            alerting.take_as_looked(connection, office)

    def keep_looked(self, office: str, looked: Unlooked, seen: Sequence[Sight]) -> bool:
        """Keep what was seen of these events; False where others have looked at them meanwhile."""
        with self.of(office) as connection:
            return alerting.keep_looked(connection, office, looked, seen)

    def keep_seen(self, office: str, seen: Sequence[Sight]) -> None:
        """Keep what was seen for another reason than new events."""
        with self.of(office) as connection:
            alerting.keep_seen(connection, office, seen)

    def standing(self, office: str, child: str, model: str) -> Standing | None:
        """How a child stands; None where nothing was said yet."""
        with self.of(office) as connection:
            return standing.standing(connection, office, child, model)

    def unsaid(
        self, office: str, model: str, digest: str, day: date | None, after: str
    ) -> Sequence[str]:
        """Children of whom a bundle has said nothing, or nothing since a day: the next few."""
        with self.of(office) as connection:
            return standing.unsaid(connection, office, model, digest, day, after)

    def received(self, office: str) -> int:
        """How many events the office has told."""
        with self.of(office) as connection:
            return finding.received(connection, office)

    def looked(self, office: str) -> tuple[int, int]:
        """Of how many of its events an office was looked at, and how many it has told."""
        with self.of(office) as connection:
            return finding.looked(connection, office)

    def offices(self) -> Sequence[str]:
        """Every office that has told anything, in order."""
        with self._session() as connection:
            see_every_office(connection)
            return finding.every_office(connection)

    def unlooked_offices(self) -> Sequence[str]:
        """Every office with events that nobody looked at yet, in order."""
        with self._session() as connection:
            see_every_office(connection)
            return finding.unlooked_offices(connection)

    def keep_contest(self, office: str, contest: Contest) -> None:
        """Keep that a fact behind an answer is challenged, once."""
        with self.of(office) as connection:
            contesting.keep_contest(connection, office, contest)

    def pending(self, office: str, after: str | None, most: int) -> Sequence[str]:
        """The contests that ask for something still, behind one of an id, the oldest first."""
        with self.of(office) as connection:
            return contesting.pending(connection, office, after, most)

    def keep_decision(self, office: str, decision: Decision) -> None:
        """Keep what was decided of a contest, and tell all whom it concerns; once."""
        with self.of(office) as connection:
            contesting.keep_decision(connection, office, decision)

    def corrected(self, office: str, child: str, upto: int) -> Sequence[Contest]:
        """The contests about a child of whose fact something else was told since."""
        with self.of(office) as connection:
            return contesting.corrected(connection, office, child, upto)

    def notices(
        self, office: str, person: str, after: int, most: int, *, only_open: bool = False
    ) -> list[tuple[int, Notice]]:
        """The notices to a person after one of them, with their numbers."""
        with self.of(office) as connection:
            return contesting.notices_after(
                connection, office, person, after, most, only_open=only_open
            )

    def is_notice(self, office: str, person: str, notice: str) -> bool:
        """Whether a person has a notice of that id."""
        with self.of(office) as connection:
            return contesting.is_notice(connection, office, person, notice)

    def acknowledge(self, office: str, person: str, notice: str, at: datetime) -> str:
        """Keep when a person has acknowledged a notice; when that was first."""
        with self.of(office) as connection:
            return contesting.acknowledge(connection, office, person, notice, told(at))

    def alerts(
        self, office: str, after: int, most: int, *, only_open: bool = False, sealed: bool = True
    ) -> list[tuple[int, Alert]]:
        """The alerts of an office after one of them, the oldest first, with their numbers.

        Those of sealed cases are among them, or are not.
        """
        with self.of(office) as connection:
            return alerting.alerts_after(
                connection, office, after, most, only_open=only_open, sealed=sealed
            )

    def alert(self, office: str, alert_id: str) -> Alert | None:
        """The alert of an id; None where the office has none."""
        with self.of(office) as connection:
            return alerting.alert(connection, office, alert_id)

    def tend(self, office: str, alert_id: str, said: Tended) -> None:
        """Keep who has dealt with an alert, and how; once."""
        with self.of(office) as connection:
            alerting.tend(connection, office, alert_id, said)

    def handling(self, office: str, child: str, person: str, at: datetime) -> Handling:
        """How the office handles the case of a child, and whether it is open to a person."""
        with self.of(office) as connection:
            return handling.handling(connection, office, child, person, told(at))

    def hand_to(self, office: str, child: str, persons: Iterable[str]) -> None:
        """Let these handle the case of a child from now on, and nobody else."""
        with self.of(office) as connection:
            handling.hand_to(connection, office, child, persons)

    def seal(self, office: str, child: str, *, closed: bool) -> None:
        """Close the case of a child to all but those whom the policy names, or open it again."""
        with self.of(office) as connection:
            handling.seal(connection, office, child, closed=closed)

    def keep_glass(self, office: str, glass: Glass) -> None:
        """Keep that the glass was broken: the case is open to the person from then on."""
        with self.of(office) as connection:
            handling.keep_glass(connection, office, glass)

    def glass(self, office: str, after: str | None, most: int) -> Sequence[Glass]:
        """The glass broken in front of cases of the office, behind that of an id."""
        with self.of(office) as connection:
            return handling.glass_of(connection, office, after, most)

    def add_webhook(self, office: str, webhook: Webhook) -> None:
        """Send what happens from now on to a webhook, too."""
        with self.of(office) as connection:
            outbox.add(connection, office, webhook)

    def end_webhook(self, office: str, webhook: str, why: str) -> bool:
        """Send nothing more to a webhook; False where there is none that anything is sent to."""
        with self.of(office) as connection:
            return outbox.end(connection, office, webhook, why)

    def webhooks(self, office: str) -> Sequence[Webhook]:
        """The webhooks of an office, with how much waits for each."""
        with self.of(office) as connection:
            return outbox.those_of(connection, office)

    def waiting(self) -> int:
        """How much waits to be sent, in all offices together."""
        return sum(one.waiting for office in self.offices() for one in self.webhooks(office))

    def take_due(
        self,
        office: str,
        now: datetime,
        most: int,
        next_try: Callable[[int], datetime],
        away: Collection[str] = (),
    ) -> Sequence[Delivery]:
        """What is due, each counted as tried once more; it is due again where it does not arrive.

        `next_try` tells when, after so many tries. Webhooks that are `away` are left alone.
        """
        with self.of(office) as connection:
            return outbox.take_due(
                connection, office, told(now), most, lambda tries: told(next_try(tries)), away
            )

    def put_back(self, office: str, delivery: Delivery, due: datetime) -> None:
        """Have it due, as if it was not taken: nobody was called."""
        with self.of(office) as connection:
            outbox.put_back(connection, office, delivery, told(due))

    def post(self, office: str, message: Message) -> None:
        """Have a message sent to every webhook of an office, once."""
        with self.of(office) as connection:
            outbox.post(connection, office, message)

    def settle(self, office: str, delivery: Delivery, how: str) -> None:
        """Send this no more."""
        with self.of(office) as connection:
            outbox.settle(connection, office, delivery, how)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def of(self, office: str) -> Iterator[Connection]:
        """A transaction of one office."""
        with self._session() as connection:
            see_one_office(connection, office)
            yield connection

    @contextmanager
    def _session(self) -> Iterator[Connection]:
        with (
            told_as_unavailable(),
            self._circuit.calling(self._is_silent),
            self.engine.begin() as connection,
        ):
            if not self._fit:
                check_fit(connection)
                self._fit = True
            yield connection

    def _is_silent(self, problem: Exception) -> bool:
        """Whether a server did not answer; a file is there or not, and nobody waits for it."""
        return self.path is None and is_silent(problem)
