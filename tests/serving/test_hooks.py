"""The CDS Hooks adapter: a card that follows its rules, and feedback that becomes reviews."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from serving.desk import Desk
from serving.override_reasons import OVERRIDE_REASONS
from tests.serving.desks import client_of, example

AT = "/cds-services/kizuki"
UNKNOWN = str(UUID(int=0))


def called(**changed: Any) -> dict[str, Any]:
    return {
        "hook": "referral-screen",
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "fhirServer": "http://169.254.169.254/",
        "context": example(**changed),
    }


def outcome(card: str, **changed: Any) -> dict[str, Any]:
    told = {"card": card, "outcome": "accepted", "outcomeTimestamp": "2024-07-01T09:31:00Z"}
    return {"feedback": [{**told, **changed}]}


@pytest.fixture
def card(client: TestClient) -> dict[str, Any]:
    (made,) = client.post(AT, json=called()).json()["cards"]
    return dict(made)


def test_the_service_is_found(client: TestClient) -> None:
    (service,) = client.get("/cds-services").json()["services"]
    assert (service["hook"], service["id"]) == ("referral-screen", "kizuki")
    assert {"title", "description"} <= service.keys()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_card_is_as_the_standard_wants_it(language: str, client: TestClient, desk: Desk) -> None:
    (card,) = client.post(AT, json=called(language=language)).json()["cards"]
    assert 0 < len(card["summary"]) < 140
    assert re.search(r"\d+", card["summary"])
    assert card["indicator"] == "warning", "there are red flags; a score alone is never critical"
    assert card["source"]["label"] == "Kizuki placement_24m 3"
    assert [reason["code"] for reason in card["overrideReasons"]] == list(OVERRIDE_REASONS)
    assert not {"suggestions", "links", "systemActions"} & card.keys()
    assert desk.said(card["uuid"]).child == "c-1041"


def test_who_cannot_tell_says_why_and_a_silent_desk_shows_no_score(desk: Desk) -> None:
    file = example()["caseFile"]
    unborn = {name: rows for name, rows in file.items() if name != "children"}
    with client_of(desk) as client:
        (card,) = client.post(AT, json=called(language="en", caseFile=unborn)).json()["cards"]
    assert card["summary"].startswith("No score: the age is not known")
    with client_of(replace(desk, silent=True)) as client:
        (card,) = client.post(AT, json=called(language="en")).json()["cards"]
        assert card["summary"] == "No score: silent: recorded, not shown"
        quiet = {"children": file["children"], "notifications": file["notifications"][:1]}
        assert client.post(AT, json=called(caseFile=quiet)).json() == {"cards": []}


def test_feedback_is_kept_as_reviews(client: TestClient, card: dict[str, Any]) -> None:
    reason = {"reason": {"code": "safe_already"}, "userComment": "seen today"}
    for told in (
        outcome(card["uuid"]),
        outcome(card["uuid"], outcome="overridden", overrideReason=reason),
        outcome(card["uuid"], outcome="overridden", overrideReason={"userComment": "as agreed"}),
    ):
        assert client.post(f"{AT}/feedback", json=told).json() == {}
    reviews = client.get(f"/v1/score/{card['uuid']}").json()["reviews"]
    assert [(r["decision"], r["reasonCode"], r["words"]) for r in reviews] == [
        ("agree", None, None),
        ("override", "safe_already", "seen today"),
        ("override", "other", "as agreed"),
    ]


def test_feedback_on_an_unknown_card_is_not_found_and_none_of_it_kept(
    client: TestClient, card: dict[str, Any]
) -> None:
    told = {"feedback": [*outcome(card["uuid"])["feedback"], *outcome(UNKNOWN)["feedback"]]}
    assert client.post(f"{AT}/feedback", json=told).status_code == 404
    assert client.get(f"/v1/score/{card['uuid']}").json()["reviews"] == []


BAD: dict[str, tuple[str, Any, int]] = {
    "another hook": (AT, {**called(), "hook": "patient-view"}, 422),
    "no context": (AT, {"hook": "referral-screen", "hookInstance": "x"}, 422),
    "nothing to score": (AT, called(caseFile=None), 412),
    "another service": ("/cds-services/x", called(), 404),
    "no feedback": (f"{AT}/feedback", {"feedback": []}, 422),
    "another outcome": (f"{AT}/feedback", outcome(UNKNOWN, outcome="ignored"), 422),
}


@pytest.mark.parametrize(("path", "asked", "status"), BAD.values(), ids=BAD)
def test_bad_input_is_refused(path: str, asked: Any, status: int, client: TestClient) -> None:
    assert client.post(path, json=asked).status_code == status
