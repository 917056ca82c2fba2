"""Pairs that are answered side by side never touch one another, whatever stands in the next."""

from collections.abc import Mapping, Sequence
from itertools import product

import pytest

from features.events import Event
from features.language.values import Value
from features.language.windows import EVER, TODAY, YEARS_5
from features.reading import Filled
from features.tables import allegations, findings, notifications, placements
from tests.engines.both import answers_of_both, assert_bit_equal

DAYS = range(4)
RECENT = notifications.within(EVER)


def row(name: str, known: int, **filled: Filled) -> Event:
    return Event(name, 0, known, None, None, {"child": "ann", **filled})


def agree(
    values: list[Value], case_file: Mapping[str, Sequence[Event]], cutoffs: Sequence[int] = DAYS
) -> None:
    one, batch = answers_of_both(values, case_file, ["bea", "ann", "cid", "ann"], cutoffs)
    assert_bit_equal(one, batch, values)


@pytest.mark.parametrize("ids", ["adg", "abc", "efg", "d"])
@pytest.mark.parametrize("references", ["abcdefg", "abc", "efg", ""])
def test_references_of_one_pair_are_not_ids_of_the_next(ids: str, references: str) -> None:
    """References that sort before, between and after the ids on file, and rows without any."""
    refers = [row("0", 0), *(row(name, 0, notification=name) for name in references)]
    values: list[Value] = [
        findings.about(RECENT).count(),
        findings.about(RECENT.latest()).count(),
        findings.within(EVER).count_distinct(findings.notification),
        allegations.about(RECENT).exists(),
    ]
    for known in product((0, 2), repeat=len(ids)):
        on_file = [row(name, day) for name, day in zip(ids, known, strict=True)]
        agree(values, {"notifications": on_file, "findings": refers, "allegations": []})


@pytest.mark.parametrize("known", list(product(DAYS, repeat=3)))
def test_values_of_one_pair_are_not_counted_in_the_next(known: tuple[int, ...]) -> None:
    kinds = ("physical", "sexual", "neglect")
    said = [
        row(kind, day, kind=kind, severity=float(severity))
        for severity, (kind, day) in enumerate(zip(kinds, known, strict=True))
    ]
    rows = findings.within(EVER)
    fields = (findings.kind, findings.abuser, findings.severity)
    distinct: list[Value] = [rows.count_distinct(field) for field in fields]
    numbers: list[Value] = [rows.sum(findings.severity), rows.max(findings.severity)]
    agree(distinct + numbers, {"findings": said})


@pytest.mark.parametrize("ends", [-24_500, 1, 70_000, None])
def test_days_of_one_pair_are_not_covered_in_the_next(ends: int | None) -> None:
    """Cutoffs as far apart as days can be, the later one first."""
    spans = [
        Event("a", -25_000, -25_000, None, ends, {"child": "ann"}),
        Event("b", -24_000, -24_000, None, None, {"child": "ann"}),
    ]
    values: list[Value] = [
        placements.within(span).days_covered() for span in (EVER, TODAY, YEARS_5)
    ]
    agree(values, {"placements": spans}, cutoffs=(84_000, -20_000, 84_000, 0))


def test_numbers_of_one_day_are_added_in_the_order_of_the_ids() -> None:
    """Or the last bit would depend on the order in which the rows came."""
    severities = {"c": 0.3, "b": 0.2, "a": 0.1}
    said = [row(name, 0, severity=severity) for name, severity in severities.items()]
    assert (0.1 + 0.2) + 0.3 != (0.3 + 0.2) + 0.1
    agree([findings.within(EVER).sum(findings.severity)], {"findings": said})
