"""A journey: a fact is challenged and corrected, and all who have seen the answer are told."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from serving.about import ScoreId
from serving.desk import Desk
from serving.endpoints import contest, score
from serving.endpoints.alerts import Place
from serving.endpoints.notices import notices
from serving.lookout.looking import rescore
from serving.problems import Problem
from serving.shape import read_shape
from serving.store.outbox import Webhook
from serving.store.store import Store
from tests.lookout.asking import (
    CORRECTION,
    FOUND,
    MISSING,
    REFUSED,
    ask,
    challenge,
    look,
    of,
    read,
    told,
)
from tests.lookout.told import CHILD, child, tell
from tests.serving.desks import client_of
from tests.store.telling import OFFICE
from tests.webhooks.sink import Sink


@pytest.mark.parametrize(("fact", "event"), [(REFUSED, CORRECTION), (MISSING, FOUND)])
def test_from_the_challenge_to_the_notice(
    fact: dict[str, Any], event: dict[str, Any], desk: Desk, store: Store, sink: Sink
) -> None:
    place = ask(desk, "sato")
    assert read(desk, "suzuki", place)["contests"] == []
    contest_id = challenge(desk, "tanaka", place, fact)
    look(desk)
    assert read(desk, "suzuki", place)["corrections"] == []
    store.add_webhook(OFFICE, Webhook("w", sink.url, "2024-07-01T00:00:00+00:00"))

    tell(desk, event)
    look(desk)
    (correction,) = read(desk, "suzuki", place)["corrections"]
    assert (correction["contestId"], correction["scoreId"]) == (contest_id, place.score_id)
    new = ScoreId(score_id=correction["newScoreId"])
    assert new != place
    assert read(desk, "suzuki", new)["answer"]["child"] == CHILD
    for person in ("sato", "suzuki", "tanaka"):
        (notice,) = told(desk, person)
        assert (notice["scoreId"], notice["newScoreId"]) == (place.score_id, new.score_id)
    assert told(desk, "nobody-who-saw-it") == []

    waiting = [
        (one.message.type, one.message.said["newScoreId"])
        for one in store.take_due(OFFICE, desk.clock(), 9, lambda _: desk.clock())
        if one.message.type == "score.corrected"
    ]
    assert waiting == [("score.corrected", new.score_id)]
    look(desk)
    assert len(told(desk, "sato")) == 1, "it is told once"


def test_what_else_becomes_known_settles_no_contest(desk: Desk, store: Store) -> None:
    place = ask(desk, "sato")
    challenge(desk, "sato", place, REFUSED)
    tell(desk, child("another"), {**FOUND, "id": "ev-other"})
    look(desk)
    assert read(desk, "sato", place)["corrections"] == []
    assert store.corrected(OFFICE, CHILD, store.received(OFFICE)) == []


def test_a_withdrawal_settles_it_too(desk: Desk, store: Store) -> None:
    place = ask(desk, "sato")
    challenge(desk, "sato", place, REFUSED)
    row = {"id": "v-2", "known": "2024-06-26"}
    tell(desk, {"id": "ev-w", "type": "withdrawal", "table": "contacts", "row": row})
    look(desk)
    assert len(read(desk, "sato", place)["corrections"]) == 1
    assert store.received(OFFICE)


def test_a_correction_before_the_contest_is_found_the_next_night(desk: Desk, store: Store) -> None:
    """The answer was given before the correction came, so that it is contested too late."""
    place = ask(desk, "sato")
    tell(desk, CORRECTION)
    look(desk)
    challenge(desk, "sato", place, REFUSED)
    look(desk)
    assert read(desk, "sato", place)["corrections"] == []
    later = desk.clock() + timedelta(days=1)
    tomorrow = replace(desk, clock=lambda: later)
    sum(rescore(tomorrow, store, later.date()))
    assert len(read(desk, "sato", place)["corrections"]) == 1


def test_whoever_is_cut_off_in_between_tells_it_once(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = ask(desk, "sato")
    challenge(desk, "sato", place, REFUSED)
    tell(desk, CORRECTION)

    def cut_off(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "keep_looked", cut_off)
        with pytest.raises(KeyboardInterrupt):
            look(desk)
    look(desk)
    assert len(read(desk, "sato", place)["corrections"]) == 1
    assert len(told(desk, "sato")) == 1
    assert store.notices(OFFICE, "sato", 1, 9) == []


def test_a_contest_of_an_answer_without_an_office_is_kept_all_the_same(desk: Desk) -> None:
    answer = json.loads(score.score(desk, read_shape(score.Request, score.EXAMPLE)))
    place = ScoreId(score_id=answer["scoreId"])
    said = contest.contest(desk, place, read_shape(contest.Request, REFUSED))
    assert json.loads(said)["scoreId"] == place.score_id


def test_a_person_of_another_office_is_refused(desk: Desk, store: Store) -> None:
    assert store
    with pytest.raises(Problem) as refused:
        notices(of(desk, "sato", "read_worklist"), Place(office="south"))
    assert refused.value.code == "forbidden"


@pytest.mark.parametrize(
    ("query", "field"),
    [("", "office"), ("office=%20", "office"), ("office=a&after=-1", "after"),
     ("office=a&after=x", "after"), ("office=a&person=b", "person")],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_is_told_where(
    query: str, field: str, desk: Desk, store: Store
) -> None:
    assert store
    with client_of(desk) as client:
        reply = client.get(f"/v1/notices?{query}")
        empty = client.get(f"/v1/notices?office={OFFICE}")
    assert reply.status_code == 422, reply.text
    assert [error["field"] for error in reply.json()["errors"]] == [field]
    assert empty.json() == {"office": OFFICE, "notices": []}
