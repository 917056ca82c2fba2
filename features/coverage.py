"""Coverage: from which day until which an office records a table, and which kinds of it at all.

Unknown is not zero. Inside the coverage, "no row" means that nothing happened; outside, that nobody
wrote it down, and a question that finds no row to answer from is answered with "missing". The days
are those of which the records are complete: an older row that is on file all the same is a fact and
answers as any other. A kind that is not recorded has no rows at all.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from features.language.fields import (
    Both,
    Choice,
    Condition,
    Either,
    IsKnown,
    IsOneOf,
    Opposite,
)
from features.language.rows import About, Latest, Narrowed, Where
from features.language.values import Asked, OfCondition, Value
from features.language.windows import Horizon
from features.tables import TABLES, needed_tables

ALWAYS = 1 << 40  # a day beyond all days: coverage without a beginning, or without an end
KIND = "kind"

Days = npt.NDArray[np.int64]
Lack = Literal["table", "kind", "days before", "days after"]


@dataclass(frozen=True, slots=True)
class Covered:
    """What an office records of one table: the first and the last day, and the kinds.

    Days are day numbers, both ends included; `kinds` is None where all kinds are recorded.
    """

    first: int = -ALWAYS
    last: int = ALWAYS
    kinds: frozenset[str] | None = None


Coverage = Mapping[str, Covered]  # by table; a table that is not named is covered wholly
WHOLLY = Covered()


@dataclass(frozen=True, slots=True)
class Gap:
    """Why nothing can be known of what was asked: what the office does not record, of which table.

    `day` is the first day covered where days before it are asked about, the last where days after.
    """

    table: str
    lacks: Lack
    day: int | None = None


@dataclass(frozen=True)
class Needs:
    """What a question needs to be on record, worked out once: its own table first, and kinds.

    `kinds` holds, for each table of which only some kinds are asked for, which ones.
    """

    tables: tuple[str, ...]
    kinds: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, value: Value) -> "Needs":
        """What the question needs."""
        others = sorted(needed_tables(value) - {value.table})
        kinds = {table: kinds for table, kinds in kinds_asked(value).items() if kinds}
        return cls((value.table, *others), kinds)

    def gap(self, recorded: Collection[str], coverage: Coverage) -> Gap | None:
        """Why it can never be answered: a table, or the only kinds it asks for, not recorded.

        `recorded` names the tables that the office records at all.
        """
        for table in self.tables:
            if table not in recorded:
                return Gap(table, "table")
        for table, kinds in self.kinds.items():
            recorded_kinds = coverage.get(table, WHOLLY).kinds
            if recorded_kinds is not None and kinds.isdisjoint(recorded_kinds):
                return Gap(table, "kind")
        return None

    def gap_of_days(self, coverage: Coverage, first: int, last: int) -> Gap | None:
        """Why "no row" is not "none": days asked about, from first to last, without records."""
        for table in self.tables:
            covered = coverage.get(table, WHOLLY)
            if first < covered.first:
                return Gap(table, "days before", covered.first)
            if last > covered.last:
                return Gap(table, "days after", covered.last)
        return None


def gap_of(value: Value, recorded: Collection[str], coverage: Coverage) -> Gap | None:
    """Why a question can never be answered: see `Needs.gap`."""
    return Needs.of(value).gap(recorded, coverage)


def days_covered(value: Value, coverage: Coverage) -> tuple[int, int]:
    """The first and the last day on which all tables that a question needs are recorded.

    `Needs.gap_of_days` finds no gap where these days hold all that are asked about.
    """
    needed = [coverage.get(table, WHOLLY) for table in needed_tables(value)]
    return max(covered.first for covered in needed), min(covered.last for covered in needed)


def covered_ahead(value: Value, coverage: Coverage, cutoffs: Days) -> npt.NDArray[np.bool_]:
    """For each cutoff, whether all days that a question looks ahead to are recorded.

    An example without these days is no example, whatever its label: to leave out only the
    negative ones would make the outcome look more frequent than it is.
    """
    assert isinstance(value.span, Horizon), "a label looks ahead"
    first, last = days_covered(value, coverage)
    return (first <= cutoffs + 1) & (cutoffs + value.span.days <= last)


def last_days_asked(value: Value) -> tuple[Asked, ...]:
    """The rows of whose last day alone a question asks, the outermost first.

    Where such rows are on record, the question asks about the days since then, and not about all of
    its lookback: what was alleged in this notification does not depend on years without records.
    """
    return tuple(rows.rows for rows in _steps(value.rows) if isinstance(rows, Latest))


def kinds_asked(value: Value) -> dict[str, frozenset[str]]:
    """For each table on which a question puts a condition: the kinds that it can be true of."""
    asked: dict[str, frozenset[str]] = {}
    conditions = list(_conditions(value.rows))
    if isinstance(value, OfCondition):
        conditions.append((value.table, value.condition))
    for table, condition in conditions:
        field = TABLES[table].columns.get(KIND)
        if isinstance(field, Choice):
            kinds = asked.get(table, frozenset(field.allowed))
            asked[table] = frozenset(kind for kind in kinds if _can_be(condition, kind, true=True))
    return asked


def _can_be(condition: Condition, kind: str, *, true: bool) -> bool:
    """Whether the condition can be true, or false, of a row of that kind."""
    if isinstance(condition, Opposite):
        return _can_be(condition.condition, kind, true=not true)
    if isinstance(condition, Both | Either):
        sides = [_can_be(side, kind, true=true) for side in (condition.left, condition.right)]
        return all(sides) if isinstance(condition, Both) is true else any(sides)
    if isinstance(condition, IsOneOf) and condition.field.name == KIND:
        return (kind in condition.codes) is true
    return true or not (isinstance(condition, IsKnown) and condition.field.name == KIND)


def _steps(rows: Asked) -> Iterator[Narrowed]:
    """The steps from the rows down to the table that names the days."""
    while isinstance(rows, Narrowed):
        yield rows
        rows = rows.others if isinstance(rows, About) else rows.rows


def _conditions(rows: Asked) -> Iterator[tuple[str, Condition]]:
    while isinstance(rows, Narrowed):
        if isinstance(rows, Where):
            yield rows.table_name, rows.condition
        if isinstance(rows, About):
            yield from _conditions(rows.others)
        rows = rows.rows
