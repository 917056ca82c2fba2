"""The case file on disk and in bulk: one Parquet file a table, and the day it was drawn."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from features.coverage import KIND, Coverage
from features.declared_coverage import coverage_as_json, read_coverage
from features.errors import KizukiError
from features.events import Event
from features.language.fields import Day, Field, Flag, Number
from features.language.rows import Table
from features.reading import Filled, day_number
from features.tables import LINKS, ROW_FIELDS, TABLES, fields_of

ABOUT = "case_file.json"


@dataclass(frozen=True)
class CaseFile:
    """Case files in bulk: a frame for each table that the office records, as of one day.

    `as_of` is the day the extract was drawn: what happened later is not in it. A table that is
    absent is unknown, not empty. `coverage` says for which days, and which kinds, the office
    records them. Raises KizukiError where a row has a kind that it says is not recorded.
    """

    as_of: date
    tables: Mapping[str, pd.DataFrame]
    coverage: Coverage = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, covered in self.coverage.items():
            if covered.kinds is not None:
                must_be_of(covered.kinds, name, self.tables[name][KIND])

    @classmethod
    def of_events(
        cls, as_of: date, events: Mapping[str, Iterable[Event]], coverage: Coverage | None = None
    ) -> "CaseFile":
        """A case file made of events, in their order."""
        tables = {name: _frame(TABLES[name], rows) for name, rows in events.items()}
        return cls(as_of, tables, coverage or {})

    @classmethod
    def read(cls, folder: Path) -> "CaseFile":
        """The case file kept in a folder; raises KizukiError where none or a broken one is."""
        about = read_about(folder)
        tables = {}
        for name in about.recorded:
            with unbroken(folder):
                tables[name] = to_frame(TABLES[name], pq.read_table(folder / f"{name}.parquet"))
        return cls(about.as_of, tables, about.coverage)

    def write(self, folder: Path) -> None:
        """Keep the case file in a folder, in place of one that is there."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            path = folder / f"{name}.parquet"
            if name in self.tables:
                schema = arrow_schema(TABLES[name])
                table = pa.Table.from_pandas(self.tables[name], schema, preserve_index=False)
                pq.write_table(table.replace_schema_metadata(None), path)
            else:
                path.unlink(missing_ok=True)
        said: dict[str, object] = {"as_of": self.as_of.isoformat(), "tables": sorted(self.tables)}
        if self.coverage:
            said["coverage"] = coverage_as_json(self.coverage)
        (folder / ABOUT).write_text(json.dumps(said, indent=1) + "\n", "utf-8")

    def as_known_on(self, day: date) -> "CaseFile":
        """The case file as it was drawn on an earlier day: what came later is not in it."""
        drawn, tables = pd.Timestamp(day), {}
        for name, frame in self.tables.items():
            known = frame[frame["known"] <= drawn].copy()
            known["withdrawn"] = known["withdrawn"].where(known["withdrawn"] <= drawn)
            tables[name] = known
        return CaseFile(day, tables, self.coverage)

    def only(self, children: Collection[str]) -> "CaseFile":
        """The same case file with just the rows that concern the children or anybody linked."""
        persons = set(children)
        for link in LINKS:
            frame = self.tables.get(link.table.name)
            if frame is not None:
                linked = frame.loc[frame["child"].isin(children), link.person.name]
                persons.update(linked.dropna())
        return replace(
            self,
            tables={
                name: _concerning(TABLES[name], frame, persons)
                for name, frame in self.tables.items()
            },
        )

    def around(self, child: str) -> dict[str, list[Event]]:
        """All rows that concern the child or anybody linked to it, by table."""
        rows = self.only({child}).tables
        return {name: events_of(TABLES[name], frame) for name, frame in rows.items()}


@dataclass(frozen=True)
class About:
    """What a case file on disk says of itself: as of which day, and what the office records."""

    as_of: date
    recorded: tuple[str, ...]
    coverage: Coverage


