"""Rows that were served are answered again in bulk; where they differ, the score is quarantined."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from models.specs import spec_of
from serving.desk import Desk
from serving.journal import entry
from serving.watch import parity
from serving.watch.parity import Compared, batch_row, compare, differences
from tests.serving.desks import MODEL, NOW, client_of, example
from tests.serving.fixtures import desk, home, promoted
from tests.typed import typed

__all__ = ["desk", "home", "promoted"]

SPEC = spec_of(MODEL)
ANSWER_ALL = parity.answer_all


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with client_of(desk) as made:
        yield made


def compared(desk: Desk, share: float = 1.0) -> Compared:
    return compare(desk.journal, SPEC, share, NOW - timedelta(days=1), desk.clock, desk.new_id)


def one_column_off(*asked: Any) -> np.ndarray:
    """The batch engine, had it a fault: the third column comes out a little higher."""
    answers = ANSWER_ALL(*asked)
    answers[:, 2] = np.nan_to_num(answers[:, 2]) + 2**-40
    return answers


def test_the_workshops_engine_gives_the_very_row_that_was_served(
    client: TestClient, desk: Desk
) -> None:
    for asked in (example(), example(cutoff="2023-11-22"), example(coverage={})):
        said = client.post("/v1/score", json=asked).json()
        kept = entry(desk.journal.path, said["scoreId"])
        assert differences(kept.row, batch_row(kept, SPEC)) == []
        assert sum(number is not None for number in kept.row.values()) > 100
    assert compared(desk) == Compared(3, 0, ())


def test_a_differing_engine_puts_the_score_in_quarantine_and_whoever_reads_it_is_told(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    score_id = client.post("/v1/score", json=example()).json()["scoreId"]
    at = f"/v1/score/{score_id}"
    assert client.get(at).json()["quarantine"] is None
    monkeypatch.setattr(parity, "answer_all", one_column_off)
    assert compared(desk) == Compared(1, 0, (score_id,))
    told = client.get(at).json()["quarantine"]
    assert told["columns"] == [SPEC.columns[2].name]
    for path in (f"{at}/explanation", f"/v1/report/{score_id}"):
        reply = client.get(path)
        assert (reply.status_code, reply.json()["code"]) == (409, "quarantined")
        assert "screening policy" in reply.json()["detail"]
    assert desk.journal.in_quarantine() == 1
    assert compared(desk) == Compared(0, 0, ()), "once is enough"


def test_which_ones_are_compared_follows_from_their_ids(client: TestClient, desk: Desk) -> None:
    for _ in range(40):
        client.post("/v1/score", json=example()).raise_for_status()
    some = compared(desk, 0.3).answers
    assert 3 < some < 25
    assert compared(desk, 0.3).answers == some


def test_the_command_rings(
    client: TestClient,
    desk: Desk,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    client.post("/v1/score", json=example())
    monkeypatch.setenv("KIZUKI_HOME", str(home))
    run = partial(typed, capsys, "parity", "--share", "1", "--days", "9999")
    code, out, _ = run()
    assert (code, "Compared 1 answers" in out) == (0, True)
    monkeypatch.setattr(parity, "answer_all", one_column_off)
    code, out, _ = run()
    assert code == 1
    assert "alarm parity: the row of " in out
    assert "c-1041" not in out


def test_the_command_looks_at_the_model_that_answers(
    client: TestClient,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    client.post("/v1/score", json=example())
    monkeypatch.setenv("KIZUKI_HOME", str(home))
    monkeypatch.setenv("KIZUKI_MODEL", "renotification_12m")
    _, out, _ = typed(capsys, "parity", "--share", "1", "--days", "9999")
    assert out.startswith("Compared 0 answers of renotification_12m")
