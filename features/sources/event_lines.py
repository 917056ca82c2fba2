"""Events as lines of JSON: what each line says, or why it cannot be taken.

Each line is an object with a `type` and a `table`, in the words of the case file:

- `record`: a row as it became known, `id`, `happened`, `known` and its fields. Another record of
  the same id that became known later corrects it: the earlier is withdrawn that day.
- `withdrawal`: from the day `known` on, nothing of the `id` is believed.
- `coverage`: the office records the table at all, and `from`, `to` and `kinds` say what of it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from features.coverage import Covered
from features.declared_coverage import read_coverage
from features.events import Event, Problem, read_event
from features.language.rows import Table
from features.reading import Refused, read_field
from features.tables import ROW_FIELDS, TABLES

RECORD, WITHDRAWAL, COVERAGE = "record", "withdrawal", "coverage"
OWN_LINE = "is told by a line of its own, of the type withdrawal"


@dataclass(frozen=True)
class Record:
    """A row as it became known."""

    place: str
    table: Table
    event: Event


@dataclass(frozen=True)
class Withdrawal:
    """From a day on, given as a day number, nothing of an id is believed."""

    place: str
    table: Table
    id: str
    known: int


@dataclass(frozen=True)
class Declaration:
    """What the office records of a table."""

    place: str
    table: Table
    covered: Covered


@dataclass(frozen=True)
class Unread:
    """A line that cannot be taken: its type and table as far as they are known, and why."""

    place: str
    type: str
    table: str
    reason: str


Told = Record | Withdrawal | Declaration
Line = Told | Unread


def read_line(text: str, place: str) -> Line:
    """What one line says."""
    said = _object(text, place)
    if isinstance(said, Unread):
        return said
    type_, name = said.pop("type", None), said.pop("table", None)
    if not isinstance(type_, str) or type_ not in _READERS:
        return Unread(place, "", "", f"type: must be one of: {', '.join(_READERS)}")
    if not isinstance(name, str) or name not in TABLES:
        return Unread(place, type_, "", f"table: must be one of: {', '.join(TABLES)}")
    read = read_told(type_, said, TABLES[name], place)
    return _unread(read, type_, name, place) if isinstance(read, list) else read


def read_told(
    type_: str, said: Mapping[str, object], table: Table, place: str
) -> Told | list[Problem]:
    """What is told of a table in one of the three ways, or every problem that it has."""
    return _READERS[type_](said, table, place)


def _object(text: str, place: str) -> dict[str, object] | Unread:
    try:
        said = json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_number)
    except json.JSONDecodeError as problem:
        return Unread(f"{place}, column {problem.colno}", "", "", "is not JSON, or breaks off")
    except Refused as problem:
        return Unread(place, "", "", str(problem))
    except (RecursionError, ValueError):
        return Unread(place, "", "", "is not JSON that can be read")
    return said if isinstance(said, dict) else Unread(place, "", "", "must be an object")


def _record(said: Mapping[str, object], table: Table, place: str) -> Record | list[Problem]:
    if "withdrawn" in said:
        return [Problem(f"{place}.withdrawn", OWN_LINE)]
    read = read_event(table, said, place)
    return Record(place, table, read) if isinstance(read, Event) else read


def _withdrawal(said: Mapping[str, object], table: Table, place: str) -> Withdrawal | list[Problem]:
    problems = [Problem(f"{place}.{name}", "a withdrawal has no such field")
                for name in said if name not in ("id", "known")]  # fmt: skip
    read: dict[str, object] = {}
    for name in ("id", "known"):
        try:
            read[name] = read_field(ROW_FIELDS[name], said.get(name))
        except Refused as refused:
            problems.append(Problem(f"{place}.{name}", str(refused)))
    if problems:
        return problems
    id_, known = read["id"], read["known"]
    assert isinstance(id_, str)
    assert isinstance(known, int)
    return Withdrawal(place, table, id_, known)


def _coverage(said: Mapping[str, object], table: Table, place: str) -> Declaration | list[Problem]:
    coverage, problems = read_coverage({table.name: said}, (table.name,), place)
    here = f"{place}.{table.name}"  # it looks at whole case files; a line is of one table
    return [
        Problem(place + problem.place.removeprefix(here), problem.reason) for problem in problems
    ] or Declaration(place, table, coverage[table.name])


_READERS: Mapping[str, Callable[[Mapping[str, object], Table, str], Told | list[Problem]]] = {
    RECORD: _record,
    WITHDRAWAL: _withdrawal,
    COVERAGE: _coverage,
}


def _unread(problems: Sequence[Problem], type_: str, table: str, place: str) -> Unread:
    reasons = (f"{one.place.rpartition('.')[2]}: {one.reason}" for one in problems)
    return Unread(place, type_, table, "; ".join(reasons))


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    said = dict(pairs)
    if len(said) < len(pairs):
        raise Refused("names a field twice")
    return said


def _no_number(name: str) -> object:
    raise Refused("holds a number that is none")
