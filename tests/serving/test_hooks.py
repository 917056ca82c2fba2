"""The CDS Hooks adapter: a card that follows its rules, and feedback that becomes reviews."""

import re
from dataclasses import replace
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from features.language.text import LANGUAGES, Language
from models.bands import BAND_NAMES
from models.specs import NAMES, spec_of
from serving.answers import Response, Said
from serving.desk import Desk
from serving.endpoints.cds import card_of
from serving.override_reasons import OVERRIDE_REASONS
from tests.serving.desks import client_of, example
from tests.serving.hooks_card import ANSWER, SERVICES

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
    told = client.get("/cds-services").json()
    SERVICES.validate(told)
    (service,) = told["services"]
    assert (service["hook"], service["id"]) == ("referral-screen", "kizuki")
    assert {"title", "description"} <= service.keys()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_card_is_as_the_standard_wants_it(language: str, client: TestClient, desk: Desk) -> None:
    told = client.post(AT, json=called(language=language)).json()
    ANSWER.validate(told)
    (card,) = told["cards"]
    assert re.search(r"\d+", card["summary"])
    assert card["indicator"] == "warning", "there are red flags; a score alone is never critical"
    assert card["source"]["label"] == "Kizuki placement_24m 3"
    assert [reason["code"] for reason in card["overrideReasons"]] == list(OVERRIDE_REASONS)
    assert not {"suggestions", "links", "systemActions"} & card.keys()
    assert desk.said(card["uuid"]).child == "c-1041"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", NAMES)
def test_so_is_each_of_any_model_band_and_length(
    model: str, language: Language, client: TestClient
) -> None:
    spec = spec_of(model)
    asked = example(language=language)
    said = Response.model_validate_json(client.post("/v1/score", json=asked).content)
    for name, times in product(BAND_NAMES, (1, 50)):
        whose = {"name": model, "title": spec.title.read(language) * times}
        banded = {"code": name.code, "words": name.words.read(language) * times}
        told = {
            "model": said.model.model_copy(update=whose),
            "outcome": spec.label.about.read(language) * times,
            "score": name.to_score,
            "band": said.band and said.band.model_copy(update=banded),
            "reasons": said.reasons * times,
        }
        for flags in ([], said.red_flags * times):
            card = card_of(said.model_copy(update={**told, "red_flags": flags}))
            ANSWER.validate({"cards": [card]})
            assert card["indicator"] == ("warning" if flags else "info"), "never critical"
            assert str(name.to_score) in card["summary"]
    for code, times in product(("unfamiliar", "no_age"), (1, 50)):
        why = [Said(code=code, words="なぜ why" * times)] * times
        untold = said.model_copy(update={"score": None, "band": None, "cannot_tell": why})
        ANSWER.validate({"cards": [card_of(untold)]})


@pytest.mark.parametrize("changed", [
    {"summary": "x" * 140}, {"summary": ""}, {"summary": None}, {"indicator": "danger"},
    {"indicator": None}, {"source": "Kizuki"}, {"source": {}}, {"uuid": "1"}, {"score": 17},
    {"overrideReasons": [{"code": "other"}]}, {"overrideReasons": []}, {"detail": 7},
    {"source": {"label": "Kizuki", "version": 3}}, {"links": [{"label": "more"}]},
    {"links": [{"label": "more", "url": "javascript:alert(1)", "type": "absolute"}]},
    {"suggestions": [{"label": "do it"}]},
], ids=str)  # fmt: skip
def test_a_card_that_the_standard_does_not_know_is_noticed(
    changed: dict[str, Any], card: dict[str, Any]
) -> None:
    assert ANSWER.is_valid({"cards": [card]})
    assert not ANSWER.is_valid({"cards": [{**card, **changed}]})
    assert not ANSWER.is_valid({"cards": [card], "systemActions": []})


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
