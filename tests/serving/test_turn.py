"""Turns: the loop that lets requests in goes first, and a loop that is gone holds up nobody."""

import asyncio
import time
from asyncio import AbstractEventLoop
from collections.abc import Iterator
from threading import Thread

import pytest

from serving.turn import Turn


@pytest.fixture
def loop() -> Iterator[AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


def test_a_turn_begins_when_the_loop_is_through_with_what_waits_for_it(
    loop: AbstractEventLoop,
) -> None:
    turn, happened = Turn(), list[str]()
    turn.give_way_to(loop)

    def answer() -> None:
        with turn:
            happened.append("answered")
        loop.call_soon_threadsafe(loop.stop)

    def be_busy() -> None:
        answering.start()
        time.sleep(0.1)  # whoever has the turn could have answered by now
        happened.append("let in")

    answering = Thread(target=answer)
    loop.call_soon(be_busy)
    loop.call_soon(happened.append, "let in")
    loop.run_forever()
    answering.join()
    assert happened == ["let in", "let in", "answered"]


def test_a_loop_that_was_closed_holds_up_nobody(loop: AbstractEventLoop) -> None:
    turn = Turn()
    turn.give_way_to(loop)
    loop.close()
    with turn:
        pass


def test_a_loop_that_has_stopped_holds_up_nobody_for_long(
    loop: AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serving.turn.LONGEST_WAY", 0.001)
    turn = Turn()
    turn.give_way_to(loop)
    for _ in range(2):
        with turn:
            pass
