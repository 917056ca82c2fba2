"""Small tables as files, made for one question each, and what a mapping makes of them."""

from datetime import date
from pathlib import Path

import pandas as pd

from features.sources import mapped_tables
from features.sources.mapping_file import read_mapping
from features.sources.report import Report

MAPPINGS = Path(mapped_tables.__file__).parent
Tables = dict[str, pd.DataFrame]


def written(folder: Path, **files: str) -> Path:
    """Each text as a CSV file; bars stand for commas, and blanks around a cell do not count."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        lines = [line.split("|") for line in text.strip().splitlines()]
        cells = [",".join(_quoted(cell.strip()) for cell in line) for line in lines]
        (folder / f"{name}.csv").write_text("\n".join(cells) + "\n", "utf-8")
    return folder


def imported(
    folder: Path, mapping: str, as_of: date | None = None, **files: str
) -> tuple[Tables, Report]:
    """The tables of the case file, and the report."""
    (folder / "mapping.toml").write_text(mapping, "utf-8")
    told = read_mapping(folder / "mapping.toml", as_of)
    case_file, report = mapped_tables.import_tables(told, written(folder, **files))
    return dict(case_file.tables), report


def shipped(name: str, as_of: date, folder: Path, **files: str) -> tuple[Tables, Report]:
    """The same through one of the mapping files that come with the importers."""
    told = read_mapping(MAPPINGS / f"{name}.toml", as_of)
    case_file, report = mapped_tables.import_tables(told, written(folder, **files))
    return dict(case_file.tables), report


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if '"' in cell or "," in cell else cell
