"""Breaking the glass: with a reason, for minutes, loudly, and never by who builds or runs it."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from serving.endpoints.glass import EXAMPLE
from serving.metrics import REGISTRY
from tests.serving.desks import example
from tests.who.asking import AUDITOR, SUPERVISOR, SYSTEM, Clock, bearing, last_record, records

SOUTH = {"sub": "person-9", "roles": ["supervisor"], "office": "south"}
GLASS, CASE = "/v1/brokenGlass", {"office": "south"}


def breaking(child: str = "c-1041", **changed: Any) -> dict[str, Any]:
    said = {**EXAMPLE, "office": "south", "child": child} | changed
    return {name: value for name, value in said.items() if value is not None}


def scored(client: TestClient, child: str = "c-1041", **claims: Any) -> int:
    """What a screener of the north is answered who asks about a child of the south."""
    asked = {**example(office="south"), "child": child}
    return client.post("/v1/score", json=asked, headers=bearing(**claims)).status_code


def test_without_a_reason_the_glass_holds(client: TestClient) -> None:
    words = "きょうだいが搬送され、この子の通告を確認"
    for wrong in (
        {"words": None}, {"reasonCode": None}, {"words": "", "reasonCode": "other"},
        {"words": "x" * 19}, {"words": f"   {words[:17]}   "}, {"reasonCode": "curious"},
        {"minutes": 61}, {"minutes": 0}, {"minutes": 600},
    ):  # fmt: skip
        reply = client.post(GLASS, json=breaking(**wrong), headers=bearing())
        assert (reply.status_code, scored(client)) == (422, 403), wrong
    told = client.get(GLASS, params=CASE, headers=bearing("supervision", **SOUTH)).json()
    assert told["glass"] == []


def test_with_a_reason_it_opens_one_case_to_one_person(client: TestClient) -> None:
    reply = client.post(GLASS, json=breaking("c-1", minutes=30), headers=bearing())
    assert reply.status_code == 200
    assert reply.json()["until"] == "2024-07-01T10:00:00Z"
    opened = {
        "the case": scored(client, "c-1") != 403,
        "another case": scored(client, "c-2") != 403,
        "to a colleague": scored(client, "c-1", sub="person-18") != 403,
        "to who builds the model": scored(client, "c-1", roles=["data_scientist"]) != 403,
        "to another agency": scored(client, "c-1", agency="osaka") != 403,
    }
    assert [what for what, is_open in opened.items() if is_open] == ["the case"]


def test_an_answer_of_that_case_can_be_read_and_not_reviewed(client: TestClient) -> None:
    asked = {**example(office="south"), "child": "c-1041"}
    told = client.post("/v1/score", json=asked, headers=bearing("supervision", **SOUTH)).json()
    path = f"/v1/score/{told['scoreId']}"
    decision = {"decision": "agree"}
    assert client.get(path, headers=bearing()).status_code == 404
    client.post(GLASS, json=breaking(), headers=bearing())
    assert client.get(path, headers=bearing()).status_code == 200
    assert client.get(f"/v1/report/{told['scoreId']}", headers=bearing()).status_code == 200
    assert client.post(f"{path}/reviews", json=decision, headers=bearing()).status_code == 404


def test_after_its_time_it_is_closed_again(client: TestClient, clock: Clock) -> None:
    client.post(GLASS, json=breaking("c-1041", minutes=60), headers=bearing())
    found = []
    for clock.minutes in (0, 59.9, 60, 600):
        found.append(scored(client, **clock.fresh))
    clock.minutes = 0
    assert found == [200, 200, 403, 403]


@pytest.mark.parametrize(
    "who",
    [{"roles": ["data_scientist"]}, {"roles": ["administrator"]}, AUDITOR, SYSTEM, {"roles": []},
     {"roles": ["screener", "data_scientist"]}],
    ids=["who builds the model", "who runs the desk", "the auditor", "a system", "no role", "both"],
)  # fmt: skip
def test_who_must_see_no_case_breaks_no_glass(
    who: dict[str, Any], client: TestClient, home: Path
) -> None:
    for purpose in ("screening", "supervision", "audit", "qa"):
        reply = client.post(GLASS, json=breaking("c-3"), headers=bearing(purpose, **who))
        assert reply.status_code == 403
        assert last_record(home).kind == "refused"
    told = client.get(GLASS, params=CASE, headers=bearing("supervision", **SOUTH)).json()
    assert "c-3" not in {glass["child"] for glass in told["glass"]}


def test_the_glass_of_ones_own_office_is_not_there_to_break(client: TestClient) -> None:
    reply = client.post(GLASS, json=breaking(office="north"), headers=bearing())
    assert reply.status_code == 403


def test_it_is_loud(client: TestClient, home: Path, caplog: pytest.LogCaptureFixture) -> None:
    """In the work list of those who supervise at once, each of it; journal, metric and log."""
    label = {"reason": "imminent_danger"}
    before = REGISTRY.get_sample_value("kizuki_broken_glass_total", label) or 0
    children = [f"c-7{number}" for number in range(5)]
    with caplog.at_level("INFO"):
        ids = [
            client.post(GLASS, json=breaking(child), headers=bearing()).json()["glassId"]
            for child in children
        ]
    kept = [record for record in records(home) if record.kind == "glass"][-5:]
    assert [record.id for record in kept] == ids
    assert {record.asker.person for record in kept} == {"person-17"}
    after = REGISTRY.get_sample_value("kizuki_broken_glass_total", label)
    assert after == before + 5
    assert [r.message for r in caplog.records].count("the glass was broken") == 5
    told = client.get(GLASS, params=CASE, headers=bearing("supervision", **SOUTH)).json()["glass"]
    mine = told[-5:]
    assert [glass["child"] for glass in mine] == children
    assert {(glass["person"], glass["words"]) for glass in mine} == {
        ("person-17", EXAMPLE["words"])
    }
    assert last_record(home).kind == "read", "that the list was read is on record, too"


def test_it_is_listed_to_those_who_supervise_that_office_alone(client: TestClient) -> None:
    statuses = {
        name: client.get(GLASS, params=CASE, headers=bearing(purpose, **who)).status_code
        for name, purpose, who in (
            ("theirs", "supervision", SOUTH), ("another's", "supervision", SUPERVISOR),
            ("who broke it", "screening", {}), ("a system", "screening", SYSTEM),
        )
    }  # fmt: skip
    assert statuses == {"theirs": 200, "another's": 403, "who broke it": 403, "a system": 403}


def test_a_supervisor_says_what_to_think_of_it(client: TestClient) -> None:
    broken = client.post(GLASS, json=breaking("c-8"), headers=bearing()).json()["glassId"]
    path = f"{GLASS}/{broken}/reviews"
    said = {"decision": "not_justified", "words": "当直に連絡できた。"}
    statuses = [
        client.post(path, json=said, headers=bearing(purpose, **who)).status_code
        for purpose, who in (("screening", {}), ("supervision", SUPERVISOR), ("supervision", SOUTH))
    ]
    assert statuses == [403, 404, 200]
    told = client.get(GLASS, params=CASE, headers=bearing("supervision", **SOUTH)).json()["glass"]
    (glass,) = [one for one in told if one["glassId"] == broken]
    (review,) = glass["reviews"]
    assert (review["person"], review["decision"]) == ("person-9", "not_justified")


def test_a_record_of_broken_glass_is_no_answer(client: TestClient) -> None:
    broken = client.post(GLASS, json=breaking("c-9"), headers=bearing()).json()["glassId"]
    reply = client.get(f"/v1/score/{broken}", headers=bearing("supervision", **SOUTH))
    assert reply.status_code == 404


def test_the_glass_is_broken_once_under_a_key(client: TestClient) -> None:
    headers = {**bearing(), "idempotency-key": "once"}
    replies = [client.post(GLASS, json=breaking("c-10"), headers=headers) for _ in range(2)]
    assert replies[0].content == replies[1].content
    told = client.get(GLASS, params=CASE, headers=bearing("supervision", **SOUTH)).json()["glass"]
    assert [one["child"] for one in told].count("c-10") == 1
