"""Refusals: on record with who asked for what, and the same for what is not theirs and what is not.

The answer to who guesses ids is the same in words, and what the desk does to give it is the same,
so that no clock tells them apart either.
"""

import json
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from serving.endpoints.decision import EXAMPLE as DECISION
from serving.endpoints.glass import EXAMPLE as GLASS
from serving.erasing.erase import Order, Records, erase
from serving.jobs.table import Jobs
from serving.store.store import Store
from serving.who.asker import Asker
from tests.serving.desks import NOW, example, journal_at
from tests.store.telling import raised
from tests.who.asking import SUPERVISOR, bearing, last_record, many_records

SOUTH = {"sub": "person-9", "office": "south"}
GUESSES = 40  # of each kind: 40 ids that are there and 40 that are not, at each of 11 paths
PATHS = {
    "/v1/score/{id}": None, "/v1/score/{id}/explanation": None, "/v1/report/{id}": None,
    "/v1/report/{id}/pdf": None, "/v1/score/{id}/reviews": {"decision": "agree"},
    "/v1/score/{id}/contests": {"table": "screenings", "claim": "missing", "words": "x"},
    "/v1/scoreJobs/{id}": None, "/v1/scoreJobs/{id}/results": None,
    "/v1/brokenGlass/{id}/reviews": {"decision": "justified"},
    "/v1/contests/{id}/decisions": DECISION,
    "/v1/alerts/{id}/tendings": {"office": "north", "what": "taken_up"},
}  # fmt: skip
SUPERVISED = ("Glass", "/contests/")  # what supervisors alone may do anything about
WHAT = ("kind", "person", "through", "purpose", "policies", "child", "about")


def refused(home: Path) -> dict[str, Any]:
    last = last_record(home)
    said = {"kind": last.kind, "child": last.child, "about": last.about, **last.asker.record}
    return {name: said[name] for name in WHAT} | json.loads(last.asked)


def test_who_may_do_it_for_no_case_is_on_record(client: TestClient, home: Path) -> None:
    client.post("/v1/score", json=example(), headers=bearing("employment check of c-1041"))
    assert refused(home) == {
        "kind": "refused", "person": "person-17", "through": "case-system", "purpose": "other",
        "policies": "", "child": "", "about": None, "action": "score", "office": "north",
    }  # fmt: skip


def test_who_may_not_do_it_for_this_case_is_on_record(client: TestClient, home: Path) -> None:
    client.post("/v1/score", json=example(office="south"), headers=bearing())
    told = refused(home)
    assert (told["child"], told["office"], told["action"]) == ("c-1041", "south", "score")


def test_the_rule_that_forbids_is_on_record(client: TestClient, home: Path) -> None:
    sent = {"office": "north", "child": "c-1041", "sealed": True}
    supervisor = bearing("supervision", **SUPERVISOR)
    client.post("/v1/cases/seals", json=sent, headers=supervisor)
    client.post("/v1/score", json=example(office="north"), headers=bearing())
    told = refused(home)
    client.post("/v1/cases/seals", json={**sent, "sealed": False}, headers=supervisor)
    assert told["policies"] == "a-sealed-case-is-closed"


@pytest.mark.parametrize(
    ("purpose", "status"),
    [("screening", 200), ("supervision", 403), ("audit", 403), ("qa", 403),
     *((name, 403) for name in ("employment_check", "research", "licensing", "immigration",
                                "insurance", "marketing", "police", ""))],
)  # fmt: skip
def test_an_answer_is_read_for_a_purpose_of_ones_role(
    purpose: str, status: int, client: TestClient, home: Path
) -> None:
    """Twelve purposes: a screener has one; what is none of ours is not even repeated."""
    told = client.post("/v1/score", json=example(office="north"), headers=bearing()).json()
    reply = client.get(f"/v1/score/{told['scoreId']}", headers=bearing(purpose))
    assert reply.status_code == status
    last = last_record(home)
    assert last.kind == ("read" if status == 200 else "refused")
    assert last.asker.person == "person-17"
    assert last.asker.purpose in {purpose, "other"}


