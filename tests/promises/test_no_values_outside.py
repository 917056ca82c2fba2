"""Promise: nothing of a case in log, metrics, traces or problems, whatever is asked, and how."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import generate_latest
from starlette.testclient import TestClient

from serving.desk import Desk
from serving.log import JsonLines
from serving.metrics import REGISTRY
from serving.operations import OPERATIONS
from serving.store.migrating import open_store
from tests.promises.canaries import CANARIES, with_canaries
from tests.serving.desks import client_of
from tests.store.telling import raised

CHILD, ADULT, ROW, NAME = CANARIES
SENT: dict[str, Any] = {
    "/v1/score/{scoreId}/reviews": {"decision": "override", "reasonCode": "other", "words": NAME},
    "/v1/score/{scoreId}/contests": {
        "table": "notifications", "rowId": f"{ROW}-n-1", "claim": "wrong", "words": NAME,
    },
    "/v1/contests/{contestId}/decisions": {
        "decision": "upheld", "reasonCode": "record_mistaken", "words": NAME,
    },
    "/v1/notices/{noticeId}/acknowledgements": {"office": ROW},
    "/v1/alerts/{alertId}/tendings": {"office": ROW, "what": "taken_up", "words": NAME},
    "/v1/events": {
        "office": ROW,
        "events": [
            {"id": ROW, "type": "record", "table": "children", "row": {
                "id": ROW, "child": CHILD, "happened": "2018-09-14", "known": "2022-05-10",
            }},
        ],
    },
}  # fmt: skip


@pytest.fixture
def heard() -> Iterator[StringIO]:
    """Everything that any logger says, at the loudest level, as the server would write it."""
    root, stream = logging.getLogger(), StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.setLevel(before)
    root.removeHandler(handler)


def sent_to(path: str) -> Iterator[Any]:
    """What an operation is sent: as it should be, spoilt with canaries, and something else."""
    right = SENT.get(path, with_canaries())
    yield right
    for canary in CANARIES:
        yield {**right, canary: canary}
        yield dict.fromkeys(right, canary)
        yield [canary]


def ask_everything(client: TestClient, score_id: str) -> Iterator[Any]:
    """Every operation, with canaries in path, query, headers and body."""
    hidden = {
        "purpose-of-use": CHILD, "idempotency-key": ADULT, "x-child": ROW,
        "authorization": f"Bearer {CHILD}", "user-agent": ADULT, "cookie": f"child={CHILD}",
        "traceparent": CHILD, "tracestate": f"child={CHILD}", "baggage": f"child={CHILD}",
    }  # fmt: skip
    yield from (client.get(f"/v1/nowhere/{canary}", headers=hidden) for canary in CANARIES)
    for operation in OPERATIONS:
        for value in (score_id, CHILD, ADULT):
            path = re.sub(r"{\w+}", value, operation.path)
            for body in sent_to(operation.path) if operation.request else [None]:
                body_sent = {} if body is None else {"json": body}
                yield client.request(operation.method, path, **body_sent)
                yield client.request(operation.method, path, headers=hidden, **body_sent)
        yield client.request(operation.method, f"{operation.path}?child={CHILD}", headers=hidden)
        plain = {"content-type": f"text/{ROW}"}
        yield client.request(operation.method, operation.path, content=CHILD, headers=plain)


def test_no_operation_tells_log_metrics_traces_or_a_problem_anything_of_a_case(
    desk: Desk,
    heard: StringIO,
    capfd: pytest.CaptureFixture[str],
    spans: InMemorySpanExporter,
    tmp_path: Any,
) -> None:
    store = open_store(f"sqlite:///{tmp_path}/store.db")
    known = replace(desk, store=store)
    statuses: set[int] = set()
    with client_of(known) as client:
        answered = client.post("/v1/score", json=with_canaries()).json()
        raised(store, ROW, answered["scoreId"], CHILD, answered["scoreId"])
        for reply in ask_everything(client, answered["scoreId"]):
            statuses.add(reply.status_code)
            if reply.status_code >= 400:
                assert not any(canary in reply.text for canary in CANARIES)
    assert {200, 404, 415, 422} <= statuses
    assert 500 not in statuses
    said = heard.getvalue() + "".join(capfd.readouterr()) + generate_latest(REGISTRY).decode()
    said += "".join(span.to_json() for span in spans.get_finished_spans())
    assert '"event": "decision"' in said
    assert "http_server_request_duration_seconds" in said
    assert '"http.route": "/v1/score/{scoreId}"' in said
    assert not any(canary in said for canary in CANARIES)
