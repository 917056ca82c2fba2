"""One case file of several, in which persons who were merged have one identifier.

It is always made anew from the agencies' own case files, which nothing changes: a merge that was
undone leaves no trace in it. Every identifier carries the agency's name, so none collides.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from features.case_file import CaseFile
from features.coverage import KIND, WHOLLY, Covered
from features.errors import KizukiError
from features.language.fields import Person as PersonField
from features.language.fields import Reference
from features.linking.groups import Person
from features.tables import ROW_FIELDS, TABLES, fields_of

# Facts that each agency has of its own accord; rows of two agencies that agree on these fields
# tell one fact. What agencies did is left as it is: two notifications are two notifications.
ONE_FACT = {"children": ["child"], "members": ["child", "person", "relation", "happened"]}


@dataclass(frozen=True)
class Combined:
    """The combined case file; whom each person is one with; what had to be left out of it.

    `persons` has the columns `agency`, `person` and `identifier`. `left_out` counts the rows, by
    table, of what not all agencies record: of the others' children it would say "none" where
    nobody knows.
    """

    case_file: CaseFile
    persons: pd.DataFrame
    left_out: Mapping[str, int]


def combine(case_files: Mapping[str, CaseFile], groups: Iterable[tuple[Person, ...]]) -> Combined:
    """The case files as one, with one identifier for each group of persons.

    Raises KizukiError where the case files were not drawn on one day.
    """
    days = {case_file.as_of for case_file in case_files.values()}
    if len(days) > 1:
        raise KizukiError("the case files were drawn on different days: draw them on one day")
    one = {person: group[0] for group in groups for person in group}
    named = {
        agency: _with_identifiers(agency, case_file, one)
        for agency, case_file in case_files.items()
    }
    coverage = {
        name: covered
        for name in TABLES
        if all(name in tables for tables in named.values())
        and (covered := _covered(case_files.values(), name)).first <= covered.last
    }
    tables, left_out = {}, {}
    for name in TABLES:
        parts = [tables[name] for tables in named.values() if name in tables]
        rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
        kept = rows[_recorded(rows, coverage[name])] if name in coverage else rows[:0]
        if len(kept) < len(rows):
            left_out[name] = len(rows) - len(kept)
        if name in coverage:
            tables[name] = _as_one_fact(kept, ONE_FACT.get(name))
    told = {name: covered for name, covered in coverage.items() if covered != WHOLLY}
    return Combined(CaseFile(days.pop(), tables, told), _mapping(case_files, one), left_out)


def _with_identifiers(
    agency: str, case_file: CaseFile, one: Mapping[Person, Person]
) -> dict[str, pd.DataFrame]:
    def person(identifier: str) -> str:
        return ":".join(one.get((agency, identifier), (agency, identifier)))

    def row(identifier: str) -> str:
        return f"{agency}:{identifier}"

    named = {}
    for name, frame in case_file.tables.items():
        changed = {"id": _each(frame["id"], row)}
        for field in fields_of(TABLES[name]).values():
            if isinstance(field, PersonField | Reference):
                rename = person if isinstance(field, PersonField) else row
                changed[field.name] = _each(frame[field.name], rename)
        named[name] = frame.assign(**changed)
    return named


def _covered(case_files: Iterable[CaseFile], table: str) -> Covered:
    """What all of them record of a table."""
    each = [case_file.coverage.get(table, WHOLLY) for case_file in case_files]
    kinds = [covered.kinds for covered in each if covered.kinds is not None]
    return Covered(
        max(covered.first for covered in each),
        min(covered.last for covered in each),
        frozenset.intersection(*kinds) if kinds else None,
    )


def _recorded(rows: pd.DataFrame, covered: Covered) -> "pd.Series[bool]":
    if covered.kinds is None:
        return pd.Series(data=True, index=rows.index)
    return rows[KIND].isna() | rows[KIND].isin(covered.kinds)


def _as_one_fact(rows: pd.DataFrame, key: list[str] | None) -> pd.DataFrame:
    """The rows in the order in which they were known, what two agencies tell of one fact as one.

    The later row then stands as a correction of the earlier: it has the same id, takes its place on
    the day that it is known, and keeps what was filled in before where it says nothing itself.
    """
    rows = rows.sort_values(["known", "id"], kind="stable", ignore_index=True)
    if key is None or rows.empty:
        return rows
    agency = rows["id"].str.partition(":")[0]
    facts = rows.groupby(key, dropna=False, sort=False)
    twice = agency.groupby([rows[name] for name in key], dropna=False).transform("nunique") > 1
    own = [str(name) for name in rows if name not in ROW_FIELDS]
    filled = facts[own].ffill() if own else rows[own]
    next_known = facts["known"].shift(-1)
    sooner = next_known.notna() & (rows["withdrawn"].isna() | (next_known < rows["withdrawn"]))
    changed = rows.assign(
        id=facts["id"].transform("first"),
        withdrawn=rows["withdrawn"].where(~sooner, next_known),
        **{name: filled[name] for name in own if name not in key},
    )
    return rows.where(~twice, changed).astype(rows.dtypes)


def _mapping(case_files: Mapping[str, CaseFile], one: Mapping[Person, Person]) -> pd.DataFrame:
    everybody = [
        (agency, str(person))
        for agency, case_file in case_files.items()
        for person in case_file.tables["people"]["person"].unique()
    ]
    rows = [(*person, ":".join(one.get(person, person))) for person in sorted(everybody)]
    return pd.DataFrame(rows, columns=["agency", "person", "identifier"])


def _each(column: "pd.Series[Any]", rename: Callable[[str], str]) -> "pd.Series[Any]":
    renamed = {value: rename(str(value)) for value in column.dropna().unique()}
    return column.map(renamed).astype(column.dtype)
