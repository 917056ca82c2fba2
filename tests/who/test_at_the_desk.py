"""A desk that asks everybody: who is let in, what they may ask, and what is kept of it."""

import json
import logging
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from serving.app import OPEN, PATHS, make_app
from serving.endpoints import glass, handling, notices, tending
from serving.endpoints.events import EXAMPLE as EVENTS
from serving.metrics import REGISTRY
from serving.operations import OPERATIONS
from tests.serving.desks import desk_at, example
from tests.who.asking import AUDITOR, SUPERVISOR, SYSTEM, bearing, last_record
from tests.who.tokens import token


def test_who_says_nothing_gets_nothing(client: TestClient) -> None:
    for path in (*PATHS, "/nowhere", "/metrics"):
        for method in ("GET", "POST", "DELETE"):
            if path not in OPEN:
                reply = client.request(method, path, json=example())
                assert (reply.status_code, reply.json()["code"]) == (401, "unauthenticated")
                assert reply.headers["www-authenticate"] == 'Bearer realm="kizuki"'


def test_probes_answer_whoever_asks(client: TestClient) -> None:
    assert [client.get(path).status_code for path in OPEN] == [200, 200]


def test_who_sends_much_is_still_told(client: TestClient) -> None:
    reply = client.post("/v1/score", content=b" " * 3 * 2**20, headers={"content-type": "x/y"})
    assert reply.status_code == 401


def test_every_route_refuses_who_has_no_role(client: TestClient, home: Path) -> None:
    """So no endpoint can be added that forgets to ask the policy."""
    for route in make_app(desk_at(home)).routes:
        if route.path not in OPEN:  # type: ignore[attr-defined]
            for method in route.methods - {"HEAD"}:  # type: ignore[attr-defined]
                sent = {"json": example()} if method == "POST" else {}
                reply = client.request(method, route.path, headers=bearing(roles=[]), **sent)  # type: ignore[attr-defined]
                assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    ("role", "purpose", "score", "report", "model"),
    [
        ("screener", "screening", 200, 200, 200),
        ("supervisor", "supervision", 200, 200, 200),
        ("auditor", "audit", 403, 403, 200),
        ("data_scientist", "qa", 403, 403, 200),
        ("administrator", "qa", 403, 403, 200),
        ("screener", "employment_check", 403, 403, 200),
        ("screener", "audit", 403, 403, 200),
    ],
)
def test_what_each_role_is_answered(
    role: str, purpose: str, score: int, report: int, model: int, client: TestClient
) -> None:
    headers = bearing(purpose, roles=[role])
    asked = {"json": example(), "headers": headers}
    assert client.post("/v1/score", **asked).status_code == score  # type: ignore[arg-type]
    assert client.post("/v1/report", **asked).status_code == report  # type: ignore[arg-type]
    assert client.get("/v1/model", headers=headers).status_code == model


def test_the_purpose_must_be_said(client: TestClient) -> None:
    headers = {"authorization": f"Bearer {token()}"}
    reply = client.post("/v1/score", json=example(), headers=headers)
    assert reply.status_code == 403
    assert "Purpose-Of-Use: screening, supervision, audit, qa" in reply.json()["detail"]


def test_rights_are_the_persons_and_not_the_systems(client: TestClient) -> None:
    """The same case system, for three: itself, who may review it, and who may not see a case."""
    asked = [bearing(sub="case-system"), bearing(sub="person-17"), bearing(roles=["auditor"])]
    replies = [
        [client.post(path, json=example(), headers=who).status_code for path in PATHS[:2]]
        for who in asked
    ]
    assert replies == [[200, 403], [200, 200], [403, 403]]


def test_a_person_stays_in_the_office_and_a_system_in_the_agency(client: TestClient) -> None:
    told = {
        office: {
            "person": client.post(
                "/v1/score", json=example(office=office), headers=bearing()
            ).status_code,
            "system": client.post(
                "/v1/events", json={**EVENTS, "office": office}, headers=bearing(**SYSTEM)
            ).status_code,
        }
        for office in ("north", "south")
    }
    assert told == {
        "north": {"person": 200, "system": 200},
        "south": {"person": 403, "system": 200},
    }


def test_a_child_of_another_office_is_not_found_out(client: TestClient) -> None:
    """The answer is the same whether the store has the child or not."""
    client.post("/v1/events", json={**EVENTS, "office": "south"}, headers=bearing(**SYSTEM))
    replies = [
        client.post(
            "/v1/score",
            json={"child": child, "cutoff": "2024-06-03", "office": "south"},
            headers=bearing(),
        )
        for child in ("c-1041", "c-9999")
    ]
    told = [{**reply.json(), "instance": ""} for reply in replies]
    assert told[0] == told[1]
    assert told[0]["code"] == "forbidden"


def test_another_agency_is_answered_nothing(client: TestClient) -> None:
    for path in ("/v1/score", "/v1/report"):
        reply = client.post(path, json=example(), headers=bearing(agency="osaka"))
        assert reply.status_code == 403
    reply = client.post("/v1/events", json=EVENTS, headers=bearing(agency="osaka", **SYSTEM))
    assert reply.status_code == 403


NAMING_AN_OFFICE = {
    "scoreChild": (example(), {}),
    "reportChild": (example(), {}),
    "keepEvents": (EVENTS, SYSTEM | {"office": "north"}),
    "handCase": (handling.HANDLERS_EXAMPLE, SYSTEM | {"office": "north"}),
    "sealCase": (handling.SEAL_EXAMPLE, SUPERVISOR),
    "tendAlert": (tending.EXAMPLE, {}),
    "acknowledgeNotice": (notices.EXAMPLE, {}),
    "breakGlass": (glass.EXAMPLE, AUDITOR),  # it is another office's by its nature
}  # fmt: skip


