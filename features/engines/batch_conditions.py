"""Conditions on all rows of a table at once: true, false or unknown for each."""

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

import numpy as np
import numpy.typing as npt

from features.language.fields import (
    AtLeast,
    AtMost,
    Both,
    Choice,
    Condition,
    Either,
    Field,
    IsKnown,
    IsOneOf,
    IsTrue,
    OnField,
    Opposite,
)

Numbers = npt.NDArray[Any]  # codes, days or floats, by the kind of the field
Columns = Mapping[str, Numbers]
Mask = npt.NDArray[np.bool_]
Truth = tuple[Mask, Mask]  # is it true, is it false; neither where unknown


def holds(condition: Condition, columns: Columns) -> Mask:
    """For each row, whether the condition is true of it; unknown is not true."""
    return truth(condition, columns)[0]


def filled(field: Field, columns: Columns) -> Mask:
    """For each row, whether the field is filled in: codes are -1 and numbers NaN where not."""
    values = columns[field.name]
    known: Mask = ~np.isnan(values) if values.dtype.kind == "f" else values >= 0
    return known


@singledispatch
def truth(condition: Condition, columns: Columns) -> Truth:
    """For each row, whether the condition is true, and whether it is false, of it."""
    raise TypeError(f"{type(condition).__name__} is not a condition of the language")


@truth.register
def _is_known(condition: IsKnown, columns: Columns) -> Truth:
    known = filled(condition.field, columns)
    return known, ~known


@truth.register
def _of_value(condition: OnField, columns: Columns) -> Truth:
    known = filled(condition.field, columns)
    met = _compare(condition, columns[condition.field.name])
    return known & met, known & ~met


@truth.register
def _both(condition: Both, columns: Columns) -> Truth:
    (left, not_left), (right, not_right) = (
        truth(condition.left, columns),
        truth(condition.right, columns),
    )
    return left & right, not_left | not_right


@truth.register
def _either(condition: Either, columns: Columns) -> Truth:
    (left, not_left), (right, not_right) = (
        truth(condition.left, columns),
        truth(condition.right, columns),
    )
    return left | right, not_left & not_right


@truth.register
def _opposite(condition: Opposite, columns: Columns) -> Truth:
    met, unmet = truth(condition.condition, columns)
    return unmet, met


@singledispatch
def _compare(condition: OnField, values: Numbers) -> Mask:
    raise TypeError(f"{type(condition).__name__} is not a condition of the language")


@_compare.register
def _is_true(condition: IsTrue, values: Numbers) -> Mask:
    met: Mask = values == 1
    return met


@_compare.register
def _is_one_of(condition: IsOneOf, values: Numbers) -> Mask:
    assert isinstance(condition.field, Choice)
    allowed = list(condition.field.allowed)
    return np.isin(values, [allowed.index(code) for code in condition.codes])


@_compare.register
def _at_least(condition: AtLeast, values: Numbers) -> Mask:
    met: Mask = values >= condition.bound
    return met


@_compare.register
def _at_most(condition: AtMost, values: Numbers) -> Mask:
    met: Mask = values <= condition.bound
    return met