def read_about(folder: Path) -> About:
    """What a case file says of itself; raises KizukiError where there is none or a broken one."""
    about = folder / ABOUT
    if not about.is_file():
        raise KizukiError(f"{folder} holds no case file: {ABOUT} is missing")
    with unbroken(folder):
        said = json.loads(about.read_text("utf-8"))
        recorded = tuple(TABLES[name].name for name in said["tables"])
        as_of = date.fromisoformat(said["as_of"])
    coverage, problems = read_coverage(said.get("coverage", {}), recorded, f"{about}: coverage")
    if problems:
        raise KizukiError("; ".join(map(str, problems)))
    return About(as_of, recorded, coverage)


@contextmanager
def unbroken(folder: Path) -> Iterator[None]:
    """Raise KizukiError for whatever shows that what is kept in a folder is broken."""
    try:
        yield
    except (LookupError, OSError, TypeError, ValueError) as problem:
        kind = type(problem).__name__
        raise KizukiError(f"{folder} is broken ({kind}): import it anew") from problem


def arrow_schema(table: Table) -> pa.Schema:
    """The Parquet schema of a table: text, day, number or yes/no for each of its fields."""
    return pa.schema([(name, _arrow_type(field)) for name, field in fields_of(table).items()])


def to_frame(table: Table, arrow: pa.Table) -> pd.DataFrame:
    """An Arrow table as a frame: days as datetime64, yes/no as nullable booleans."""
    frame: pd.DataFrame = arrow.cast(arrow_schema(table)).to_pandas(
        date_as_object=False, types_mapper={pa.bool_(): pd.BooleanDtype()}.get
    )
    return frame


def events_of(table: Table, frame: pd.DataFrame) -> list[Event]:
    """The rows of a frame as events."""
    columns = {name: _plain(field, frame[name]) for name, field in fields_of(table).items()}
    own = [name for name in columns if name not in ROW_FIELDS]
    until = columns.get("until", [None] * len(frame))
    return [
        Event(  # the frame was read strictly when it was made
            id=str(columns["id"][i]),
            happened=columns["happened"][i],
            known=columns["known"][i],
            withdrawn=columns["withdrawn"][i],
            until=until[i],
            filled={name: value for name in own if (value := columns[name][i]) is not None},
        )
        for i in range(len(frame))
    ]


def _concerning(table: Table, frame: pd.DataFrame, persons: set[str]) -> pd.DataFrame:
    concerned = pd.Series(data=False, index=frame.index)
    for person in table.concerns:
        concerned |= frame[person].isin(persons)
    return frame[concerned]


def must_be_of(kinds: Collection[str], name: str, said: "pd.Series[Any]") -> None:
    """Raise KizukiError where a row of a table says another kind than those it is declared of."""
    outside = int((~said.dropna().isin(kinds)).sum())
    if outside:
        raise KizukiError(
            f"{name}: {outside} rows are of a kind that the coverage of the case file declares as "
            "not recorded: mend one of the two"
        )


def _frame(table: Table, events: Iterable[Event]) -> pd.DataFrame:
    rows = list(events)
    arrays = [
        pa.array(_filled(rows, name), pa.int32() if isinstance(field, Day) else None).cast(
            _arrow_type(field)
        )
        for name, field in fields_of(table).items()
    ]
    return to_frame(table, pa.Table.from_arrays(arrays, schema=arrow_schema(table)))


def _filled(events: Sequence[Event], name: str) -> list[Filled | None]:
    """What is filled in of one field, event by event."""
    if name in ROW_FIELDS:
        return list(map(attrgetter(name), events))
    return [event.filled.get(name) for event in events]


def _arrow_type(field: Field) -> pa.DataType:
    if isinstance(field, Day):
        return pa.date32()
    if isinstance(field, Number):
        return pa.float64()
    return pa.bool_() if isinstance(field, Flag) else pa.string()


def _plain(field: Field, column: "pd.Series[Any]") -> list[Any]:
    """A column as plain Python values, days as day numbers, None where nothing is filled in."""
    if isinstance(field, Day):
        return [None if pd.isna(day) else day_number(day.date()) for day in column]
    kind = float if isinstance(field, Number) else bool if isinstance(field, Flag) else str
    return [None if pd.isna(value) else kind(value) for value in column]