def of_the_south(client: TestClient, home: Path) -> dict[str, list[str]]:
    """Ids that are there, and are another office's, by what is in their path."""
    who, asked = bearing(**SOUTH), example(office="south")
    job = client.post("/v1/scoreJobs", json={"requests": [asked]}, headers=who).json()["jobId"]
    told = client.post("/v1/brokenGlass", json=GLASS | {"office": "south"}, headers=bearing())
    answers = [
        client.post("/v1/score", json=asked, headers=who).json()["scoreId"] for _ in range(GUESSES)
    ]
    claim = PATHS["/v1/score/{id}/contests"]
    contest = client.post(f"/v1/score/{answers[0]}/contests", json=claim, headers=who).json()
    with closing(Store(f"sqlite:///{home}/store.db")) as store:
        alert = raised(store, "south", str(UUID(int=1)), asked["child"], answers[0])
    return {
        "/alerts/": [alert.id] * GUESSES,
        "Jobs": [job] * GUESSES,
        "/contests/": [contest["contestId"]] * GUESSES,
        "Glass": [told.json()["glassId"]] * GUESSES,
        "score": answers,
        "report": answers,
    }


def test_who_guesses_ids_learns_nothing(client: TestClient, home: Path) -> None:
    there = of_the_south(client, home)
    none = [str(UUID(int=2**100 + number)) for number in range(GUESSES)]
    for path, sent in PATHS.items():
        what = next(name for name in there if name in path)
        headers = bearing("supervision", **SUPERVISOR) if what in SUPERVISED else bearing()
        replies = {}
        for kind, guessed in (("there", there[what]), ("none", none)):
            before = many_records(home)
            found = [
                client.request(
                    "POST" if sent else "GET", path.replace("{id}", one), json=sent, headers=headers
                )
                for one in guessed
            ]
            bodies = {json.dumps({**reply.json(), "instance": ""}) for reply in found}
            names = {tuple(sorted(reply.headers)) for reply in found}
            replies[kind] = (bodies, names, many_records(home) - before)
        assert replies["there"] == replies["none"], path
        (body,) = replies["none"][0]
        assert json.loads(body)["code"] == "not_found"
        assert replies["none"][2] == GUESSES, f"{path}: each guess is on record"


def test_that_an_answer_was_erased_is_told_to_its_own_office_alone(
    client: TestClient, home: Path
) -> None:
    told = client.post("/v1/score", json=example(office="north"), headers=bearing()).json()
    with (
        closing(journal_at(home / "journal.db")) as journal,
        closing(Jobs(home / "jobs.db")) as jobs,
    ):
        records = Records(journal, jobs, f"sqlite:///{home}/store.db")
        by = Asker("clerk", frozenset({"supervisor"}), "tokyo", "north")
        erase(records, Order("north", example()["child"], by, "asked", "e-1", NOW))
    path = f"/v1/score/{told['scoreId']}"
    asked = {"north": bearing(), "south": bearing(**SOUTH)}
    codes = {office: client.get(path, headers=who).json()["code"] for office, who in asked.items()}
    assert codes == {"north": "erased", "south": "not_found"}


def test_a_right_that_was_taken_away_is_gone_with_the_next_request(
    client: TestClient, home: Path
) -> None:
    told = client.post("/v1/score", json=example(office="north"), headers=bearing()).json()
    path, found = f"/v1/score/{told['scoreId']}", []
    with (home / "revoked").open("a") as revoked:
        for out in ("somebody-else", "person-17"):
            revoked.write(f"{out}\n")
            revoked.flush()
            found.append(client.get(path, headers=bearing()).status_code)
    (home / "revoked").unlink()
    assert found == [200, 401]


def test_a_person_has_the_same_rights_through_any_system(client: TestClient) -> None:
    """And a system, for itself, those of a system: whatever roles its token names."""
    told = client.post("/v1/score", json=example(office="north"), headers=bearing()).json()
    path = f"/v1/score/{told['scoreId']}"
    asked = {
        f"{system} for {sub}": client.get(
            path, headers=bearing(sub=sub, client_id=system)
        ).status_code
        for system in ("case-system", "another-system")
        for sub in ("person-17", system)
    }
    assert asked == {
        "case-system for person-17": 200, "case-system for case-system": 403,
        "another-system for person-17": 200, "another-system for another-system": 403,
    }  # fmt: skip
