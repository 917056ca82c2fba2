"""What one office knows of each person, made comparable with what another office knows."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from features.case_file import CaseFile
from features.errors import KizukiError
from features.linking.romaji import reading_key
from features.linking.spelling import digits, folded, folded_address, script

COLUMNS = (
    "agency", "person", "family", "family_script", "family_key", "given", "given_script",
    "given_key", "born", "born_swapped", "sex", "postal_code", "municipality", "address_rest",
    "housemates",
)  # fmt: skip


WRITTEN = (
    "family_name", "given_name", "family_reading", "given_reading", "born", "sex", "postal_code",
    "municipality", "address_rest",
)  # fmt: skip


def records_of(case_files: Mapping[str, CaseFile]) -> pd.DataFrame:
    """The persons of several agencies, by the agency's name, as they are believed to be now.

    Gives one row per agency and person who has a name, with the columns of COLUMNS, None where
    nothing is known. `housemates` is a list: given name and day of birth of each person who ever
    lived with this one. Raises KizukiError where there are fewer than two agencies, or one names
    nobody.
    """
    if len(case_files) < 2:
        raise KizukiError("name at least two case files: there is nothing to link within one")
    together = pd.concat(_persons(agency, case_file) for agency, case_file in case_files.items())
    named = together[together["family"].notna() | together["given"].notna()]
    return named[list(COLUMNS)].sort_values(["agency", "person"], ignore_index=True)


def as_written(case_files: Mapping[str, CaseFile]) -> pd.DataFrame:
    """What each agency has of each person, as it is written there: the columns of WRITTEN."""
    parts = []
    for agency, case_file in case_files.items():
        people = _latest(case_file.tables["people"], "person")
        born, sex = (people["person"].map(known(case_file)) for known in (_births, _sexes))
        parts.append(people.assign(agency=agency, born=born, sex=sex))
    together = pd.concat(parts)[["agency", "person", *WRITTEN]]
    return together.sort_values(["agency", "person"], ignore_index=True)


def _persons(agency: str, case_file: CaseFile) -> pd.DataFrame:
    people = case_file.tables.get("people")
    if people is None or people.empty:
        raise KizukiError(f"{agency}: the table people is missing or empty, so nobody has a name")
    people = _latest(people, "person")
    born = people["person"].map(_births(case_file))
    columns = {
        "agency": agency,
        "person": people["person"],
        **_name(people, "family"),
        **_name(people, "given"),
        "born": born,
        "born_swapped": _each(born, _day_and_month_swapped),
        "sex": people["person"].map(_sexes(case_file)),
        "postal_code": _each(people["postal_code"], digits),
        "municipality": _each(people["municipality"], folded),
        "address_rest": _each(people["address_rest"], folded_address),
    }
    frame = pd.DataFrame(columns).astype(object)
    frame = frame.where(frame.notna(), None)
    mates = _housemates(frame, case_file)
    frame["housemates"] = pd.Series(map(mates.get, frame["person"]), frame.index, dtype=object)
    return frame


def _housemates(persons: pd.DataFrame, case_file: CaseFile) -> dict[str, list[str]]:
    """For each person, those they live or lived with whose given name and birth are known."""
    if "members" not in case_file.tables:
        return {}
    known = persons.dropna(subset=["given_key", "born"])
    names = dict(zip(known["person"], known["given_key"] + " " + known["born"], strict=True))
    members = case_file.tables["members"]
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in zip(members["child"], members["person"], strict=True):
        found[one].add(names.get(other, ""))
        found[other].add(names.get(one, ""))
    return {person: sorted(mates - {""}) for person, mates in found.items() if mates - {""}}


def _name(people: pd.DataFrame, part: str) -> dict[str, "pd.Series[Any]"]:
    """A name as it is written, in which script, and the key of its reading.

    Where nothing but the reading is known, the reading stands for the name.
    """
    written = people[f"{part}_name"].fillna(people[f"{part}_reading"])
    pairs = zip(people[f"{part}_reading"], people[f"{part}_name"], strict=True)
    keys = [reading_key(*(None if pd.isna(text) else text for text in pair)) for pair in pairs]
    return {
        part: _each(written, folded),
        f"{part}_script": _each(_each(written, folded), script),
        f"{part}_key": pd.Series(keys, people.index, dtype=object),
    }


def _births(case_file: CaseFile) -> "pd.Series[Any]":
    """The day of birth of each person as ISO text: that of a child, else as a housemate gave it."""
    parts = []
    if "children" in case_file.tables:
        children = _latest(case_file.tables["children"], "child")
        parts.append(children.set_index("child")["happened"])
    if "members" in case_file.tables:
        members = case_file.tables["members"]
        housemates = _latest(members[members["born"].notna()], "person")
        parts.append(housemates.set_index("person")["born"])
    born = pd.concat(parts) if parts else pd.Series(dtype="datetime64[us]")
    days: pd.Series[Any] = born[~born.index.duplicated()].dt.strftime("%Y-%m-%d")
    return days.astype(object)


def _sexes(case_file: CaseFile) -> "pd.Series[Any]":
    if "children" not in case_file.tables:
        return pd.Series(dtype=object)
    return _latest(case_file.tables["children"], "child").set_index("child")["sex"].astype(object)


def _latest(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """For each of `by`, the row that was recorded last of those that are believed now."""
    believed = frame[frame["withdrawn"].isna()]
    return believed.sort_values(["known", "id"]).drop_duplicates(by, keep="last")


def _day_and_month_swapped(born: str) -> str | None:
    year, month, day = born.split("-")
    return f"{year}-{day}-{month}" if int(day) <= 12 and day != month else None


def _each(column: "pd.Series[Any]", step: Callable[[str], str | None]) -> "pd.Series[Any]":
    """The column with the step taken on each value that is filled in; an empty answer is None."""
    known = {value: step(value) or None for value in column.dropna().unique()}
    return column.map(known).astype(object)
