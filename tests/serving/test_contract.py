"""The published file is kept: all that it allows, and what it does not, is asked of a whole desk.

Schemathesis makes the requests and holds every reply against the file: no 5xx, no status, media
type or shape that is not in it, and nothing taken that it does not allow.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import BaseSchema as OpenApiSchema
from starlette.testclient import TestClient

from serving.desk import Desk
from serving.endpoints.jobs import with_jobs
from serving.openapi import PUBLISHED
from serving.service import make_service
from serving.settings import Settings
from serving.store.migrating import open_store
from tests.serving.desks import defaults, desk_at, example, promoted_home

FILE = json.loads(PUBLISHED.read_text("utf-8"))
ASKED = [
    (path, method, mode)
    for path, methods in FILE["paths"].items()
    for method, operation in methods.items()
    for mode in GenerationMode
    if mode.is_positive or "requestBody" in operation or path.endswith("/results")  # can be broken
]
EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "12"))  # of each operation
CONFIG = SchemathesisConfig.from_dict(
    {
        "generation": {"with-security-parameters": False},  # this desk lets everybody in
        "checks": {
            "ignored_auth": {"enabled": False},
            # A case file that fits the schema can contradict itself, and an id can be of nothing.
            "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "422"]},
            "negative_data_rejection": {"expected-statuses": ["400", "404", "405", "413", "415",
                                                              "422"]},
        },
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = promoted_home(tmp_path_factory.mktemp("home"))
    store = open_store(f"sqlite:///{home / 'store.db'}")
    made = replace(with_jobs(desk_at(home), home / "jobs.db"), store=store)
    yield made
    made.close()


@pytest.fixture(scope="module")
def api(desk: Desk) -> OpenApiSchema:
    service = make_service(desk, Settings.model_construct(**defaults()))
    with TestClient(service) as client:
        client.post("/v1/score", json=example())  # what is compiled at first use is compiled
    return schemathesis.openapi.from_asgi("/v1/openapi.json", service, config=CONFIG)


@pytest.mark.parametrize(("path", "method", "mode"), ASKED)
def test_the_published_file_is_kept(
    path: str, method: str, mode: GenerationMode, api: OpenApiSchema
) -> None:
    operation = api[path][method]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    def ask(case: schemathesis.Case) -> None:
        reply = case.call_and_validate(headers={"Accept": "application/json"})
        assert reply.status_code < 500

    ask()
