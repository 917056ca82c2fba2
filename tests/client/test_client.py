"""The client that comes along: current, typed, and used as a case system would use it."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from serving.client import shapes
from serving.client.asking import Refused
from serving.client.calls import Kizuki
from serving.openapi.client import CALLS, FOLDER, SHAPES, write_client
from tests.serving.desks import MODEL, example


@pytest.fixture(scope="module")
def kizuki(http: TestClient) -> Kizuki:
    return Kizuki("", http=http)  # type: ignore[arg-type]  # the same calls, without a network


def request(**changed: object) -> shapes.ScoreRequest:
    return shapes.ScoreRequest.model_validate(example(language="en", **changed))


def test_it_is_current(tmp_path: Path) -> None:
    write_client(tmp_path)
    for name in (SHAPES, CALLS):
        written = (tmp_path / name).read_text("utf-8")
        assert (FOLDER / name).read_text("utf-8") == written, "make client writes it anew"


def test_a_child_is_scored_reviewed_and_read_again(kizuki: Kizuki) -> None:
    answer = kizuki.score_child(request(), key="intake-1")
    assert kizuki.score_child(request(), key="intake-1") == answer
    assert answer.score
    assert answer.band
    kizuki.review_score(
        answer.score_id, shapes.ReviewRequest(decision="override", reason_code="graver")
    )
    kizuki.contest_score(
        answer.score_id,
        shapes.ContestRequest(table="contacts", row_id="v-2", claim="wrong", words="not so"),
    )
    record = kizuki.read_score(answer.score_id)
    assert record.answer == answer
    assert [one.reason_code for one in record.reviews] == ["graver"]
    assert [one.row_id for one in record.contests] == ["v-2"]
    assert kizuki.replay_score(answer.score_id).same
    assert len(kizuki.explain_score(answer.score_id).reasons) > len(answer.reasons)


def test_many_are_scored_at_once_or_by_and_by(kizuki: Kizuki) -> None:
    many = [request(), request(cutoff="2018-01-01")]
    batch = kizuki.score_many(shapes.BatchRequest(requests=many))
    assert ([s.place for s in batch.scored], [r.place for r in batch.refused]) == ([0], [1])
    job = kizuki.start_job(shapes.JobRequest(requests=many))
    while kizuki.read_job(job.job_id).status != "done":
        pass
    page = kizuki.read_results(job.job_id, cursor=1, page_size=1)
    assert (page.scored, [r.problem.code for r in page.refused]) == ([], ["invalid_request"])


def test_models_are_told_with_their_cards(kizuki: Kizuki) -> None:
    assert kizuki.tell_models().default_model == MODEL
    assert kizuki.read_card(MODEL).markdown.startswith("# ")
    assert kizuki.is_ready().status == "ready"


def test_a_problem_is_raised_with_its_places(kizuki: Kizuki) -> None:
    with pytest.raises(Refused, match="cutoff lies before the child's birth") as refused:
        kizuki.score_child(request(cutoff="2018-01-01"))
    assert refused.value.problem.status == 422
    with pytest.raises(Refused, match="There is nothing at this path"):
        kizuki.read_score("../../models")
