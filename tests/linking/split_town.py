"""One town, told by three agencies that share no number and do not write alike: the truth is known.

The rates are judgements of what offices live with, a little on the hard side; none is measured.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from features.case_file import CaseFile
from features.language.fields import Person, Reference
from features.tables import TABLES, fields_of
from tests.linking.slips import told_by

AGENCIES = ("north", "south", "west")
ALSO_ELSEWHERE = (0.35, 0.15)  # households that a second agency knows, and a third
UNSEEN = 0.1  # persons of such a household of whom one of its agencies has nothing
TWINS = 0.02  # of the children who have an older brother or sister

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Split:
    """The case file of each agency, and which of their persons are the same one.

    `truth` has a row for each agency and person: `agency`, `person` as numbered there, `truly` as
    numbered in the town, `home`, which people who ever lived together share, and `is_child`.
    """

    case_files: Mapping[str, CaseFile]
    truth: pd.DataFrame


def split_town(town: CaseFile, seed: int) -> Split:
    """The town split between AGENCIES; the same seed splits it the same way."""
    chance = np.random.default_rng(seed)
    tables = with_twins(dict(town.tables), chance)
    household = _households(tables["members"])
    tables["people"] = _with_names_of_their_own(tables["people"], household, chance)
    people = tables["people"]["person"].drop_duplicates().to_numpy()
    home = np.array([household.get(person, person) for person in people], object)
    knows = _who_knows(home, chance)
    by_person = dict(zip(people, knows, strict=True))
    children = set(tables["children"]["child"])
    case_files, truth = {}, []
    for place, agency in enumerate(AGENCIES):
        known = {person for person, by in by_person.items() if by[place]}
        told = {name: _rows(name, rows, by_person, place) for name, rows in tables.items()}
        told = told_by(place, told, household, chance)
        numbers = _numbers(sorted(known), chance)
        case_files[agency] = CaseFile(town.as_of, _renumbered(told, numbers), town.coverage)
        truth += [
            (agency, numbers[person], person, household.get(person, person), person in children)
            for person in sorted(known)
        ]
    columns = ["agency", "person", "truly", "home", "is_child"]
    return Split(case_files, pd.DataFrame(truth, columns=columns))


def with_twins(tables: Tables, chance: np.random.Generator) -> Tables:
    """The town with some brothers and sisters born on one day: alike in all but the given name."""
    born = tables["children"].groupby("child")["happened"].first()
    members = tables["members"]
    siblings = members[members["relation"] == "sibling"].drop_duplicates(["child", "person"])
    siblings = siblings[siblings["child"].isin(born.index) & siblings["person"].isin(born.index)]
    older = siblings[siblings["person"].map(born) < siblings["child"].map(born)]
    older = older.drop_duplicates("child").drop_duplicates("person")
    older = older[chance.random(len(older)) < TWINS]
    older = older[~older["person"].isin(set(older["child"]))]
    moved = dict(zip(older["child"], older["person"].map(born), strict=True))
    children = tables["children"].assign(
        happened=_moved_to(moved, tables["children"]["child"], tables["children"]["happened"])
    )
    members = members.assign(born=_moved_to(moved, members["person"], members["born"]))
    return tables | {"children": children, "members": members}


def _moved_to(moved: Mapping[str, pd.Timestamp], persons: pd.Series, days: pd.Series) -> pd.Series:
    return persons.map(moved).astype(days.dtype).fillna(days)


def _with_names_of_their_own(
    people: pd.DataFrame, household: Mapping[str, str], chance: np.random.Generator
) -> pd.DataFrame:
    """Nobody in a household has another's given name, spelt or read: no register would take it."""
    named = people[["given_name", "given_reading"]].astype(object)
    home = people["person"].map(household).fillna(people["person"])
    taken: set[tuple[str, str]] = set()
    for row in range(len(people)):
        while {(home[row], named.iat[row, 0]), (home[row], named.iat[row, 1])} & taken:
            named.iloc[row] = named.iloc[chance.integers(len(people))]
        taken |= {(home[row], named.iat[row, 0]), (home[row], named.iat[row, 1])}
    return people.assign(**{name: named[name].astype(people[name].dtype) for name in named})


def _households(members: pd.DataFrame) -> dict[str, str]:
    """For each person, one person who stands for all who ever lived together."""
    head: dict[str, str] = {}

    def find(person: str) -> str:
        while head.setdefault(person, person) != person:
            person = head[person]
        return person

    for child, person in zip(members["child"], members["person"], strict=True):
        one, other = sorted((find(child), find(person)))
        head[other] = one
    return {person: find(person) for person in list(head)}


def _who_knows(home: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Which agencies know each person: those of the household, at least one."""
    homes, index = np.unique(home.astype(str), return_inverse=True)
    order = chance.random((len(homes), len(AGENCIES))).argsort(axis=1)
    count = 1 + (chance.random((len(homes), 2)) < ALSO_ELSEWHERE).cumprod(axis=1).sum(axis=1)
    knows = (order < count[:, None])[index]
    unseen = (chance.random(knows.shape) < UNSEEN) & (knows.sum(axis=1) > 1)[:, None]
    left = knows & ~unseen
    return np.where(left.any(axis=1)[:, None], left, knows)


def _rows(
    name: str, rows: pd.DataFrame, knows: Mapping[str, np.ndarray], place: int
) -> pd.DataFrame:
    """An agency's rows of a table: who people are is told by all, what happened by one."""
    nobody = np.zeros(len(AGENCIES), dtype=bool)
    by = np.array([knows.get(person, nobody) for person in rows[TABLES[name].concerns[0]]])
    if name not in ("people", "children", "members"):
        report = rows["notification"] if "notification" in rows else rows["id"]
        number = report.fillna(rows["id"]).str[-7:].astype(int).to_numpy()
        turn = number % np.maximum(by.sum(axis=1), 1)
        by = by & (by.cumsum(axis=1) - 1 == turn[:, None])
    return rows[by[:, place]].reset_index(drop=True)


def _numbers(persons: list[str], chance: np.random.Generator) -> dict[str, str]:
    order = chance.permutation(len(persons)) + 1
    return {person: f"K{number:06d}" for person, number in zip(persons, order, strict=True)}


def _renumbered(tables: Tables, persons: dict[str, str]) -> Tables:
    """Every identifier anew, counted from 1 in each agency, so that all of them collide."""
    ids = {
        name: {old: f"{name[0].upper()}{i + 1:06d}" for i, old in enumerate(rows["id"].unique())}
        for name, rows in tables.items()
    }
    return {name: _with_numbers(name, rows, ids, persons) for name, rows in tables.items()}


def _with_numbers(
    name: str, rows: pd.DataFrame, ids: Mapping[str, Mapping[str, str]], persons: dict[str, str]
) -> pd.DataFrame:
    changed = {"id": rows["id"].map(ids[name])}
    for field in fields_of(TABLES[name]).values():
        if isinstance(field, Person):
            strangers = rows[field.name].dropna().unique()
            for person in strangers:
                persons.setdefault(person, f"K9{len(persons):05d}")
            changed[field.name] = rows[field.name].map(persons)
        elif isinstance(field, Reference):
            changed[field.name] = rows[field.name].map(ids[field.to])
    return rows.assign(
        **{name: column.astype(rows[name].dtype) for name, column in changed.items()}
    )
