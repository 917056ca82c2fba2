"""POST /v1/events: receipts for what was kept, and every request that is refused."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from serving.endpoints.events import EXAMPLE, MOST_EVENTS
from serving.store.store import Store
from tests.serving.desks import client_of, desk_at
from tests.store.requests import changed

OFFICE, CHILD = "office-3", "c-1041"


def test_each_event_gets_a_receipt_and_the_same_bytes_however_often(client: TestClient) -> None:
    first = client.post("/v1/events", json=EXAMPLE)
    assert first.status_code == 200, first.text
    receipts = first.json()["events"]
    assert [(r["id"], r["received"]) for r in receipts] == [(f"ev-{n}", n) for n in range(1, 6)]
    assert {r["receivedAt"] for r in receipts} == {"2024-07-01T09:30:00.000000+00:00"}
    for _ in range(3):
        assert client.post("/v1/events", json=EXAMPLE).content == first.content


def test_the_same_id_with_other_content_is_one_conflict(client: TestClient) -> None:
    client.post("/v1/events", json=EXAMPLE)
    other = changed("events.1.row.source", "police")
    other["events"].append({**EXAMPLE["events"][0], "id": "ev-9"})
    reply = client.post("/v1/events", json=other)
    assert (reply.status_code, reply.json()["code"]) == (409, "conflict")
    assert reply.json()["errors"] == [
        {"field": "events[1].id", "reason": "was told before, with other content"}
    ]
    alone = client.post("/v1/events", json={"office": OFFICE, "events": other["events"][5:]})
    assert alone.json()["events"][0]["received"] == 6, "nothing beside the conflict was kept"


def test_a_number_is_the_same_content_however_it_is_written(client: TestClient) -> None:
    row = {"id": "o-1", "child": CHILD, "kind": "injury", "happened": "2024-01-01"}
    for extent in (2, 2.0):
        said = {**row, "known": "2024-01-01", "extent": extent, "site": None}
        event = {"id": "x", "type": "record", "table": "observations", "row": said}
        reply = client.post("/v1/events", json={"office": OFFICE, "events": [event]})
        assert reply.status_code == 200, reply.text


ROW, TABLES = "events[1].row", "no such table; there are: people, children"
INVALID: dict[str, tuple[object, str, str]] = {
    "a list": ([], "body", "valid dictionary"),
    "no office": ({"events": EXAMPLE["events"]}, "office", "required"),
    "a blank office": (changed("office", " "), "office", "text on one line"),
    "an office that is null": (changed("office", None), "office", "is required"),
    "no events": (changed("events", []), "events", "at least 1 item"),
    "events that are no list": (changed("events", {}), "events", "valid list"),
    "an event that is no object": (changed("events", [7]), "events[0]", "valid dictionary"),
    "too many events": (
        changed("events", [EXAMPLE["events"][0]] * (MOST_EVENTS + 1)),
        "events",
        "at most 1000 items",
    ),
    "an unknown field of the request": (changed("notes", "x"), "notes", "not permitted"),
    "an unknown field of an event": (changed("events.1.at", "x"), "events[1].at", "not permitted"),
    "an event without a name": (changed("events.1.id", ""), "events[1].id", "text on one line"),
    "an id that is a number": (changed("events.1.id", 7), "events[1].id", "text on one line"),
    "another type": (changed("events.1.type", "update"), "events[1].type", "'record'"),
    "an unknown table": (changed("events.1.table", "visits"), "events[1].table", TABLES),
    "a table that is a list": (changed("events.1.table", []), "events[1].table", TABLES),
    "a version below none": (changed("events.1.version", -1), "events[1].version", "equal to 0"),
    "a version in words": (changed("events.1.version", "1"), "events[1].version", "integer"),
    "a row that is a list": (changed("events.1.row", []), ROW, "valid dictionary"),
    "an unknown column": (changed("events.1.row.hair", 1), f"{ROW}.hair", "no such field"),
    "a row without an id": (changed("events.1.row.id", None), f"{ROW}.id", "is required"),
    "a row without a day": (changed("events.1.row.known", None), f"{ROW}.known", "is required"),
    "a row without its child": (changed("events.1.row.child", None), f"{ROW}.child", "required"),
    "an unknown code": (changed("events.1.row.source", "x"), f"{ROW}.source", "one of: police"),
    "a day that is none": (changed("events.1.row.known", "2024-13-01"), f"{ROW}.known", "a day"),
    "known before it happened": (
        changed("events.1.row.known", "2022-05-09"), f"{ROW}.known", "lies before happened",
    ),
    "known in the future": (
        changed("events.1.row.known", "2024-07-02"), f"{ROW}.known", "is a future date",
    ),
    "a withdrawal on the row itself": (
        changed("events.1.row.withdrawn", "2023-01-01"), f"{ROW}.withdrawn", "a line of its own",
    ),
    "a withdrawal with a column": (
        changed("events.3.row.source", "police"), "events[3].row.source", "no such field",
    ),
    "a withdrawal of nothing": (changed("events.3.row.id", None), "events[3].row.id", "required"),
    "a withdrawal in the future": (
        changed("events.3.row.known", "2024-07-02"), "events[3].row.known", "is a future date",
    ),
    "a coverage of no day": (
        changed("events.4.row.known", None), "events[4].row.known", "is required",
    ),
    "a coverage known in the future": (
        changed("events.4.row.known", "2024-07-02"), "events[4].row.known", "is a future date",
    ),
    "a coverage in other words": (
        changed("events.4.row.until", "2024-01-01"), "events[4].row", "from, to and kinds",
    ),
    "a coverage that ends before it begins": (
        changed("events.4.row.to", "2016-03-31"), "events[4].row.to", "lies before from",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def light(promoted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a desk without a store: what is refused needs none."""
    home = tmp_path_factory.mktemp("light")
    for name in ("champions", "bundle-keys"):
        (home / name).symlink_to(promoted / name)
    with client_of(desk_at(home)) as made:
        yield made


