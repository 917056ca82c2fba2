"""Rows that are sound alone and cannot be right together: kept, and told."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from features.case_file import ABOUT
from features.checks.checked import check_folder
from tests.checks.small_folder import ANN, Row, check_rows, row, told

Tables = Mapping[str, Sequence[Row]]
NOTIFIED = row(id="n1")
BOB = ANN | {"id": "c2", "child": "bob"}


def placed(name: str, happened: str, until: str | None, **fields: object) -> Row:
    return row(id=name, happened=happened, until=until, **fields)


IMPOSSIBLE: dict[str, tuple[Tables, tuple[str, str, list[str]]]] = {
    "before birth": (
        {"contacts": [row(happened="2016-04-30")]},
        ("contacts.happened", "before_birth", ["r1"]),
    ),
    "before the birth of a person": (
        {"agency_events": [row(person="ann", happened="2016-04-30", kind="arrest")]},
        ("agency_events.happened", "before_birth", ["r1"]),
    ),
    "moved in before being born": (
        {"members": [row(person="dad", born="2024-01-11")]},
        ("members.born", "before_birth", ["r1"]),
    ),
    "ended, and goes on": (
        {
            "services": [
                row(id="s1", outcome="completed"),
                row(id="s2", outcome="completed", until="2024-02-01", kind="respite"),
                row(id="s3", outcome="refused"),
                row(id="s4", kind="guidance"),
            ]
        },
        ("services.outcome", "ended_and_goes_on", ["s1"]),
    ),
    "about nothing": (
        {"notifications": [NOTIFIED], "allegations": [row(notification="n2")]},
        ("allegations.notification", "no_such_row", ["r1"]),
    ),
    "about another child's notification": (
        {
            "children": [ANN, BOB],
            "notifications": [NOTIFIED],
            "allegations": [row(child="bob", notification="n1")],
        },
        ("allegations.notification", "another_childs_row", ["r1"]),
    ),
    "of a child who is not on file": (
        {"contacts": [row(child="zoe")]},
        ("contacts.child", "not_on_file", ["r1"]),
    ),
    "twice on file": (
        {"children": [ANN, ANN | {"id": "c2", "sex": "female"}]},
        ("children.child", "twice_on_file", ["c2"]),
    ),
    "placed in two places": (
        {
            "placements": [
                placed("later", "2024-02-01", None),
                placed("earlier", "2024-01-01", "2024-02-02"),
            ]
        },
        ("placements.happened", "overlaps", ["later"]),
    ),
    "placed while another goes on": (
        {"placements": [placed("a", "2023-01-01", None), placed("b", "2024-01-01", "2024-01-02")]},
        ("placements.happened", "overlaps", ["b"]),
    ),
    "placed inside a longer one, not the one before": (
        {
            "placements": [
                placed("long", "2023-01-01", "2024-01-01"),
                placed("short", "2023-02-01", "2023-03-01"),
                placed("third", "2023-06-01", "2023-07-01"),
            ]
        },
        ("placements.happened", "overlaps", ["short", "third"]),
    ),
    "told again": (
        {"contacts": [row(id="one", kind="visit"), row(id="two", kind="visit")]},
        ("contacts.id", "repeats_another", ["two"]),
    ),
    "of a person nobody is linked to": (
        {
            "members": [row(person="dad")],
            "allegations": [row(id="g", abuser="eve")],
            "agency_events": [
                row(id=who, person=who, kind="arrest") for who in ("ann", "dad", "eve", "zoe")
            ],
        },
        ("agency_events.person", "linked_to_nobody", ["zoe"]),
    ),
}


@pytest.mark.parametrize(("tables", "found"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_be_right_is_told_and_kept(
    tmp_path: Path, tables: Tables, found: tuple[str, str, list[str]]
) -> None:
    checked = check_rows(tmp_path, **tables)
    assert told(checked) == [found]
    assert all(rows.set_aside == 0 for rows in checked.rows)
    assert checked.clean == (found[1] in ("repeats_another", "linked_to_nobody"))


POSSIBLE: dict[str, Tables] = {
    "on the day of birth": {"contacts": [row(happened="2016-05-01")]},
    "birth not known": {
        "members": [row(person="dad")],
        "allegations": [],
        "agency_events": [row(person="dad", happened="1950-01-01", kind="arrest")],
    },
    "about a notification": {
        "notifications": [NOTIFIED],
        "allegations": [row(notification="n1")],
    },
    "about a notification that was withdrawn": {
        "notifications": [NOTIFIED | {"withdrawn": "2024-01-20"}],
        "allegations": [row(notification="n1")],
    },
    "about nothing in particular": {"notifications": [], "allegations": [row()]},
    "about a table that is not recorded": {"allegations": [row(notification="n1")]},
    "moved on the same day": {
        "placements": [placed("a", "2024-01-01", "2024-02-01"), placed("b", "2024-02-01", None)]
    },
    "placed and home on the same day, during another": {
        "placements": [placed("a", "2024-01-01", None), placed("b", "2024-02-01", "2024-02-01")]
    },
    "another child's placement": {
        "children": [ANN, BOB],
        "placements": [
            placed("a", "2024-01-01", None),
            placed("b", "2024-01-02", None, child="bob"),
        ],
    },
    "an overlap that was corrected": {
        "placements": [
            placed("a", "2024-01-01", None, withdrawn="2024-02-01"),
            placed("a", "2024-01-01", "2024-01-15", known="2024-02-01"),
            placed("b", "2024-01-15", None),
        ]
    },
    "a birth that was corrected": {
        "children": [
            ANN | {"happened": "2019-05-01", "withdrawn": "2021-01-01"},
            ANN | {"known": "2021-01-01"},
        ],
        "contacts": [row(happened="2018-01-01")],
    },
    "the same on another day": {"contacts": [row(id="one"), row(id="two", happened="2024-01-11")]},
    "names of whoever was written down": {"people": [row(person="zoe")]},
    "a person where nobody records who lives with whom": {
        "agency_events": [row(person="zoe", kind="arrest")]
    },
}


@pytest.mark.parametrize("tables", POSSIBLE.values(), ids=POSSIBLE)
def test_what_can_be_right_is_left_in_peace(tmp_path: Path, tables: Tables) -> None:
    checked = check_rows(tmp_path, **tables)
    assert checked.found == ()
    assert checked.clean


def test_where_children_are_not_recorded_nobody_is_missed_among_them(tmp_path: Path) -> None:
    empty = check_rows(tmp_path, children=[], contacts=[row()])
    assert told(empty) == [("contacts.child", "not_on_file", ["r1"])]
    (tmp_path / ABOUT).write_text('{"as_of": "2024-04-01", "tables": ["contacts"]}', "utf-8")
    assert check_folder(tmp_path).clean


def test_a_row_that_is_set_aside_puts_no_other_in_doubt(tmp_path: Path) -> None:
    wrong = placed("wrong", "2023-01-01", None, kind="castle")
    checked = check_rows(tmp_path, placements=[wrong, placed("good", "2024-01-01", None)])
    assert told(checked) == [("placements.kind", "not_a_code", ["wrong"])]
