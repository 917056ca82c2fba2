"""A journey: a contest is decided; who contested it and who has seen the answer are told."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from serving.desk import Desk
from serving.endpoints import contest as contests
from serving.endpoints import decision, record
from serving.endpoints.decision import EXAMPLE as UPHELD
from serving.erasing.erase import Order, Records, erase
from serving.jobs.table import Jobs
from serving.keys import Key
from serving.problems import Problem
from serving.shape import read_shape
from serving.store.database import StoreUnavailable
from serving.store.outbox import Webhook
from serving.store.store import Store
from serving.who.asker import NOBODY, Asker
from tests.lookout.asking import (
    CORRECTION,
    FOUND,
    MISSING,
    REFUSED,
    ask,
    at_once,
    challenge,
    look,
    of,
    read,
    told,
)
from tests.lookout.told import CHILD, tell
from tests.serving.desks import client_of, example
from tests.store.telling import OFFICE

TURNED_DOWN = {
    "decision": "turned_down", "reasonCode": "record_confirmed", "words": "訪問記録を確認した。",
}  # fmt: skip


def decide(
    desk: Desk, contest: str, said: dict[str, Any], person: str = "kato", key: str | None = None
) -> dict[str, Any]:
    own = of(desk, person, "decide_contest", "supervisor")
    own = replace(own, key=Key(key, str(said)) if key else None)
    place = decision.ContestId(contest_id=contest)
    kept: dict[str, Any] = json.loads(
        decision.decide(own, place, read_shape(decision.Request, said))
    )
    return kept


def pending(desk: Desk, after: str | None = None) -> list[dict[str, Any]]:
    """What is in the work list of a supervisor."""
    own = of(desk, "kato", "decide_contest", "supervisor")
    place = decision.Place(office=OFFICE, after=after)
    listed: list[dict[str, Any]] = json.loads(decision.listed(own, place))["contests"]
    return listed


def whats(desk: Desk, person: str) -> list[str]:
    return [notice["what"] for notice in told(desk, person)]


def test_what_is_upheld_is_corrected_rescored_and_told_to_all_who_saw(
    desk: Desk, store: Store
) -> None:
    place = ask(desk, "sato")
    contest = challenge(desk, "tanaka", place, REFUSED)
    (listed,) = pending(desk)
    assert (listed["contestId"], listed["person"], listed["decisions"]) == (contest, "tanaka", [])
    assert listed["words"] == REFUSED["words"]
    store.add_webhook(OFFICE, Webhook("w", "https://w.example", "2024-07-01T00:00:00+00:00"))

    kept = decide(desk, contest, UPHELD)
    assert (kept["person"], kept["scoreId"]) == ("kato", place.score_id)
    assert read(desk, "sato", place)["decisions"] == [kept]
    assert [one["decisions"] for one in pending(desk)] == [[kept]], "it is still to be corrected"
    (notice,) = told(desk, "tanaka")
    assert (notice["what"], notice["newScoreId"]) == ("upheld", place.score_id)
    assert whats(desk, "sato") == ["upheld"]

    tell(desk, CORRECTION)
    look(desk)
    assert pending(desk) == []
    record = read(desk, "sato", place)
    assert [one["contestId"] for one in record["corrections"]] == [contest]
    assert record["corrections"][0]["newScoreId"] != place.score_id
    assert whats(desk, "tanaka") == whats(desk, "sato") == ["upheld", "corrected"]
    sent = store.take_due(OFFICE, desk.clock(), 9, lambda _: desk.clock())
    types = {one.message.type: one.message.said for one in sent}
    assert types["contest.decided"] == {
        "office": OFFICE, "decisionId": kept["decisionId"], "contestId": contest,
        "scoreId": place.score_id,
    }  # fmt: skip
    assert "score.corrected" in types


def test_what_is_turned_down_stays_on_the_answers_record_and_is_told(
    desk: Desk, store: Store
) -> None:
    assert store
    place = ask(desk, "sato")
    contest = challenge(desk, "tanaka", place, REFUSED)
    kept = decide(desk, contest, TURNED_DOWN)
    assert pending(desk) == []
    assert read(desk, "suzuki", place)["decisions"] == [kept]
    assert read(desk, "suzuki", place)["corrections"] == []
    assert whats(desk, "tanaka") == whats(desk, "sato") == ["turned_down"]
    assert whats(desk, "suzuki") == [], "who reads it later sees it there"


def test_a_row_that_is_told_otherwise_after_all_is_corrected_all_the_same(
    desk: Desk, store: Store
) -> None:
    """Of what was said to be missing, no row that comes later is taken for it."""
    assert store
    place = ask(desk, "sato")
    for fact in (REFUSED, MISSING):
        decide(desk, challenge(desk, "tanaka", place, fact), TURNED_DOWN)
    tell(desk, FOUND)
    look(desk)
    assert read(desk, "sato", place)["corrections"] == []
    tell(desk, CORRECTION)
    look(desk)
    assert len(read(desk, "sato", place)["corrections"]) == 1
    assert whats(desk, "tanaka") == ["turned_down", "turned_down", "corrected"]


def test_it_is_decided_once(desk: Desk, store: Store) -> None:
    assert store
    place = ask(desk, "sato")
    contest = challenge(desk, "tanaka", place, REFUSED)
    kept = decide(desk, contest, UPHELD, key="k")
    for person, said in (("kato", UPHELD), ("ito", TURNED_DOWN)):
        with pytest.raises(Problem) as refused:
            decide(desk, contest, said, person)
        assert (refused.value.code, refused.value.errors[0].field) == ("conflict", "decision")
    assert decide(desk, contest, UPHELD, key="k") == kept, "under its key it is answered again"
    assert read(desk, "sato", place)["decisions"] == [kept]
    assert whats(desk, "tanaka") == ["upheld"]


def test_of_two_processes_at_one_instant_one_decides_it(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store
    place = ask(desk, "sato")
    contest = challenge(desk, "tanaka", place, REFUSED)
    asked = [partial(decide, contest=contest, said=said) for said in (UPHELD, TURNED_DOWN)]
    assert at_once(desk, monkeypatch, *asked) == ["conflict"]
    monkeypatch.undo()
    (kept,) = read(desk, "sato", place)["decisions"]
    assert whats(desk, "tanaka") == whats(desk, "sato") == [kept["decision"]]


@pytest.mark.parametrize("key", ["k", None])
def test_whoever_was_cut_off_before_it_was_told_has_it_told_by_deciding_again(
    key: str | None, desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store
    place = ask(desk, "sato")
    contest = challenge(desk, "tanaka", place, REFUSED)

    def cut_off(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "keep_decision", cut_off)
        with pytest.raises(KeyboardInterrupt):
            decide(desk, contest, TURNED_DOWN, key=key)
    assert (len(pending(desk)), whats(desk, "tanaka")) == (1, [])
    with suppress(Problem):
        decide(desk, contest, TURNED_DOWN, key=key)
    assert (pending(desk), whats(desk, "tanaka")) == ([], ["turned_down"])


def test_nobody_decides_on_what_they_have_contested(desk: Desk, store: Store) -> None:
    assert store
    place = ask(desk, "sato")
    contest = challenge(desk, "kato", place, REFUSED)
    with pytest.raises(Problem) as refused:
        decide(desk, contest, UPHELD)
    assert refused.value.code == "forbidden"
    assert read(desk, "sato", place)["decisions"] == []
    assert decide(desk, contest, UPHELD, person="ito")["person"] == "ito"


def test_who_was_refused_the_answer_is_told_nothing_of_it(desk: Desk, store: Store) -> None:
    assert store
    place = ask(desk, "sato")
    contest = challenge(desk, "sato", place, REFUSED)
    other = Asker("sasaki", frozenset({"screener"}), desk.agency, "south", purpose="screening")
    with pytest.raises(Problem):
        record.record(desk.asked_by(other, "read_answer"), place)
    decide(desk, contest, UPHELD)
    assert whats(desk, "sato") == ["upheld"]
    assert store.notices(OFFICE, "sasaki", 0, 9) == []


def test_the_list_goes_on_behind_the_last_one(desk: Desk, store: Store) -> None:
    place = ask(desk, "sato")
    ids = {challenge(desk, "tanaka", place, REFUSED) for _ in range(5)}
    found: list[str] = []
    while more := store.pending(OFFICE, found[-1] if found else None, 2):
        found += more
    assert (len(found), set(found)) == (5, ids)
    assert [one["contestId"] for one in pending(desk, after=found[2])] == found[3:]
    assert store.pending("south", None, 9) == []


def test_contests_whose_erasing_was_cut_off_stand_in_front_of_nobody(
    desk: Desk, store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store
    mine, siblings = ask(desk, "sato"), ask(desk, "sato", "c-1042")
    for _ in range(3):
        challenge(desk, "tanaka", mine, MISSING)
    later = replace(desk, clock=lambda: desk.clock() + timedelta(minutes=1))
    contest = challenge(later, "tanaka", siblings, MISSING)
    order = Order(OFFICE, CHILD, NOBODY, "asked", "e-1", desk.clock())
    records = Records(desk.journal, Jobs(home / "jobs.db"), f"sqlite:///{home}/away/store.db")
    with pytest.raises(StoreUnavailable):
        erase(records, order)
    assert len(store.pending(OFFICE, None, 9)) == 4
    monkeypatch.setattr(decision, "MOST_CONTESTS", 2)
    assert [one["contestId"] for one in pending(desk)] == [contest]


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({}, "decision"),
    "another decision": ({**UPHELD, "decision": "maybe"}, "decision"),
    "no reason": ({**UPHELD, "reasonCode": None}, "reasonCode"),
    "a reason of its own": ({**UPHELD, "reasonCode": "tired"}, "reasonCode"),
    "a reason for the other": ({**UPHELD, "reasonCode": "not_a_fact"}, "reasonCode"),
    "no words": ({**UPHELD, "words": ""}, "words"),
    "too many words": ({**UPHELD, "words": "x" * 2001}, "words"),
    "a field of its own": ({**UPHELD, "by": "me"}, "by"),
}


def test_bad_input_is_told_where_and_decides_nothing(desk: Desk, store: Store) -> None:
    assert store
    place = ask(desk, "sato")
    path = f"/v1/contests/{challenge(desk, 'tanaka', place, REFUSED)}/decisions"
    with client_of(desk) as client:
        for name, (said, field) in BAD.items():
            reply = client.post(path, json=said)
            assert reply.status_code == 422, name
            assert field in [error["field"] for error in reply.json()["errors"]], name
        for id_ in ("x", place.score_id, "..%2f", "%00"):
            assert client.post(f"/v1/contests/{id_}/decisions", json=UPHELD).status_code == 404
        for query, field in (("", "office"), ("office=%20", "office"), ("office=a&x=1", "x")):
            reply = client.get(f"/v1/contests?{query}")
            assert [e["field"] for e in reply.json()["errors"]] == [field], query
        assert client.get("/v1/contests?office=south").json()["contests"] == []
    assert read(desk, "sato", place)["decisions"] == []


def test_a_contest_of_an_answer_without_an_office_is_decided_all_the_same(desk: Desk) -> None:
    with client_of(desk) as client:
        score_id = client.post("/v1/score", json=example()).json()["scoreId"]
        path = f"/v1/score/{score_id}"
        said = client.post(f"{path}/contests", json=contests.EXAMPLE).json()
        kept = client.post(f"/v1/contests/{said['contestId']}/decisions", json=UPHELD).json()
        assert client.get(path).json()["decisions"] == [kept]
