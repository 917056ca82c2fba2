"""Every request that cannot be answered, with the status and the field that it is told."""

import json
from copy import deepcopy
from typing import Any

import pytest
from starlette.testclient import TestClient

from serving.endpoints.score import EXAMPLE
from serving.question import MOST_ROWS
from tests.serving.desks import example

LEFT_OUT = object()
BIRTH = {"id": "x", "child": "c-1041", "happened": "2018-09-14", "known": "2022-05-10"}
VISIT = {"id": "x", "child": "c-1041", "happened": "2024-01-01", "known": "2024-01-01"}


def changed(path: str, value: object) -> dict[str, Any]:
    """The example with one place changed, or left out."""
    request = deepcopy(EXAMPLE)
    *parts, last = path.split(".")
    place: Any = request
    for part in parts:
        place = place[int(part) if part.isdecimal() else part]
    key: Any = int(last) if last.isdecimal() else last
    if value is LEFT_OUT:
        del place[key]
    else:
        place[key] = value
    return request


def in_child(name: str, value: object) -> dict[str, Any]:
    return changed(f"caseFile.children.0.{name}", value)


def covering(**tables: object) -> dict[str, Any]:
    return example(coverage=tables)


CHILD = "caseFile.children[0]"
INVALID: dict[str, tuple[object, str, str]] = {
    "a list": ([], "body", "valid dictionary"),
    "a text": ("score", "body", "valid dictionary"),
    "no child": (changed("child", LEFT_OUT), "child", "required"),
    "a child that is a number": (changed("child", 1041), "child", "text on one line"),
    "a blank child": (changed("child", "  "), "child", "text on one line"),
    "a child of two lines": (changed("child", "a\nb"), "child", "text on one line"),
    "a child with a null character": (changed("child", "a\0"), "child", "text on one line"),
    "a long child": (changed("child", "c" * 129), "child", "longer than 128"),
    "no cutoff": (changed("cutoff", LEFT_OUT), "cutoff", "required"),
    "a cutoff that is a number": (changed("cutoff", 20240603), "cutoff", "2024-04-01"),
    "a cutoff with a time": (changed("cutoff", "2024-06-03T00:00"), "cutoff", "2024-04-01"),
    "a cutoff without such a day": (changed("cutoff", "2023-02-29"), "cutoff", "2024-04-01"),
    "a cutoff in the future": (changed("cutoff", "2024-07-02"), "cutoff", "lies in the future"),
    "a cutoff before birth": (changed("cutoff", "2018-09-13"), "cutoff", "before the child's"),
    "no case file": (changed("caseFile", LEFT_OUT), "caseFile", "required"),
    "a case file that is a list": (changed("caseFile", []), "caseFile", "valid dictionary"),
    "a case file in snake case": ({**EXAMPLE, "case_file": {}}, "case_file", "not permitted"),
    "an unknown field": ({**EXAMPLE, "notes": "x"}, "notes", "not permitted"),
    "an unknown model": (changed("model", "x"), "model", "there are: placement_24m"),
    "a path as a model": (changed("model", "../placement_24m"), "model", "no such model"),
    "a model that is a number": (changed("model", 24), "model", "valid string"),
    "another language": (changed("language", "fr"), "language", "'ja' or 'en'"),
    "an unknown table": (changed("caseFile.notes", []), "caseFile.notes", "no such table"),
    "a table that is no list": (changed("caseFile.contacts", {}), "caseFile.contacts", "a list"),
    "a row that is no object": (changed("caseFile.contacts.0", 7), "caseFile.contacts[0]", "a row"),
    "an unknown child attribute": (in_child("hair", "x"), f"{CHILD}.hair", "no such field"),
    "a row without an id": (in_child("id", LEFT_OUT), f"{CHILD}.id", "is required"),
    "a row without a day": (in_child("happened", LEFT_OUT), f"{CHILD}.happened", "is required"),
    "a day that is none": (in_child("happened", "2018-13-01"), f"{CHILD}.happened", "be a day"),
    "a day of long ago": (in_child("happened", "1066-01-01"), f"{CHILD}.happened", "years 1900"),
    "a flag in words": (in_child("disability", "yes"), f"{CHILD}.disability", "true or false"),
    "a number as a flag": (in_child("disability", 1), f"{CHILD}.disability", "true or false"),
    "an unknown code": (
        changed("caseFile.notifications.0.source", "priest"),
        "caseFile.notifications[0].source",
        "must be one of: police",
    ),
    "a number out of bounds": (
        changed("caseFile.observations.1.extent", 5),
        "caseFile.observations[1].extent",
        "between 1 and 4",
    ),
    "a number as text": (
        changed("caseFile.observations.1.extent", "2"),
        "caseFile.observations[1].extent",
        "a number",
    ),
    "known before it happened": (in_child("known", "2018-09-13"), f"{CHILD}.known", "before"),
    "two rows with one id": (
        changed("caseFile.children", [BIRTH, {**BIRTH, "sex": "male"}]),
        "caseFile.children[1].id",
        "not withdrawn",
    ),
    "a birth in the future": (
        changed("caseFile.children.1.happened", "2024-07-02"),
        "caseFile.children[1].known",
        "before happened",
    ),
    "happened in the future": (
        changed("caseFile.contacts", [{**VISIT, "happened": "2024-07-02", "known": "2024-07-02"}]),
        "caseFile.contacts[0].happened",
        "is a future date",
    ),
    "known in the future": (
        changed("caseFile.contacts", [{**VISIT, "known": "2024-07-02"}]),
        "caseFile.contacts[0].known",
        "is a future date",
    ),
    "withdrawn in the future": (
        changed("caseFile.contacts", [{**VISIT, "withdrawn": "2030-01-01"}]),
        "caseFile.contacts[0].withdrawn",
        "is a future date",
    ),
    "a parent's birth in the future": (
        changed("caseFile.members.0.born", "2024-07-02"),
        "caseFile.members[0].born",
        "is a future date",
    ),
    "a coverage that is a list": (example(coverage=[]), "coverage", "valid dictionary"),
    "a coverage of no such table": (covering(visits={}), "coverage.visits", "no such table"),
    "a coverage of a table that is not sent": (
        covering(services={}),
        "coverage.services",
        "give it, empty if need be",
    ),
    "a coverage in other words": (
        covering(contacts={"until": "2024-01-01"}),
        "coverage.contacts",
        "an object of from, to and kinds",
    ),
    "a coverage from no day": (
        covering(contacts={"from": 2016}),
        "coverage.contacts.from",
        "must be a day",
    ),
    "a coverage that ends before it begins": (
        covering(contacts={"from": "2016-04-01", "to": "2016-03-31"}),
        "coverage.contacts.to",
        "lies before from",
    ),
    "a coverage of an unknown code": (
        covering(agency_events={"kinds": ["police_call", "police"]}),
        "coverage.agency_events.kinds[1]",
        "must be one of: health_check_missed",
    ),
    "a row of a kind that is not recorded": (
        covering(agency_events={"kinds": ["police_call", "arrest"]}),
        "caseFile.agency_events[0].kind",
        "is declared as a kind that is not recorded",
    ),
    "too many rows": (
        changed("caseFile.contacts", [{**VISIT, "id": str(i)} for i in range(MOST_ROWS + 1)]),
        "caseFile",
        "more than 5,000 rows",
    ),
}


