"""What is to be told arrives: signed, thin, at least once, and with patience."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import select
from standardwebhooks import Webhook as Receiver
from standardwebhooks import WebhookVerificationError

from serving.circuit import PAUSE
from serving.store import outbox
from serving.store.moment import told
from serving.store.outbox import Message, Webhook
from serving.store.schema import deliveries
from serving.store.store import Store
from serving.webhooks.addresses import is_public_or_this_machine
from serving.webhooks.delivering import EACH, MOST_TRIES, Deliverer
from serving.webhooks.secrets import secret_of
from serving.webhooks.sending import Sender
from tests.store.telling import OFFICE, tell
from tests.webhooks.sink import Sink, listening

KEY = bytes(range(32))
ONE = "event | table | id | known | source\ne1 | notifications | n1 | 2024-01-10 | police"
NEXT = select(deliveries.c.due).where(deliveries.c.ended.is_(None))
SAID = {"office": OFFICE, "alertId": "a", "position": 1, "scoreId": "s"}


@pytest.fixture
def now() -> datetime:
    """The library that verifies looks at the clock of the machine."""
    return datetime.now(UTC)


@pytest.fixture
def subscribed(store: Store, sink: Sink, now: datetime) -> Store:
    """A store with an office whose events are sent to the sink."""
    tell(store, ONE)
    store.add_webhook(OFFICE, Webhook("w1", sink.url, told(now)))
    return store


def post(store: Store, now: datetime, id_: str = "m1") -> None:
    with store.of(OFFICE) as connection:
        outbox.post(connection, OFFICE, Message(id_, "score.alert", told(now), SAID))


def deliverer(
    store: Store, clock: Callable[[], datetime], chance: Callable[[], float] = lambda: 0.5
) -> Deliverer:
    sender = Sender(is_public_or_this_machine, longest=1.0)
    return Deliverer(store, KEY, sender, clock, chance)


def how(store: Store) -> list[tuple[str | None, int]]:
    """The webhooks of the office: why each ended, and how much waits for it."""
    return [(webhook.ended, webhook.waiting) for webhook in store.webhooks(OFFICE)]


def test_what_happened_is_told_once_as_a_thin_signed_event(
    subscribed: Store, sink: Sink, now: datetime
) -> None:
    post(subscribed, now)
    desk = deliverer(subscribed, lambda: now)
    assert subscribed.waiting() == 1
    assert [desk.round(), desk.round()] == [True, False]
    assert subscribed.waiting() == 0
    ((headers, body),) = sink.heard
    sink.verify(secret_of(KEY, "w1"))
    assert headers["content-type"] == "application/cloudevents+json"
    assert len(body) <= 2048
    event = json.loads(body)
    assert datetime.fromisoformat(event.pop("time")) == now
    assert event == {
        "specversion": "1.0",
        "id": headers["webhook-id"],
        "source": "urn:kizuki:desk",
        "type": "score.alert",
        "datacontenttype": "application/json",
        "data": SAID,
    }
    assert how(subscribed) == [(None, 0)]


def test_what_happened_is_sent_at_once_whatever_the_zone_of_the_desk(
    subscribed: Store, sink: Sink, now: datetime
) -> None:
    at = now.astimezone(timezone(timedelta(hours=9))).isoformat()
    with subscribed.of(OFFICE) as connection:
        outbox.post(connection, OFFICE, Message("m1", "score.alert", at, SAID))
    deliverer(subscribed, lambda: now).round()
    assert sink.ids == ["m1"]
    assert datetime.fromisoformat(json.loads(sink.heard[0][1])["time"]) == now


def test_what_happened_before_a_webhook_was_added_is_not_sent_to_it(
    subscribed: Store, sink: Sink, now: datetime
) -> None:
    post(subscribed, now - timedelta(seconds=1))
    assert not deliverer(subscribed, lambda: now).round()
    assert sink.heard == []


def test_another_secret_or_another_body_is_noticed(
    subscribed: Store, sink: Sink, now: datetime
) -> None:
    post(subscribed, now)
    deliverer(subscribed, lambda: now).round()
    ((headers, body),) = sink.heard
    for secret, said in ((secret_of(KEY, "w2"), body), (secret_of(KEY, "w1"), body + b" ")):
        with pytest.raises(WebhookVerificationError):
            Receiver(secret).verify(said, headers)


def walk(store: Store, now: datetime, chance: float) -> Iterator[datetime]:
    """The moments at which something is sent, on a clock that goes from one to the next."""
    moment = now
    desk = deliverer(store, lambda: moment, lambda: chance)
    while moment:
        assert desk.round()
        yield moment
        with store.of(OFFICE) as connection:
            due = connection.execute(NEXT).scalar()
        if due is None:
            return
        moment = datetime.fromisoformat(due) - timedelta(seconds=1)
        assert not desk.round(), "it is early"
        moment += timedelta(seconds=1)


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_who_does_not_answer_is_called_for_three_days(
    chance: float, subscribed: Store, sink: Sink, now: datetime
) -> None:
    sink.status = 500
    post(subscribed, now)
    sent = list(walk(subscribed, now, chance))
    assert len(sent) == len(sink.heard) == MOST_TRIES >= 9
    hours = (sent[-1] - sent[0]).total_seconds() / 3600
    assert hours == pytest.approx(75.6 * (0.9 + 0.2 * chance), rel=0.01)
    assert set(sink.ids) == {"m1"}, "it is the same each time"
    assert len({body for _, body in sink.heard}) == 1
    stamps = [int(headers["webhook-timestamp"]) for headers, _ in sink.heard]
    assert stamps == sorted(set(stamps)), "each try is signed anew"
    assert how(subscribed) == [(None, 0)], "it is given up"


@pytest.mark.parametrize("status", [301, 307, 400, 404, 429, 500, 503])
def test_every_answer_but_success_is_tried_again(
    status: int, subscribed: Store, sink: Sink, now: datetime
) -> None:
    post(subscribed, now)
    sink.status = status
    deliverer(subscribed, lambda: now).round()
    assert how(subscribed) == [(None, 1)]
    sink.status = 200
    deliverer(subscribed, lambda: now + timedelta(minutes=1)).round()
    assert (sink.ids, how(subscribed)) == (["m1", "m1"], [(None, 0)])


def test_who_says_gone_is_called_no_more(subscribed: Store, sink: Sink, now: datetime) -> None:
    post(subscribed, now)
    post(subscribed, now + timedelta(days=1), "m2")
    sink.status = 410
    deliverer(subscribed, lambda: now).round()
    assert how(subscribed) == [("gone", 0)]
    post(subscribed, now, "m3")
    deliverer(subscribed, lambda: now + timedelta(days=2)).round()
    assert sink.ids == ["m1"]


def test_who_is_slow_or_away_holds_up_nobody_else(
    subscribed: Store, sink: Sink, now: datetime
) -> None:
    with listening() as away:
        subscribed.add_webhook(OFFICE, Webhook("away", away.url, told(now)))
    with listening() as slow:
        slow.after = 1.5
        subscribed.add_webhook(OFFICE, Webhook("slow", slow.url, told(now)))
        post(subscribed, now)
        deliverer(subscribed, lambda: now).round()
    assert sink.ids == ["m1"]
    waiting = {webhook.id: webhook.waiting for webhook in subscribed.webhooks(OFFICE)}
    assert waiting == {"w1": 0, "away": 1, "slow": 1}


def test_what_is_not_let_through_to_who_is_away_is_no_try(subscribed: Store, now: datetime) -> None:
    subscribed.end_webhook(OFFICE, "w1", "removed")
    with listening() as away:
        subscribed.add_webhook(OFFICE, Webhook("away", away.url, told(now)))
    for number in range(EACH + 3):
        post(subscribed, now, f"m{number}")
    moment = now
    desk = deliverer(subscribed, lambda: moment)
    rounds, tries = [], []
    for seconds in (0, 1, PAUSE, PAUSE + 1, 2 * PAUSE):
        moment = now + timedelta(seconds=seconds)
        rounds.append(desk.round())
        with subscribed.of(OFFICE) as connection:
            found = select(deliveries.c.tries).where(deliveries.c.webhook == "away")
            tries.append(sum(connection.scalars(found)))
    assert rounds == [True, False, True, False, True]
    assert tries == [EACH, EACH, EACH + 1, EACH + 1, EACH + 2]


def test_whatever_goes_wrong_with_one_the_others_are_settled(
    subscribed: Store, sink: Sink, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else each of the others would be told again, with all that goes wrong the next time."""
    subscribed.add_webhook(OFFICE, Webhook("odd", "https://odd.example", told(now)))
    post(subscribed, now)
    send = Sender.send

    async def broken(self: Sender, url: str, headers: Any, body: bytes) -> int:
        if "odd" in url:
            raise RuntimeError
        return await send(self, url, headers, body)

    monkeypatch.setattr(Sender, "send", broken)
    deliverer(subscribed, lambda: now).round()
    waiting = {webhook.id: webhook.waiting for webhook in subscribed.webhooks(OFFICE)}
    assert (sink.ids, waiting) == (["m1"], {"w1": 0, "odd": 1})


