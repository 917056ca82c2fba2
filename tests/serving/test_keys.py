"""A request that is sent again under its key: one answer, one record, the same bytes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from serving.desk import Desk
from serving.endpoints import review
from serving.openapi import VERSION
from tests.serving.desks import client_of, desk_at, example

KEY = {"Idempotency-Key": "intake-7"}


def records(desk: Desk) -> int:
    ((count,),) = desk.journal._writer.execute("SELECT count(*) FROM answers")
    return int(count)


@pytest.mark.parametrize("path", ["/v1/score", "/v1/report"])
def test_the_same_request_is_answered_once_with_the_same_bytes(
    path: str, client: TestClient, desk: Desk
) -> None:
    first, again = (client.post(path, json=example(), headers=KEY) for _ in range(2))
    assert first.content == again.content
    assert records(desk) == 1


def test_without_a_key_it_is_answered_anew(client: TestClient, desk: Desk) -> None:
    first, again = (client.post("/v1/score", json=example()).json() for _ in range(2))
    assert first["scoreId"] != again["scoreId"]
    assert records(desk) == 2


def test_another_key_is_another_request(client: TestClient, desk: Desk) -> None:
    client.post("/v1/score", json=example(), headers=KEY)
    client.post("/v1/score", json=example(), headers={"Idempotency-Key": "intake-8"})
    assert records(desk) == 2


@pytest.mark.parametrize(
    ("path", "asked"),
    [("/v1/score", example(language="en")), ("/v1/report", example())],
    ids=["another body", "another operation"],
)
def test_a_key_is_for_one_request(path: str, asked: Any, client: TestClient, desk: Desk) -> None:
    client.post("/v1/score", json=example(), headers=KEY)
    reply = client.post(path, json=asked, headers=KEY)
    assert (reply.status_code, reply.json()["code"]) == (422, "key_taken")
    assert reply.json()["detail"].startswith("Send another key, or the very request")
    assert records(desk) == 1


def test_a_review_is_kept_once(client: TestClient, desk: Desk) -> None:
    ids = [client.post("/v1/score", json=example()).json()["scoreId"] for _ in range(2)]
    at, other = (f"/v1/score/{score_id}/reviews" for score_id in ids)
    first, again = (client.post(at, json=review.EXAMPLE, headers=KEY) for _ in range(2))
    assert first.content == again.content
    assert records(desk) == 3
    assert client.post(other, json=review.EXAMPLE, headers=KEY).status_code == 422


def test_it_is_remembered_after_a_restart(home: Path) -> None:
    said = []
    for _ in range(2):
        desk = desk_at(home)
        with client_of(desk) as client:
            said.append(client.post("/v1/score", json=example(), headers=KEY).content)
        desk.journal.close()
    assert said[0] == said[1]


def test_what_was_refused_may_be_mended_under_the_same_key(client: TestClient) -> None:
    refused = client.post("/v1/score", json=example(cutoff="2018-01-01"), headers=KEY)
    assert refused.status_code == 422
    assert client.post("/v1/score", json=example(), headers=KEY).status_code == 200


def test_a_hundred_at_once_are_answered_once(client: TestClient, desk: Desk) -> None:
    def ask(_: int) -> bytes:
        reply = client.post("/v1/score", json=example(), headers=KEY)
        assert reply.status_code == 200
        return bytes(reply.content)

    with ThreadPoolExecutor(20) as pool:
        said = set(pool.map(ask, range(100)))
    assert len(said) == 1
    assert records(desk) == 1


@contextmanager
def held(desk: Desk) -> Iterator[None]:
    """While somebody else's long answer keeps everybody waiting."""
    with desk.turn:
        yield


def test_who_asks_again_too_early_is_told_when_to_come_back(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serving.keys.LONGEST_WAIT", 0.05)
    with ThreadPoolExecutor(1) as pool:
        with held(desk):
            first = pool.submit(client.post, "/v1/score", json=example(), headers=KEY)
            while not desk.running._keys:
                pass
            early = client.post("/v1/score", json=example(), headers=KEY)
        said = early.json()
        assert (early.status_code, said["code"]) == (409, "still_running")
        assert said["retryAfterSeconds"] == 1
        again = client.post("/v1/score", json=example(), headers=KEY)
        assert again.content == first.result().content


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "caf\u00e9"])
def test_a_key_is_plain(key: str, client: TestClient) -> None:
    headers = {"Idempotency-Key": key.encode("latin-1")}
    reply = client.post("/v1/score", json=example(), headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (400, "bad_header")


def test_a_version_is_named_by_its_day(client: TestClient) -> None:
    assert client.get("/v1/model").headers["kizuki-version"] == VERSION
    asked = client.get("/v1/model", headers={"Kizuki-Version": VERSION})
    assert asked.status_code == 200
    reply = client.get("/v1/model", headers={"Kizuki-Version": "2020-01-01"})
    assert (reply.status_code, reply.json()["code"]) == (400, "bad_header")
    assert VERSION in reply.json()["detail"]
