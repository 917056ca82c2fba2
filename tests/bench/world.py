"""A large office made quickly: case files of any number of children, straight to Parquet.

The town of `features.town` is true to published figures and takes its time. This one only has the
shape that engines feel: households with brothers, sisters and adults, some of whom are accused in
several of them; about 25 rows a child; rows recorded late, corrected and cancelled; spans that end;
fields not filled in. It is made in blocks of children, so that its size does not bound the memory.
"""

import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from features.case_file import ABOUT, arrow_schema
from features.language.fields import Choice, Day, Field, Flag, Number, Person
from features.language.rows import Table
from features.tables import TABLES, fields_of
from features.tables.codes import SIBLING_RELATIONS
from tests.bench.blocks import FIRST_DAY, Block, Ints, Rows

AS_OF = date(2025, 12, 31)
PAIRS = "pairs.parquet"
PAIR = pa.schema([("child", pa.string()), ("cutoff", pa.date32())])
CHILDREN_A_BLOCK = 50_000
NUMBERS_A_BLOCK = 10_000_000  # so that no two blocks give a row or a person the same number
RECORDED = tuple(name for name in TABLES if name not in ("people", "benefits"))


def write_world(folder: Path, children: int, seed: int = 1) -> None:
    """A case file of so many children in a folder, and beside it the pairs to ask about.

    The pairs, one for each notification, are a child and the day that it became known: 2.8 a child,
    by child and day. The same seed makes the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as files:
        writers = {
            name: files.enter_context(pq.ParquetWriter(folder / f"{name}.parquet", schema))
            for name, schema in _schemas().items()
        }
        for number, first in enumerate(range(0, children, CHILDREN_A_BLOCK)):
            size = min(CHILDREN_A_BLOCK, children - first)
            block = Block(np.random.default_rng([seed, number]), size)
            for fill in (household_of, reports_of, care_of):
                fill(block)
            for name in RECORDED:
                writers[name].write_table(_arrow(TABLES[name], block.rows[name], number))
            writers["pairs"].write_table(_pairs(block.rows["notifications"], number))
    said = {"as_of": AS_OF.isoformat(), "tables": sorted(RECORDED)}
    (folder / ABOUT).write_text(json.dumps(said), "utf-8")


def _schemas() -> dict[str, pa.Schema]:
    return {"pairs": PAIR} | {name: arrow_schema(TABLES[name]) for name in RECORDED}


def _pairs(notifications: Rows, number: int) -> pa.Table:
    first = np.unique(notifications["id"], return_index=True)[1]
    child, cutoff = notifications["child"][first], notifications["known"][first]
    order = np.lexsort((cutoff, child))
    days = pa.array(cutoff[order].astype(np.int32)).cast(pa.date32())
    return pa.table([_persons(child[order], number), days], schema=PAIR)


def _arrow(table: Table, rows: Rows, number: int) -> pa.Table:
    size = len(rows["id"])
    arrays = [
        _array(field, name, rows[name], number) if name in rows else pa.nulls(size)
        for name, field in fields_of(table).items()
    ]
    schema = arrow_schema(table)
    return pa.table(
        [array.cast(kind) for array, kind in zip(arrays, schema.types, strict=True)], schema=schema
    )


def _array(field: Field, name: str, values: np.ndarray, number: int) -> pa.Array:
    unknown = np.isnan(values) if values.dtype.kind == "f" else values == -1
    if isinstance(field, Choice):
        return pa.array(list(field.allowed)).take(pa.array(values, mask=unknown))
    if isinstance(field, Person):
        return _persons(values, number)
    if isinstance(field, Flag):
        return pa.array(values == 1, mask=unknown)
    if isinstance(field, Day):
        return pa.array(values.astype(np.int32), mask=unknown).cast(pa.date32())
    if isinstance(field, Number):
        return pa.array(values, mask=unknown)
    return _named("R", values, number)


def _persons(values: Ints, number: int) -> pa.Array:
    children = _named("C", np.where(values >= 0, values, -1), number)
    adults = _named("A", np.where(values < -1, -values, -1), number)
    return pc.coalesce(children, adults)


def _named(letter: str, values: Ints, number: int) -> pa.Array:
    numbers = pa.array(number * NUMBERS_A_BLOCK + values, mask=values == -1)
    digits = pc.utf8_lpad(numbers.cast(pa.string()), width=9, padding="0")
    return pc.binary_join_element_wise(letter, digits, "")


def household_of(block: Block) -> None:
    """The tables of children and of those who live with them."""
    child = np.arange(block.size)
    born = {"child": child, "happened": block.born}
    block.put("children", born | {"sex": block.code("children", "sex", block.size)})
    lives: list[tuple[Ints, Ints, Ints, Ints]] = []  # child, person, relation, since
    for place, (relation, share, joins) in enumerate(ADULTS):
        here = np.flatnonzero(block.chance(share, block.size))
        since = block.born[here] + (block.later(2_000, len(here)) if joins else 0)
        who = _codes("members", "relation", relation)[0]
        lives.append((here, block.adult(here, place), np.full(len(here), who), since))
    siblings = _codes("members", "relation", *SIBLING_RELATIONS)
    for apart in (1, 2, 3):
        one = np.flatnonzero(block.household[apart:] == block.household[:-apart])
        other, since = one + apart, np.maximum(block.born[one], block.born[one + apart])
        kin = block.rng.choice(siblings, len(one))
        lives += [(one, other, kin, since), (other, one, kin, since)]
    who, person, relation, since = (np.concatenate(parts) for parts in zip(*lives, strict=True))
    by_child = np.argsort(who, kind="stable")
    said = {"child": who, "person": person, "relation": relation, "happened": since}
    block.put("members", {name: values[by_child] for name, values in said.items()}, ends=4_000)


ADULTS = (  # who, in which share of the children's homes, and whether they may join it later
    ("mother", 0.95, False),
    ("father", 0.6, False),
    ("parents_partner", 0.25, True),
    ("grandparent", 0.1, True),
    ("unrelated_adult", 0.06, True),
)


def _codes(table: str, field: str, *names: str) -> list[int]:
    asked = fields_of(TABLES[table])[field]
    assert isinstance(asked, Choice)
    return [list(asked.allowed).index(name) for name in names]


def reports_of(block: Block) -> None:
    """Notifications, and what hangs on them."""
    child = np.repeat(np.arange(block.size), 1 + block.rng.poisson(1.8, block.size))
    since = np.maximum(block.born[child], FIRST_DAY)
    on_edge = block.edge(block.asked[child], 0.1)
    day = np.where(on_edge > since, on_edge, block.some_day(since))
    first = np.append(True, child[1:] != child[:-1])
    day = np.where(first, block.asked[child], day)
    day = day[np.lexsort((day, child))]
    repeated = np.flatnonzero(block.chance(0.08, len(day) - 1) & (child[1:] == child[:-1])) + 1
    day[repeated] = day[repeated - 1]  # the same day is reported twice
    size = len(child)
    report = {
        "child": child,
        "happened": day,
        "source": block.code("notifications", "source", size),
    }
    report |= {"anonymous": block.flag(size), "child_seen": block.flag(size)}
    block.put("notifications", report, recorded=4)
    for table, (least, share, delay, own) in HANGS_ON_REPORTS.items():
        times = least + block.rng.poisson(share, size)
        at = np.repeat(np.arange(size), times)
        rows = {"child": child[at], "notification": at, "happened": day[at]}
        rows["happened"] = day[at] + block.later(delay, len(at)) if delay else day[at]
        block.put(table, rows | own(block, child[at]), recorded=25, ends=60 * (table in SPANS))


def _allegation(block: Block, child: Ints) -> Rows:
    return {
        "kind": block.code("allegations", "kind", len(child)),
        "abuser": _abuser(block, child),
        "abuser_relation": block.code("allegations", "abuser_relation", len(child), unknown=0.2),
        "witnessed_violence": block.flag(len(child)),
    }


def _finding(block: Block, child: Ints) -> Rows:
    kind = block.code("findings", "kind", len(child))
    outcome = block.code("findings", "outcome", len(child))
    severity, abuser = block.level(0, 4, len(child)), _abuser(block, child)
    return {"kind": kind, "outcome": outcome, "severity": severity, "abuser": abuser}


def _abuser(block: Block, child: Ints) -> Ints:
    """Mostly an adult of the home, now and then a sibling or somebody else's adult, or unknown."""
    size = len(child)
    near = np.minimum(child + 1, block.size - 1)
    sibling = np.where(block.household[near] == block.household[child], near, -1)
    elsewhere = block.adult(block.rng.integers(0, block.size, size), 1)
    at_home = [block.adult(child, place) for place in (0, 1, 2)]
    which = block.rng.choice(6, size, p=[0.33, 0.25, 0.13, 0.04, 0.08, 0.17])
    return np.choose(which, [*at_home, sibling, elsewhere, np.full(size, -1)])


