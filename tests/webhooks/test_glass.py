"""Broken glass is told first, whatever else waits, and though the office has told nothing yet."""

import json
from datetime import UTC, datetime

import pytest

from serving.store import handling, outbox
from serving.store.handling import Glass
from serving.store.outbox import Message, Webhook
from serving.store.store import Store, told
from serving.webhooks.secrets import secret_of
from tests.webhooks.sink import Sink
from tests.webhooks.test_delivering import KEY, deliverer

OFFICE, NOW = "office-that-told-nothing", datetime.now(UTC)
GLASS = Glass("g", told(NOW), told(NOW), "c-canary", "person-canary", "imminent_danger")


def test_it_is_told_by_ids_alone_with_the_next_round(store: Store, sink: Sink) -> None:
    store.add_webhook(OFFICE, Webhook("w", sink.url, told(NOW)))
    store.keep_glass(OFFICE, GLASS)
    deliverer(store, lambda: NOW).round()
    sink.verify(secret_of(KEY, "w"))
    ((headers, body),) = sink.heard
    event = json.loads(body)
    assert (event["type"], event["data"]) == ("glass.broken", {"office": OFFICE, "glassId": "g"})
    assert headers["webhook-id"] == "g"
    assert b"canary" not in body
    store.keep_glass(OFFICE, GLASS)
    assert not deliverer(store, lambda: NOW).round(), "it is told once"


def test_it_goes_before_all_that_waits(store: Store, sink: Sink) -> None:
    store.add_webhook(OFFICE, Webhook("w", sink.url, told(NOW)))
    with store.of(OFFICE) as connection:
        for number in range(200):
            alert = Message(f"a{number}", "score.alert", told(NOW.replace(year=2020)), {})
            outbox.post(connection, OFFICE, alert)
    store.keep_glass(OFFICE, GLASS)
    deliverer(store, lambda: NOW).round()
    assert len(sink.ids) == 10
    assert "g" in sink.ids


def test_where_it_cannot_be_told_the_glass_is_not_broken(
    store: Store, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are one transaction: a case is opened to nobody without its being told."""

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    store.add_webhook(OFFICE, Webhook("w", sink.url, told(NOW)))
    with monkeypatch.context() as patch:
        patch.setattr(handling, "post", cut_off)
        with pytest.raises(KeyboardInterrupt):
            store.keep_glass(OFFICE, GLASS)
    assert store.glass(OFFICE, None, 9) == []
