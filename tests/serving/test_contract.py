"""The published file is kept: all that it allows, and what it does not, is asked of a whole desk.

Schemathesis makes the requests and holds every reply against the file: no 5xx, no status, media
type or shape that is not in it, and nothing taken that it does not allow. It goes through each
limit of each field in turn (coverage), tries what comes to mind (fuzzing), and asks again with
what it was answered (stateful).
"""

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder
from starlette.testclient import TestClient

from serving.desk import Desk
from serving.endpoints.jobs import with_jobs
from serving.service import make_service
from serving.settings import Settings
from serving.store.migrating import open_store
from tests.serving.desks import defaults, desk_at, example, promoted_home

PHASES = ("coverage", "fuzzing", "stateful")
EXAMPLES = 300 if "KIZUKI_SLOW" in os.environ else 20  # of each operation, where chance has a say
TAKEN_OR_NOT = ["2xx", "404", "409", "422"]
REFUSED = ["400", "404", "405", "413", "415", "422"]


def config(phase: str) -> SchemathesisConfig:
    """Everything that is looked at, in one phase."""
    return SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "headers": {"Accept": "application/json"},
            "phases": {name: {"enabled": name == phase} for name in ("examples", *PHASES)},
            "generation": {
                "max-examples": EXAMPLES,
                "with-security-parameters": False,  # this desk lets everybody in
            },
            "checks": {
                "ignored_auth": {"enabled": False},
                # A case file that fits the schema can contradict itself, an id can be of nothing.
                "positive_data_acceptance": {"expected-statuses": TAKEN_OR_NOT},
                "negative_data_rejection": {"expected-statuses": REFUSED},
            },
        }
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = promoted_home(tmp_path_factory.mktemp("home"))
    store = open_store(f"sqlite:///{home / 'store.db'}")
    made = replace(with_jobs(desk_at(home), home / "jobs.db"), store=store)
    yield made
    made.close()


@pytest.mark.parametrize("phase", PHASES)
def test_the_published_file_is_kept(phase: str, desk: Desk) -> None:
    service = make_service(desk, Settings.model_construct(**defaults()))
    with TestClient(service) as client:
        client.post("/v1/score", json=example())  # what is compiled at first use is compiled
    api = schemathesis.openapi.from_asgi("/v1/openapi.json", service, config=config(phase))
    asked, broken = 0, []
    for event in from_schema(api).execute():
        assert not isinstance(event, events.NonFatalError | events.FatalError), event
        if isinstance(event, events.ScenarioFinished):
            asked += len(event.recorder.interactions)
            broken += found_in(event.recorder)
    assert not broken, "\n".join(broken)
    assert asked > len(list(api.get_all_operations()))


def found_in(recorder: ScenarioRecorder) -> list[str]:
    """What is broken, and how to ask for it again."""
    found = [check.failure_info for checks in recorder.checks.values() for check in checks]
    return [
        f"{one.failure.title}: {one.failure.message}\n{one.code_sample}" for one in found if one
    ]
