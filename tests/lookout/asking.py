"""People of an office who ask for answers, read and contest them, and what they are told."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest

from serving.about import ScoreId
from serving.desk import Desk
from serving.endpoints import contest, record, score
from serving.endpoints.alerts import Place
from serving.endpoints.notices import notices
from serving.journal import Journal
from serving.keys import Running
from serving.lookout.lookout import Lookout
from serving.problems import Problem
from serving.shape import read_shape
from serving.who.asker import Action, Asker
from tests.lookout.told import CHILD
from tests.serving.desks import journal_at
from tests.store.telling import OFFICE, TODAY

REFUSED = contest.EXAMPLE  # the visit v-2 was not refused
CORRECTION = {
    "id": "ev-made", "type": "record", "table": "contacts",
    "row": {"id": "v-2", "child": CHILD, "kind": "visit", "outcome": "missed",
            "child_seen": False, "happened": "2024-06-02", "known": "2024-06-25"},
}  # fmt: skip
MISSING = {"table": "contacts", "claim": "missing", "words": "学校で面接した。"}
FOUND = {
    "id": "ev-found", "type": "record", "table": "contacts",
    "row": {"id": "v-9", "child": CHILD, "kind": "meeting", "outcome": "made",
            "child_seen": True, "happened": "2024-06-10", "known": "2024-06-28"},
}  # fmt: skip


def look(desk: Desk) -> None:
    assert desk.store
    lookout = Lookout(desk, desk.store)
    while lookout.round():
        pass


def of(desk: Desk, person: str, action: Action, role: str = "screener") -> Desk:
    """The desk as it answers a person of the office."""
    who = Asker(person, frozenset({role}), desk.agency, OFFICE, purpose="screening")  # type: ignore[arg-type]
    return desk.asked_by(who, action)


def ask(desk: Desk, person: str, child: str = CHILD) -> ScoreId:
    asked = {"child": child, "cutoff": TODAY.isoformat(), "office": OFFICE}
    answer = score.score(of(desk, person, "score"), read_shape(score.Request, asked))
    return ScoreId(score_id=json.loads(answer)["scoreId"])


def read(desk: Desk, person: str, place: ScoreId) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(record.record(of(desk, person, "read_answer"), place))
    return said


def challenge(desk: Desk, person: str, place: ScoreId, fact: dict[str, Any]) -> str:
    said = contest.contest(of(desk, person, "contest"), place, read_shape(contest.Request, fact))
    return str(json.loads(said)["contestId"])


def told(desk: Desk, person: str, **asked: Any) -> list[dict[str, Any]]:
    """The notices in the work list of a person."""
    found = notices(of(desk, person, "read_worklist"), Place(office=OFFICE, **asked))
    listed: list[dict[str, Any]] = json.loads(found)["notices"]
    return listed


def at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *asked: Callable[[Desk], object]
) -> list[str]:
    """The codes of what is refused of what processes of a desk are asked at the same instant.

    Each has a journal of its own on the one file, and none keeps anything before all have come.
    """
    keep, both = Journal.keep, Barrier(len(asked))

    def together(*given: Any) -> None:
        both.wait(10)
        keep(*given)

    def code(ask: Callable[[Desk], object]) -> str:
        with closing(journal_at(desk.journal.path)) as own:
            try:
                ask(replace(desk, journal=own, running=Running()))
            except Problem as refused:
                return refused.code
        return ""

    monkeypatch.setattr(Journal, "keep", together)
    with ThreadPoolExecutor(len(asked)) as processes:
        return sorted(filter(None, processes.map(code, asked)))