def test_what_was_taken_by_one_who_then_ended_is_sent_by_the_next(
    subscribed: Store, sink: Sink, now: datetime
) -> None:
    post(subscribed, now)
    later = now + timedelta(seconds=5)
    (taken,) = subscribed.take_due(OFFICE, now, 9, lambda _: later)
    assert subscribed.take_due(OFFICE, now, 9, lambda _: later) == [], "one alone has it"
    deliverer(subscribed, lambda: later).round()
    assert (sink.ids, taken.tries) == (["m1"], 1)


def test_of_an_office_only_its_own_webhooks_hear(
    subscribed: Store, sink: Sink, now: datetime
) -> None:
    tell(subscribed, ONE, office="office-4")
    with listening() as others:
        subscribed.add_webhook("office-4", Webhook("w1", others.url, told(now)))
        post(subscribed, now)
        deliverer(subscribed, lambda: now).round()
        assert others.heard == []
    assert sink.ids == ["m1"]


def test_an_address_of_the_inside_is_not_called_though_it_is_in_the_store(
    subscribed: Store, sink: Sink, now: datetime
) -> None:
    post(subscribed, now)
    strict = replace(deliverer(subscribed, lambda: now), sender=Sender())
    strict.round()
    assert (sink.heard, how(subscribed)) == ([], [(None, 1)])
