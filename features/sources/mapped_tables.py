"""Any tables, through a mapping file: every row is offered to each table that the mapping names."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

from tqdm import tqdm

from features.case_file import CaseFile
from features.errors import KizukiError
from features.language.fields import Day, Field, Flag, Number
from features.reading import Refused
from features.sources.flat_files import KINDS, read_flat_file
from features.sources.intake import Intake, Offered
from features.sources.joined_rows import Column, JoinedRows, as_text
from features.sources.mapping import UNTIL_KNOWN, Cell, TableMapping
from features.sources.report import Report
from features.tables import ROW_FIELDS, fields_of

Convert = Callable[[object], object]


def import_tables(mapping: TableMapping, folder: Path) -> tuple[CaseFile, Report]:
    """The case file in the tables of a folder, and what became of each of their rows.

    Raises KizukiError where the files are not those that the mapping speaks of.
    """
    if not folder.is_dir():
        raise KizukiError(f"{folder}: there is no such folder")
    report = Report(mapping.name)
    intake = Intake(mapping.as_of, report)
    files = {
        name: read_flat_file(folder / said.path, said.encoding)
        for name, said in mapping.files.items()
    }
    read: set[tuple[str, str]] = set()
    for target in mapping.targets:
        rows = JoinedRows(mapping, target, files)
        _take(rows, intake)
        read |= rows.read
    for name, file in files.items():
        for column in [column for column in file.columns if (name, column) not in read]:
            report.noted(mapping.files[name].path, "", f"column {column} is not used")
    named = {folder / said.path for said in mapping.files.values()}
    for path in sorted(set(folder.iterdir()) - named):
        if path.name.endswith(KINDS):
            report.noted(path.name, "", "the mapping does not name this file")
    return intake.case_file(), report


def _take(rows: JoinedRows, intake: Intake) -> None:
    table = rows.target.table
    intake.declare(table)
    with tqdm(total=len(rows.own.places), desc=table.name, unit="rows", disable=None) as progress:
        for place, row in _offered(rows):
            if isinstance(row, Offered):
                intake.offer(row)
            else:
                intake.report.refused(_part(rows), table.name, row, place)
            progress.update()


def _part(rows: JoinedRows) -> str:
    return rows.mapping.files[rows.target.file].path


def _offered(rows: JoinedRows) -> Iterator[tuple[str, Offered | str]]:
    """Each row as the intake takes it, or the reason for which it is left out, with its place."""
    table, part, left_out = rows.target.table, _part(rows), rows.left_out()
    fields = {**fields_of(table), UNTIL_KNOWN: ROW_FIELDS["known"]}
    columns = {name: _values(cell, fields[name], rows) for name, cell in rows.target.cells.items()}
    end_known = columns.pop(UNTIL_KNOWN, None)
    for index, place in enumerate(rows.own.places):
        if index in left_out:
            yield place, left_out[index]
        else:
            raw = {name: column[index] for name, column in columns.items()}
            yield place, Offered(table, part, place, raw, end_known[index] if end_known else None)


def _values(cell: Cell, field: Field, rows: JoinedRows) -> Column:
    """The value of a field in every row; each different one is worked out once."""
    columns = [rows.column(name) for name in cell.columns]
    if not columns:
        return [cell.constant] * len(rows.own.places)
    if len(columns) > 1:
        joined = zip(*columns, strict=True)
        columns = [[None if None in values else _joined(values, cell) for values in joined]]
    convert = _converter(cell, field)
    done = {value: _tried(convert, value) for value in dict.fromkeys(columns[0])}
    return [done[value] for value in columns[0]]


def _tried(convert: Convert, value: object) -> object:
    try:
        return None if value is None else convert(value)
    except Refused as refused:
        return refused


def _joined(values: tuple[object, ...], cell: Cell) -> str:
    return "-".join(_whole(as_text(value)) if cell.whole else as_text(value) for value in values)


def _converter(cell: Cell, field: Field) -> Convert:
    if isinstance(field, Day):
        return lambda value: _day(value, cell.dates)
    if cell.codes is None and isinstance(field, Flag):
        return lambda value: value
    if cell.codes is None and isinstance(field, Number):
        return _number
    return lambda value: _coded(value, cell)


def _day(value: object, dates: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.strptime(as_text(value), dates).date()  # noqa: DTZ007  # a day, no clock
    except ValueError:
        raise Refused("is not a day in the format of the mapping") from None


def _number(value: object) -> float:
    try:
        return float(as_text(value))
    except ValueError:
        raise Refused("must be a number") from None


def _coded(value: object, cell: Cell) -> object:
    text = _whole(as_text(value)) if cell.whole and len(cell.columns) == 1 else as_text(value)
    if cell.codes is None:
        return text
    if not cell.codes.covers(text):
        raise Refused("is not a code of the mapping")
    return cell.codes.becomes(text)


def _whole(text: str) -> str:
    """A whole number without the ".0" that it got where a blank turned its column into floats."""
    return re.sub(r"^(-?\d+)\.0+$", r"\1", text)