@pytest.mark.parametrize(("request_", "field", "reason"), INVALID.values(), ids=INVALID)
def test_is_refused_and_told_where(
    request_: object, field: str, reason: str, client: TestClient
) -> None:
    for path in ("/v1/score", "/v1/report"):
        reply = client.post(path, json=request_)
        assert reply.status_code == 422, reply.text
        told = {error["field"]: error["reason"] for error in reply.json()["errors"]}
        assert reason in told[field]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"child": NaN}',
        b'{"a":1,"a":2}',
        b"[" * 99 + b"]" * 99,
        b"\xff",
        b'["\\ud800"]',
    ],
)
def test_what_is_not_strict_json_is_malformed(body: bytes, client: TestClient) -> None:
    reply = client.post("/v1/score", content=body, headers={"content-type": "application/json"})
    assert (reply.status_code, reply.json()["code"]) == (400, "malformed_json")


def test_a_model_that_is_not_promoted_here_gives_no_score_and_says_what_to_do(
    client: TestClient,
) -> None:
    reply = client.post("/v1/score", json=changed("model", "renotification_12m"))
    assert (reply.status_code, reply.json()["code"]) == (503, "model_unavailable")
    assert "No score was given. Follow the office's screening policy." in reply.json()["detail"]


def test_every_fault_is_told_at_once_up_to_fifty(client: TestClient) -> None:
    rows = [{**VISIT, "id": str(i), "kind": "x"} for i in range(80)]
    told = client.post("/v1/score", json=changed("caseFile.contacts", rows)).json()
    assert len(told["errors"]) == 50
    assert told["detail"] == "Mend the first 50 fields and ask again."


def test_names_that_could_hold_case_data_are_not_repeated(client: TestClient) -> None:
    text = client.post("/v1/score", json=in_child("山田 花子 was seen", 1)).text
    assert json.loads(text)["errors"][0]["field"] == f"{CHILD}.?"
    assert "山田" not in text


def test_nothing_of_a_refused_request_is_journaled(client: TestClient, desk: Any) -> None:
    client.post("/v1/score", json=changed("cutoff", "2018-09-13"))
    assert not list(desk.journal.served("placement_24m"))
