"""Promise: no name, address or free text in any log, whatever happens and however loud the logs."""

import json
import logging
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import text

from serving.desk import Desk
from serving.endpoints.score import Request
from serving.log import JsonLines, start_logging
from serving.store.migrating import open_store
from tests.promises.canaries import CANARIES, with_canaries
from tests.serving.desks import client_of
from tests.store.requests import telling

JSON = {"content-type": "application/json"}


@pytest.fixture
def heard(capfd: pytest.CaptureFixture[str]) -> Iterator[StringIO]:
    """Everything that any logger says, at the loudest level, as the server would write it."""
    root, stream = logging.getLogger(), StringIO()
    before = root.handlers[:], root.level, logging.raiseExceptions
    root.handlers.clear()
    start_logging(logging.DEBUG)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root.addHandler(handler)
    yield stream
    root.handlers[:], level, logging.raiseExceptions = before
    root.setLevel(level)


def is_clean(text: str) -> bool:
    return not any(canary in text or repr(canary)[1:-1] in text for canary in CANARIES)


def wrong_requests() -> Iterator[Any]:
    """Requests that are refused, each with a canary where it is wrong."""
    for canary in CANARIES:
        yield with_canaries(cutoff=canary)
        yield with_canaries(model=canary)
        yield with_canaries(language=canary)
        yield with_canaries(**{canary: canary})
        for field in ("happened", "source", "child_seen", canary):
            request = with_canaries()
            request["caseFile"]["notifications"][0][field] = canary
            yield request
        yield [canary]


def test_answers_and_refusals_log_no_case_data(desk: Desk, heard: StringIO, capfd: Any) -> None:
    with client_of(desk) as client:
        for path in ("/v1/score", "/v1/report"):
            assert client.post(path, json=with_canaries()).status_code == 200
            for request in wrong_requests():
                assert client.post(path, json=request).status_code == 422
            broken = json.dumps(with_canaries(), ensure_ascii=False).encode()[:-2]
            assert client.post(path, content=broken, headers=JSON).status_code == 400
            client.get(f"/v1/{CANARIES[0]}?child={CANARIES[1]}", headers={"x-child": CANARIES[2]})
            client.request(f"GET{CANARIES[2]}", path, headers=JSON)
    out, err = capfd.readouterr()
    assert '"event": "request"' in heard.getvalue()
    assert is_clean(heard.getvalue())
    assert is_clean(out)
    assert is_clean(err)


def test_faults_of_ours_log_no_case_data(
    desk: Desk, heard: StringIO, capfd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object, **named: object) -> Any:
        raise RuntimeError(f"{given} {named} {CANARIES}")

    with client_of(desk) as client:
        for place in ("history_of", "checked_row", "tell", "red_flags", "missing", "reasons"):
            with monkeypatch.context() as patch:
                patch.setattr(f"serving.advice.{place}", broken)
                reply = client.post("/v1/score", json=with_canaries())
            assert reply.status_code == 500
            assert is_clean(reply.text)
    out, err = capfd.readouterr()
    faults = [json.loads(line) for line in heard.getvalue().splitlines() if "a fault" in line]
    assert len(faults) == 6
    assert all(fault["error"] == "RuntimeError" and fault["where"] for fault in faults)
    assert is_clean(heard.getvalue() + out + err)


def test_a_journal_that_fails_logs_no_case_data(desk: Desk, heard: StringIO, capfd: Any) -> None:
    desk.journal.path.unlink()
    with client_of(desk) as client:
        assert client.post("/v1/score", json=with_canaries()).status_code == 503
    assert is_clean(heard.getvalue() + "".join(capfd.readouterr()))


def test_the_store_logs_no_case_data(
    desk: Desk, heard: StringIO, capfd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(f"sqlite:///{desk.journal.path.with_name('store.db')}")
    told = telling(with_canaries()["caseFile"], office=CANARIES[3])
    asked = {"child": CANARIES[0], "cutoff": "2024-06-03", "office": CANARIES[3]}
    replies = []
    with client_of(replace(desk, store=store)) as client:
        replies.append(client.post("/v1/events", json=told))
        replies.append(client.post("/v1/score", json=asked))
        for field, value in (("known", "2024-06-30"), ("source", CANARIES[1]), (CANARIES[3], 1)):
            wrong = deepcopy(told)
            wrong["events"][-1]["row"][field] = value
            replies.append(client.post("/v1/events", json=wrong))
        with monkeypatch.context() as patch:  # a rule of the database is broken: a fault of ours
            patch.setattr("serving.store.keeping._told_before", lambda *_: ({}, {}))
            replies.append(client.post("/v1/events", json=told))
        with store.engine.begin() as connection:
            connection.execute(text("DROP TABLE concerned"))
        replies.append(client.post("/v1/events", json={**told, "office": CANARIES[0]}))
        replies.append(client.post("/v1/score", json=asked))
    store.close()
    assert [reply.status_code for reply in replies] == [200, 200, 409, 422, 422, 500, 503, 503]
    assert all(is_clean(reply.text) for reply in replies[2:])
    assert is_clean(heard.getvalue() + "".join(capfd.readouterr()))


def test_other_libraries_are_heard_without_their_words(heard: StringIO) -> None:
    logging.getLogger("somebody.else").warning("about %s", CANARIES[0])
    assert '"logger": "somebody.else"' in heard.getvalue()
    assert is_clean(heard.getvalue())


def test_a_leak_would_be_noticed(heard: StringIO) -> None:
    logging.getLogger("kizuki").info("about %s", CANARIES[0])
    assert not is_clean(heard.getvalue())


def test_refusals_do_not_repeat_values_to_the_caller(desk: Desk) -> None:
    with client_of(desk) as client:
        for request in wrong_requests():
            told = client.post("/v1/score", json=request).text
            assert is_clean(told.replace("CANARY-ROW-55D0-", ""))


def test_not_even_the_error_of_the_shape_holds_a_value() -> None:
    with pytest.raises(ValidationError) as refused:
        Request.model_validate(with_canaries(language=CANARIES[0], model=7))
    assert is_clean(str(refused.value))
