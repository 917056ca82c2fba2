"""A journey: whoever is told what became of an answer says that they have seen it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from serving.desk import Desk
from serving.endpoints import notices
from serving.keys import Key
from serving.problems import Problem
from serving.shape import read_shape
from serving.store import moment
from serving.store.store import Store
from tests.lookout.asking import REFUSED, ask, challenge, of, told
from tests.lookout.test_decision import TURNED_DOWN, UPHELD, decide
from tests.serving.desks import client_of
from tests.store.telling import OFFICE


@pytest.fixture
def notice(desk: Desk, store: Store) -> str:
    """The id of a notice to sato and tanaka; there is another behind it."""
    assert store
    place = ask(desk, "sato")
    ids = [challenge(desk, "tanaka", place, REFUSED) for _ in range(2)]
    first = decide(desk, ids[0], UPHELD)
    decide(desk, ids[1], TURNED_DOWN)
    return str(first["decisionId"])


def acknowledge(
    desk: Desk, notice: str, person: str = "sato", office: str = OFFICE, key: str | None = None
) -> dict[str, Any]:
    own = of(desk, person, "acknowledge_notice")
    own = replace(own, key=Key(key, office) if key else None)
    request = read_shape(notices.Request, {"office": office})
    said = notices.acknowledge(own, notices.NoticeId(notice_id=notice), request)
    kept: dict[str, Any] = json.loads(said)
    return kept


def test_what_is_acknowledged_is_open_no_more_to_who_said_so(desk: Desk, notice: str) -> None:
    assert [one["acknowledgedAt"] for one in told(desk, "sato")] == [None, None]
    at = moment.told(desk.clock())
    assert acknowledge(desk, notice) == {"noticeId": notice, "acknowledgedAt": at}
    assert [one["acknowledgedAt"] for one in told(desk, "sato")] == [at, None]
    assert [one["what"] for one in told(desk, "sato", open=True)] == ["turned_down"]
    assert len(told(desk, "tanaka", open=True)) == 2, "to others it is as new"


def test_it_is_on_record(desk: Desk, notice: str) -> None:
    acknowledge(desk, notice, key="k")
    record = desk.journal.under("k")
    assert record
    assert (record.kind, record.asker.person, record.child) == ("acknowledged", "sato", "")
    assert json.loads(record.asked) == {"office": OFFICE, "notice": notice}


def test_said_again_it_stays_what_it_was(desk: Desk, notice: str) -> None:
    first = acknowledge(desk, notice, key="k")
    later = replace(desk, clock=lambda: desk.clock() + timedelta(hours=1))
    assert acknowledge(later, notice) == acknowledge(later, notice, key="k") == first


def test_whoever_was_cut_off_before_the_list_knew_says_it_again(
    desk: Desk, notice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "acknowledge", cut_off)
        with pytest.raises(KeyboardInterrupt):
            acknowledge(desk, notice, key="k")
    assert len(told(desk, "sato", open=True)) == 2
    acknowledge(desk, notice, key="k")
    assert len(told(desk, "sato", open=True)) == 1


def test_nobody_acknowledges_what_was_told_to_others(desk: Desk, notice: str) -> None:
    found = []
    for person, id_ in (("suzuki", notice), ("suzuki", "none"), ("sato", "none")):
        with pytest.raises(Problem) as refused:
            acknowledge(desk, id_, person)
        found.append((refused.value.code, refused.value.detail))
    assert set(found) == {("not_found", notices.NO_NOTICE)}
    with pytest.raises(Problem) as refused:
        acknowledge(desk, notice, office="south")
    assert refused.value.code == "forbidden"
    assert len(told(desk, "sato", open=True)) == 2


BAD: dict[str, tuple[Any, str]] = {
    "nothing": ({}, "office"),
    "an empty office": ({"office": " "}, "office"),
    "another's": ({"office": OFFICE, "person": "tanaka"}, "person"),
}


def test_bad_input_is_told_where_and_acknowledges_nothing(desk: Desk, notice: str) -> None:
    path = f"/v1/notices/{notice}/acknowledgements"
    with client_of(desk) as client:
        for name, (said, field) in BAD.items():
            reply = client.post(path, json=said)
            assert reply.status_code == 422, name
            assert field in [error["field"] for error in reply.json()["errors"]], name
        for id_ in ("x", "..%2f", "%00", f"{notice}%20"):
            reply = client.post(f"/v1/notices/{id_}/acknowledgements", json={"office": OFFICE})
            assert reply.status_code == 404
        reply = client.get(f"/v1/notices?office={OFFICE}&open=maybe")
        assert [error["field"] for error in reply.json()["errors"]] == ["open"]
    assert len(told(desk, "sato", open=True)) == 2
