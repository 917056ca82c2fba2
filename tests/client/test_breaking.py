"""Inside a major version nothing breaks: whoever wrote a client by an earlier file keeps it.

`published` holds the file of each version of the API, under its day, for as long as its major
version is served. Whoever publishes another version puts its file beside them.
"""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from serving.openapi import PUBLISHED, VERSION
from tests.client.breaking import Compared

EARLIER = sorted(Path(__file__).with_name("published").glob("*.json"))
NOW: dict[str, Any] = json.loads(PUBLISHED.read_text("utf-8"))

SCORE = "components.schemas.ScoreRequest."
ANSWER = "components.schemas.ScoreAnswer."
AT = "paths./v1/score.post."
GONE = object()

BREAKING: dict[str, tuple[str, Any, str]] = {
    "an operation is gone": ("paths./v1/model.get", GONE, "GET /v1/model: gone"),
    "a path is gone": ("paths./v1/alerts", GONE, "GET /v1/alerts: gone"),
    "an operation is renamed": (f"{AT}operationId", "score", "has another name"),
    "who asks is asked": ("paths./livez.get.security", GONE, "GET /livez: asks who asks"),
    "another status": (f"{AT}responses.200", GONE, "200 gone"),
    "a field of an answer is gone": (f"{ANSWER}properties.band", GONE, "band: gone"),
    "one deep within": ("components.schemas.Reason.properties.share", GONE, "reasons[] share"),
    "a field of a problem": ("components.schemas.Problem.properties.code", GONE, "code: gone"),
    "a field that is not always told": (f"{ANSWER}required", ["scoreId"], "no longer always told"),
    "one that may be null": (f"{ANSWER}properties.child.nullable", True, "child: may be null"),
    "another type": (f"{ANSWER}properties.score.type", "string", "score: another type"),
    "another format": (f"{ANSWER}properties.cutoff.format", "date-time", "cutoff: another type"),
    "a list": (f"{ANSWER}properties.child", {"type": "array", "items": {}}, "another type"),
    "a field of a request is gone": (f"{SCORE}properties.model", GONE, "model: gone"),
    "one is newly required": (f"{SCORE}required", ["child", "cutoff", "model"], "newly required"),
    "one may not be null": (f"{SCORE}properties.model.nullable", GONE, "model: may not be null"),
    "another type is asked": (f"{SCORE}properties.child.type", "integer", "child: another type"),
    "a value is not taken": (f"{SCORE}properties.language.enum", ["ja"], "en is not taken"),
    "some values alone": (f"{SCORE}properties.model.enum", ["a"], "takes only some values"),
    "a narrower bound": (f"{SCORE}properties.received.maximum", 9, "a narrower maximum"),
    "a new bound": (f"{SCORE}properties.child.minLength", 2, "a narrower minLength"),
    "a pattern": (f"{SCORE}properties.child.pattern", "^a", "another pattern"),
    "a row's field": ("components.schemas.ContactsRow.properties.outcome", GONE, "outcome: gone"),
    "a header is required": (f"{AT}parameters.0.required", True, "newly required"),
    "a header is gone": (f"{AT}parameters", [], "header Idempotency-Key: gone"),
    "no body": (f"{AT}requestBody", GONE, "body: gone"),
    "a body is required": (
        "paths./v1/model.get.requestBody",
        {"required": True, "content": {}},
        "body: newly required",
    ),
}
HARMLESS: dict[str, tuple[str, Any]] = {
    "an operation": ("paths./v1/more", {"get": {}}),
    "a problem": (f"{AT}responses.418", {"description": "A teapot."}),
    "a field of an answer": (f"{ANSWER}properties.more", {"type": "string"}),
    "one that is never null": (f"{ANSWER}properties.score.nullable", GONE),
    "a field of a request": (f"{SCORE}properties.more", {"type": "string"}),
    "one that is not required": (f"{SCORE}required", ["child"]),
    "a value that is taken": (f"{SCORE}properties.language.enum", ["ja", "en", "pt", None]),
    "a wider bound": (f"{SCORE}properties.received.minimum", 0),
    "other words": (f"{SCORE}description", "The question."),
}


def changed(place: str, value: Any) -> dict[str, Any]:
    """The file of today with one place changed, or taken out."""
    file = deepcopy(NOW)
    *parts, last = place.split(".")
    within: Any = file
    for part in parts:
        within = within[int(part) if part.isdecimal() and isinstance(within, list) else part]
    if value is GONE:
        del within[last]
    else:
        within[last] = value
    return file


@pytest.mark.parametrize("earlier", EARLIER, ids=lambda path: path.stem)
def test_nothing_that_was_published_is_broken(earlier: Path) -> None:
    before = json.loads(earlier.read_text("utf-8"))
    assert list(Compared(before, NOW).breaking()) == []


def test_the_version_of_today_is_among_those_that_are_kept() -> None:
    assert VERSION in {path.stem for path in EARLIER}


@pytest.mark.parametrize(("place", "value", "told"), BREAKING.values(), ids=BREAKING)
def test_what_would_break_a_client_is_found(place: str, value: Any, told: str) -> None:
    found = list(Compared(NOW, changed(place, value)).breaking())
    assert any(told in one for one in found), found


@pytest.mark.parametrize(("place", "value"), HARMLESS.values(), ids=HARMLESS)
def test_what_is_only_more_breaks_nobody(place: str, value: Any) -> None:
    assert list(Compared(NOW, changed(place, value)).breaking()) == []