HANGS_ON_REPORTS: dict[str, tuple[int, float, float, Callable[[Block, Ints], Rows]]] = {
    "allegations": (1, 0.15, 0, _allegation),
    "screenings": (1, 0, 5, lambda b, c: {
        "outcome": b.code("screenings", "outcome", len(c)), "urgency": b.level(0, 3, len(c)),
    }),
    "assessments": (0, 0.35, 20, lambda b, c: {"kind": b.code("assessments", "kind", len(c))}),
    "findings": (0, 0.45, 90, _finding),
    "observations": (0, 0.7, 0, lambda b, c: {
        "kind": b.code("observations", "kind", len(c), unknown=0),
        "site": b.code("observations", "site", len(c), unknown=0.5),
        "extent": b.level(1, 4, len(c)),
    }),
}  # fmt: skip
SPANS = frozenset(name for name, table in TABLES.items() if table.spans)


def care_of(block: Block) -> None:
    """Contacts, placements, services, and what other agencies had on record."""
    for table, mean, ends in (
        ("contacts", 2.0, 0),
        ("placements", 0.4, 250),
        ("services", 0.6, 500),
    ):
        child = np.repeat(np.arange(block.size), block.rng.poisson(mean, block.size))
        rows = {"child": child, "happened": _day(block, child)}
        rows["kind"] = block.code(table, "kind", len(child))
        if table != "placements":
            rows["outcome"] = block.code(table, "outcome", len(child), unknown=0.3)
        if table == "contacts":
            rows["child_seen"] = block.flag(len(child))
        block.put(table, rows, ends=ends)
    child = np.repeat(np.arange(block.size), block.rng.poisson(2.5, block.size))
    of_adult = block.adult(child, block.rng.integers(0, 3, len(child)))
    person = np.where(block.chance(0.2, len(child)), of_adult, child)
    kind = block.code("agency_events", "kind", len(child), unknown=0)
    called = block.rng.choice(_codes("agency_events", "kind", "police_call", "arrest"), len(child))
    kind = np.where((person < 0) & block.chance(0.6, len(child)), called, kind)
    rows = {"person": person, "happened": _day(block, child), "kind": kind}
    block.put("agency_events", rows | {"days": block.level(0, 30, len(child))})


def _day(block: Block, child: Ints) -> Ints:
    on_edge = block.edge(block.asked[child], 0.15)
    return np.where(on_edge > block.born[child], on_edge, block.some_day(block.born[child]))


if __name__ == "__main__":
    write_world(Path(sys.argv[1]), int(sys.argv[2]))
