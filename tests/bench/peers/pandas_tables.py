"""A case file as pandas frames of numbers, and the rows that were believed of a part of the pairs.

Strings become codes when the tables are loaded, and every table is sorted by the person that it is
joined on. A join keeps the order of the pairs, so that the rows of a pair lie side by side and
numpy reduces them at the borders, many times faster than a groupby.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import UnionType

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from features.language.fields import Choice, Code, Day, Field, Flag, Number, Person, Reference
from features.language.rows import Table
from features.tables import TABLES
from tests.bench.peers.answers import asked_fields
from tests.bench.world import RECORDED

NEVER = 1 << 24  # a day number that no day reaches
ROLES = ("sibling", "adult", "abuser")
NAMES = {"members": {"person": "who"}, "notifications": {"id": "notification"}}
LINKED_KINDS = ("death", "injury_treated", "police_call", "arrest")
Array = npt.NDArray


@dataclass(frozen=True)
class Tables:
    """Frames by name, and what the codes of persons stand for: their places in `persons`."""

    frames: dict[str, pd.DataFrame]
    persons: pa.Array

    def part(self, pairs: pa.Table) -> pd.DataFrame:
        """Pairs as numbers: pair, child and cutoff, in their order."""
        child = pc.index_in(pairs["child"], value_set=self.persons).to_numpy()
        cutoff = pairs["cutoff"].cast(pa.int32()).to_numpy()
        return pd.DataFrame({"pair": np.arange(len(child)), "child": child, "cutoff": cutoff})


def load(folder: Path) -> Tables:
    """The tables of a case file as frames, and what links persons, all of them sorted."""
    arrow = {name: _read(folder, TABLES[name]) for name in RECORDED}
    persons, codes_of = _coded(arrow, Person)
    ids_of = _coded(arrow, Reference | Code)[1]
    frames = {name: _frame(name, arrow[name], codes_of | ids_of) for name in RECORDED}
    frames["links"] = _links(frames)
    events, alleged, found = (frames[n] for n in ("agency_events", "allegations", "findings"))
    events = events.assign(subject=events["person"], row=np.arange(len(events)))
    of_interest = events["kind"].isin(codes("agency_events", "kind", *LINKED_KINDS))
    frames["linked_agency_events"] = events[of_interest]
    frames["linked_allegations"] = _concerning(alleged)
    found = found[found["outcome"].isin(codes("findings", "outcome", "substantiated"))]
    frames["linked_findings"] = _concerning(found)
    for name, frame in frames.items():
        if not frame["person"].is_monotonic_increasing:
            frames[name] = frame.sort_values("person", kind="stable", ignore_index=True)
    return Tables(frames, persons)


def codes(table: str, field: str, *names: str) -> list[int]:
    """What some codes of a field are as numbers."""
    kind = TABLES[table].columns[field]
    assert isinstance(kind, Choice)
    return [list(kind.allowed).index(name) for name in names]


def _read(folder: Path, table: Table) -> pa.Table:
    """The columns asked about, text as codes into a dictionary for each stretch of rows."""
    fields = asked_fields(table)
    text = [name for name, field in fields.items() if not isinstance(field, Day | Flag | Number)]
    return pq.read_table(folder / f"{table.name}.parquet", columns=[*fields], read_dictionary=text)


def _coded(
    arrow: dict[str, pa.Table], kind: type[Field] | UnionType
) -> tuple[pa.Array, dict[tuple[str, str], pa.Array]]:
    """Texts of many columns, sorted, and for each column where its texts stand; -1 for none."""
    whole = {
        (name, field): arrow[name][field].combine_chunks()
        for name in RECORDED
        for field, declared in asked_fields(TABLES[name]).items()
        if isinstance(declared, kind)
    }
    said = pa.concat_arrays([column.dictionary for column in whole.values()]).dictionary_encode()
    places = pc.subtract(pc.rank(said.dictionary, tiebreaker="first"), 1).take(said.indices)
    codes, first = {}, 0
    for key, column in whole.items():
        mine = places.slice(first, len(column.dictionary))
        codes[key] = mine.take(column.indices).cast(pa.int32()).fill_null(-1)
        first += len(column.dictionary)
    return said.dictionary.sort(), codes


def _frame(table: str, arrow: pa.Table, codes_of: dict[tuple[str, str], pa.Array]) -> pd.DataFrame:
    """Columns as numbers; the person that the rows are of is called `person`."""
    columns = {
        name: codes_of[table, name] if (table, name) in codes_of else _numbers(field, arrow[name])
        for name, field in asked_fields(TABLES[table]).items()
    }
    frame = pd.DataFrame({name: column.to_numpy() for name, column in columns.items()})
    renamed = {"child": "person"} | NAMES.get(table, {})
    return frame.rename(columns=renamed)


def _numbers(field: Field, column: pa.ChunkedArray) -> pa.ChunkedArray:
    if isinstance(field, Choice):
        coded, allowed = column.combine_chunks(), pa.array(list(field.allowed))
        places = pc.index_in(coded.dictionary, value_set=allowed).cast(pa.int8())
        return places.take(coded.indices).fill_null(-1)
    if isinstance(field, Day):
        return column.cast(pa.int32()).fill_null(NEVER)
    return column.fill_null(np.nan) if isinstance(field, Number) else _flags(column)


def _flags(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.int8()).fill_null(-1)


def _links(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    members, alleged = frames["members"], frames["allegations"]
    siblings = codes("members", "relation", "sibling", "half_sibling", "step_sibling")
    others = codes("members", "relation", "other_child")
    home = members[(members["relation"] >= 0) & ~members["relation"].isin(others)]
    home = home.assign(role=np.where(home["relation"].isin(siblings), 0, 1).astype(np.int8))
    accused = alleged[alleged["abuser"] >= 0].rename(columns={"abuser": "who"})
    accused = accused.assign(until=np.int32(NEVER), role=np.int8(2))
    columns = ["person", "who", "role", "known", "withdrawn", "until"]
    return pd.concat([home[columns], accused[columns]], ignore_index=True)


def _concerning(rows: pd.DataFrame) -> pd.DataFrame:
    """Each row once for the child it is about and once for the accused: both may be linked."""
    rows = rows.assign(subject=rows["person"], row=np.arange(len(rows)))
    accused = rows[rows["abuser"] >= 0]
    return pd.concat([rows, accused.assign(person=accused["abuser"])], ignore_index=True)


class Seen:
    """Rows by pair, reduced to one number for each pair that has any; NaN where missing."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self._rows = rows
        pair = rows["pair"].to_numpy()
        self.starts = np.flatnonzero(np.diff(pair, prepend=-1))
        self.pairs = pair[self.starts]

    def __getitem__(self, name: str) -> Array:
        return self._rows[name].to_numpy()

    @cached_property
    def ago(self) -> Array:
        """Days since each row happened."""
        return self["cutoff"] - self["happened"]

    @cached_property
    def last_ago(self) -> Array:
        """Days since the last day of each span; negative while it goes on."""
        return np.minimum(self.ago, self["cutoff"] - self["until"] + 1)

    def count(self, mask: Array) -> Array:
        return np.add.reduceat(mask, self.starts, dtype=np.int32)

    def any(self, mask: Array) -> Array:
        return np.logical_or.reduceat(mask, self.starts)

    def least(self, numbers: Array, mask: Array) -> Array:
        least = np.minimum.reduceat(np.where(mask, numbers, NEVER), self.starts)
        return np.where(least == NEVER, np.nan, least)

    def most(self, numbers: Array, mask: Array) -> Array:
        most = np.fmax.reduceat(np.where(mask, numbers, -1.0), self.starts)
        return np.where(most < 0, np.nan, most)

    def total(self, numbers: Array) -> Array:
        return np.add.reduceat(numbers, self.starts)

    def known_total(self, numbers: Array, mask: Array) -> Array:
        known = mask & ~np.isnan(numbers)
        total = self.total(np.where(known, numbers, 0.0))
        return np.where(self.any(mask) & ~self.any(known), np.nan, total)

    def kinds(self, name: str, mask: Array) -> Array:
        """How many different codes; missing where rows are there and no code is known."""
        code = self[name]
        bits = np.where(mask & (code >= 0), np.int32(1) << code.astype(np.int32), 0)
        kinds = np.bitwise_count(np.bitwise_or.reduceat(bits, self.starts))
        return np.where(self.any(mask) & (kinds == 0), np.nan, kinds)

    def different(self, values: Array, mask: Array) -> Array:
        """How many different values there are of the rows for which the mask is true."""
        pair = np.repeat(np.arange(len(self.starts)), np.diff(self.starts, append=len(mask)))
        both = pair[mask].astype(np.int64) << 32 | values[mask]
        return np.bincount(pd.unique(both) >> 32, minlength=len(self.starts))
