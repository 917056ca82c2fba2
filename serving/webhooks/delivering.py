"""Delivering: what waits in the outbox is sent, and sent again, over about three days.

The pauses are those that Standard Webhooks name as an example, each a little shorter or longer by
chance, so that a receiver that was away is not called by everybody at once.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpcore2

from serving.circuit import Circuit, Interrupted
from serving.log import log, log_fault
from serving.metrics import WEBHOOKS
from serving.store.outbox import DELIVERED, GIVEN_UP, GONE, Delivery
from serving.store.store import Store
from serving.webhooks.addresses import NotPublic
from serving.webhooks.message import body_of, headers_of
from serving.webhooks.secrets import secret_of
from serving.webhooks.sending import Sender

HOUR = 3600
PAUSES = (
    5, 300, 1800, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR,
)  # fmt: skip  # seconds after each try but the last: 75 hours and a half in all
JITTER = 0.1  # of a pause, either way
MOST_TRIES = len(PAUSES) + 1
EACH, AT_ONCE = 10, 100  # of one office, and of all, are under way together
_GONE = 410
_UNHEARD = (NotPublic, TimeoutError, OSError, httpcore2.NetworkError, httpcore2.ProtocolError,
            httpcore2.TimeoutException)  # fmt: skip


@dataclass(frozen=True)
class Deliverer:
    """Sends what is due; `chance` gives a number from 0 to 1, and the clock the time."""

    store: Store
    key: bytes
    sender: Sender
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    _ways: dict[str, Circuit] = field(default_factory=dict, init=False)

    def round(self) -> bool:
        """Send what is due in every office; whether something was."""
        due: list[tuple[str, Delivery]] = []
        away = [webhook for webhook, way in self._ways.items() if way.interrupted]
        for office in self.store.offices():
            taken = self.store.take_due(office, self.clock(), EACH, self._next_try, away)
            due += [(office, delivery) for delivery in taken]
            if len(due) >= AT_ONCE:
                break
        if due:
            tried = asyncio.run(self._send([delivery for _, delivery in due]))
            for (office, delivery), came in zip(due, tried, strict=True):
                if isinstance(came, Interrupted):  # it is no try: nobody was called
                    self.store.put_back(office, delivery, self.clock())
                else:
                    self._settle(office, delivery, _status(delivery, came))
        return bool(due)

    def _next_try(self, tries: int) -> datetime:
        pause = PAUSES[min(tries, len(PAUSES)) - 1]
        return self.clock() + timedelta(seconds=pause * (1 + JITTER * (2 * self.chance() - 1)))

    async def _send(self, due: Sequence[Delivery]) -> list[int | BaseException]:
        """The status of each answer, or what went wrong: what became of the others is settled."""
        return await asyncio.gather(*map(self._try, due), return_exceptions=True)

    async def _try(self, delivery: Delivery) -> int:
        body = body_of(delivery.message)
        secret = secret_of(self.key, delivery.webhook)
        headers = headers_of(delivery.message, body, secret, self.clock())
        with self._way(delivery.webhook).calling(lambda fault: isinstance(fault, _UNHEARD)):
            return await self.sender.send(delivery.url, headers, body)

    def _way(self, webhook: str) -> Circuit:
        """The way to a webhook: while nobody is there, one thing at a time is let through."""
        made = Circuit(f"webhook {webhook}", lambda: self.clock().timestamp())
        return self._ways.setdefault(webhook, made)

    def _settle(self, office: str, delivery: Delivery, status: int | None) -> None:
        """Send it no more where it has arrived, or can no longer do so."""
        if status is not None and 200 <= status < 300:
            self.store.settle(office, delivery, DELIVERED)
        elif status == _GONE:
            self.store.end_webhook(office, delivery.webhook, GONE)
        elif delivery.tries >= MOST_TRIES:
            self.store.settle(office, delivery, GIVEN_UP)
        WEBHOOKS.labels("none" if status is None else f"{status // 100}xx").inc()
        log(
            "webhook",
            webhook=delivery.webhook,
            message=delivery.message.id,
            tries=delivery.tries,
            status=status,
        )


def _status(delivery: Delivery, came: int | BaseException) -> int | None:
    """The status, None where there was no answer: then it is tried again."""
    if isinstance(came, Exception):
        log_fault("a webhook was not heard", came, webhook=delivery.webhook)
        return None
    if isinstance(came, BaseException):
        raise came
    return came
