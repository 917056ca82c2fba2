"""Tables for the batch engine: columns as numbers, and each child's rows side by side.

What a link shows is said in `features.histories`; here the same rule holds for all children at
once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.case_file import CaseFile
from features.engines.batch_conditions import Columns, Numbers, holds
from features.histories import NOT_FOLLOWED
from features.language.fields import Choice, Day, Field, Flag, Number, Person, Reference
from features.language.roles import SELF, Role
from features.language.rows import Table
from features.tables import LINKS, ROW_FIELDS, TABLES, Link, fields_of

Ints = npt.NDArray[np.int64]
FOREVER = 1 << 40  # a day that never comes: the row is not withdrawn, the span goes on


@dataclass(frozen=True)
class Attached:
    """Rows of one table in one role, sorted by child, day and id.

    `row` points into the table's columns; `starts[c]` to `starts[c + 1]` are the places of child
    c. `known` and `withdrawn` are the days on which the child's history has the row.
    """

    columns: Columns
    row: Ints
    starts: Ints
    known: Ints
    withdrawn: Ints


class BatchTables:
    """A case file made ready to be asked about many children at once."""

    def __init__(self, case_file: CaseFile) -> None:
        self._frames = case_file.tables
        self.recorded, self.coverage = frozenset(case_file.tables), case_file.coverage
        # One of each is made the first time that it is asked for, and kept.
        self.columns = cache(self._make_columns)
        self.attached = cache(self._make_attached)
        self._ids = cache(self._make_ids)

    @cached_property
    def persons(self) -> "pd.Index[Any]":
        """Everybody who is named anywhere in the case file; a person's code is the place here."""
        named = [
            self._frames[name][field]
            for name in sorted(self._frames)
            for field, kind in fields_of(TABLES[name]).items()
            if isinstance(kind, Person)
        ]
        everybody: pd.Index[Any] = pd.Index(
            pd.concat([pd.Series(dtype="str"), *named]).dropna().unique()
        )
        return everybody

    def places(self, children: Sequence[str]) -> Ints:
        """The codes of children; those that no row names share one code that has no rows."""
        codes = self.persons.get_indexer(pd.Index(list(children)))
        return np.where(codes < 0, len(self.persons), codes).astype(np.int64)

    def _make_ids(self, table: str) -> "pd.Index[Any]":
        """The ids of the table's rows and those that others refer to, on file or not, sorted."""
        said = [
            self._frames[name][field]
            for name in self.recorded
            for field, kind in fields_of(TABLES[name]).items()
            if (name, field) == (table, "id") or (isinstance(kind, Reference) and kind.to == table)
        ]
        ids: pd.Index[Any] = pd.Index(sorted(pd.concat(said).dropna().unique()))
        return ids

    def _make_columns(self, table: Table) -> Columns:
        frame = self._frames[table.name]
        return {
            name: self._ids(table.name).get_indexer(pd.Index(frame[name]))
            if name == "id"
            else self._numbers(name, field, frame[name])
            for name, field in fields_of(table).items()
        }

    def _numbers(self, name: str, field: Field, column: "pd.Series[Any]") -> Numbers:
        """A column as codes, -1 where unknown, or as numbers, NaN or FOREVER where unknown."""
        if isinstance(field, Choice):
            return pd.Index(list(field.allowed)).get_indexer(pd.Index(column))
        if isinstance(field, Person):
            return self.persons.get_indexer(pd.Index(column))
        if isinstance(field, Reference):
            return self._ids(field.to).get_indexer(pd.Index(column))
        if isinstance(field, Day):
            days = column.to_numpy("datetime64[D]").astype(np.int64)
            return np.where(column.isna(), FOREVER if name in ROW_FIELDS else np.nan, days)
        if isinstance(field, Number | Flag):
            return column.astype("Float64").to_numpy(np.float64, na_value=np.nan)
        return pd.factorize(column)[0]

    def _make_attached(self, table: Table, role: Role, as_: str | None = None) -> Attached:
        columns = self.columns(table)
        if role is SELF:
            seen = pd.DataFrame({name: columns[name] for name in ("known", "withdrawn")})
            seen["child"], seen["row"] = columns[table.concerns[0]], np.arange(len(seen))
        else:
            links = [link for link in LINKS if link.role is role]
            shown = [self._seen_through(link, table, as_) for link in links]
            seen = _joined(pd.concat(shown, ignore_index=True))
        row = seen["row"].to_numpy()
        order = np.lexsort(
            (seen["known"], columns["id"][row], columns["happened"][row], seen["child"])
        )
        seen = seen.iloc[order]
        starts = np.searchsorted(seen["child"], np.arange(len(self.persons) + 2))
        known, withdrawn = (seen[name].to_numpy(np.int64) for name in ("known", "withdrawn"))
        return Attached(columns, row[order], starts, known, withdrawn)

    def _seen_through(self, link: Link, table: Table, as_: str | None) -> pd.DataFrame:
        """Each row that each link shows: child, row, and the days on which it is seen.

        Where `as_` is a person field, only rows in which the linked person stands in it.
        """
        if table.name in NOT_FOLLOWED:
            return pd.DataFrame(columns=["child", "row", "known", "withdrawn"], dtype=np.int64)
        linking = self.columns(link.table)
        links = pd.DataFrame({name: linking[name] for name in ("child", "known", "withdrawn")})
        links["person"] = linking[link.person.name]
        links["until"] = linking.get("until", np.full(len(links), FOREVER))
        links = links[holds(link.condition, linking)]
        seen = links.merge(self._concerned(table, as_), on="person", suffixes=("_link", ""))
        seen = seen[(seen["subject"] != seen["child"]) & (seen["happened"] <= seen["until"])]
        return pd.DataFrame(
            {
                "child": seen["child"],
                "row": seen["row"],
                "known": np.maximum(seen["known"], seen["known_link"]),
                "withdrawn": np.minimum(seen["withdrawn"], seen["withdrawn_link"]),
            }
        )

    def _concerned(self, table: Table, as_: str | None) -> pd.DataFrame:
        """Each row of a table once for each person that it concerns, in one field or in any."""
        columns = self.columns(table)
        rows = pd.DataFrame({name: columns[name] for name in ("known", "withdrawn", "happened")})
        rows["row"], rows["subject"] = np.arange(len(rows)), columns[table.concerns[0]]
        fields = table.concerns if as_ is None else (as_,)
        return pd.concat([rows.assign(person=columns[field]) for field in fields]).query(
            "person >= 0"
        )


def _joined(seen: pd.DataFrame) -> pd.DataFrame:
    """Each child and row once for each stretch of days, stretches that touch made one."""
    seen = seen[seen["known"] < seen["withdrawn"]].sort_values(["child", "row", "known"])
    key = [seen["child"], seen["row"]]
    reached = seen.groupby(key)["withdrawn"].cummax().groupby(key).shift(fill_value=-FOREVER)
    stretch = (seen["known"] > reached).cumsum()
    joined = seen.groupby(stretch).agg(
        {"child": "first", "row": "first", "known": "first", "withdrawn": "max"}
    )
    return joined.reset_index(drop=True)