def test_no_operation_that_names_an_office_forgets_to_ask(client: TestClient) -> None:
    naming = [o for o in OPERATIONS if o.request and "office" in o.request.model_fields]
    assert {operation.name for operation in naming} == NAMING_AN_OFFICE.keys()
    for operation in naming:
        sent, who = NAMING_AN_OFFICE[operation.name]
        reply = client.post(
            operation.path, json={**sent, "office": "south"}, headers=bearing(**who)
        )
        assert (operation.name, reply.status_code) == (operation.name, 403)


@pytest.fixture(scope="module")
def score_id(client: TestClient) -> str:
    """An answer that a screener of the north asked for."""
    asked = client.post("/v1/score", json=example(office="north"), headers=bearing())
    return str(asked.json()["scoreId"])


OF = {
    "themselves": {}, "a colleague": {"sub": "person-18"},
    "their supervisor": {"sub": "person-2", "roles": ["supervisor"]},
    "another office": {"sub": "person-19", "office": "south"},
    "the auditor": {"sub": "person-3", "roles": ["auditor"], "office": None},
    "the system": SYSTEM,
}  # fmt: skip


@pytest.mark.parametrize(
    ("who", "purpose", "statuses"),  # of reading, replaying and reviewing it
    [
        ("themselves", "screening", (200, 403, 200)),
        ("a colleague", "screening", (200, 403, 403)),
        ("their supervisor", "supervision", (200, 403, 200)),
        ("another office", "screening", (404, 403, 404)),
        ("the auditor", "audit", (200, 200, 403)),
        ("the system", "screening", (403, 403, 403)),
    ],
)
def test_who_may_read_replay_and_review_an_answer(
    who: str, purpose: str, statuses: tuple[int, int, int], score_id: str, client: TestClient
) -> None:
    headers, path = bearing(purpose, **OF[who]), f"/v1/score/{score_id}"
    read = client.get(path, headers=headers)
    explained = client.get(f"{path}/explanation", headers=headers)
    replayed = client.get(f"{path}/replay", headers=headers)
    reviewed = client.post(f"{path}/reviews", json={"decision": "agree"}, headers=headers)
    found = (read.status_code, replayed.status_code, reviewed.status_code)
    assert found == statuses
    assert explained.status_code == read.status_code


def test_an_answer_of_another_office_is_told_as_one_that_is_not(
    score_id: str, client: TestClient
) -> None:
    headers = bearing(**OF["another office"])
    replies = [
        client.get(f"/v1/score/{asked}", headers=headers)
        for asked in (score_id, "00000000-0000-0000-0000-00000000dead")
    ]
    told = [{**reply.json(), "instance": ""} for reply in replies]
    assert told[0] == told[1]
    assert told[0]["code"] == "not_found"


def test_the_journal_names_who_read_an_answer_and_not_who_asked_for_it(
    score_id: str, client: TestClient, home: Path
) -> None:
    client.get(f"/v1/score/{score_id}", headers=bearing("audit", **OF["the auditor"]))
    kept = last_record(home)
    assert (kept.kind, kept.about, kept.asker.person, kept.asker.purpose) == (
        "read", score_id, "person-3", "audit",
    )  # fmt: skip


def test_the_journal_tells_who_asked_through_whom_and_why(client: TestClient, home: Path) -> None:
    reply = client.post("/v1/score", json=example(), headers=bearing())
    assert last_record(home).asker.record == {
        "person": "person-17", "through": "case-system", "roles": "screener", "agency": "tokyo",
        "office": "north", "purpose": "screening", "asked_in": reply.headers["x-request-id"],
        "policies": "screeners-work-the-cases-of-their-office",
    }  # fmt: skip


@pytest.mark.parametrize(("purpose", "allowed"), [("screening", "true"), ("other", "false")])
def test_decisions_are_counted(purpose: str, allowed: str, client: TestClient) -> None:
    counted = ("kizuki_decisions_total", {"action": "score", "allowed": allowed})
    before = REGISTRY.get_sample_value(*counted) or 0
    client.post("/v1/score", json=example(), headers=bearing(purpose))
    assert (REGISTRY.get_sample_value(*counted) or 0) > before


def test_every_decision_is_logged_without_case_data(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        replies = [
            client.post("/v1/score", json=example(), headers=bearing(purpose))
            for purpose in ("employment check of c-1041", "screening")
        ]
    decided = [r.fields for r in caplog.records if r.message == "decision"]  # type: ignore[attr-defined]
    assert [(d["action"], d["allowed"], d["purpose"]) for d in decided] == [
        ("score", False, "other"),
        ("score", True, "screening"),  # of any case,
        ("score", True, "screening"),  # and of this one
    ]
    assert {d["requestId"] for d in decided} == {r.headers["x-request-id"] for r in replies}
    assert decided[-1] == {
        "requestId": replies[-1].headers["x-request-id"], "action": "score", "allowed": True,
        "policies": ("screeners-work-the-cases-of-their-office",), "person": "person-17",
        "through": "case-system", "roles": ["screener"], "purpose": "screening",
    }  # fmt: skip
    said = [vars(record) for record in caplog.records if record.name == "kizuki"]
    assert "c-1041" not in json.dumps(said, default=str)
