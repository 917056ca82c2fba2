"""A journey: an alert is dealt with, once, by somebody who is on record; then it is not open."""

import json
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from serving.about import ScoreId
from serving.desk import Desk
from serving.endpoints import alerts, tending
from serving.endpoints.tending import EXAMPLE
from serving.journal import entry
from serving.keys import Key
from serving.problems import Problem
from serving.shape import read_shape
from serving.store import moment
from serving.store.store import Store
from serving.who.asker import Asker
from tests.lookout.asking import CORRECTION, REFUSED, at_once, challenge, look, of, told
from tests.lookout.told import CHILD, tell, weapon
from tests.serving.desks import client_of
from tests.store.telling import OFFICE

TAKEN = {**EXAMPLE, "office": OFFICE}
NOTHING = {"office": OFFICE, "what": "nothing_needed"}


@pytest.fixture
def alert(desk: Desk, store: Store) -> str:
    """The id of an alert of a child of whom a red flag was raised."""
    assert store
    tell(desk, weapon())
    look(desk)
    (one,) = listed(desk)
    assert one["tended"] is None
    return str(one["id"])


def listed(desk: Desk, **asked: Any) -> list[dict[str, Any]]:
    found = alerts.alerts(of(desk, "sato", "read_worklist"), alerts.Place(office=OFFICE, **asked))
    those: list[dict[str, Any]] = json.loads(found)["alerts"]
    return those


def tend(
    desk: Desk, alert: str, said: dict[str, Any], person: str = "sato", key: str | None = None
) -> dict[str, Any]:
    own = of(desk, person, "tend_alert")
    own = replace(own, key=Key(key, str(said)) if key else None)
    place = tending.AlertId(alert_id=alert)
    kept: dict[str, Any] = json.loads(tending.tend(own, place, read_shape(tending.Request, said)))
    return kept


def test_what_is_tended_says_by_whom_and_is_open_no_more(desk: Desk, alert: str) -> None:
    kept = tend(desk, alert, TAKEN)
    (one,) = listed(desk)
    at = moment.told(desk.clock())
    assert one["tended"] == {"at": at, "person": "sato", "what": "taken_up"}
    assert listed(desk, open=True) == []
    assert (kept["alertId"], kept["scoreId"]) == (alert, one["scoreId"])
    record = entry(desk.journal.path, kept["tendingId"])
    assert (record.kind, record.child, record.about) == ("tending", CHILD, one["scoreId"])
    assert (record.asker.person, record.office) == ("sato", OFFICE)
    assert json.loads(record.asked) == TAKEN


def test_who_has_tended_it_is_told_what_becomes_of_its_answer(desk: Desk, alert: str) -> None:
    (one,) = listed(desk)
    tend(desk, alert, NOTHING)
    challenge(desk, "tanaka", ScoreId(score_id=one["scoreId"]), REFUSED)
    tell(desk, CORRECTION)
    look(desk)
    assert [notice["what"] for notice in told(desk, "sato")] == ["corrected"]


def test_it_is_tended_once(desk: Desk, alert: str) -> None:
    kept = tend(desk, alert, TAKEN, key="k")
    for person, said in (("sato", TAKEN), ("ito", NOTHING)):
        with pytest.raises(Problem) as refused:
            tend(desk, alert, said, person)
        assert (refused.value.code, refused.value.errors[0].field) == ("conflict", "what")
        assert "sato" in refused.value.errors[0].reason
    assert tend(desk, alert, TAKEN, key="k") == kept, "under its key it is answered again"
    assert listed(desk)[0]["tended"]["person"] == "sato"


def test_of_two_processes_at_one_instant_one_tends_it(
    desk: Desk, alert: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [partial(tend, alert=alert, said=said) for said in (TAKEN, NOTHING)]
    assert at_once(desk, monkeypatch, *asked) == ["conflict"]
    (one,) = listed(desk)
    kept = [entry for entry in desk.journal.about(one["scoreId"]) if entry.kind == "tending"]
    assert [json.loads(entry.answer)["what"] for entry in kept] == [one["tended"]["what"]]


@pytest.mark.parametrize("key", ["k", None])
def test_whoever_was_cut_off_before_the_list_knew_has_it_told_by_asking_again(
    key: str | None, desk: Desk, alert: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "tend", cut_off)
        with pytest.raises(KeyboardInterrupt):
            tend(desk, alert, NOTHING, key=key)
    assert len(listed(desk, open=True)) == 1
    with suppress(Problem):
        tend(desk, alert, NOTHING, key=key)
    assert listed(desk, open=True) == []


def test_of_what_is_not_in_the_own_office_nothing_is_told(desk: Desk, alert: str) -> None:
    south = Asker("me", frozenset({"screener"}), desk.agency, "south", purpose="screening")
    found = []
    for id_ in (alert, "none"):
        for office in ("south", OFFICE):
            with pytest.raises(Problem) as refused:
                tending.tend(
                    desk.asked_by(south, "tend_alert"),
                    tending.AlertId(alert_id=id_),
                    read_shape(tending.Request, {**NOTHING, "office": office}),
                )
            found.append((refused.value.code, refused.value.detail))
    assert found[:2] == found[2:]
    assert [code for code, _ in found] == ["not_found", "forbidden"] * 2
    assert len(listed(desk, open=True)) == 1


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({}, "what"),
    "no office": ({"what": "taken_up"}, "office"),
    "an empty office": ({**TAKEN, "office": " "}, "office"),
    "another end": ({**TAKEN, "what": "forgotten"}, "what"),
    "empty words": ({**TAKEN, "words": ""}, "words"),
    "too many words": ({**TAKEN, "words": "x" * 2001}, "words"),
    "a field of its own": ({**TAKEN, "person": "me"}, "person"),
}


def test_bad_input_is_told_where_and_tends_nothing(desk: Desk, alert: str) -> None:
    path = f"/v1/alerts/{alert}/tendings"
    with client_of(desk) as client:
        for name, (said, field) in BAD.items():
            reply = client.post(path, json=said)
            assert reply.status_code == 422, name
            assert field in [error["field"] for error in reply.json()["errors"]], name
        (one,) = listed(desk)
        for id_ in ("x", one["scoreId"], "..%2f", "%00", f"{alert}%20"):
            assert client.post(f"/v1/alerts/{id_}/tendings", json=TAKEN).status_code == 404
        for query in ("open=maybe", "open=", "open=true&open=true"):
            reply = client.get(f"/v1/alerts?office={OFFICE}&{query}")
            assert [e["field"] for e in reply.json()["errors"]] == ["open"], query
        assert len(client.get(f"/v1/alerts?office={OFFICE}&open=true").json()["alerts"]) == 1
        assert client.post(path, json=TAKEN).status_code == 200
        assert client.get(f"/v1/alerts?office={OFFICE}&open=true").json()["alerts"] == []
