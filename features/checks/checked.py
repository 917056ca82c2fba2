"""A folder of a case file, looked through: what was found, what was kept, what was measured."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

import pandas as pd

from features.case_file import CaseFile
from features.checks.between import Believed, demands_between
from features.checks.faults import BELIEVED_TWICE, FAULTS, Fate, Fault
from features.checks.filling import Filling, measure_filling
from features.checks.folder import Folder, read_folder
from features.checks.gaps import Span, measure_gaps
from features.checks.lateness import Lateness, measure_lateness
from features.checks.rows import required_fields, row_demands
from features.checks.thresholds import (
    Broken,
    fields_unfilled,
    groups_late,
    months_without_rows,
    rows_noted,
)
from features.checks.validation import Demand, failures
from features.checks.versions import believed_twice
from features.coverage import WHOLLY
from features.tables import TABLES


@dataclass(frozen=True)
class Found:
    """Rows of a table with the same fault in the same field: their numbers in the file, and ids.

    An id is None where it is not filled in.
    """

    table: str
    field: str
    fault: Fault
    places: tuple[int, ...]
    ids: tuple[str | None, ...]


@dataclass(frozen=True)
class Rows:
    """How many rows of a table were read, and kept; None where that cannot be told."""

    table: str
    read: int | None
    kept: int

    @property
    def set_aside(self) -> int | None:
        """How many were not kept: read = kept + set aside."""
        return None if self.read is None else self.read - self.kept


@dataclass(frozen=True)
class Checked:
    """All that a check has to say of a folder; `kept` are the rows that can be read as they are."""

    folder: Folder
    kept: Mapping[str, pd.DataFrame]
    found: tuple[Found, ...]

    @property
    def rows(self) -> list[Rows]:
        """Rows in and out, table by table; of a table that is refused none is kept."""
        read = {name: len(frame) for name, frame in self.folder.frames.items()}
        refused = {name: refused.rows for name, refused in self.folder.refused.items()}
        counts: dict[str, int | None] = {**read, **refused}
        return [Rows(name, count, len(self.kept.get(name, ()))) for name, count in counts.items()]

    @cached_property
    def filling(self) -> list[Filling]:
        """How much is not filled in."""
        return measure_filling(self.kept)

    @cached_property
    def lateness(self) -> list[Lateness]:
        """How late rows are written down."""
        return measure_lateness(self.kept)

    @cached_property
    def gaps(self) -> list[Span]:
        """The months that each table covers, and those of them without a row."""
        return measure_gaps(self.kept, self.folder.coverage, self.folder.as_of)

    @cached_property
    def broken(self) -> list[Broken]:
        """The thresholds that are broken."""
        noted = [
            rows_noted(found.fault, found.table, len(found.places), len(self.kept[found.table]))
            for found in self.of_fate(Fate.NOTED)
        ]
        return [
            *fields_unfilled(self.filling),
            *groups_late(self.lateness),
            *chain.from_iterable(noted),
            *months_without_rows(self.gaps),
        ]

    @property
    def clean(self) -> bool:
        """Whether nothing is impossible and no threshold is broken."""
        impossible = [found for found in self.found if found.fault.fate is not Fate.NOTED]
        return not (impossible or self.folder.refused or self.broken)

    def of_fate(self, fate: Fate) -> list[Found]:
        """What was found of one fate."""
        return [found for found in self.found if found.fault.fate is fate]

    def case_file(self) -> CaseFile:
        """The case file of the rows that were kept; a table of which none was is left unknown."""
        tables = {
            name: rows.reset_index(drop=True)
            for name, rows in self.kept.items()
            if len(rows) or not len(self.folder.frames[name])
        }
        coverage = {name: days for name, days in self.folder.coverage.items() if name in tables}
        return CaseFile(self.folder.as_of, tables, coverage)


def check_folder(path: Path) -> Checked:
    """Look through the case file in a folder; raises KizukiError where there is none."""
    folder = read_folder(path)
    alone = {name: _alone(folder, name) for name in folder.frames}
    kept = {name: _without(frame, alone[name]) for name, frame in folder.frames.items()}
    believed = Believed(
        {name: rows[rows["withdrawn"].isna()] for name, rows in kept.items()},
        {name: frozenset(rows["id"].dropna()) for name, rows in folder.frames.items()},
    )
    found: list[Found] = []
    for name, frame in folder.frames.items():
        between = failures(believed.frames[name], demands_between(TABLES[name], believed))
        found += _grouped(name, frame, pd.concat([alone[name], between]))
    return Checked(folder, kept, tuple(found))


def _alone(folder: Folder, name: str) -> pd.DataFrame:
    """The rows of a table that are to be set aside."""
    table, frame = TABLES[name], folder.frames[name]
    demands = row_demands(table, frame, folder.as_of, folder.coverage.get(name, WHOLLY))
    unsound = failures(frame, demands, required_fields(table))
    sound = _without(frame, unsound)
    once = Demand("id", BELIEVED_TWICE, lambda ids: ~believed_twice(sound).loc[ids.index])
    return pd.concat([unsound, failures(sound, [once])])


def _without(frame: pd.DataFrame, failed: pd.DataFrame) -> pd.DataFrame:
    return frame[~frame.index.isin(failed["place"])]


def _grouped(name: str, frame: pd.DataFrame, failed: pd.DataFrame) -> Iterator[Found]:
    """What failed by fault, in the order of the faults, and by field."""
    for code, fault in FAULTS.items():
        for field, rows in failed[failed["fault"] == code].groupby("field"):
            places = sorted(rows["place"])
            ids = [None if pd.isna(one) else str(one) for one in frame.loc[places, "id"]]
            yield Found(name, str(field), fault, tuple(places), tuple(ids))
