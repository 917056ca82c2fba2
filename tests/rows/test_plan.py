"""Parts hold all that an answer can be made from, families together, however they are cut."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.case_file import CaseFile
from features.events import Event
from features.rows.pairs import SCHEMA
from features.rows.part import fill_gaps, open_parts, part_name, spread
from features.rows.plan import Plan, make_plan
from features.rows.source import Source
from tests.engines.case_files import CHILDREN, case_files
from tests.small_world import read_world

AS_OF = date(2199, 12, 31)


def pairs_of(children: Sequence[str]) -> pa.Table:
    return pa.table([list(children), [date(2020, 1, 1)] * len(children)], schema=SCHEMA)


def parts_of(folder: Path, children: Sequence[str], rows_per_part: int) -> tuple[Plan, Path]:
    source = Source(folder)
    plan = make_plan(source, pairs_of(children), rows_per_part)
    open_parts(source, plan, folder / "parts")
    spread(source, plan, folder / "parts")
    fill_gaps(source, plan, folder / "parts")
    return plan, folder / "parts"


@settings(max_examples=15)
@given(case_files(), st.integers(1, 3))
def test_a_part_holds_the_rows_around_its_children_and_no_others(
    events: Mapping[str, Sequence[Event]], rows_per_part: int
) -> None:
    case_file = CaseFile.of_events(AS_OF, events)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("features.rows.part.ROWS_AT_ONCE", 2)
        case_file.write(Path(folder))
        plan, parts = parts_of(Path(folder), CHILDREN, rows_per_part)
        for part in plan.parts:
            around = case_file.only(plan.pairs_of(part)["child"].to_pylist()).tables
            found = CaseFile.read(parts / part_name(part)).tables
            assert set(found) == set(around) - {"people"}
            assert all(found[name].equals(around[name].reset_index(drop=True)) for name in found)


FAMILIES = """
    children
      child | happened
      z-ann | 2015-01-01
      m-bea | 2015-01-01
      a-cid | 2015-01-01
      k-dan | 2015-01-01
    members
      child | happened   | person | relation
      z-ann | 2015-01-01 | mum    | mother
      a-cid | 2015-01-01 | mum    | mother
      k-dan | 2015-01-01 | m-bea  | sibling
    allegations
      child | happened   | abuser
      m-bea | 2016-01-01 | uncle
"""


def test_those_who_share_somebody_stand_side_by_side(tmp_path: Path) -> None:
    CaseFile.of_events(AS_OF, read_world(FAMILIES).case_file).write(tmp_path)
    plan = make_plan(Source(tmp_path), pairs_of(["k-dan", "a-cid", "m-bea", "z-ann"]), 2)
    assert plan.pairs["child"].to_pylist() == ["a-cid", "z-ann", "k-dan", "m-bea"]


def test_the_order_asked_in_makes_no_difference(tmp_path: Path) -> None:
    CaseFile.of_events(AS_OF, read_world(FAMILIES).case_file).write(tmp_path)
    one, other = (
        make_plan(Source(tmp_path), pairs_of(children), 3)
        for children in (["k-dan", "a-cid", "m-bea"], ["m-bea", "k-dan", "a-cid"])
    )
    assert one.pairs.equals(other.pairs)
    assert one.needed.equals(other.needed)


def test_names_are_in_no_part(tmp_path: Path) -> None:
    world = "people\n person | happened | family_name\n z-ann | 2015-01-01 | 髙橋\n" + FAMILIES
    CaseFile.of_events(AS_OF, read_world(world).case_file).write(tmp_path)
    _, parts = parts_of(tmp_path, ["z-ann"], 1)
    written = [path for path in parts.rglob("*") if path.is_file()]
    assert written
    assert not [path for path in written if "髙橋".encode() in path.read_bytes()]
    assert not [path for path in written if "people" in path.name]
