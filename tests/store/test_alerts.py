"""GET /v1/alerts: who moved across a band, and of whom red flags were raised, by new events."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from serving.desk import Desk
from serving.endpoints.alerts import Place, alerts
from serving.endpoints.score import EXAMPLE, Request
from serving.journal import entry
from serving.lookout.lookout import Lookout
from serving.problems import Problem
from serving.shape import read_shape
from serving.store.alerting import Alert, Sight, Tended, Unlooked
from serving.store.standing import Standing
from serving.store.store import Store
from serving.who.asker import Asker
from tests.serving.desks import MODEL, client_of
from tests.store.requests import telling
from tests.store.telling import NOW, OFFICE, TODAY, events_of, raised, tell

CHILD = "c-1041"
ADVISE = Desk.advise
DAYS = [f"2024-06-{day:02}" for day in range(1, 28)]
REPORTS = [
    {"id": f"new-{day}", "child": CHILD, "source": "police", "happened": day, "known": day}
    for day in DAYS
]


def event(table: str, **row: object) -> dict[str, Any]:
    return {"id": f"{table}-{row['id']}", "type": "record", "table": table, "row": row}


def seen(id_: str, child: str, kind: str, day: str = "2024-06-20") -> dict[str, Any]:
    return event("observations", id=id_, child=child, kind=kind, happened=day, known=day)


def with_a_band_between(desk: Desk) -> Desk:
    """The desk with a band that ends where many new reports move the child across it."""
    margins = []
    for more in ([], REPORTS):
        rows = EXAMPLE["caseFile"]
        asked = {**EXAMPLE, "cutoff": TODAY.isoformat(), "caseFile": {
            **rows, "notifications": [*rows["notifications"], *more]}}  # fmt: skip
        told = desk.advise(read_shape(Request, asked).question(desk)).score
        assert told
        margins.append(told.margin)
    champion = desk.champions[MODEL]
    between = (*range(-20, -11), sum(margins) / 2, *range(11, 20))
    bundle = replace(champion.bundle, fitted=replace(champion.bundle.fitted, thresholds=between))
    return replace(desk, champions={MODEL: replace(champion, bundle=bundle)})


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return with_a_band_between(desk)


@pytest.fixture
def told(desk: Desk) -> Iterator[TestClient]:
    """A client of a desk whose store knows the example; its alerts were read."""
    with client_of(desk) as client:
        assert client.post("/v1/events", json=telling(EXAMPLE["caseFile"])).status_code == 200
        ask(client, desk)
        yield client


def tell_more(client: TestClient, *events: dict[str, Any]) -> None:
    reply = client.post("/v1/events", json={"office": OFFICE, "events": events})
    assert reply.status_code == 200, reply.text


def ask(client: TestClient, desk: Desk, after: int = 0) -> list[dict[str, Any]]:
    """The alerts, once the lookout has made its round."""
    assert desk.store
    Lookout(desk, desk.store).round()
    reply = client.get(f"/v1/alerts?office={OFFICE}&after={after}")
    assert reply.status_code == 200, reply.text
    told: list[dict[str, Any]] = reply.json()["alerts"]
    return told


def test_a_red_flag_is_told_once_with_the_answer_behind_it(told: TestClient, desk: Desk) -> None:
    assert ask(told, desk) == [], "the disclosure of the example is a month old"
    tell_more(told, seen("o-8", CHILD, "weapon"))
    (alert,) = ask(told, desk)
    assert (alert["child"], alert["redFlags"]) == (CHILD, ["weapon"])
    assert alert["bandBefore"] == alert["band"]
    answer = json.loads(entry(desk.journal.path, alert["scoreId"]).answer)
    assert [flag["code"] for flag in answer["redFlags"]] == ["weapon"]
    tell_more(told, seen("o-9", CHILD, "threat"))
    (next_,) = ask(told, desk, after=alert["position"])
    assert next_["redFlags"] == ["threat"], "the weapon was told before"
    assert ask(told, desk) == [alert, next_]


def test_a_child_who_moves_across_a_band_is_told_of(told: TestClient, desk: Desk) -> None:
    tell_more(told, *(event("notifications", **row) for row in REPORTS))
    alert = ask(told, desk)[-1]
    assert {alert["bandBefore"], alert["band"]} == {"lower", "middle"}
    assert alert["redFlags"] == []


def test_events_that_move_nobody_raise_nothing(told: TestClient, desk: Desk) -> None:
    before = ask(told, desk)
    tell_more(told, seen("o-9", CHILD, "hygiene", day="2022-06-01"))
    assert ask(told, desk) == before


def test_a_withdrawal_of_what_raised_a_flag_raises_none(told: TestClient, desk: Desk) -> None:
    tell_more(told, seen("o-8", CHILD, "weapon"))
    before = ask(told, desk)
    row = {"id": "o-8", "known": "2024-06-25"}
    tell_more(told, {"id": "w", "type": "withdrawal", "table": "observations", "row": row})
    assert ask(told, desk) == before


def test_a_child_is_scored_once_for_what_is_known_and_the_answer_is_journaled(
    told: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        Desk,
        "advise",
        lambda self, question: asked.append(question.child) or ADVISE(self, question),
    )
    before = len(list(desk.journal.served(MODEL)))
    tell_more(told, seen("o-8", CHILD, "weapon"))
    (alert,) = ask(told, desk)
    assert asked == [CHILD], "of the sibling, nothing else is known than before"
    kept = [given.kind for given in desk.journal.served(MODEL)][before:]
    assert kept == ["look"]
    tell_more(told, {**seen("o-8", CHILD, "weapon"), "id": "told-again", "version": 1})
    assert ask(told, desk) == [alert]
    assert asked == [CHILD], "nothing else is known of the child either"
    assert told.get(f"/v1/score/{alert['scoreId']}/replay").json()["same"]


def test_a_silent_desk_tells_of_red_flags_and_of_no_band(told: TestClient, desk: Desk) -> None:
    quiet = replace(desk, silent=True)
    with client_of(quiet) as silent:
        tell_more(silent, *(event("notifications", **row) for row in REPORTS))
        before = ask(silent, quiet)
        tell_more(silent, seen("o-8", CHILD, "weapon"))
        alert = ask(silent, quiet)[-1]
    assert before == []
    assert (alert["bandBefore"], alert["band"], alert["redFlags"]) == (None, None, ["weapon"])


def test_each_office_has_its_own_list(told: TestClient) -> None:
    assert told.get("/v1/alerts?office=office-4").json() == {
        "alerts": [], "looked": 0, "office": "office-4", "received": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "office"),
        ("office=%20", "office"),
        ("office=a&office=b", "office"),
        ("office=a&after=-1", "after"),
        ("office=a&after=x", "after"),
        ("office=a&child=c", "child"),
    ],
)
def test_a_question_that_cannot_be_answered_is_told_where(
    query: str, field: str, told: TestClient
) -> None:
    reply = told.get(f"/v1/alerts?{query}")
    assert reply.status_code == 422, reply.text
    assert [error["field"] for error in reply.json()["errors"]] == [field]


def test_a_screener_reads_the_list_of_the_own_office_and_no_other(desk: Desk) -> None:
    who = Asker("me", frozenset({"screener"}), desk.agency, "north", purpose="screening")
    asked = desk.asked_by(who, "read_worklist")
    assert json.loads(alerts(asked, Place(office="north")))["alerts"] == []
    with pytest.raises(Problem) as refused:
        alerts(asked, Place(office="south"))
    assert refused.value.code == "forbidden"


def test_a_page_that_would_be_of_sealed_cases_alone_is_of_those_behind_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serving.endpoints.alerts.MOST", 2)
    assert desk.store
    for number in range(7):
        raised(desk.store, OFFICE, f"i-{number}", f"c-{number}", f"j-{number}")
    for number in (0, 1, 2, 4):
        desk.store.seal(OFFICE, f"c-{number}", closed=True)
    for role, pages in (("screener", [[4, 6], [7], []]), ("supervisor", [[1, 2], [3, 4], [5, 6]])):
        who = Asker("me", frozenset({role}), desk.agency, OFFICE, purpose="screening")  # type: ignore[arg-type]
        after = 0
        for page in pages:
            told = alerts(desk.asked_by(who, "read_worklist"), Place(office=OFFICE, after=after))
            found = [alert["position"] for alert in json.loads(told)["alerts"]]
            assert found == page
            after = found[-1] if found else after


HOUSEHOLD = """
    event | table         | id | known      | child | person | relation | kind
    e1    | children      | c1 | 2024-01-10 | s     |        |          |
    e2    | children      | c2 | 2024-01-10 | child |        |          |
    e3    | members       | m1 | 2024-01-10 | child | a      | mother   |
    e4    | members       | m2 | 2024-01-10 | s     | a      | mother   |
    e5    | children      | c3 | 2024-01-10 | other |        |          |
