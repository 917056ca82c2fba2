"""Conditions on one event, in plain Python: true, false or unknown.

A condition is turned into a function once; then it is asked of one event after another.
"""

from collections.abc import Callable
from functools import lru_cache, singledispatch

from features.events import Event
from features.language.fields import (
    AtLeast,
    AtMost,
    Both,
    Condition,
    Either,
    IsKnown,
    IsOneOf,
    IsTrue,
    OnField,
    Opposite,
)
from features.reading import Filled

Truth = Callable[[Event], bool | None]
_Compare = Callable[[Filled], bool]


def holds(condition: Condition, event: Event) -> bool:
    """Whether the condition is true of the event; unknown is not true."""
    return truth_of(condition)(event) is True


@lru_cache(maxsize=4096)  # more than all features put together have
def truth_of(condition: Condition) -> Truth:
    """A function: whether the condition is true or false of an event, None where unknown."""
    return _truth(condition)


@singledispatch
def _truth(condition: Condition) -> Truth:
    raise TypeError(f"{type(condition).__name__} is not a condition of the language")


@_truth.register
def _is_known(condition: IsKnown) -> Truth:
    name = condition.field.name
    return lambda event: name in event.filled


@_truth.register
def _of_value(condition: OnField) -> Truth:
    name, compare = condition.field.name, _compare(condition)

    def truth(event: Event) -> bool | None:
        value = event.filled.get(name)
        return None if value is None else compare(value)

    return truth


@singledispatch
def _compare(condition: OnField) -> _Compare:
    raise TypeError(f"{type(condition).__name__} is not a condition of the language")


@_compare.register
def _is_true(condition: IsTrue) -> _Compare:
    return lambda value: value is True


@_compare.register
def _is_one_of(condition: IsOneOf) -> _Compare:
    return frozenset(condition.codes).__contains__


@_compare.register
def _at_least(condition: AtLeast) -> _Compare:
    return lambda value: value >= condition.bound  # type: ignore[operator]  # a number has numbers


@_compare.register
def _at_most(condition: AtMost) -> _Compare:
    return lambda value: value <= condition.bound  # type: ignore[operator]  # a number has numbers


@_truth.register
def _both(condition: Both) -> Truth:
    one, other = truth_of(condition.left), truth_of(condition.right)

    def truth(event: Event) -> bool | None:
        left, right = one(event), other(event)
        if left is False or right is False:
            return False
        return None if left is None or right is None else True

    return truth


@_truth.register
def _either(condition: Either) -> Truth:
    one, other = truth_of(condition.left), truth_of(condition.right)

    def truth(event: Event) -> bool | None:
        left, right = one(event), other(event)
        if left is True or right is True:
            return True
        return None if left is None or right is None else False

    return truth


@_truth.register
def _opposite(condition: Opposite) -> Truth:
    of_it = truth_of(condition.condition)

    def truth(event: Event) -> bool | None:
        met = of_it(event)
        return None if met is None else not met

    return truth