@pytest.mark.parametrize(("request_", "field", "reason"), INVALID.values(), ids=INVALID)
def test_is_refused_and_told_where(
    request_: object, field: str, reason: str, light: TestClient
) -> None:
    reply = light.post("/v1/events", json=request_)
    assert reply.status_code == 422, reply.text
    told = {error["field"]: error["reason"] for error in reply.json()["errors"]}
    assert reason in told[field]


def test_every_refused_event_is_named_and_none_is_kept(client: TestClient, store: Store) -> None:
    request = deepcopy(EXAMPLE)
    request["events"][0]["row"]["happened"] = "1066-01-01"
    request["events"][1]["row"]["source"] = "priest"
    request["events"][2]["row"]["the child's name"] = "山田"
    reply = client.post("/v1/events", json=request)
    assert [error["field"] for error in reply.json()["errors"]] == [
        "events[0].row.happened", "events[1].row.source", "events[2].row.?",
    ]  # fmt: skip
    assert "山田" not in reply.text
    assert client.post("/v1/events", json=EXAMPLE).json()["events"][0]["received"] == 1


@pytest.mark.parametrize("body", [b"", b"{", b'{"office": NaN}', b'{"a":1,"a":2}', b"\xff"])
def test_what_is_not_strict_json_is_malformed(body: bytes, light: TestClient) -> None:
    reply = light.post("/v1/events", content=body, headers={"content-type": "application/json"})
    assert (reply.status_code, reply.json()["code"]) == (400, "malformed_json")


def test_without_a_store_nothing_is_kept_and_it_is_said(light: TestClient) -> None:
    reply = light.post("/v1/events", json=EXAMPLE)
    assert (reply.status_code, reply.json()["code"]) == (503, "store_unavailable")
    assert "send it again, with the same ids" in reply.json()["detail"]
    asked = {"child": CHILD, "cutoff": "2024-06-03", "office": OFFICE}
    refused = light.post("/v1/score", json=asked)
    assert (refused.status_code, refused.json()["code"]) == (503, "store_unavailable")
    assert "No score was given." in refused.json()["detail"]


def test_the_example_is_one_of_every_type() -> None:
    said: dict[str, Any] = json.loads(json.dumps(EXAMPLE))
    assert {event["type"] for event in said["events"]} == {"record", "withdrawal", "coverage"}
