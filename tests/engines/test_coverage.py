"""Coverage with a beginning or an end on, before and after every edge: both engines alike."""

from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.coverage import Coverage, Covered, Needs, covered_ahead, days_covered, gap_of
from features.events import Event
from features.language.fields import Choice
from features.language.roles import ABUSER, ADULT, Role
from features.language.rows import Rows, Table
from features.language.values import Value
from features.language.windows import EVER, Horizon
from features.reading import Filled
from features.tables import (
    TABLES,
    agency_events,
    allegations,
    children,
    findings,
    members,
    notifications,
    placements,
)
from tests.engines.both import assert_bit_equal, in_batch, one_by_one
from tests.engines.case_files import CHILDREN, FIRST_DAY, LAST_DAY, case_files, days
from tests.engines.edges import CUTOFF, EDGES, KNOWN_BY, LONG_AGO, Row, Shape, World
from tests.engines.expressions import expressions
from tests.engines.questions import in_every_span, of_every_last_day

FIRST_AND_LAST = [Covered(first=edge) for edge in EDGES] + [Covered(last=edge) for edge in EDGES]
NEVER_BORN, NO_ROW = None, None


def asked_of(rows: Rows) -> list[Value]:
    """Each last day in each span, by a verb that says 0 of no rows and one that says nothing."""
    return [
        value
        for spanned in in_every_span(rows)
        for narrowed in of_every_last_day(spanned)
        for value in verbs(narrowed)
    ]


def asked_about(rows: Rows, others: Rows) -> list[Value]:
    """The same of rows about others, which may be those of their last day."""
    return [
        value
        for spanned in in_every_span(others)
        for narrowed in of_every_last_day(spanned)
        for value in verbs(rows.about(narrowed))
    ]


def verbs(rows: Rows) -> list[Value]:
    ahead = isinstance(rows.span, Horizon)
    return [rows.count()] if ahead else [rows.count(), rows.days_since_last()]


def world_of(table: Table) -> World:
    """A child born on each edge, long ago or nobody knows when, with a row on an edge or none."""

    def rows(child: str, born: int | None, day: int | None) -> Iterator[Row]:
        if born is not NEVER_BORN:
            yield Shape(born, born).row(children, f"{child}-born", {"child": child})
        if day is not NO_ROW:
            said: dict[str, Filled] = {table.concerns[0]: child}
            yield Shape(day, day).row(table, f"{child}-row", said)

    born_and_day = product((NEVER_BORN, LONG_AGO, *EDGES[:3]), (NO_ROW, *EDGES))
    return World(
        (f"child{number}", list(rows(f"child{number}", *each)))
        for number, each in enumerate(born_and_day)
    )


def agree(world: World, questions: list[Value], coverage: Coverage) -> np.ndarray:
    """Both engines asked of all children, who must get the same to the last bit."""
    one = one_by_one(questions, world.children, [CUTOFF], KNOWN_BY, coverage)
    names = list(world.children)
    batch = in_batch(questions, world.together, names, [CUTOFF], KNOWN_BY, coverage)
    assert_bit_equal(one, batch, questions)
    return one


def changed_by(world: World, questions: list[Value], table: str) -> float:
    """The share of the answers that coverage which begins or ends on an edge makes missing.

    Nothing else may come of it: what it does not make missing stays as it was.
    """
    plain, gone = agree(world, questions, {}), []
    for covered in FIRST_AND_LAST:
        told = agree(world, questions, {table: covered})
        assert np.array_equal(told[~np.isnan(told)], plain[~np.isnan(told)])
        gone.append((np.isnan(told) & ~np.isnan(plain)).mean())
    assert max(gone) > min(gone)
    return float(np.mean(gone))


@pytest.mark.parametrize("table", [notifications, placements], ids=["events", "spans"])
def test_of_own_rows(table: Table) -> None:
    assert changed_by(world_of(table), asked_of(table), table.name) > 0.02


@pytest.mark.parametrize("table", [findings, notifications], ids=["of these", "of the others"])
def test_of_rows_about_others(table: Table) -> None:
    questions = asked_about(findings, notifications)
    assert changed_by(world_of(notifications), questions, table.name) > 0.02


@pytest.mark.parametrize(
    ("table", "role", "link"),
    [(agency_events, ADULT, members), (findings, ABUSER, allegations)],
    ids=["a household", "an allegation"],
)
def test_of_rows_seen_through_a_link(table: Table, role: Role, link: Table) -> None:
    for covered in (table, link):
        assert changed_by(world_of(table), asked_of(table.of(role)), covered.name) > 0.02


def every_coverage() -> st.SearchStrategy[Mapping[str, Covered]]:
    """Some tables with a first day, a last day, some kinds, or all of these."""
    firsts = days.map(lambda day: Covered(first=day))
    both_ends = st.tuples(days, days).map(lambda pair: Covered(min(pair), max(pair)))
    return st.dictionaries(st.sampled_from(sorted(TABLES)), firsts | both_ends, max_size=6)


@settings(max_examples=40)
@given(st.lists(expressions(), min_size=5, max_size=10), case_files(), every_coverage(), days)
def test_whatever_is_covered(
    values: list[Value],
    case_file: Mapping[str, list[Event]],
    coverage: Mapping[str, Covered],
    known_by: int,
) -> None:
    cutoffs = range(FIRST_DAY, LAST_DAY + 1)
    told = {name: covered for name, covered in coverage.items() if name in case_file}
    one = one_by_one(values, dict.fromkeys(CHILDREN, case_file), cutoffs, known_by, told)
    batch = in_batch(values, case_file, CHILDREN, cutoffs, known_by, told)
    assert_bit_equal(one, batch, values)


@settings(max_examples=60)
@given(expressions(), every_coverage(), days, days)
def test_the_days_covered_are_those_without_a_gap(
    value: Value, coverage: Mapping[str, Covered], one: int, other: int
) -> None:
    first, last = min(one, other), max(one, other)
    opens, closes = days_covered(value, coverage)
    without = opens <= first and last <= closes
    assert (Needs.of(value).gap_of_days(coverage, first, last) is None) == without


def kinds_of(table: Table) -> list[str]:
    kind = table.columns["kind"]
    assert isinstance(kind, Choice)
    return list(kind.allowed)


@pytest.mark.parametrize("kind", kinds_of(agency_events))
def test_a_kind_that_is_not_recorded_is_missing_and_the_others_are_none(kind: str) -> None:
    others = frozenset(kinds_of(agency_events)) - {kind}
    asked: list[Rows] = [
        agency_events.where(agency_events.kind.is_(other)) for other in kinds_of(agency_events)
    ]
    values: list[Value] = [rows.within(EVER).count() for rows in asked]
    coverage = {"agency_events": Covered(kinds=others)}
    nobody = World([("child", [])])
    told = agree(nobody, values, coverage)[0]
    gaps = [gap_of(value, TABLES.keys(), coverage) for value in values]
    assert [gap is not None for gap in gaps] == np.isnan(told).tolist()
    assert np.flatnonzero(np.isnan(told)).tolist() == [kinds_of(agency_events).index(kind)]


def test_a_label_can_be_learnt_from_where_all_its_days_are_covered() -> None:
    label = placements.following(Horizon("10d", 10, EVER.words)).exists()
    cutoffs = np.arange(100, 125)
    covered = covered_ahead(label, {"placements": Covered(103, 130)}, cutoffs)
    assert cutoffs[covered].tolist() == list(range(102, 121))
    assert covered_ahead(label, {}, cutoffs).all()
