"""Promise: can show what it said, with which model, and say it again bit for bit."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from serving.desk import Desk
from serving.endpoints.score import Request, score
from serving.journal import entry
from serving.shape import read_shape
from serving.strict_json import canonical
from tests.serving.desks import MODEL, NOW, client_of, counted_ids, desk_at, example, journal_at


def test_the_journal_holds_the_very_bytes(desk: Desk) -> None:
    with client_of(desk) as client:
        answer = client.post("/v1/score", json=example())
        page = client.post("/v1/report", json=example())
    score_id = answer.json()["scoreId"]
    scored = entry(desk.journal.path, score_id)
    assert (scored.answer, scored.page) == (answer.content, None)
    reported = desk.journal._writer.execute("SELECT id FROM answers WHERE kind = 'report'")
    kept = entry(desk.journal.path, reported.fetchone()[0])
    assert kept.page == page.content
    assert json.loads(kept.answer)["reasons"] == answer.json()["reasons"]


def test_the_journal_tells_who_was_asked_what_and_by_whom_it_was_answered(desk: Desk) -> None:
    with client_of(desk) as client:
        answer = client.post("/v1/score", json=example()).json()
    kept = desk.journal.entry(answer["scoreId"])
    assert kept
    bundle = desk.champions[MODEL].bundle
    assert (kept.at, kept.kind, kept.model, kept.version) == (NOW, "score", MODEL, 3)
    assert (kept.digest, kept.lock) == (bundle.digest, bundle.lock)
    assert kept.request == hashlib.sha256(canonical(example())).hexdigest()
    assert (kept.child, kept.cutoff) == ("c-1041", date(2024, 6, 3))
    advice = desk.advise(read_shape(Request, example()).question(desk))
    assert kept.row == {name: given.number for name, given in advice.row.items()}
    assert kept.probability == answer["probability"]


def test_it_says_it_again_bit_for_bit_after_a_restart(home: Path) -> None:
    said = []
    for name in ("one", "two"):
        desk = desk_at(home)
        again = replace(desk, journal=journal_at(home / f"{name}.db"), new_id=counted_ids())
        said.append(score(again, read_shape(Request, example())))
        desk.journal.close()
        again.journal.close()
    assert said[0] == said[1]


def test_two_hundred_answers_are_said_again_bit_for_bit(home: Path) -> None:
    """By another desk, on the same journal, which scores each case anew."""
    first, ids = desk_at(home), list[str]()
    with client_of(first) as client:
        for number in range(200):
            asked = example(cutoff=f"2024-{1 + number % 6:02}-{1 + number // 8:02}")
            ids.append(client.post("/v1/score", json=asked).json()["scoreId"])
    first.journal.close()
    again = replace(desk_at(home), new_id=lambda: str(uuid4()))
    with client_of(again) as client:
        replies = [client.get(f"/v1/score/{one}/replay").json() for one in ids]
    again.journal.close()
    assert {reply["same"] for reply in replies} == {True}


@pytest.mark.parametrize("path", ["/v1/score", "/v1/report"])
def test_no_answer_leaves_that_the_journal_does_not_hold(path: str, desk: Desk) -> None:
    kept = desk.journal.path.rename(desk.journal.path.with_suffix(".away"))
    with client_of(desk) as client:
        reply = client.post(path, json=example())
        assert (reply.status_code, reply.json()["code"]) == (503, "journal_unavailable")
        assert "score" not in reply.json()
        assert "reasons" not in reply.text
        kept.rename(desk.journal.path)
        assert client.post(path, json=example()).status_code == 200
