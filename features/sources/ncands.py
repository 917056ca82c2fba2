"""The NCANDS Child File: fixed-width records, cut by a layout file and read through a mapping."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from features.case_file import CaseFile
from features.errors import KizukiError
from features.sources.flat_files import (
    ENCODING,
    FlatFile,
    Stretch,
    read_fixed_width,
    read_flat_file,
)
from features.sources.mapped_tables import import_files
from features.sources.mapping import Target
from features.sources.mapping_file import read_mapping
from features.sources.report import Report
from features.tables import fields_of

MAPPING = Path(__file__).parent / "ncands.toml"
LAYOUT = Path(__file__).parent / "ncands_layout.csv"
NEEDED = ("SUBYR", "RPTID", "CHID", "RPTDT")
NAME = "child_file"


def read_child_file(
    path: Path, layout: Path = LAYOUT, encoding: str = ENCODING
) -> tuple[CaseFile, Report]:
    """The case file in a Child File, and what became of each of its records.

    `layout` says where the columns of that year stand; one that it does not name is unknown.
    Raises KizukiError for a file that is no text, or whose records are not of one year.
    """
    stretches = read_layout(layout)
    file = read_fixed_width(path, stretches, encoding)
    mapping = read_mapping(MAPPING, date(_year(path.name, file), 9, 30))
    said = replace(mapping.files[NAME], path=path.name)
    lacking = _lacking(stretches)
    untold = _untold(mapping.targets, lacking)
    told = tuple(one for one in mapping.targets if one.table.name not in untold)
    mapping = replace(mapping, name=path.name, files={NAME: said}, targets=told)
    blank = {name: [None] * len(file.places) for name in lacking}
    whole = FlatFile({**file.columns, **blank}, file.places, file.broken)
    case_file, report = import_files(mapping, {NAME: whole})
    report.noted("", "", f"positions of columns: as {layout.name} says")
    derived = _derived(layout)
    if derived:
        reason = "positions of columns that the layout marks as derived: not checked"
        report.noted("", "", reason, times=derived)
    for name in lacking:
        report.noted(path.name, "", f"column {name} is not in the layout: taken as unknown")
    for table, name in untold.items():
        report.noted(path.name, table, f"left unknown, as {name} is not in the layout")
    return case_file, report


def read_layout(path: Path) -> list[Stretch]:
    """Where the columns stand, as a CSV file of `name,start,width` says; lines with # are words.

    Raises KizukiError, with the line, where a position is no number or two columns overlap.
    """
    file = read_flat_file(path, ENCODING, comment="#")
    missing = {"name", "start", "width"} - set(file.columns)
    if missing or file.broken:
        raise KizukiError(f"{path.name}: each line must hold name, start and width")
    rows = zip(*(file.columns[name] for name in ("name", "start", "width")), strict=True)
    stretches = [
        _stretch(f"{path.name}: {place}", row) for place, row in zip(file.places, rows, strict=True)
    ]
    end, before = 0, ""
    for one in sorted(stretches, key=lambda one: one.start):
        if one.start <= end:
            raise KizukiError(f"{path.name}: {one.name} begins before {before} ends")
        end, before = one.start + one.width - 1, one.name
    if len({one.name for one in stretches}) < len(stretches):
        raise KizukiError(f"{path.name}: a column is named twice")
    for name in NEEDED:
        if name not in {one.name for one in stretches}:
            raise KizukiError(f"{path.name}: the layout does not say where {name} stands")
    return stretches


def _stretch(place: str, row: Sequence[object]) -> Stretch:
    name, start, width = ("" if cell is None else str(cell) for cell in row)
    if not name or not all(re.fullmatch("[1-9][0-9]{0,5}", number) for number in (start, width)):
        raise KizukiError(f"{place}: must be a name, a first position from 1, and a width")
    return Stretch(name.upper(), int(start), int(width))


def _year(file: str, records: FlatFile) -> int:
    """The one submission year of all records that are whole."""
    years: dict[object, str] = {}
    for index, said in enumerate(records.columns["SUBYR"]):
        if index not in records.broken:
            years.setdefault(said, records.places[index])
    if not years:
        raise KizukiError(f"{file}: no record is as long as the layout says: is it that year's?")
    for said, place in years.items():
        if not re.fullmatch("(19|20|21)[0-9]{2}", str(said)):
            raise KizukiError(f"{file}: {place}, SUBYR: must be a year: is it that year's layout?")
    if len(years) > 1:
        place = list(years.values())[1]
        raise KizukiError(f"{file}: {place}, SUBYR: is another year than in the records before")
    return int(str(next(iter(years))))


def _lacking(layout: Sequence[Stretch]) -> list[str]:
    """Columns of the shipped layout that another one does not name."""
    named = {one.name for one in layout}
    return [one.name for one in read_layout(LAYOUT) if one.name not in named]


def _untold(targets: Sequence[Target], lacking: Collection[str]) -> dict[str, str]:
    """Tables whose rows cannot be told without a column that is lacking, and that column.

    Such a table would come out empty, as if nothing had happened.
    """
    untold: dict[str, str] = {}
    for target in targets:
        needed = [name for skip in target.skips for name in skip.columns]
        for name, field in fields_of(target.table).items():
            needed += target.cells[name].columns if field.required else ()
        for name in needed:
            if name in lacking:
                untold.setdefault(target.table.name, name)
    return untold


def _derived(layout: Path) -> int:
    told = read_flat_file(layout, ENCODING, comment="#").columns.get("source", ())
    return sum(said == "derived" for said in told)
