"""`kizuki serve` as a real process: the ports it opens, what it answers, how it stops."""

import json
import signal
import socket
import time
from collections.abc import Iterator
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
