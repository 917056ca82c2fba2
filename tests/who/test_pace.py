"""The pace: who asks too often is told when to ask again, and nobody else waits for it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from serving.problems import Problem
from serving.who.asker import NOBODY, Asker
from serving.who.pace import Pace
from tests.serving.desks import client_of, desk_at
from tests.who.asking import SYSTEM, bearing
from tests.who.conftest import asks_everybody

QUOTA = 5
SOMEBODY = Asker("person-17", frozenset({"screener"}), "tokyo")


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
    pace = Pace(1, lambda: 0.0)
    for _ in range(3):
        pace.check(NOBODY)
    pace.check(SOMEBODY)
    with pytest.raises(Problem, match="too_many"):
        pace.check(SOMEBODY)


# Seconds at which somebody asks who may ask four times a minute, and how long each has to wait.
ASKED = {
    "no more than may be asked": ([0, 1, 2, 3], [0, 0, 0, 0]),
    "one too many, which waits until the first of four has faded": (
        [0, 0, 0, 0, 30],
        [*[0] * 4, 45],
    ),
    "the same of those who waited as they were told": ([0, 0, 0, 0, 75], [0] * 5),
    "as the minute before fades, one after the other": (
        [0, 0, 0, 0, 75, 89, 90, 105, 120],
        [0, 0, 0, 0, 0, 1, 0, 0, 0],
    ),
    "a whole minute in silence, and all is forgotten": ([0, 0, 0, 0, *[120] * 5], [*[0] * 8, 75]),
}


@pytest.mark.parametrize("name", ASKED)
def test_so_many_are_taken_in_a_minute_that_slides(name: str) -> None:
    moments, waits = ASKED[name]
    clock = iter(moments)
    pace = Pace(4, lambda: next(clock))
    assert [asks(pace) for _ in moments] == waits


@given(
    most=st.integers(1, 50),
    gaps=st.lists(st.floats(0, 100, allow_nan=False), max_size=60),
)
def test_who_comes_again_when_told_is_taken(most: int, gaps: list[float]) -> None:
    now = 0.0
    pace = Pace(most, lambda: now)
    for gap in [*gaps, *[0.0] * most]:
        now += gap
        if wait := asks(pace):
            assert 1 <= wait <= 120
            now += wait
            assert asks(pace) == 0


@given(most=st.integers(1, 20), gaps=st.lists(st.floats(0, 20, allow_nan=False), max_size=200))
def test_in_no_minute_are_more_than_twice_as_many_taken(most: int, gaps: list[float]) -> None:
    now, taken = 0.0, []
    pace = Pace(most, lambda: now)
    for gap in gaps:
        now += gap
        if not asks(pace):
            taken.append(now)
            assert sum(moment > now - 60 for moment in taken) <= 2 * most


def asks(pace: Pace) -> int:
    """How long somebody who asks now is told to wait; 0 where they are let in."""
    try:
        pace.check(SOMEBODY)
    except Problem as problem:
        return problem.retry_after or 0
    return 0
