"""A folder of a case file as it is: tables that can be read, and those that cannot and why.

`CaseFile.read` refuses a folder for its first fault. Here every fault of every table is found.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import types

from features.case_file import ABOUT, to_frame
from features.coverage import Coverage
from features.declared_coverage import read_coverage
from features.errors import KizukiError
from features.language.fields import Day, Field, Flag, Number
from features.language.rows import Table
from features.language.text import Language, Text
from features.tables import TABLES, fields_of


@dataclass(frozen=True)
class Misfit:
    """A way in which a file is not its table: the words, with blanks for column and type found."""

    words: Text
    column: str = ""
    found: str = ""

    def read(self, language: Language) -> str:
        """The misfit as one reader gets it."""
        return self.words.read(language).format(column=self.column, found=self.found)


@dataclass(frozen=True)
class Refused:
    """A table that cannot be read: how many rows it has, where that can be told, and why."""

    rows: int | None
    misfits: tuple[Misfit, ...]


@dataclass(frozen=True)
class Folder:
    """What a folder holds: the day it was drawn, what is covered, and its tables, read or refused.

    The index of a frame is the row's number in the file, from 1.
    """

    as_of: date
    coverage: Coverage
    frames: Mapping[str, pd.DataFrame]
    refused: Mapping[str, Refused]


def read_folder(path: Path) -> Folder:
    """The case file in a folder; raises KizukiError where there is none to look at."""
    as_of, coverage, names = _read_about(path)
    ordered = [name for name in TABLES if name in names]
    ordered += sorted(set(names) - set(TABLES))
    read = {name: _read_table(path, name) for name in ordered}
    return Folder(
        as_of,
        coverage,
        {name: one for name, one in read.items() if isinstance(one, pd.DataFrame)},
        {name: one for name, one in read.items() if isinstance(one, Refused)},
    )


def _read_about(path: Path) -> tuple[date, Coverage, list[str]]:
    about = path / ABOUT
    try:
        said = json.loads(about.read_text("utf-8"))
        as_of, names = date.fromisoformat(said["as_of"]), [str(name) for name in said["tables"]]
        declared = said.get("coverage", {})
    except (FileNotFoundError, NotADirectoryError):
        raise KizukiError(f"{path} holds no case file: {ABOUT} is missing") from None
    except (AttributeError, LookupError, OSError, TypeError, ValueError) as problem:
        kind = type(problem).__name__
        raise KizukiError(f"{about} does not say what it must ({kind}): import anew") from None
    coverage, problems = read_coverage(declared, names, f"{about}: coverage")
    if problems:
        raise KizukiError("; ".join(map(str, problems)))
    return as_of, coverage, names


def _read_table(path: Path, name: str) -> pd.DataFrame | Refused:
    if name not in TABLES:
        return Refused(None, (Misfit(NO_TABLE),))
    try:
        with pq.ParquetFile(path / f"{name}.parquet") as file:  # takes a column that is there twice
            arrow = file.read()
    except FileNotFoundError:
        return Refused(None, (Misfit(NO_FILE),))
    except (pa.ArrowException, OSError):
        return Refused(None, (Misfit(NO_PARQUET),))
    if misfits := tuple(_misfits(TABLES[name], arrow.schema)):
        return Refused(arrow.num_rows, misfits)
    try:
        frame = to_frame(TABLES[name], arrow.select(list(fields_of(TABLES[name]))))
    except (pa.ArrowException, ValueError):
        return Refused(arrow.num_rows, (Misfit(NO_VALUES),))
    return frame.set_axis(range(1, len(frame) + 1))


def _misfits(table: Table, schema: pa.Schema) -> Iterator[Misfit]:
    """Every way in which the columns of a file are not those of the table."""
    fields = fields_of(table)
    for name in sorted(set(schema.names) - set(fields)):
        yield Misfit(NOT_OURS, name)
    for name, field in fields.items():
        found = schema.get_all_field_indices(name)
        if len(found) != 1:
            yield Misfit(TWICE if found else MISSING, name)
        elif not _fits(field, kind := schema.field(found[0]).type):
            yield Misfit(_WRONG_TYPE[_kind(field)], name, str(kind))


NO_TABLE = Text("そのような表はない", "there is no such table")
NO_FILE = Text("ファイルがない", "its file is missing")
NO_PARQUET = Text("Parquetとして読めない", "its file is not sound Parquet")
NO_VALUES = Text("型どおりでない値がある", "it holds values that are not of their column's type")
NOT_OURS = Text("列 {column} はこの表にない", "the table has no column {column}")
MISSING = Text("列 {column} がない", "the column {column} is missing")
TWICE = Text("列 {column} が二つ以上ある", "the column {column} is there more than once")
_WRONG_TYPE = {
    Day: Text(
        "列 {column} は日付でなければならないが {found} である",
        "the column {column} must hold days, and holds {found}",
    ),
    Number: Text(
        "列 {column} は数でなければならないが {found} である",
        "the column {column} must hold numbers, and holds {found}",
    ),
    Flag: Text(
        "列 {column} は真偽値でなければならないが {found} である",
        "the column {column} must hold yes or no, and holds {found}",
    ),
    Field: Text(
        "列 {column} は文字列でなければならないが {found} である",
        "the column {column} must hold text, and holds {found}",
    ),
}


def _kind(field: Field) -> type[Field]:
    return next((kind for kind in (Day, Number, Flag) if isinstance(field, kind)), Field)


def _fits(field: Field, kind: Any) -> bool:
    """Whether the type holds what the field takes, with nothing to guess: text is never a day."""
    if types.is_null(kind):  # nothing is filled in
        return True
    if types.is_dictionary(kind):
        kind = kind.value_type
    tests = {
        Day: (types.is_date,),
        Number: (types.is_floating, types.is_integer),
        Flag: (types.is_boolean,),
        Field: (types.is_string, types.is_large_string, types.is_string_view),
    }
    return any(test(kind) for test in tests[_kind(field)])
