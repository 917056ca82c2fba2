"""The values of one field, for every row of a file, as a mapping file says to read them."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from features.language.fields import Day, Field, Flag, Number
from features.reading import Refused
from features.sources.joined_rows import Column, JoinedRows, as_text
from features.sources.mapping import Cell
from features.sources.written_days import read_day

Convert = Callable[[object], object]
Note = Callable[[str, str], None]
"""Tells the report of a reason and a place."""
_NO_CODE = object()


def values_of(cell: Cell, field: Field, rows: JoinedRows, note: Note) -> Column:
    """The value of a field in every row, Refused where there is one that cannot be read."""
    if not cell.columns:
        return [cell.constant] * len(rows.own.places)
    if isinstance(field, Day):
        return _days(cell, rows)
    columns = [rows.column(name) for name in cell.columns]
    if len(columns) > 1:
        joined = zip(*columns, strict=True)
        columns = [[_joined(values, cell) for values in joined]]
    values = _converted(columns[0], _converter(cell, field))
    if not cell.others_unknown:
        return values
    for place, value in zip(rows.own.places, values, strict=True):
        if value is _NO_CODE:
            reason = f"{field}: is not a code of the mapping: left unknown"
            note(reason, f"{place}, {cell.columns[0]}")
    return [None if value is _NO_CODE else value for value in values]


def _converted(column: Column, convert: Convert) -> Column:
    """Each value converted, each different one once."""
    done = {value: _tried(convert, value) for value in dict.fromkeys(column)}
    return [done[value] for value in column]


def _tried(convert: Convert, value: object) -> object:
    try:
        return value if value is None or isinstance(value, Refused) else convert(value)
    except Refused as refused:
        return refused


def _days(cell: Cell, rows: JoinedRows) -> Column:
    columns = [_written(name, cell, rows) for name in cell.columns]
    days = (
        columns[0]
        if len(columns) == 1
        else [_earliest(told) for told in zip(*columns, strict=True)]
    )
    if cell.not_before:
        pairs = zip(days, _written(cell.not_before, cell, rows), strict=True)
        days = [_not_before(day, first) for day, first in pairs]
    return [rows.mapping.as_of if day is None else day for day in days] if cell.as_of else days


def _written(name: str, cell: Cell, rows: JoinedRows) -> Column:
    return _converted(rows.column(name), lambda value: read_day(value, cell.dates))


def _earliest(told: Sequence[object]) -> object:
    refused = next((value for value in told if isinstance(value, Refused)), None)
    return refused or min((day for day in told if isinstance(day, date)), default=None)


def _not_before(day: object, first: object) -> object:
    return max(day, first) if isinstance(day, date) and isinstance(first, date) else day


def _joined(values: Sequence[object], cell: Cell) -> object:
    """Several cells as one text; an identifier with a part that is not there is not there."""
    if cell.codes is None and None in values:
        return None
    if all(value is None for value in values):
        return None
    refused = next((value for value in values if isinstance(value, Refused)), None)
    return refused or "-".join(_text(value, cell) for value in values)


def _converter(cell: Cell, field: Field) -> Convert:
    if cell.codes is None and isinstance(field, Flag):
        return lambda value: value
    if cell.codes is None and isinstance(field, Number):
        return _number
    return lambda value: _coded(value, cell)


def _number(value: object) -> float:
    try:
        return float(as_text(value))
    except ValueError:
        raise Refused("must be a number") from None


def _coded(value: object, cell: Cell) -> object:
    text = _text(value, cell)
    if cell.codes is None:
        return cell.prefix + text
    if not cell.codes.covers(text):
        if cell.others_unknown:
            return _NO_CODE
        raise Refused("is not a code of the mapping")
    return cell.codes.becomes(text)


def _text(value: object, cell: Cell) -> str:
    """The text of a cell; with `whole`, a whole number without zeros that say nothing."""
    text = as_text(value)
    return re.sub(r"^(-?)0*(\d+?)(\.0+)?$", r"\1\2", text) if cell.whole else text
