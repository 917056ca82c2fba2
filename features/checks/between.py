"""Demands on a row in view of all others: births, references, persons, spans, repetitions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from features.checks.faults import (
    ANOTHER_CHILDS,
    BEFORE_BIRTH,
    ENDED_AND_GOES_ON,
    LINKED_TO_NOBODY,
    NO_SUCH_ROW,
    NOT_ON_FILE,
    OVERLAPS,
    REPEATS,
    TWICE_ON_FILE,
)
from features.checks.validation import Demand, Holds, among
from features.language.fields import Choice, Reference
from features.language.rows import Table
from features.tables import LINKS, children, members, people, placements


@dataclass(frozen=True)
class Believed:
    """The rows that the office believes on the day the case file was drawn, by table.

    `ids` are those of all rows of each table, believed or not.
    """

    frames: Mapping[str, pd.DataFrame]
    ids: Mapping[str, frozenset[str]]

    @cached_property
    def births(self) -> "pd.Series[Any]":
        """The day of birth of each child on file."""
        rows = self.frames[children.name].drop_duplicates("child")
        return rows.set_index("child")["happened"]

    @cached_property
    def persons(self) -> frozenset[str]:
        """The children on file, and everybody whom a row of any table of links links to one."""
        linked = [self.frames[link.table.name][link.person.name] for link in LINKS]
        return frozenset(pd.concat([*linked, self.births.index.to_series()]).dropna())

    def child_of(self, table: str) -> "pd.Series[Any]":
        """The child whom each row of a table is about, by the id of the row."""
        return self.frames[table].drop_duplicates("id").set_index("id")["child"]


def demands_between(table: Table, believed: Believed) -> Iterator[Demand]:
    """Every demand on the believed rows of a table that takes other rows to judge."""
    frame = believed.frames[table.name]
    yield Demand("id", REPEATS, _marked(_repeated(frame)))
    if children.name in believed.frames:
        yield from _demands_of_persons(table, frame, believed)
    for name, field in table.columns.items():
        if isinstance(field, Choice) and field.ends:
            told = frame[name].isin(field.ends) & frame["until"].isna()
            yield Demand(name, ENDED_AND_GOES_ON, _marked(told))
        if isinstance(field, Reference) and field.to in believed.frames:
            yield Demand(name, NO_SUCH_ROW, among(believed.ids[field.to]))
            owner = _looked_up(frame[name], believed.child_of(field.to))
            yield Demand(name, ANOTHER_CHILDS, _marked(owner.notna() & (owner != frame["child"])))
    if table is placements:
        yield Demand("happened", OVERLAPS, _marked(_overlapping(frame)))


def _demands_of_persons(table: Table, frame: pd.DataFrame, believed: Believed) -> Iterator[Demand]:
    subject = table.concerns[0]
    born = _looked_up(frame[subject], believed.births)
    yield Demand("happened", BEFORE_BIRTH, _marked(frame["happened"] < born))
    if table is children:
        yield Demand(subject, TWICE_ON_FILE, _marked(frame[subject].duplicated()))
    elif subject == children.child.name:
        yield Demand(subject, NOT_ON_FILE, among(frozenset(believed.births.index)))
    elif table is not people and all(link.table.name in believed.frames for link in LINKS):
        yield Demand(subject, LINKED_TO_NOBODY, among(believed.persons))
    if table is members:
        yield Demand("born", BEFORE_BIRTH, _marked(frame["happened"] < frame["born"]))


def _repeated(frame: pd.DataFrame) -> "pd.Series[bool]":
    return frame.drop(columns="id").duplicated()


def _overlapping(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Spans with a day in common with one of the same child that began before, or the same day.

    A span that begins on the day on which another ends does not overlap it.
    """
    spans = frame.sort_values(["child", "happened", "until"], kind="stable")
    spans = spans[spans["until"].isna() | (spans["happened"] < spans["until"])]  # some day at all
    ends = spans["until"].fillna(pd.Timestamp.max.as_unit("ms"))
    reached = ends.groupby(spans["child"]).cummax().groupby(spans["child"]).shift()
    return (spans["happened"] < reached).reindex(frame.index, fill_value=False)


def _looked_up(keys: "pd.Series[Any]", told: "pd.Series[Any]") -> "pd.Series[Any]":
    """What is told of each key; unlike `map`, of the same type where nothing is told at all."""
    return told.reindex(keys).set_axis(keys.index)


def _marked(wrong: "pd.Series[bool]") -> Holds:
    """The demand that the rows be none of those marked as wrong."""
    return lambda column: ~wrong.loc[column.index]
