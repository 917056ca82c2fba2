"""What is done about an answer: read, explained, replayed, reviewed, contested; each on record."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from models.key_files import public_half, public_key
from models.ledger import PROMOTED, bundle_folder
from models.specs import spec_of
from serving.champions import no_past, read_champions
from serving.desk import Desk
from serving.endpoints import contest, review
from serving.journal import reading
from serving.journal.checkpoints import read_checkpoints
from serving.journal.encryption import decrypt
from serving.journal.verify import verify
from serving.override_reasons import OVERRIDE_REASONS
from tests.serving.desks import MODEL, client_of, decide, example
from tests.small_model import small_bundle

NOBODY = str(UUID(int=0))
ABOUT = ("reviews", "contests", "decisions", "corrections")
READS = {"record": "", "explanation": "/explanation", "replay": "/replay"}


@pytest.fixture
def answer(client: TestClient) -> dict[str, Any]:
    """An answer that was given."""
    said: dict[str, Any] = client.post("/v1/score", json=example(language="en")).json()
    return said


@pytest.fixture
def at(answer: dict[str, Any]) -> str:
    """The path of the answer."""
    return f"/v1/score/{answer['scoreId']}"


def kinds(desk: Desk) -> list[str]:
    return [kind for (kind,) in desk.journal._writer.execute("SELECT kind FROM answers")]


def test_an_answer_is_read_again_as_it_was_given(
    client: TestClient, answer: dict[str, Any], at: str
) -> None:
    nothing: dict[str, list[Any]] = {name: [] for name in ABOUT}
    assert client.get(at).json() == {"answer": answer, "quarantine": None, **nothing}


def test_a_report_is_read_again_too(client: TestClient, desk: Desk) -> None:
    client.post("/v1/report", json=example())
    ((report,),) = desk.journal._writer.execute("SELECT id FROM answers WHERE kind = 'report'")
    assert client.get(f"/v1/score/{report}").json()["answer"]["scoreId"] == report


def test_an_explanation_has_every_reason_and_adds_up(
    client: TestClient, answer: dict[str, Any], at: str
) -> None:
    told = client.get(f"{at}/explanation").json()
    assert len(told["reasons"]) > len(answer["reasons"]) == 8
    assert told["reasons"][:8] == answer["reasons"]
    assert told["themes"] == answer["themes"]
    parts = told["contributions"]
    assert parts["shown"] == pytest.approx(sum(reason["share"] for reason in told["reasons"]))
    assert parts["others"] == pytest.approx(0, abs=1e-9)
    assert parts["margin"] == answer["contributions"]["margin"]


def test_an_answer_comes_out_the_same_again(client: TestClient, at: str) -> None:
    told = client.get(f"{at}/replay").json()
    assert (told["same"], told["differing"]) == (True, [])


def test_the_bundle_that_answered_answers_again_after_another_was_promoted(
    desk: Desk, home: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (home / "champions").unlink()
    own = tmp_path_factory.mktemp("own")
    first = small_bundle(bundle_folder(own, MODEL, 3), spec_of(MODEL))
    decide(own, PROMOTED, MODEL, 3, first.digest)
    (home / "champions").symlink_to(own / "champions")
    (home / "bundle-keys").unlink()
    (home / "bundle-keys").symlink_to(own / "bundle-keys")
    desk = replace(desk, champions=read_champions(home))
    with client_of(desk) as client:
        score_id = client.post("/v1/score", json=example()).json()["scoreId"]
    later = {MODEL: replace(desk.champions[MODEL], bundle=replace(first, digest="another"))}
    with client_of(replace(desk, champions=later)) as client:
        assert client.get(f"/v1/score/{score_id}/replay").json()["same"]


def test_a_bundle_that_is_gone_is_told(desk: Desk, at: str) -> None:
    with client_of(replace(desk, champions={}, past=no_past)) as client:
        reply = client.get(f"{at}/replay")
    assert (reply.status_code, reply.json()["code"]) == (409, "not_again")


def test_a_silent_desk_explains_nothing(desk: Desk) -> None:
    with client_of(replace(desk, silent=True)) as client:
        score_id = client.post("/v1/score", json=example()).json()["scoreId"]
    with client_of(desk) as client:
        told = client.get(f"/v1/score/{score_id}/explanation").json()
    assert (told["reasons"], told["contributions"]) == ([], None)
    assert [why["code"] for why in told["cannotTell"]] == ["silent"]


@pytest.mark.parametrize(("what", "path"), READS.items(), ids=READS)
def test_who_reads_leaves_a_record_with_the_hash_of_what_was_read(
    what: str, path: str, client: TestClient, desk: Desk, answer: dict[str, Any], at: str
) -> None:
    said = client.get(at + path).content
    (kept,) = desk.journal.about(answer["scoreId"])
    assert (kept.kind, kept.child, kept.model) == ("read", "c-1041", MODEL)
    assert json.loads(kept.asked) == {"read": what}
    assert json.loads(kept.answer) == {"sha256": hashlib.sha256(said).hexdigest()}


@pytest.mark.parametrize("path", READS.values(), ids=READS)
def test_who_comes_after_many_readers_opens_no_record_of_theirs(
    path: str, client: TestClient, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def noted(record: str, *sealed: Any) -> dict[str, Any]:
        opened.append(record)
        return decrypt(record, *sealed)

    monkeypatch.setattr(reading, "decrypt", noted)
    many = []
    for _ in range(5):
        opened.clear()
        assert client.get(at + path).status_code == 200
        many.append(len(opened))
    assert len(set(many)) == 1
    assert many[0] > 0


@pytest.mark.parametrize("path", READS.values(), ids=READS)
def test_nothing_is_read_that_cannot_be_put_on_record(path: str, desk: Desk, at: str) -> None:
    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    desk.journal._append = broken  # type: ignore[assignment, method-assign]
    with client_of(desk) as client:
        reply = client.get(at + path)
        assert (reply.status_code, reply.json()["code"]) == (503, "journal_unavailable")
        assert "reasons" not in reply.text
        for kind, asked in POSTED.items():
            assert client.post(f"{at}/{kind}", json=asked).status_code == 503


def test_a_review_is_kept_and_told_with_the_answer_ever_after(
    client: TestClient, desk: Desk, at: str
) -> None:
    told = client.post(f"{at}/reviews", json=review.EXAMPLE).json()
    assert told["decision"] == "override"
    client.post(f"{at}/reviews", json={"decision": "agree"})
    reviews = client.get(at).json()["reviews"]
    assert reviews[0] == told
    assert [one["decision"] for one in reviews] == ["override", "agree"]
    assert kinds(desk) == ["score", "review", "review", "read"]


def test_a_contest_is_kept_and_told_with_the_answer_ever_after(client: TestClient, at: str) -> None:
    told = client.post(f"{at}/contests", json=contest.EXAMPLE).json()
    assert (told["table"], told["rowId"], told["claim"]) == ("contacts", "v-2", "wrong")
    assert client.get(at).json()["contests"] == [told]


def test_what_is_done_about_answers_is_in_the_same_chain(client: TestClient, desk: Desk) -> None:
    at = f"/v1/score/{client.post('/v1/score', json=example()).json()['scoreId']}"
    client.post(f"{at}/reviews", json=review.EXAMPLE)
    client.post(f"{at}/contests", json=contest.EXAMPLE)
    client.get(at)
    desk.journal.close()
    path = desk.journal.path
    signed = list(read_checkpoints(path.with_name("journal.checkpoints")))
    verdict = verify(path, signed, public_key(public_half(path.with_name("journal.key"))))
    assert (verdict.records, verdict.faults) == (4, ())


def test_who_watches_the_answers_sees_answers_only(client: TestClient, desk: Desk, at: str) -> None:
    client.post(f"{at}/reviews", json=review.EXAMPLE)
    assert len(list(desk.journal.served(MODEL))) == 1


def test_the_published_reasons_are_those_there_are() -> None:
    assert review.ReasonCode.__args__ == tuple(OVERRIDE_REASONS)


POSTED = {"reviews": review.EXAMPLE, "contests": contest.EXAMPLE}
BAD: dict[str, tuple[str, dict[str, Any], str]] = {
    "no decision": ("reviews", {}, "decision"),
    "another decision": ("reviews", {"decision": "ignore"}, "decision"),
    "an override without a reason": ("reviews", {"decision": "override"}, "reasonCode"),
    "an override for a reason of its own": (
        "reviews", {"decision": "override", "reasonCode": "tired"}, "reasonCode",
    ),
    "another reason without words": (
        "reviews", {"decision": "override", "reasonCode": "other"}, "words",
    ),
    "agreement with a reason": (
        "reviews", {"decision": "agree", "reasonCode": "graver"}, "reasonCode",
    ),
    "too many words": ("reviews", {"decision": "agree", "words": "x" * 2001}, "words"),
    "a field of its own": ("reviews", {"decision": "agree", "by": "x"}, "by"),
    "no such table": ("contests", {**contest.EXAMPLE, "table": "visits"}, "table"),
    "a row that was not sent": ("contests", {**contest.EXAMPLE, "rowId": "v-9"}, "rowId"),
    "no row": ("contests", {**contest.EXAMPLE, "rowId": None}, "rowId"),
    "a row that is missing": ("contests", {**contest.EXAMPLE, "claim": "missing"}, "rowId"),
    "no words": ("contests", {**contest.EXAMPLE, "words": ""}, "words"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "asked", "field"), BAD.values(), ids=BAD)
def test_bad_input_is_told_where_and_leaves_nothing(
    kind: str, asked: dict[str, Any], field: str, client: TestClient, desk: Desk, at: str
) -> None:
    reply = client.post(f"{at}/{kind}", json=asked)
    assert reply.status_code == 422
    assert [error["field"] for error in reply.json()["errors"]] == [field]
    assert kinds(desk) == ["score"]


NOT_THERE = ["x", NOBODY, "..%2f..%2fetc", "%00", "a%0Ab", "a" * 4000, "' OR 1=1 --"]


@pytest.mark.parametrize("score_id", NOT_THERE)
def test_an_answer_that_is_not_there_is_not_found(score_id: str, client: TestClient) -> None:
    ask: list[Callable[[], Any]] = [
        *(lambda path=path: client.get(f"/v1/score/{score_id}{path}") for path in READS.values()),
        *(
            lambda kind=kind, said=said: client.post(f"/v1/score/{score_id}/{kind}", json=said)
            for kind, said in POSTED.items()
        ),
    ]
    for asked in ask:
        reply = asked()
        assert (reply.status_code, reply.json()["code"]) == (404, "not_found")


def test_a_record_about_an_answer_is_no_answer(client: TestClient, at: str) -> None:
    review_id = client.post(f"{at}/reviews", json=review.EXAMPLE).json()["reviewId"]
    assert client.get(f"/v1/score/{review_id}").status_code == 404


def test_a_card_is_read(client: TestClient) -> None:
    told = client.get(f"/v1/model/{MODEL}/card").json()
    assert (told["model"], told["markdown"][:2]) == (MODEL, "# ")
    assert client.get("/v1/model/../card").status_code == 404
    assert client.get("/v1/model/x/card").json()["code"] == "not_found"


def test_a_query_that_is_not_known_is_refused(client: TestClient, at: str) -> None:
    for path in (f"{at}?x=1", "/v1/model?x=1", "/livez?x=1"):
        assert client.get(path).json()["errors"][0]["field"] == "x"
