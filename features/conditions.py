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
    return truth(condition, event) is True


@singledispatch
def truth(condition: Condition, event: Event) -> bool | None:
    """Whether the condition is true or false of the event; None where that is unknown."""
    raise TypeError(f"{type(condition).__name__} is not a condition of the language")


@truth.register
def _is_known(condition: IsKnown, event: Event) -> bool | None:
    return condition.field.name in event.filled


@truth.register
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


@truth.register
def _both(condition: Both, event: Event) -> bool | None:
    left, right = truth(condition.left, event), truth(condition.right, event)
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


@truth.register
def _either(condition: Either, event: Event) -> bool | None:
    left, right = truth(condition.left, event), truth(condition.right, event)
    if left is True or right is True:
        return True
    return None if left is None or right is None else False


@truth.register
def _opposite(condition: Opposite, event: Event) -> bool | None:
    said = truth(condition.condition, event)
    return None if said is None else not said
