"""Many requests at once: each is answered or refused by itself, once, whatever is cut off."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from serving.desk import Desk
from serving.endpoints.jobs import with_jobs
from tests.serving.desks import client_of, desk_at, example

REFUSED = example(cutoff="2018-01-01")
KEY = {"Idempotency-Key": "night-1"}
UNREADABLE = {
    "notifications": [
        {"id": "n-1", "child": "c-1041", "source": "moon",
         "happened": "2022-05-10", "known": "2022-05-10"},
    ]
}  # fmt: skip
MANY = {"requests": [example(), REFUSED, example(language="en")]}


def kinds(desk: Desk) -> list[str]:
    return [kind for (kind,) in desk.journal._writer.execute("SELECT kind FROM answers")]


def finished(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        told: dict[str, Any] = client.get(job["statusUrl"]).json()
        if told["status"] == "done":
            return told
        time.sleep(0.02)
    raise AssertionError("the job is not done")


def test_each_of_a_batch_is_answered_or_refused_by_itself(client: TestClient, desk: Desk) -> None:
    told = client.post("/v1/scoreBatches", json=MANY).json()
    assert [one["place"] for one in told["scored"]] == [0, 2]
    assert [one["answer"]["language"] for one in told["scored"]] == ["ja", "en"]
    (refused,) = told["refused"]
    assert (refused["place"], refused["problem"]["code"]) == (1, "invalid_request")
    assert refused["problem"]["errors"][0]["field"] == "cutoff"
    assert kinds(desk) == ["score", "score"]
    for one in told["scored"]:
        kept = desk.said(one["answer"]["scoreId"])
        assert json.loads(kept.answer) == one["answer"]


def test_a_batch_is_answered_once_under_its_key(client: TestClient, desk: Desk) -> None:
    first, again = (client.post("/v1/scoreBatches", json=MANY, headers=KEY) for _ in range(2))
    assert first.content == again.content
    assert len(kinds(desk)) == 2
    other = {"requests": MANY["requests"][:2]}
    reply = client.post("/v1/scoreBatches", json=other, headers=KEY)
    assert (reply.status_code, reply.json()["code"]) == (422, "key_taken")


def test_a_job_is_taken_at_once_and_its_results_are_read_page_by_page(
    client: TestClient, desk: Desk
) -> None:
    reply = client.post("/v1/scoreJobs", json=MANY, headers=KEY)
    job = reply.json()
    assert (reply.status_code, job["requests"]) == (202, 3)
    told = finished(client, job)
    assert (told["scored"], told["refused"], told["retryAfterSeconds"]) == (2, 1, None)
    first = client.get(job["resultsUrl"], params={"pageSize": 2}).json()
    assert ([s["place"] for s in first["scored"]], first["nextCursor"]) == ([0], 2)
    rest = client.get(job["resultsUrl"], params={"cursor": 2}).json()
    assert ([s["place"] for s in rest["scored"]], rest["nextCursor"]) == ([2], None)
    assert kinds(desk) == ["score", "score", "read", "read"]
    again = client.post("/v1/scoreJobs", json=MANY, headers=KEY).json()
    assert again["jobId"] == job["jobId"]


def test_a_job_that_was_cut_off_goes_on_and_answers_nothing_twice(home: Path) -> None:
    """The process ends between the journal and the table, at every place of the job in turn."""
    desk = with_jobs(desk_at(home), home / "jobs.db")
    assert desk.jobs
    assert desk.worker
    desk.worker.close()
    settle, kept = desk.jobs.settle, []

    def cut_off(job: str, settled: Any) -> None:
        kept.append(settled)
        if len(kept) == 2:
            raise KeyboardInterrupt
        settle(job, settled)

    with client_of(desk) as client:
        job = client.post("/v1/scoreJobs", json={"requests": [example()] * 3}).json()
        desk.jobs.settle = cut_off  # type: ignore[method-assign]
        desk.worker._stopping.clear()
        with pytest.raises(KeyboardInterrupt):
            desk.worker.finish(job["jobId"])
        assert kinds(desk) == ["score", "score"]
    desk.jobs.close()
    desk.journal.close()
    again = with_jobs(desk_at(home), home / "jobs.db")
    assert again.worker
    again.worker.wake()
    with client_of(again) as client:
        assert finished(client, job)["scored"] == 3
    assert kinds(again) == ["score"] * 3
    again.close()


def test_a_request_is_forgotten_once_it_is_answered(desk: Desk, client: TestClient) -> None:
    client.post("/v1/scoreBatches", json=MANY)
    assert desk.jobs
    assert desk.jobs._read("SELECT count(*) FROM requests WHERE asked IS NOT NULL") == [(0,)]


def test_a_job_waits_for_a_journal_that_is_away(home: Path, desk: Desk) -> None:
    away = desk.journal.path.rename(desk.journal.path.with_suffix(".away"))
    with client_of(desk) as client:
        job = client.post("/v1/scoreJobs", json=MANY).json()
        time.sleep(0.3)
        told = client.get(job["statusUrl"]).json()
        assert (told["status"], told["scored"]) == ("running", 0)
        waiting = client.get(job["resultsUrl"]).json()
        assert (waiting["scored"], waiting["nextCursor"]) == ([], 0)
        assert waiting["retryAfterSeconds"] > 0
        away.rename(desk.journal.path)
        assert finished(client, job)["scored"] == 2


def test_a_large_batch_comes_in(client: TestClient) -> None:
    request = example(caseFile={**example()["caseFile"], "contacts": []})
    padded = {"requests": [request] * 2}
    body = json.dumps(padded).encode() + b" " * 2**21
    headers = {"content-type": "application/json"}
    assert client.post("/v1/scoreBatches", content=body, headers=headers).status_code == 200


BAD: dict[str, tuple[str, Any, str]] = {
    "none in a batch": ("/v1/scoreBatches", {"requests": []}, "requests"),
    "none in a job": ("/v1/scoreJobs", {"requests": []}, "requests"),
    "too many in a batch": ("/v1/scoreBatches", {"requests": [example()] * 201}, "requests"),
    "no requests": ("/v1/scoreJobs", {}, "requests"),
    "one that is none": ("/v1/scoreBatches", {"requests": [{}]}, "requests[0].child"),
    "no day": (
        "/v1/scoreBatches",
        {"requests": [example(), example(cutoff="soon")]},
        "requests[1].cutoff",
    ),
    "an unknown code in a row": (
        "/v1/scoreBatches",
        {"requests": [example(), example(caseFile=UNREADABLE)]},
        "requests[1].caseFile.notifications[0].source",
    ),
    "the same in a job": (
        "/v1/scoreJobs",
        {"requests": [example(), example(caseFile=UNREADABLE)]},
        "requests[1].caseFile.notifications[0].source",
    ),
    "coverage of no table": (
        "/v1/scoreJobs",
        {"requests": [example(coverage={"stars": {}})]},
        "requests[0].coverage.stars",
    ),
}


@pytest.mark.parametrize(("path", "asked", "field"), BAD.values(), ids=BAD)
def test_bad_input_is_told_where(
    path: str, asked: Any, field: str, client: TestClient, desk: Desk
) -> None:
    """What cannot be read refuses the whole call, at once, and nothing of it is answered."""
    reply = client.post(path, json=asked)
    assert reply.status_code == 422
    assert field in {error["field"] for error in reply.json()["errors"]}
    assert kinds(desk) == []


@pytest.mark.parametrize("query", ["cursor=-1", "cursor=x", "pageSize=0", "pageSize=201", "a=1"])
def test_a_page_that_cannot_be_is_refused(query: str, client: TestClient) -> None:
    job = client.post("/v1/scoreJobs", json={"requests": [REFUSED]}).json()
    assert client.get(f"{job['resultsUrl']}?{query}").status_code == 422


@pytest.mark.parametrize("path", ["/v1/scoreJobs/x", "/v1/scoreJobs/x/results"])
def test_a_job_that_is_not_there_is_not_found(path: str, client: TestClient) -> None:
    assert client.get(path).json()["code"] == "not_found"


def test_a_desk_without_a_table_of_jobs_says_so(home: Path) -> None:
    desk = desk_at(home)
    with client_of(desk) as client:
        reply = client.post("/v1/scoreJobs", json=MANY)
    assert (reply.status_code, reply.json()["code"]) == (503, "jobs_unavailable")
    desk.journal.close()
