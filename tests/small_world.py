"""Small tables in, answers out: the format of the features' examples and of the spec tests.

    cutoff 2024-04-01
    notifications
      happened   | known      | source
      2024-01-10 |            | police
      2024-03-30 | 2024-04-02 | hospital   <- recorded after the cutoff: never seen
    unrecorded contacts
    gives 6m: 1, ever: 2

`known` is the day it happened unless given; a row is about the child called "child" unless given;
an empty cell is not filled in; every table is recorded unless named as unrecorded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from features.events import Event, read_case_file
from features.language.fields import Flag, Number
from features.reading import day_number
from features.tables import TABLES, fields_of

CHILD = "child"


@dataclass
class SmallWorld:
    """The case file of an example, its cutoff and the answers it expects by window code."""

    cutoff: int = 0
    case_file: dict[str, list[Event]] = field(default_factory=dict)
    gives: dict[str, float | None] = field(default_factory=dict)


def read_world(text: str) -> SmallWorld:
    """The world that an example describes; raises ValueError where it cannot be read."""
    raw: dict[str, list[dict[str, object]]] = {name: [] for name in TABLES}
    world = SmallWorld()
    table, header = "", []
    for line in _lines(text):
        word, _, rest = line.partition(" ")
        if word == "cutoff":
            world.cutoff = day_number(date.fromisoformat(rest))
        elif word == "gives":
            world.gives = dict(map(_given, rest.split(",")))
        elif word == "unrecorded":
            del raw[rest]
        elif line in TABLES:
            table, header = line, []
        elif not header:
            header = [name.strip() for name in line.split("|")]
        else:
            raw[table].append(_row(table, header, line, len(raw[table])))
    world.case_file, problems = read_case_file(raw, "example")
    if problems:
        raise ValueError("; ".join(map(str, problems)))
    return world


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        kept = line.split("<-")[0].strip()
        if kept:
            yield kept


def _given(item: str) -> tuple[str, float | None]:
    code, _, number = item.rpartition(":")
    return code.strip(), None if number.strip() == "missing" else float(number)


def _row(table: str, header: list[str], line: str, index: int) -> dict[str, object]:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != len(header):
        raise ValueError(f"{table}: a row with {len(cells)} cells under {len(header)} names")
    row: dict[str, object] = {TABLES[table].concerns[0]: CHILD, "id": f"{table}-{index + 1}"}
    row.update(
        {name: _cell(table, name, cell) for name, cell in zip(header, cells, strict=True) if cell}
    )
    return {"known": row["happened"], **row}


def _cell(table: str, name: str, cell: str) -> object:
    kind = fields_of(TABLES[table]).get(name)
    if isinstance(kind, Number):
        return float(cell)
    return {"yes": True, "no": False}[cell] if isinstance(kind, Flag) else cell
