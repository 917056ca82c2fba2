"""The outermost wall: what it lets in, and the one shape in which it refuses the rest."""

import asyncio
import gc
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import UUID

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from serving.app import OPEN, PATHS
from serving.desk import Desk
from serving.guard import HEARD_OUT, Guard
from serving.service import _take_off_what_it_brings
from serving.who.asker import NOBODY, Asker
from tests.serving.desks import client_of, counted_ids, example

BODY = json.dumps(example()).encode()
JSON = {"content-type": "application/json"}
NOT_JSON = [
    "application/vnd.bentoml+pickle", "APPLICATION/VND.BENTOML+PICKLE", "application/x-pickle",
    "application/octet-stream", "multipart/form-data; boundary=x", "text/plain", "text/json",
    "application/x-www-form-urlencoded", "application/json; charset=shift_jis", "application/xml",
    "application/json, application/vnd.bentoml+pickle", "application/json; v=1", "",
]  # fmt: skip


def open_door(headers: Headers) -> Asker:
    return NOBODY


def is_problem(reply: Any, status: int, code: str) -> bool:
    told = reply.json()
    assert reply.headers["content-type"] == "application/problem+json"
    assert set(told) == {
        "type",
        "title",
        "status",
        "detail",
        "instance",
        "code",
        "retryAfterSeconds",
        "errors",
    }
    assert told["instance"] == f"urn:uuid:{UUID(reply.headers['x-request-id'])}"
    assert told["type"] == f"urn:kizuki:problem:{told['code']}"
    return bool((reply.status_code, told["status"], told["code"]) == (status, status, code))


@pytest.mark.parametrize("media_type", NOT_JSON)
def test_only_json_comes_in(media_type: str, client: TestClient) -> None:
    for path in (*PATHS, "/", "/docs.json", "/nowhere"):
        reply = client.post(path, content=BODY, headers={"content-type": media_type})
        assert is_problem(reply, 415, "unsupported_media_type")


def test_a_body_without_a_type_does_not_come_in(client: TestClient) -> None:
    assert is_problem(client.post("/v1/score", content=BODY), 415, "unsupported_media_type")


def test_a_get_with_a_pickle_does_not_come_in(client: TestClient) -> None:
    headers = {"content-type": "application/vnd.bentoml+pickle"}
    reply = client.request("GET", "/v1/model", content=BODY, headers=headers)
    assert is_problem(reply, 415, "unsupported_media_type")


def test_a_packed_body_does_not_come_in(client: TestClient) -> None:
    reply = client.post("/v1/score", content=BODY, headers={**JSON, "content-encoding": "gzip"})
    assert is_problem(reply, 415, "unsupported_media_type")


@pytest.mark.parametrize("media_type", ["application/json", "Application/JSON; charset=UTF-8"])
def test_json_comes_in(media_type: str, client: TestClient) -> None:
    reply = client.post("/v1/score", content=BODY, headers={"content-type": media_type})
    assert reply.status_code == 200


def pieces() -> Iterator[bytes]:
    yield from [b" " * 65536] * 17


@pytest.mark.parametrize("body", [b" " * 10 * 2**20, pieces()], ids=["announced", "chunked"])
def test_a_large_body_does_not_come_in(body: Any, client: TestClient) -> None:
    reply = client.post("/v1/score", content=body, headers=JSON)
    assert is_problem(reply, 413, "body_too_large")
    assert reply.json()["detail"] == "At most 1,048,576 bytes are taken."


