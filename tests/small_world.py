"""Small tables in, answers out: the format of the features' examples and of the spec tests.

    cutoff 2024-04-01
    notifications
      happened   | known      | source
      2024-01-10 |            | police
      2024-03-30 | 2024-04-02 | hospital   <- recorded after the cutoff: never seen
    unrecorded contacts
    covered placements from 2019-04-01 to 2024-03-31 kinds foster custody
    gives 6m: 1, ever: 2

`known` is the day it happened unless given; a row is about the child called "child" unless given;
an empty cell is not filled in; every table is recorded unless named as unrecorded, and for all
days and kinds unless it is said which are covered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from features.coverage import Covered
from features.declared_coverage import FROM, KINDS, TO, read_coverage
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
    coverage: dict[str, Covered] = field(default_factory=dict)


def read_world(text: str) -> SmallWorld:
    """The world that an example describes; raises ValueError where it cannot be read."""
    raw: dict[str, list[dict[str, object]]] = {name: [] for name in TABLES}
    world, declared = SmallWorld(), dict[str, object]()
    table, header = "", []
    for line in _lines(text):
        word, _, rest = line.partition(" ")
        if word == "cutoff":
            world.cutoff = day_number(date.fromisoformat(rest))
        elif word == "gives":
            world.gives = dict(map(_given, rest.split(",")))
        elif word == "unrecorded":
            del raw[rest]
        elif word == "covered":
            name, _, rest = rest.partition(" ")
            declared[name] = _declared(rest.split())
        elif line in TABLES:
            table, header = line, []
        elif not header:
            header = [name.strip() for name in line.split("|")]
        else:
            raw[table].append(_row(table, header, line, len(raw[table])))
    _fill(world, raw, declared)
    return world


def _fill(world: SmallWorld, raw: Mapping[str, object], declared: Mapping[str, object]) -> None:
    world.case_file, problems = read_case_file(raw, "example")
    world.coverage, undeclared = read_coverage(declared, raw, "coverage")
    if problems or undeclared:
        raise ValueError("; ".join(map(str, problems + undeclared)))


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        kept = line.split("<-")[0].strip()
        if kept:
            yield kept


def _declared(words: list[str]) -> dict[str, object]:
    """`from DAY to DAY kinds CODE CODE`, each of the three if need be."""
    if KINDS in words:
        place = words.index(KINDS)
        return {**_declared(words[:place]), KINDS: words[place + 1 :]}
    said = dict(zip(words[::2], words[1::2], strict=True))
    if not said.keys() <= {FROM, TO}:
        raise ValueError("covered TABLE, then any of: from DAY, to DAY, kinds CODES")
    return dict(said)


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
