"""Rows of many children at once: one small function for each step of the language."""

from dataclasses import dataclass, replace
from functools import singledispatchmethod

import numpy as np

from features.coverage import ALWAYS, last_days_asked
from features.engines.batch_conditions import Columns, Mask, Numbers, holds
from features.engines.batch_tables import FOREVER, BatchTables, Ints
from features.language.roles import SELF, Role
from features.language.rows import (
    About,
    BeforeAge,
    Beginning,
    Earlier,
    Ending,
    Following,
    Latest,
    Of,
    Table,
    Where,
    Within,
)
from features.language.values import BIRTHS, Asked, Value
from features.language.windows import Lookback
from features.tables import TABLES, children


@dataclass(frozen=True)
class Picked:
    """Rows picked for each pair of child and cutoff, sorted by pair, day and id.

    `pair` says for which pair, `row` which row of the table's columns: one element a pick.
    """

    columns: Columns
    pair: Ints
    row: Ints

    def keep(self, mask: Mask) -> "Picked":
        """Those of the picks for which the mask is true."""
        return replace(self, pair=self.pair[mask], row=self.row[mask])

    def of(self, name: str) -> Numbers:
        """A column of the picked rows."""
        return self.columns[name][self.row]

    def last_days(self, pairs: int) -> Ints:
        """For each of the pairs, the last day on which any of its rows happened; 0 without."""
        last = np.zeros(pairs, np.int64)
        last[self.pair] = self.of("happened")  # of several, the last is written last
        return last

    def first_days(self, pairs: int) -> Ints:
        """For each of the pairs, the first day on which any of its rows happened; 0 without."""
        first = np.zeros(pairs, np.int64)
        first[self.pair[::-1]] = self.of("happened")[::-1]  # of several, the first is written last
        return first


class Selection:
    """Picks rows for pairs of child and cutoff, as the office knew them on a day for each pair."""

    def __init__(self, tables: BatchTables, children: Ints, cutoff: Ints, believed: Ints) -> None:
        self._tables, self._children = tables, children
        self.cutoff, self._believed = cutoff, believed
        self.recorded = tables.recorded
        self._made: dict[Asked, Picked] = {}

    def select(self, rows: Asked) -> Picked:
        """The rows that are believed and that the steps keep; each step is taken once."""
        if rows not in self._made:
            self._made[rows] = self._select(rows)
        return self._made[rows]

    @singledispatchmethod
    def _select(self, rows: Asked) -> Picked:
        raise TypeError(f"{type(rows).__name__} is not a verb of the language")

    @_select.register
    def _table(self, rows: Table) -> Picked:
        return self._believed_rows(rows, SELF)

    @_select.register
    def _of(self, rows: Of) -> Picked:
        as_ = None if rows.as_ is None else rows.as_.name
        return self._believed_rows(rows.table, rows.role, as_)

    @_select.register
    def _where(self, rows: Where) -> Picked:
        picked = self.select(rows.rows)
        return picked.keep(holds(rows.condition, picked.columns)[picked.row])

    @_select.register
    def _within(self, rows: Within) -> Picked:
        picked = self.select(rows.rows)
        if rows.lookback.days is None:
            return picked
        cutoff = self.cutoff[picked.pair]
        last = picked.of("happened")
        if rows.lasting:  # `until` itself is outside the span
            last = np.maximum(last, picked.of("until") - 1)
        return picked.keep(last > cutoff - rows.lookback.days)

    @_select.register
    def _beginning(self, rows: Beginning) -> Picked:
        picked = self.select(rows.rows)
        return picked.keep(self._lies_in(picked.of("happened"), rows.lookback, picked))

    @_select.register
    def _ending(self, rows: Ending) -> Picked:
        picked = self.select(rows.rows)
        return picked.keep(self._lies_in(picked.of("until"), rows.lookback, picked))

    @_select.register
    def _following(self, rows: Following) -> Picked:
        picked = self.select(rows.rows)
        ahead = picked.of("happened") - self.cutoff[picked.pair]
        return picked.keep((ahead > 0) & (ahead <= rows.horizon.days))

    @_select.register
    def _about(self, rows: About) -> Picked:
        picked, others = self.select(rows.rows), self.select(rows.others)
        refers, ids = picked.of(rows.reference.name), others.of("id")
        # So far apart that what a pair refers to, -1 for nothing, is never an id of another pair.
        apart = 2 + max(refers.max(initial=0), ids.max(initial=0))
        return picked.keep(np.isin(picked.pair * apart + refers, others.pair * apart + ids))

    @_select.register
    def _before_age(self, rows: BeforeAge) -> Picked:
        picked, births = self.select(rows.rows), self.select(TABLES[BIRTHS])
        pairs = len(self.cutoff)
        on_record = np.bincount(births.pair, minlength=pairs) > 0
        years = completed_years(births.last_days(pairs)[picked.pair], picked.of("happened"))
        return picked.keep(on_record[picked.pair] & (years < rows.years))

    @_select.register
    def _latest(self, rows: Latest) -> Picked:
        picked = self.select(rows.rows)
        last = picked.last_days(len(self.cutoff))
        return picked.keep(picked.of("happened") == last[picked.pair])

    @_select.register
    def _earlier(self, rows: Earlier) -> Picked:
        picked = self.select(rows.rows)
        last = picked.last_days(len(self.cutoff))
        return picked.keep(picked.of("happened") < last[picked.pair])

    def _lies_in(self, day: Numbers, lookback: Lookback, picked: Picked) -> Mask:
        cutoff = self.cutoff[picked.pair]
        opens = -FOREVER if lookback.days is None else cutoff - lookback.days
        lies: Mask = (opens < day) & (day <= cutoff)
        return lies

    def _believed_rows(self, table: Table, role: Role, as_: str | None = None) -> Picked:
        attached = self._tables.attached(table, role, as_)
        first = attached.starts[self._children]
        counts = attached.starts[self._children + 1] - first
        pair = np.repeat(np.arange(len(counts)), counts)
        place = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts - first, counts)
        day = self._believed[pair]
        seen = (attached.known[place] <= day) & (day < attached.withdrawn[place])
        return Picked(attached.columns, pair[seen], attached.row[place[seen]])


def days_asked(value: Value, selection: Selection) -> tuple[Ints, Ints]:
    """For each pair, the first and the last day that a question asks about; none before birth."""
    cutoff, span = selection.cutoff, value.span
    if not isinstance(span, Lookback):
        return cutoff + 1, cutoff + span.days
    first = np.full_like(cutoff, -ALWAYS) if span.days is None else cutoff - span.days + 1
    if children.name in selection.recorded:
        first = np.maximum(first, _last_days(selection.select(children), cutoff))
    for rows in reversed(last_days_asked(value)):
        last = _last_days(selection.select(rows), cutoff)
        first = np.where(last > -ALWAYS, last, first)
    return first, cutoff


def _last_days(picked: Picked, cutoff: Ints) -> Ints:
    last = np.full_like(cutoff, -ALWAYS)
    last[picked.pair] = picked.of("happened")
    return last


def completed_years(days: Ints, cutoff: Ints) -> Ints:
    """Completed years from each day to its cutoff."""
    (year, month_day), (born_year, born_month_day) = _calendar(cutoff), _calendar(days)
    years: Ints = year - born_year - (month_day < born_month_day)
    return years


def _calendar(days: Ints) -> tuple[Ints, Ints]:
    """Year, and month and day as one number that orders as they do."""
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    year = day.astype("datetime64[Y]").astype(np.int64)
    in_year = month.astype(np.int64) - year * 12
    return year, in_year * 32 + (day - month).astype(np.int64)
