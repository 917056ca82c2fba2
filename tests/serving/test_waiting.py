"""Who waits for a turn: as many as there are places, and no caller in all of them."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor as Threads
from dataclasses import replace
from threading import BrokenBarrierError, Event

import pytest

from serving import app, waiting
from serving.desk import Desk
from serving.problems import Problem
from serving.turn import Turn
from serving.waiting import WaitingRoom
from serving.who.asker import NOBODY, Asker
from tests.serving.desks import client_of, example

ONE = Asker("person-1", frozenset({"screener"}), "tokyo", "north", "case-system")
OTHER = replace(ONE, person="person-2")
ELSEWHERE = replace(ONE, agency="osaka")
MOST, MOST_OF_ONE = 4, 2

WAITING = {
    "nobody else": ([], ONE, True),
    "another request of one's own": ([ONE], ONE, True),
    "all that one caller may ask at once": ([ONE, ONE], ONE, False),
    "all that another may ask at once": ([ONE, ONE], OTHER, True),
    "as many of the same name in another agency": ([ONE, ONE], ELSEWHERE, True),
    "others in every place": ([ONE, ONE, OTHER, OTHER], ELSEWHERE, False),
    "as many who are not asked who they are": ([NOBODY, NOBODY, NOBODY], NOBODY, True),
    "those in every place": ([NOBODY] * MOST, NOBODY, False),
}


@pytest.mark.parametrize("name", WAITING)
def test_a_place_is_free_or_one_is_told_when_to_ask_again(name: str) -> None:
    there, asker, let_in = WAITING[name]
    found = asyncio.run(_come(there, asker))
    assert found is None if let_in else (found.code, found.retry_after) == ("busy", 1)


def test_where_a_thread_never_comes_the_start_fails_and_does_not_hang(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(waiting, "LONGEST_START", 0.1)
    monkeypatch.setattr(waiting, "ThreadPoolExecutor", lambda most, name: Threads(most - 1, name))
    with pytest.raises(BrokenBarrierError):
        WaitingRoom(Turn(), MOST)


ROOMS = {
    "MOST_READING": {"/v1/score/{}", "/v1/score/{}/explanation", "/v1/report/{}"},
    "MOST_PRINTING": {"/v1/report/{}/pdf"},
}


@pytest.mark.parametrize("full", ROOMS)
def test_while_one_room_is_full_others_are_not(
    full: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, full, 0)
    with client_of(desk) as client:
        score_id = client.post("/v1/score", json=example()).json()["scoreId"]
        for path in set().union(*ROOMS.values()):
            reply = client.get(path.format(score_id))
            if path in ROOMS[full]:
                assert (reply.status_code, reply.json()["code"]) == (503, "busy"), path
                assert reply.json()["retryAfterSeconds"] == 1
            else:
                assert reply.status_code == 200, path
        assert client.get("/readyz").status_code == 200


async def _come(there: Sequence[Asker], asker: Asker) -> Problem | None:
    """The problem of who comes while others wait; whoever was let in has an answer in the end."""
    room, go_on = WaitingRoom(Turn(), MOST, MOST, MOST_OF_ONE), Event()

    def work() -> bytes:
        assert go_on.wait(20)
        return b"an answer"

    async def come(who: Asker) -> Problem | bytes:
        try:
            return await room.answer(who, work)
        except Problem as problem:
            return problem

    before = [asyncio.create_task(come(who)) for who in there]
    await asyncio.sleep(0)
    last = asyncio.create_task(come(asker))
    await asyncio.sleep(0)
    go_on.set()
    assert await asyncio.gather(*before) == [b"an answer"] * len(there)
    assert await come(asker) == b"an answer"  # once they have left
    found = await last
    return found if isinstance(found, Problem) else None
