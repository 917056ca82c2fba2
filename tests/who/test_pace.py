"""The pace: who asks too often is told when to ask again, and nobody else waits for it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from serving.problems import Problem
from serving.who.asker import NOBODY, Asker
from serving.who.pace import Pace
from tests.serving.desks import client_of, desk_at
from tests.who.asking import SYSTEM, bearing
from tests.who.conftest import asks_everybody

QUOTA = 5


@pytest.fixture
def hurried(home: Path) -> Iterator[TestClient]:
    """A client of a desk that takes a few requests a minute of each."""
    desk = replace(desk_at(home), agency="tokyo")
    with client_of(desk, **asks_everybody(home) | {"most_asked": QUOTA}) as made:
        yield made
    desk.close()


def test_who_asks_ten_times_as_often_is_refused_and_nobody_else_is(hurried: TestClient) -> None:
    mine, yours = [], []
    for turn in range(10 * QUOTA):
        mine.append(hurried.get("/v1/model", headers=bearing()).status_code)
        if turn % 10 == 0:
            who = bearing(sub="person-18")
            yours.append(hurried.get("/v1/model", headers=who).status_code)
    assert mine == [200] * QUOTA + [429] * (9 * QUOTA)
    assert yours == [200] * QUOTA


def test_it_is_said_in_the_header_and_in_the_body_when_to_ask_again(hurried: TestClient) -> None:
    for _ in range(QUOTA):
        hurried.get("/v1/model", headers=bearing())
    reply = hurried.get("/v1/model", headers=bearing())
    seconds = reply.json()["retryAfterSeconds"]
    assert 1 <= seconds <= 120
    assert reply.headers["retry-after"] == str(seconds)
    assert reply.json()["code"] == "too_many"


def test_a_person_and_the_system_between_are_counted_apart(hurried: TestClient) -> None:
    callers = [{}, {"sub": "person-18"}, {"client_id": "another-system"}, SYSTEM]
    for _ in range(QUOTA):
        replies = [hurried.get("/v1/model", headers=bearing(**who)) for who in callers]  # type: ignore[arg-type]
        assert {reply.status_code for reply in replies} == {200}


def test_probes_and_a_desk_that_asks_nobody_count_nobody(hurried: TestClient) -> None:
    assert {hurried.get("/livez").status_code for _ in range(3 * QUOTA)} == {200}
    pace = Pace(1)
    for _ in range(3):
        pace.check(NOBODY)
    somebody = Asker("person-17", frozenset({"screener"}), "tokyo")
    pace.check(somebody)
    with pytest.raises(Problem, match="too_many"):
        pace.check(somebody)
