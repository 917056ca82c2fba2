"""`kizuki serve` as a real process: the ports it opens, what it answers, how it stops."""

import json
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPResponse
from pathlib import Path

import psutil
import pytest

from serving.journal import served
from tests.live import Server, running
from tests.serving.desks import MODEL, example


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    with running(home) as made:
        yield made


def test_from_start_to_stop(server: Server) -> None:
    opened = {
        (found.laddr.ip, found.laddr.port)
        for process in [psutil.Process(server.process.pid)]
        for member in [process, *process.children(recursive=True)]
        for found in member.net_connections("inet")
        if found.status == psutil.CONN_LISTEN
    }
    assert opened == {("127.0.0.1", server.port)}

    status, said = server.ask("POST", "/v1/score", json.dumps(example()).encode())
    answer = json.loads(said)
    assert (status, answer["child"]) == (200, "c-1041")
    assert server.ask("POST", "/v1/report", json.dumps(example()).encode())[0] == 200
    assert json.loads(server.ask("GET", "/v1/model")[1])["models"][0]["name"] == MODEL
    assert server.ask("GET", "/docs.json")[0] == 404
    assert server.ask("POST", "/v1/score", b"[" * 10 * 2**20)[0] == 413

    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=20) == 0
    kept = list(served(server.home / "journal.db", MODEL))
    assert [given.score for given in kept] == [answer["score"]] * 2
    lines = (server.home / "log").read_text("utf-8").splitlines()
    assert [json.loads(line)["status"] for line in lines if '"path": "/v1/score"' in line] == [
        200,
        413,
    ]
    assert not any("c-1041" in line for line in lines)


def test_an_answer_under_way_is_finished_before_it_stops(server: Server) -> None:
    body = json.dumps(example()).encode()
    head = (
        f"POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as half:
        half.sendall(head.encode() + body[:100])
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        half.sendall(body[100:])
        assert half.recv(100).startswith(b"HTTP/1.1 200 OK")
    assert server.process.wait(timeout=20) == 0
    assert len(list(served(server.home / "journal.db", MODEL))) == 1


HEAD = b"GET /livez HTTP/1.1\r\nhost: x\r\n"
BODY = b"POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
LARGE = {
    "twenty thousand headers": [HEAD, b"".join(b"x-%d: y\r\n" % n for n in range(20_000)), b"\r\n"],
    "a header without end": [HEAD, b"x: ", *[b"a" * 2**20] * 32],
    "a path without end": [b"GET /", *[b"a" * 2**20] * 32],
    "a gigabyte in pieces": [
        BODY, b"transfer-encoding: chunked\r\n\r\n",
        *[b"100000\r\n" + b" " * 2**20 + b"\r\n"] * 1024,
    ],
    "a gigabyte announced": [BODY, b"content-length: 1073741824\r\n\r\n", *[b" " * 2**20] * 1024],
    "something packed": [BODY, b"content-encoding: gzip\r\ncontent-length: 9\r\n\r\n", b" " * 9],
}  # fmt: skip
NO_REQUESTS = {
    "nothing": (b"", "head_too_slow"),
    "half a head": (HEAD, "head_too_slow"),
    "what is no request": (b"kizuki\r\n\r\n", "malformed_request"),
    "two lengths": (
        BODY + b"content-length: 2\r\ncontent-length: 3\r\n\r\n{}",
        "malformed_request",
    ),
    "a head that is too large": (HEAD + b"x: " + b"a" * 2**16, "head_too_large"),
}


def test_what_never_becomes_a_request_is_refused_in_the_one_shape(home: Path) -> None:
    with running(home, slowest_body=0.5) as server:
        for name, (sent, code) in NO_REQUESTS.items():
            with socket.create_connection(("127.0.0.1", server.port), timeout=20) as sender:
                sender.sendall(sent)
                reply = HTTPResponse(sender)
                reply.begin()
                told = json.loads(reply.read())
                assert (told["code"], told["status"]) == (code, reply.status), name
                assert told["instance"] == f"urn:uuid:{reply.getheader('x-request-id')}"
                assert sender.recv(1) == b""
        log = (server.home / "log").read_text("utf-8")
        assert told["instance"].removeprefix("urn:uuid:") in log


def test_a_head_in_drops_is_not_waited_for_and_one_that_comes_in_time_is_read(home: Path) -> None:
    with running(home, slowest_body=1.0) as server:
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as sender:
            begun = time.monotonic()
            with suppress(OSError):
                while time.monotonic() - begun < 15:
                    sender.sendall(b"x")
                    time.sleep(0.1)
        assert time.monotonic() - begun < 15
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as sender:
            for _ in range(2):  # the second waits longer than a head may take: it is no head yet
                for part in (HEAD[:9], HEAD[9:], b"\r\n"):
                    sender.sendall(part)
                    time.sleep(0.1)
                assert sender.recv(2**16).startswith(b"HTTP/1.1 200 OK")
                time.sleep(1.5)


MOST_GROWN = 20 * 2**20  # bytes


def test_whatever_is_too_large_is_refused_soon_and_takes_no_room(server: Server) -> None:
    server.post("/v1/score", example())  # what is compiled at first use is compiled
    process = psutil.Process(server.process.pid)
    before, found = process.memory_info().rss, {}
    for name, parts in LARGE.items():
        worked = sum(process.cpu_times()[:2])
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as sender:
            with suppress(OSError):  # it is cut off while it sends
                for part in parts:
                    sender.sendall(part)
            with suppress(OSError):
                found[name] = sender.recv(12).removeprefix(b"HTTP/1.1 ")
        assert process.memory_info().rss - before < MOST_GROWN, name
        assert sum(process.cpu_times()[:2]) - worked < 5, name
        assert server.ask("GET", "/livez")[0] == 200
    assert set(found.values()) <= {b"", b"400", b"413", b"415", b"431"}
    assert found["something packed"] == b"415"