"""
ARREST = """
    event | table         | type       | id | known      | person | kind
    e6    | agency_events |            | x1 | 2024-02-10 | a      | arrest
    e7    | agency_events | withdrawal | x1 | 2024-03-10 |        |
"""


def test_events_of_an_adult_concern_every_child_that_lives_with_them(store: Store) -> None:
    tell(store, HOUSEHOLD)
    assert store.unlooked(OFFICE, 2).children == ["child", "s"]
    assert store.unlooked(OFFICE, 2) == Unlooked(0, 2, ["child", "s"])
    store.take_as_looked(OFFICE)
    record, withdrawal = events_of(ARREST)
    for number, one in enumerate((record, withdrawal), start=6):
        store.keep(OFFICE, [one], NOW)
        looked = store.unlooked(OFFICE, 200)
        assert looked == Unlooked(number - 1, number, ["child", "s"])
        assert store.keep_looked(OFFICE, looked, ())
    assert store.unlooked(OFFICE, 200).children == ()


def test_of_two_who_look_at_once_one_keeps_what_was_seen(store: Store) -> None:
    tell(store, HOUSEHOLD)
    looked = store.unlooked(OFFICE, 200)
    at = NOW.isoformat()
    alert = Alert("i", at, "child", MODEL, TODAY, 5, None, None, ["weapon"], "j")
    stands = Standing("child", MODEL, "digest", "history", TODAY, 5, None, ["weapon"], "j", at)
    assert store.keep_looked(OFFICE, looked, [Sight(stands, alert)])
    assert not store.keep_looked(OFFICE, looked, [Sight(stands, replace(alert, id="k"))])
    assert store.alerts(OFFICE, 0, 200) == [(1, alert)]
    assert store.alerts(OFFICE, 1, 200) == []
    store.keep_seen(OFFICE, [Sight(stands, replace(alert, id="k"))])
    assert len(store.alerts(OFFICE, 0, 200)) == 1, "that the child moved there was told"
    assert store.standing(OFFICE, "child", MODEL) == stands
    before = replace(stands, received=4, history="older")
    store.keep_seen(OFFICE, [Sight(before, replace(alert, id="l"))])
    assert store.standing(OFFICE, "child", MODEL) == stands, "what came later stands"


def test_an_alert_is_tended_once_and_then_not_open(store: Store) -> None:
    first, second, third = (raised(store, OFFICE, f"i-{n}", f"c-{n}", f"j-{n}") for n in range(3))
    by = Tended(NOW.isoformat(), "sato", "taken_up")
    store.tend(OFFICE, "i-1", by)
    store.tend(OFFICE, "i-1", replace(by, person="ito", what="nothing_needed"))
    store.tend("office-4", "i-0", by)
    second = replace(second, tended=by)
    assert store.alert(OFFICE, "i-1") == second
    assert store.alert("office-4", "i-1") is None
    assert store.alerts(OFFICE, 0, 9) == [(1, first), (2, second), (3, third)]
    assert store.alerts(OFFICE, 0, 2, only_open=True) == [(1, first), (3, third)]
