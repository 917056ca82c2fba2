"""The outbox: who is told by a webhook, and what is still to be sent to whom.

What is to be sent is written in the very transaction in which it happened, and read from here until
it has arrived: whatever ends in between, it is sent.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update

from serving.store.keeping import take_turn, upsert
from serving.store.moment import told
from serving.store.schema import deliveries, webhooks
from serving.strict_json import canonical

URGENT = "glass.broken"  # the type that goes before all others
DELIVERED, GIVEN_UP, GONE, REMOVED = "delivered", "given_up", "gone", "removed"


@dataclass(frozen=True)
class Webhook:
    """Where an office's events are sent, since when, and why not any more; times are in UTC."""

    id: str
    url: str
    at: str
    ended: str | None = None
    waiting: int = 0


@dataclass(frozen=True)
class Message:
    """What happened, as it is told by ids alone; sent again, it has the same `id`."""

    id: str
    type: str
    at: str
    said: Mapping[str, object]


@dataclass(frozen=True)
class Delivery:
    """A message on its way to a webhook, for the `tries`-th time."""

    message: Message
    webhook: str
    url: str
    tries: int


def add(connection: Connection, office: str, webhook: Webhook) -> None:
    """Send what happens from now on to a webhook, too; the office may have told nothing yet."""
    take_turn(connection, office)
    said = {"id": webhook.id, "url": webhook.url, "at": webhook.at}
    connection.execute(insert(webhooks).values(office=office, **said))


def end(connection: Connection, office: str, webhook: str, why: str) -> bool:
    """Send nothing more to a webhook; False where there is none that anything is sent to."""
    one = and_(webhooks.c.office == office, webhooks.c.id == webhook, webhooks.c.ended.is_(None))
    ended = connection.execute(update(webhooks).where(one).values(ended=why)).rowcount
    waiting = _waiting(office, deliveries.c.webhook == webhook)
    connection.execute(update(deliveries).where(waiting).values(ended=why))
    return bool(ended)


def those_of(connection: Connection, office: str) -> Sequence[Webhook]:
    """The webhooks of an office, with how much waits for each, the oldest first."""
    waiting = (
        select(func.count())
        .select_from(deliveries)
        .where(_waiting(office, deliveries.c.webhook == webhooks.c.id))
        .scalar_subquery()
    )
    asked = select(webhooks.c.id, webhooks.c.url, webhooks.c.at, webhooks.c.ended, waiting)
    asked = asked.where(webhooks.c.office == office).order_by(webhooks.c.at, webhooks.c.id)
    return [Webhook(*row) for row in connection.execute(asked)]


def post(connection: Connection, office: str, message: Message) -> None:
    """Have a message sent, once, to every webhook of the office that was there by then."""
    moment = told(datetime.fromisoformat(message.at))
    there = and_(webhooks.c.ended.is_(None), webhooks.c.at <= moment)
    active = select(webhooks.c.id).where(webhooks.c.office == office, there)
    rows = [
        {
            "office": office,
            "message": message.id,
            "webhook": webhook,
            "type": message.type,
            "at": message.at,
            "said": canonical(message.said).decode(),
            "due": moment,
            "tries": 0,
        }
        for webhook in connection.scalars(active)
    ]
    if rows:
        connection.execute(upsert(connection, deliveries).on_conflict_do_nothing(), rows)


def take_due(
    connection: Connection,
    office: str,
    now: str,
    most: int,
    next_try: Callable[[int], str],
    away: Collection[str] = (),
) -> list[Delivery]:
    """What is due, each counted as tried once more; it is due again where it does not arrive.

    So it is sent again where whoever took it is ended, and is taken by one alone. Webhooks that are
    `away` are left alone.
    """
    due = _waiting(office, deliveries.c.due <= now, deliveries.c.webhook.not_in(away))
    columns = (deliveries.c[name] for name in ("message", "webhook", "type", "at", "said", "tries"))
    of_webhook = and_(
        webhooks.c.office == deliveries.c.office, webhooks.c.id == deliveries.c.webhook
    )
    asked = select(*columns, webhooks.c.url).join(webhooks, of_webhook).where(due)
    order = (deliveries.c.type != URGENT, deliveries.c.due)
    found = connection.execute(asked.order_by(*order).limit(most)).all()
    taken = []
    for row in found:
        tries = row.tries + 1
        one = _waiting(
            office,
            deliveries.c.message == row.message,
            deliveries.c.webhook == row.webhook,
            deliveries.c.tries == row.tries,
        )
        again = update(deliveries).where(one).values(tries=tries, due=next_try(tries))
        if connection.execute(again).rowcount:
            message = Message(row.message, row.type, row.at, json.loads(row.said))
            taken.append(Delivery(message, row.webhook, row.url, tries))
    return taken


def put_back(connection: Connection, office: str, delivery: Delivery, due: str) -> None:
    """Have it due, as if it was not taken: nobody was called."""
    one = _waiting(office, *_this(delivery), deliveries.c.tries == delivery.tries)
    again = update(deliveries).where(one).values(tries=delivery.tries - 1, due=due)
    connection.execute(again)


def settle(connection: Connection, office: str, delivery: Delivery, how: str) -> None:
    """Send this no more."""
    one = _waiting(office, *_this(delivery))
    connection.execute(update(deliveries).where(one).values(ended=how))


def _this(delivery: Delivery) -> tuple[ColumnElement[bool], ...]:
    of_message = deliveries.c.message == delivery.message.id
    return of_message, deliveries.c.webhook == delivery.webhook


def _waiting(office: str, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(deliveries.c.office == office, deliveries.c.ended.is_(None), *which)
