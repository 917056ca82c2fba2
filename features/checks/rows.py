"""Demands on a row by itself: what the strict reader of requests would refuse."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from features.checks.faults import (
    ENDS_TOO_SOON,
    IN_THE_FUTURE,
    KNOWN_TOO_SOON,
    NOT_A_CODE,
    NOT_RECORDED,
    NOT_TEXT,
    OUT_OF_BOUNDS,
    UNLIKELY_YEAR,
    WITHDRAWN_TOO_SOON,
    Fault,
)
from features.checks.validation import Demand, Holds, among
from features.coverage import KIND, Covered
from features.language.fields import Choice, Day, Field, Flag, Number
from features.language.rows import Table
from features.reading import FIRST_YEAR, LAST_YEAR, Refused, read_field
from features.tables import fields_of

_ORDER = (
    ("happened", "known", KNOWN_TOO_SOON),
    ("happened", "until", ENDS_TOO_SOON),
    ("known", "withdrawn", WITHDRAWN_TOO_SOON),
)


def row_demands(
    table: Table, frame: pd.DataFrame, as_of: date, covered: Covered
) -> Iterator[Demand]:
    """Every demand on the rows of a table, each taken alone."""
    fields = fields_of(table)
    for name, field in fields.items():
        if isinstance(field, Day):
            yield Demand(name, UNLIKELY_YEAR, _in_a_likely_year)
            yield Demand(name, IN_THE_FUTURE, _by(as_of))
        elif not isinstance(field, Flag):
            yield Demand(name, _fault_of(field), _taken_by(field))
    if covered.kinds is not None:
        yield Demand(KIND, NOT_RECORDED, among(covered.kinds))
    for first, second, fault in _ORDER:
        if second in fields:
            yield Demand(second, fault, _not_before(frame[first]))


def required_fields(table: Table) -> frozenset[str]:
    """The fields that every row of a table must have."""
    return frozenset(name for name, field in fields_of(table).items() if field.required)


def _fault_of(field: Field) -> Fault:
    if isinstance(field, Choice):
        return NOT_A_CODE
    return OUT_OF_BOUNDS if isinstance(field, Number) else NOT_TEXT


def _taken_by(field: Field) -> Holds:
    def holds(column: "pd.Series[Any]") -> "pd.Series[bool]":
        return column.map({value: _takes(field, value) for value in column.unique()})

    return holds


def _takes(field: Field, value: object) -> bool:
    try:
        read_field(field, value)
    except Refused:
        return False
    return True


def _in_a_likely_year(days: "pd.Series[Any]") -> "pd.Series[bool]":
    likely: pd.Series[bool] = days.dt.year.between(FIRST_YEAR, LAST_YEAR)
    return likely


def _by(as_of: date) -> Holds:
    return lambda days: days <= pd.Timestamp(as_of)


def _not_before(first: "pd.Series[Any]") -> Holds:
    return lambda days: ~(days < first.loc[days.index])
