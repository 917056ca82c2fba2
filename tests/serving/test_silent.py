"""A silent desk: every score is in the journal, and none is in an answer, a page or a list."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from features.language.text import LANGUAGES
from serving.advice import SILENT
from serving.desk import Desk
from serving.journal import entry, served
from serving.opening import open_desk
from serving.settings import read_settings
from tests.serving.desks import MODEL, client_of, desk_at, example

HIDDEN = ("probability", "range", "score", "band", "contributions")


@pytest.fixture
def silent(home: Path) -> Iterator[Desk]:
    desk = replace(desk_at(home), silent=True, new_id=lambda: str(uuid4()))
    yield desk
    desk.journal.close()


@pytest.fixture
def muted(silent: Desk) -> Iterator[TestClient]:
    with client_of(silent) as client:
        yield client


def test_the_answer_holds_no_score_and_says_why(muted: TestClient) -> None:
    answer = muted.post("/v1/score", json=example(language="en")).json()
    assert {name: answer[name] for name in HIDDEN} == dict.fromkeys(HIDDEN)
    assert answer["reasons"] == []
    assert answer["cannotTell"] == [{"code": "silent", "words": "silent: recorded, not shown"}]


def test_the_journal_holds_the_score_that_a_speaking_desk_gives(
    muted: TestClient, client: TestClient, silent: Desk
) -> None:
    said = client.post("/v1/score", json=example()).json()
    given = muted.post("/v1/score", json=example()).json()
    (_, kept) = served(silent.journal.path, MODEL)
    assert (kept.score, kept.probability) == (said["score"], said["probability"])
    assert said["score"] is not None
    held = entry(silent.journal.path, given["scoreId"])
    assert json.loads(held.answer) == given, "the journal says what was said: nothing"


def test_signs_of_grave_danger_are_shown_all_the_same(
    muted: TestClient, client: TestClient
) -> None:
    flags = [c.post("/v1/score", json=example()).json()["redFlags"] for c in (muted, client)]
    assert flags[0] == flags[1] != []


def test_why_it_could_not_be_told_is_not_lost(muted: TestClient) -> None:
    request = example()
    del request["caseFile"]["children"]
    codes = [c["code"] for c in muted.post("/v1/score", json=request).json()["cannotTell"]]
    assert codes == ["silent", "age_unknown"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_no_score_and_no_reason(
    language: str, muted: TestClient, client: TestClient
) -> None:
    shown, hidden = (
        c.post("/v1/report", json=example(language=language)).text for c in (client, muted)
    )
    told = {"ja": "スコアは記録しましたが、表示しません", "en": "Score: recorded, not shown"}[
        language
    ]
    assert told in hidden
    assert told not in shown
    for drawn in ('class="number"', 'class="reasons"', "<svg"):
        assert drawn in shown
        assert drawn not in hidden
    assert 'class="timeline"' in hidden


def test_a_case_system_can_ask_whether_the_desk_is_silent(
    muted: TestClient, client: TestClient
) -> None:
    assert [c.get("/v1/model").json()["silent"] for c in (muted, client)] == [True, False]


@pytest.mark.parametrize(("said", "silent"), [("true", True), ("false", False), (None, False)])
def test_the_environment_says_it(
    said: str | None, silent: bool, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIZUKI_HOME", str(home))
    if said:
        monkeypatch.setenv("KIZUKI_SILENT", said)
    desk = open_desk(read_settings())
    desk.journal.close()
    assert desk.silent == silent


def test_what_is_put_into_words_has_no_score_left_to_give_away(silent: Desk) -> None:
    from serving.endpoints.score import Request
    from serving.shape import read_shape

    advice = silent.advise(read_shape(Request, example()).question(silent))
    muted = advice.silenced
    assert advice.score is not None
    assert (muted.score, muted.reasons, muted.cannot_tell) == (None, [], [SILENT])
