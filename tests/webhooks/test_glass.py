"""Broken glass is told first, whatever else waits, and though the office has told nothing yet."""

import json
from datetime import UTC, datetime

import pytest

from serving.store import handling, outbox
from serving.store.handling import Glass
from serving.store.moment import told
from serving.store.outbox import Message, Webhook
from serving.store.store import Store
from serving.webhooks.delivering import EACH
from serving.webhooks.secrets import secret_of
from tests.webhooks.sink import Sink
from tests.webhooks.test_delivering import KEY, deliverer

OFFICE = "office-that-told-nothing"


@pytest.fixture
def now() -> datetime:
    """The library that verifies looks at the clock of the machine."""
    return datetime.now(UTC)


@pytest.fixture
def glass(now: datetime) -> Glass:
    return Glass("g", told(now), told(now), "c-canary", "person-canary", "imminent_danger")


def test_it_is_told_by_ids_alone_with_the_next_round(
    store: Store, sink: Sink, now: datetime, glass: Glass
) -> None:
    store.add_webhook(OFFICE, Webhook("w", sink.url, told(now)))
    store.keep_glass(OFFICE, glass)
    deliverer(store, lambda: now).round()
    sink.verify(secret_of(KEY, "w"))
    ((headers, body),) = sink.heard
    event = json.loads(body)
    assert (event["type"], event["data"]) == ("glass.broken", {"office": OFFICE, "glassId": "g"})
    assert headers["webhook-id"] == "g"
    assert b"canary" not in body
    store.keep_glass(OFFICE, glass)
    assert not deliverer(store, lambda: now).round(), "it is told once"


def test_it_goes_before_all_that_waits(store: Store, now: datetime, glass: Glass) -> None:
    store.add_webhook(OFFICE, Webhook("w", "https://w.example", told(now)))
    with store.of(OFFICE) as connection:
        for number in range(3 * EACH):
            outbox.post(connection, OFFICE, Message(f"a{number}", "score.alert", told(now), {}))
    store.keep_glass(OFFICE, glass)
    first, *others = store.take_due(OFFICE, now, EACH, lambda _: now)
    assert first.message.id == "g"
    assert {one.message.type for one in others} == {"score.alert"}


def test_where_it_cannot_be_told_the_glass_is_not_broken(
    store: Store, sink: Sink, now: datetime, glass: Glass, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are one transaction: a case is opened to nobody without its being told."""

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    store.add_webhook(OFFICE, Webhook("w", sink.url, told(now)))
    with monkeypatch.context() as patch:
        patch.setattr(handling, "post", cut_off)
        with pytest.raises(KeyboardInterrupt):
            store.keep_glass(OFFICE, glass)
    assert store.glass(OFFICE, None, 9) == []
