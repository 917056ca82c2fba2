"""Any tables, through a mapping file: every row is offered to each table that the mapping names."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from features.case_file import CaseFile
from features.coverage import ALWAYS
from features.errors import KizukiError
from features.reading import calendar_day
from features.sources.cell_values import Note, values_of
from features.sources.flat_files import GZIP, KINDS, FlatFile, read_flat_file
from features.sources.intake import Intake, Offered
from features.sources.joined_rows import JoinedRows
from features.sources.json_cells import exploded
from features.sources.mapping import UNTIL_KNOWN, SourceFile, TableMapping, Target
from features.sources.report import Report
from features.sources.united_rows import continued, said_once
from features.tables import ROW_FIELDS, fields_of


def import_tables(mapping: TableMapping, folder: Path) -> tuple[CaseFile, Report]:
    """The case file in the tables of a folder, and what became of each of their rows.

    Raises KizukiError where the files are not those that the mapping speaks of.
    """
    if not folder.is_dir():
        what = "is a file, and should be a folder" if folder.exists() else "there is no such folder"
        raise KizukiError(f"{folder}: {what}")
    paths = {name: _path(folder, said) for name, said in mapping.files.items()}
    files = {
        name: read_flat_file(path, mapping.files[name].encoding)
        for name, path in paths.items()
        if path.exists() or not mapping.files[name].optional
    }
    if not files:
        raise KizukiError(f"{folder}: none of the files of {mapping.name} is in this folder")
    case_file, report = import_files(mapping, files)
    for path in sorted(set(folder.iterdir()) - set(paths.values())):
        if path.name.endswith(KINDS):
            why = mapping.not_taken.get(path.name.removesuffix(GZIP))
            reason = f"not taken: {why}" if why else "the mapping does not name this file"
            report.noted(path.name, "", reason)
    return case_file, report


def import_files(mapping: TableMapping, files: Mapping[str, FlatFile]) -> tuple[CaseFile, Report]:
    """The case file in tables that were read, by the names that the mapping gives them.

    An optional file that is missing is not among them.
    """
    report = Report(mapping.name)
    intake = Intake(mapping.as_of, report, mapping.coverage)
    read: set[tuple[str, str]] = set()
    for target in mapping.targets:
        if target.file in files:
            read |= _take(mapping, target, files, intake)
    for name, said in mapping.files.items():
        if name in files:
            columns = {column for file, column in read if file == name}
            _note_what_is_left(said, files[name], columns, report)
        else:
            report.noted(said.path, "", "there is no such file: what only it tells is unknown")
    for words in mapping.assumed:
        report.noted("", "", f"assumed: {words}")
    case_file = intake.case_file()
    _must_tell_of_its_days(case_file, mapping, report)
    return case_file, report


def _note_what_is_left(
    said: SourceFile, file: FlatFile, read: Collection[str], report: Report
) -> None:
    """Tell of the columns of a file that nothing was read from, and of a file without rows."""
    if not file.places:
        report.noted(said.path, "", "holds no row: what it tells of is taken as none")
    for column, values in file.columns.items():
        if column not in read:
            why = said.not_taken.get(column, said.not_taken.get("*"))
            reason = f"is not taken: {why}" if why else "is not used"
            filled = sum(value is not None for value in values)
            reason = reason if filled else "holds nothing"
            report.noted(said.path, "", f"column {column} {reason}", times=max(1, filled))


def _must_tell_of_its_days(case_file: CaseFile, mapping: TableMapping, report: Report) -> None:
    """Raises KizukiError where all that should be recorded from a day on happened before it."""
    begun = {
        name: calendar_day(said.first).isoformat()
        for name, said in case_file.coverage.items()
        if said.first > -ALWAYS
    }
    days = ((case_file.tables[name], first) for name, first in begun.items())
    told = [frame[["happened", "known"]].max().max() >= pd.Timestamp(day) for frame, day in days]
    if told and not any(told):
        fault = report.first_fault()
        raise KizukiError(
            f"{mapping.name}: nothing happened since {min(begun.values())}, from when on the "
            f"coverage says that all is told: is {mapping.as_of} the day that the tables tell of?"
            + (f" The first row refused: {fault}" if fault else "")
        )


def _path(folder: Path, said: SourceFile) -> Path:
    """The file, or the gzipped one beside it where only that is there."""
    path = folder / said.path
    gzipped = path.with_name(path.name + GZIP)
    return gzipped if not path.exists() and gzipped.exists() else path


def _take(
    mapping: TableMapping, target: Target, files: Mapping[str, FlatFile], intake: Intake
) -> set[tuple[str, str]]:
    """Offer all rows that a target makes; the columns that it read, each with its file."""
    if target.each:
        files = {**files, target.file: _for_each_item(mapping, target, files, intake.report)}
    rows = JoinedRows(mapping, target, files)
    intake.declare(target.table)
    total = len(rows.own.places)
    with tqdm(total=total, desc=target.table.name, unit="rows", disable=None) as progress:
        for row in _offered(rows, intake.report):
            intake.offer(row)
            progress.update(1 + len(row.united))
    return rows.read | ({(target.file, target.each)} if target.each else set())


def _for_each_item(
    mapping: TableMapping, target: Target, files: Mapping[str, FlatFile], report: Report
) -> FlatFile:
    path = mapping.files[target.file].path
    if target.each not in files[target.file].columns:
        raise KizukiError(f"{target.place}: each: {path} has no column {target.each}")
    items, empty = exploded(files[target.file], target.each)
    for place in empty:
        report.noted(path, target.table.name, f"{target.each} holds no item: no row", place)
    return items


def _offered(rows: JoinedRows, report: Report) -> Iterator[Offered]:
    """Each row as the intake takes it; those that are left out are told to the report."""
    target, part = rows.target, rows.mapping.files[rows.target.file].path
    left_out, skipped = rows.left_out(), rows.skipped()

    def note(reason: str, place: str) -> None:
        report.noted(part, target.table.name, reason, place)

    made: dict[int, Offered] = {}
    for index, row in enumerate(_made(rows, part, note)):
        if index in left_out:
            report.refused(part, target.table.name, left_out[index], row.place)
        elif index in skipped:
            report.skipped(part, target.table.name, skipped[index], row.place)
        else:
            made[index] = row
    if target.once:
        return said_once(list(made.values()), rows.mapping.as_of)
    if target.continued:
        how = target.continued
        columns = {name: rows.column(name) for name in (how.column, *how.same)}
        return continued(made, how, columns, note)
    return iter(made.values())


def _made(rows: JoinedRows, part: str, note: Note) -> Iterator[Offered]:
    target = rows.target
    fields = {**fields_of(target.table), UNTIL_KNOWN: ROW_FIELDS["known"]}
    columns = {
        name: values_of(cell, fields[name], rows, note) for name, cell in target.cells.items()
    }
    end_known = columns.pop(UNTIL_KNOWN, None)
    sources = {name: cell.columns[0] for name, cell in target.cells.items() if cell.columns}
    names, ends = tuple(columns), end_known or [None] * len(rows.own.places)
    values = zip(*columns.values(), strict=True)
    for place, row, end in zip(rows.own.places, values, ends, strict=True):
        raw = dict(zip(names, row, strict=True))
        yield Offered(target.table, part, place, raw, end, columns=sources)
