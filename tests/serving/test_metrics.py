"""Metrics: what is counted, and that no label holds anything of a case."""

from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from features.errors import KizukiError
from serving.commands import _publish_metrics
from serving.desk import Desk
from serving.metrics import REGISTRY, publish
from tests.promises.canaries import CANARIES, with_canaries
from tests.serving.desks import MODEL, example


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def requests(path: str, method: str, status: int) -> float:
    return value(
        "http_server_request_duration_seconds_count",
        http_route=path, http_request_method=method, http_response_status_code=str(status),
    )  # fmt: skip


def published() -> str:
    port = publish("127.0.0.1", 0)
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as reply:
        return str(reply.read().decode())


def test_a_request_is_timed_by_the_template_of_its_path(client: TestClient) -> None:
    paths = [("/v1/score/{scoreId}", "GET", 404), ("other", "GET", 404), ("/livez", "GET", 200)]
    before = [requests(*path) for path in paths]
    client.get("/v1/score/c-1041")
    client.get("/v1/nowhere/c-1041")
    client.get("/livez")
    assert [requests(*path) for path in paths] == [count + 1 for count in before]


@pytest.mark.parametrize(("changed", "outcome"), [({}, "score"), ({"caseFile": {}}, "cannot_tell")])
def test_answers_are_counted(changed: dict[str, object], outcome: str, client: TestClient) -> None:
    before = value("kizuki_answers_total", model=MODEL, outcome=outcome)
    client.post("/v1/score", json=example(**changed))
    assert value("kizuki_answers_total", model=MODEL, outcome=outcome) == before + 1


def test_an_answer_that_could_not_be_kept_is_counted(client: TestClient, desk: Desk) -> None:
    before = value("kizuki_journal_failures_total")
    desk.journal.path.unlink()
    assert client.post("/v1/score", json=example()).status_code == 503
    assert value("kizuki_journal_failures_total") == before + 1


def test_no_label_holds_anything_of_a_case(client: TestClient) -> None:
    for canary in CANARIES:
        client.get(f"/v1/{canary}?child={canary}")
        client.get(f"/v1/score/{canary}")
        client.request(f"GET{canary[:6]}", "/v1/score")
        client.post("/v1/score", json=with_canaries(), headers={"purpose-of-use": "x"})
        client.post("/v1/score", json=with_canaries(model=canary))
    text = published()
    families = list(text_string_to_metric_families(text))
    assert {"http_server_request_duration_seconds", "kizuki_answers"} <= {f.name for f in families}
    assert not any(canary in text for canary in CANARIES)


def test_unknown_paths_make_no_new_series(client: TestClient) -> None:
    client.get("/v1/score/c-0")
    client.get("/nowhere/c-0")
    before = published().count("\n")
    for number in range(50):
        client.get(f"/v1/score/c-{number}")
        client.get(f"/nowhere/c-{number}")
    assert published().count("\n") == before


def test_a_port_that_is_taken_is_told() -> None:
    taken = publish("127.0.0.1", 0)
    with pytest.raises(KizukiError, match=rf"^cannot listen on 127.0.0.1 port {taken}: .*PORT$"):
        _publish_metrics("127.0.0.1", taken)
