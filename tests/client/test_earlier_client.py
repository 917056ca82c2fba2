"""A client that was written from an earlier file of this major version, at the desk of today."""

import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from starlette.testclient import TestClient

from serving.client.asking import Refused
from serving.openapi.client import CALLS, write_client
from tests.client.test_breaking import EARLIER
from tests.serving.desks import MODEL, example


@pytest.fixture(scope="module", params=EARLIER, ids=lambda path: path.stem)
def calls(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ModuleType]:
    """The calls of that client, which come with its own shapes."""
    folder = tmp_path_factory.mktemp("clients") / "earlier_client"
    folder.mkdir()
    write_client(folder, request.param)
    text = (folder / CALLS).read_text("utf-8")
    own = text.replace("from serving.client import shapes", "from earlier_client import shapes")
    (folder / CALLS).write_text(own, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder.parent)
        yield import_module("earlier_client.calls")
    for name in [name for name in sys.modules if name.startswith("earlier_client")]:
        del sys.modules[name]


@pytest.fixture(scope="module")
def kizuki(calls: ModuleType, http: TestClient) -> Any:
    return calls.Kizuki("", http=http)


def test_what_it_could_ask_is_answered_in_its_shapes(kizuki: Any, calls: ModuleType) -> None:
    shapes = calls.shapes
    asked = shapes.ScoreRequest.model_validate(example(language="en"))
    answer = kizuki.score_child(asked, key="intake-1")
    assert kizuki.score_child(asked, key="intake-1") == answer
    assert answer.score
    kizuki.review_score(answer.score_id, shapes.ReviewRequest(decision="agree"))
    kizuki.contest_score(
        answer.score_id,
        shapes.ContestRequest(table="contacts", row_id="v-2", claim="wrong", words="not so"),
    )
    record = kizuki.read_score(answer.score_id)
    assert (record.answer, len(record.reviews), len(record.contests)) == (answer, 1, 1)
    assert kizuki.replay_score(answer.score_id).same
    job = kizuki.start_job(shapes.JobRequest(requests=[asked]))
    while kizuki.read_job(job.job_id).status != "done":
        pass
    assert [one.answer.score for one in kizuki.read_results(job.job_id).scored] == [answer.score]
    assert kizuki.tell_models().default_model == MODEL


def test_what_it_is_refused_is_told_in_its_shape(kizuki: Any, calls: ModuleType) -> None:
    asked = calls.shapes.ScoreRequest.model_validate(example(cutoff="2018-01-01"))
    with pytest.raises(Refused, match="cutoff lies before the child's birth"):
        kizuki.score_child(asked)
