"""What does not answer is asked no more for a moment; nobody waits, and it is found again."""

import threading
import time

import pytest

from serving.circuit import MOST, PAUSE, Circuit, Interrupted, in_time


class Dependency:
    """Something that is asked through a circuit; the clock is its own."""

    def __init__(self) -> None:
        self.away = False
        self.asked = 0
        self.now = 100.0
        self.circuit = Circuit("the dependency", lambda: self.now)

    def ask(self) -> str:
        with self.circuit.calling(lambda problem: isinstance(problem, OSError)):
            self.asked += 1
            if self.away:
                raise ConnectionError
            return "answer"

    def fail(self, many: int) -> None:
        for _ in range(many):
            with pytest.raises((ConnectionError, Interrupted)):
                self.ask()


@pytest.fixture
def away() -> Dependency:
    """One that was asked until nobody is let through."""
    made = Dependency()
    made.away = True
    made.fail(MOST)
    return made


def test_after_so_many_calls_in_a_row_it_is_called_no_more(away: Dependency) -> None:
    with pytest.raises(Interrupted, match="the dependency does not answer, and is asked again in"):
        away.ask()
    assert away.asked == MOST


def test_after_a_pause_one_call_is_let_through_and_no_other(away: Dependency) -> None:
    for pause in (1, 2):
        away.now += PAUSE
        away.fail(10)
        assert away.asked == MOST + pause


def test_as_soon_as_one_is_answered_all_are_let_through(away: Dependency) -> None:
    away.away = False
    away.now += PAUSE
    assert [away.ask() for _ in range(10)] == ["answer"] * 10


def test_a_call_that_is_still_under_way_keeps_no_later_one_from_seeing(away: Dependency) -> None:
    away.now += PAUSE
    with away.circuit.calling(lambda _: True):  # it waits
        away.away = False
        away.fail(1)
        away.now += PAUSE
        assert away.ask() == "answer"


def test_failures_that_are_not_in_a_row_are_borne() -> None:
    dependency = Dependency()
    for _ in range(10):
        dependency.away = True
        dependency.fail(MOST - 1)
        dependency.away = False
        assert dependency.ask() == "answer"


def test_an_error_that_is_an_answer_interrupts_nothing() -> None:
    circuit = Circuit("the dependency")
    for _ in range(2 * MOST):
        with pytest.raises(KeyError), circuit.calling(lambda problem: isinstance(problem, OSError)):
            raise KeyError


def test_a_clock_that_was_set_back_interrupts_nothing_for_long(away: Dependency) -> None:
    away.now, away.away = 0.0, False
    assert away.ask() == "answer"


def test_what_takes_too_long_is_left_to_itself() -> None:
    over, begun = threading.Event(), time.monotonic()
    with pytest.raises(TimeoutError):
        in_time(over.wait, 0.05)
    assert time.monotonic() - begun < 5
    over.set()
    assert in_time(lambda: "in time", 60) == "in time"
    with pytest.raises(KeyError):
        in_time({}.popitem, 60)
