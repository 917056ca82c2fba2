"""Conditions on one event, in plain Python: true, false or unknown."""

from functools import singledispatch

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


def holds(condition: Condition, event: Event) -> bool:
    """Whether the condition is true of the event; unknown is not true."""
    return _truth(condition, event) is True


@singledispatch
def _truth(condition: Condition, event: Event) -> bool | None:
    raise TypeError(f"{type(condition).__name__} is not a condition of the language")


@_truth.register
def _is_known(condition: IsKnown, event: Event) -> bool | None:
    return condition.field.name in event.filled


@_truth.register
def _of_value(condition: OnField, event: Event) -> bool | None:
    value = event.filled.get(condition.field.name)
    return None if value is None else _compare(condition, value)


@singledispatch
def _compare(condition: OnField, value: object) -> bool:
    raise TypeError(f"{type(condition).__name__} is not a condition of the language")


@_compare.register
def _is_true(condition: IsTrue, value: object) -> bool:
    return value is True


@_compare.register
def _is_one_of(condition: IsOneOf, value: object) -> bool:
    return value in condition.codes


@_compare.register
def _at_least(condition: AtLeast, value: float) -> bool:
    return value >= condition.bound


@_compare.register
def _at_most(condition: AtMost, value: float) -> bool:
    return value <= condition.bound


@_truth.register
def _both(condition: Both, event: Event) -> bool | None:
    left, right = _truth(condition.left, event), _truth(condition.right, event)
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


@_truth.register
def _either(condition: Either, event: Event) -> bool | None:
    left, right = _truth(condition.left, event), _truth(condition.right, event)
    if left is True or right is True:
        return True
    return None if left is None or right is None else False


@_truth.register
def _opposite(condition: Opposite, event: Event) -> bool | None:
    truth = _truth(condition.condition, event)
    return None if truth is None else not truth
