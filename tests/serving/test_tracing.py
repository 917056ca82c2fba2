"""Traces: a span a request, by the template of its path, sent only where a collector is named."""

import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode
from starlette.testclient import TestClient

from serving import tracing
from serving.desk import Desk
from tests.serving.desks import client_of, example

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


def of_request(spans: InMemorySpanExporter) -> Any:
    (found,) = [
        s for s in spans.get_finished_spans() if s.attributes and "http.route" in s.attributes
    ]
    return found


@pytest.mark.parametrize(
    ("method", "path", "name", "status"),
    [
        ("GET", "/livez", "GET /livez", 200),
        ("GET", "/v1/score/c-1041", "GET /v1/score/{scoreId}", 404),
        ("GET", "/v1/nowhere/c-1041?child=c-1041", "GET other", 404),
        ("PRY", "/livez", "other /livez", 405),
        ("POST", "/v1/score", "POST /v1/score", 400),
    ],
)
def test_a_request_is_named_by_the_template_of_its_path(
    method: str, path: str, name: str, status: int, client: TestClient, spans: InMemorySpanExporter
) -> None:
    reply = client.request(method, path, headers={"x-child": "c-1041"})
    span = of_request(spans)
    assert (span.name, span.attributes["http.response.status_code"]) == (name, status)
    assert span.attributes["kizuki.request_id"] == reply.headers["x-request-id"]
    assert set(span.attributes) == {
        "http.request.method", "http.route", "http.response.status_code", "kizuki.request_id",
    }  # fmt: skip


def test_long_parts_are_spans_within(client: TestClient, spans: InMemorySpanExporter) -> None:
    client.post("/v1/score", json=example())
    around = of_request(spans)
    parts = {s.name: s for s in spans.get_finished_spans() if s is not around}
    assert parts.keys() == {"advise", "keep"}
    assert {s.parent.span_id for s in parts.values() if s.parent} == {around.context.span_id}


def test_it_is_part_of_the_callers_trace(client: TestClient, spans: InMemorySpanExporter) -> None:
    sent = {
        "traceparent": f"00-{TRACE}-{PARENT}-01",
        "tracestate": "vendor=c-1041", "baggage": "child=c-1041",
    }  # fmt: skip
    client.get("/livez", headers=sent)
    span = of_request(spans)
    assert (f"{span.context.trace_id:032x}", f"{span.parent.span_id:016x}") == (TRACE, PARENT)
    assert "c-1041" not in span.to_json()


@pytest.mark.parametrize("broken", ["", "00-c-1041", f"00-{'0' * 32}-{PARENT}-01", "x" * 10_000])
def test_a_broken_parent_is_left_aside(
    broken: str, client: TestClient, spans: InMemorySpanExporter
) -> None:
    assert client.get("/livez", headers={"traceparent": broken}).status_code == 200
    assert of_request(spans).parent is None


def test_a_fault_of_ours_is_marked_and_its_words_are_not_told(
    desk: Desk, spans: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Any:
        raise RuntimeError("c-1041")

    monkeypatch.setattr(Desk, "advise", broken)
    with client_of(desk) as client:
        assert client.post("/v1/score", json=example()).status_code == 500
    assert of_request(spans).status.status_code == StatusCode.ERROR
    assert not any("c-1041" in span.to_json() for span in spans.get_finished_spans())


class Collector(BaseHTTPRequestHandler):
    """Takes what is sent to it."""

    taken: list[bytes]

    def do_POST(self) -> None:
        self.taken.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


SENDING = """
from serving import tracing
tracing.send({url!r})
with tracing.request("GET", "/livez", "request-1", None) as span:
    tracing.answered(span, 200)
"""


def test_a_collector_is_sent_what_was_traced() -> None:
    """By a process of its own, which sends the last spans as it ends."""
    collector = type("Taking", (Collector,), {"taken": []})
    with HTTPServer(("127.0.0.1", 0), collector) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/v1/traces"
        subprocess.run([sys.executable, "-c", SENDING.format(url=url)], check=True, timeout=60)
        server.shutdown()
    (sent,) = [ExportTraceServiceRequest.FromString(body) for body in collector.taken]
    (of_process,) = sent.resource_spans
    names = [span.name for scope in of_process.scope_spans for span in scope.spans]
    assert names == ["GET /livez"]
    assert [a.value.string_value for a in of_process.resource.attributes] == ["kizuki"]


def test_nothing_is_sent_where_no_collector_is_named(client: TestClient) -> None:
    """There is nothing that sends: neither here nor in what BentoML brings along."""
    client.get("/livez")
    there = tracing.PROVIDER._active_span_processor._span_processors
    assert not [p for p in there if not isinstance(p, SimpleSpanProcessor)]