@pytest.mark.parametrize(
    ("pieces", "heard"),
    [(1, 1), (2, 2), (HEARD_OUT, HEARD_OUT), (9 * HEARD_OUT, HEARD_OUT + 1)],
    ids=["small", "large", "very large", "endless"],
)
def test_who_sends_too_much_is_heard_out_before_it_is_told(pieces: int, heard: int) -> None:
    """Else its connection breaks while it sends, and it never learns why."""
    left = iter(range(pieces - 1, -1, -1))
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b" " * 100, "more_body": next(left) > 0}

    async def send(message: Any) -> None:
        sent.append(message)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    scope = {"type": "http", "method": "POST", "path": "/v1/score", "headers": [
        (b"content-type", b"application/json"), (b"transfer-encoding", b"chunked")]}  # fmt: skip
    guard = Guard(app, open_door, PATHS, OPEN, counted_ids(), largest=100, slowest=5)
    asyncio.run(guard(scope, receive, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == (200 if pieces == 1 else 413)
    assert pieces - len(list(left)) == heard


def test_a_length_that_is_no_number_does_not_come_in(client: TestClient) -> None:
    headers = {**JSON, "content-length": "-1"}
    assert is_problem(
        client.post("/v1/score", content=BODY, headers=headers), 413, "body_too_large"
    )


def test_a_chunked_body_of_the_right_size_comes_in(client: TestClient) -> None:
    reply = client.post("/v1/score", content=iter([BODY[:100], BODY[100:]]), headers=JSON)
    assert reply.status_code == 200


def test_a_slow_body_is_not_waited_for() -> None:
    async def never() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {}

    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/v1/score", "headers": [
        (b"content-type", b"application/json"), (b"content-length", b"2")]}  # fmt: skip
    guard = Guard(
        never,
        open_door,
        PATHS,
        OPEN,
        counted_ids(),
        largest=100,
        slowest=0.05,  # type: ignore[arg-type]
    )
    asyncio.run(guard(scope, never, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == 408
    assert json.loads(sent[1]["body"])["code"] == "body_too_slow"


@pytest.mark.parametrize(
    "path",
    ["/", "/docs.json", "/schema.json", "/metrics", "/healthz", "/static_content/index.css",
     "/v1/score/", "/v1/", "//v1/model", "/V1/MODEL", "/nowhere"],
)  # fmt: skip
def test_nothing_else_is_there(path: str, client: TestClient) -> None:
    assert is_problem(client.get(path), 404, "not_found")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_a_score_is_asked_by_post_alone(method: str, client: TestClient) -> None:
    reply = client.request(method, "/v1/score")
    assert is_problem(reply, 405, "method_not_allowed")
    assert reply.headers["allow"] == "POST"
    assert reply.json()["detail"] == "It takes POST."


def test_a_path_tells_every_method_that_it_takes(client: TestClient) -> None:
    reply = client.request("TRACE", "/v1/brokenGlass")
    assert is_problem(reply, 405, "method_not_allowed")
    assert reply.headers["allow"] == "GET, HEAD, POST"


def test_a_fault_of_ours_is_told_without_what_broke(desk: Desk) -> None:
    def broken() -> Any:
        raise RuntimeError("secret of c-1041")

    object.__setattr__(desk, "clock", broken)
    with client_of(desk) as client:
        reply = client.post("/v1/score", json=example())
        assert is_problem(reply, 500, "internal_error")
        assert "secret" not in reply.text
        assert client.get("/livez").status_code == 200


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/v1/model", "/nowhere"])
def test_every_reply_has_its_headers(path: str, client: TestClient) -> None:
    headers = client.get(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


def test_a_web_socket_is_not_answered(client: TestClient) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> AsyncIterator[Any]:
        raise AssertionError

    guard: Any = client.app
    asyncio.run(guard({"type": "websocket", "path": "/v1/score"}, receive, send))
    assert not sent


def test_ready_only_where_an_answer_could_be_given(client: TestClient, desk: Desk) -> None:
    assert client.get("/readyz").json() == {"status": "ready", "registry": "current"}
    desk.journal.path.rename(desk.journal.path.with_suffix(".gone"))
    assert is_problem(client.get("/readyz"), 503, "journal_unavailable")
    assert client.get("/livez").json() == {"status": "alive", "registry": None}


def test_no_request_is_kept_in_memory_until_a_timer_runs_out(client: TestClient) -> None:
    def timers() -> int:
        gc.collect()
        # By type: to ask a weak proxy what it is would be to ask what it stands for.
        return sum(issubclass(type(found), asyncio.TimerHandle) for found in gc.get_objects())

    before = timers()
    for _ in range(30):
        client.get("/livez")
    assert timers() < before + 10


def test_another_bentoml_is_not_trusted_to_be_the_same() -> None:
    with pytest.raises(RuntimeError, match="is not the one that"):
        _take_off_what_it_brings(Starlette())
