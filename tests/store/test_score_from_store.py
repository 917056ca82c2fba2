"""A child of the store is scored by its id, with the same answer as from an inline case file."""

import json
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from serving.desk import Desk
from serving.endpoints.replay import differences, replay
from serving.endpoints.score import EXAMPLE
from serving.journal import entry
from tests.serving.desks import example
from tests.store.requests import telling
from tests.store.telling import OFFICE

TOLD = telling(EXAMPLE["caseFile"])
RECEIVED = len(TOLD["events"])
ASKED = {name: value for name, value in EXAMPLE.items() if name != "caseFile"}


@pytest.fixture
def told(client: TestClient) -> TestClient:
    reply = client.post("/v1/events", json=TOLD)
    assert reply.status_code == 200, reply.text
    return client


def test_the_answer_is_the_same_bit_for_bit(told: TestClient) -> None:
    from_store = told.post("/v1/score", json={**ASKED, "office": OFFICE})
    assert from_store.status_code == 200, from_store.text
    said, inline = from_store.json(), told.post("/v1/score", json=example()).json()
    assert said["score"] is not None
    assert said["reasons"]
    assert json.dumps({**said, "scoreId": ""}) == json.dumps({**inline, "scoreId": ""})


def test_a_report_is_drawn_from_the_store_too(told: TestClient) -> None:
    reply = told.post("/v1/report", json={**ASKED, "office": OFFICE})
    assert reply.status_code == 200
    assert reply.text.lower().startswith("<!doctype html>")


def test_the_journal_holds_what_was_asked_with_its_rows_and_gives_it_again(
    told: TestClient, desk: Desk
) -> None:
    said = told.post("/v1/score", json={**ASKED, "office": OFFICE}).json()
    kept = entry(desk.journal.path, said["scoreId"])
    asked = json.loads(kept.asked)
    assert (asked["office"], asked["received"]) == (OFFICE, RECEIVED)
    assert asked["caseFile"]["placements"] == []
    champion = desk.champions[desk.model]
    without_store = replace(desk, store=None)
    assert differences(kept, replay(without_store, kept, champion)) == []


def test_what_was_received_later_changes_no_earlier_question(told: TestClient) -> None:
    asked = {**ASKED, "office": OFFICE}
    before = told.post("/v1/score", json=asked).json()
    late = {"id": "o-9", "child": "c-1041", "kind": "weapon",
            "happened": "2024-05-20", "known": "2024-05-20"}  # fmt: skip
    event = {"id": "late", "type": "record", "table": "observations", "row": late}
    told.post("/v1/events", json={"office": OFFICE, "events": [event]})
    now = told.post("/v1/score", json=asked).json()
    then = told.post("/v1/score", json={**asked, "received": RECEIVED}).json()
    assert {**then, "scoreId": ""} == {**before, "scoreId": ""}
    assert {flag["code"] for flag in now["redFlags"]} - {
        flag["code"] for flag in before["redFlags"]
    } == {"weapon"}


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "neither case file nor office": (ASKED, "caseFile", "is required, unless `office`"),
    "a child that is not on record": (
        {**ASKED, "office": OFFICE, "child": "c-9"}, "child", "not on record in this office",
    ),
    "a child of another office": ({**ASKED, "office": "office-4"}, "child", "not on record"),
    "before anything was known": (
        {**ASKED, "office": OFFICE, "cutoff": "2022-05-09"}, "child", "by the cutoff",
    ),
    "a cutoff in the future": (
        {**ASKED, "office": OFFICE, "cutoff": "2024-07-02"}, "cutoff", "lies in the future",
    ),
    "a coverage of its own": (
        {**ASKED, "office": OFFICE, "coverage": {}}, "coverage", "the store has its own",
    ),
    "more than was received": (
        {**ASKED, "office": OFFICE, "received": RECEIVED + 1}, "received", "not received so many",
    ),
    "nothing received": ({**ASKED, "office": OFFICE, "received": 0}, "received", "equal to 1"),
    "a blank office": ({**ASKED, "office": " "}, "office", "text on one line"),
}  # fmt: skip


@pytest.mark.parametrize(("request_", "field", "reason"), REFUSED.values(), ids=REFUSED)
def test_is_refused_and_told_where(
    request_: dict[str, Any], field: str, reason: str, told: TestClient
) -> None:
    reply = told.post("/v1/score", json=request_)
    assert reply.status_code == 422, reply.text
    errors = {error["field"]: error["reason"] for error in reply.json()["errors"]}
    assert reason in errors[field]
