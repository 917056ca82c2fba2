"""What is measured of the kept rows: fields not filled in, late recording, months without rows."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from features.checks.checked import Checked, check_folder
from features.checks.lateness import By
from tests.checks.small_folder import ANN, Row, check_rows, row, write_folder

BOB = ANN | {"id": "c2", "child": "bob"}


def broken(checked: Checked) -> list[tuple[str, str]]:
    return [(one.threshold.code, one.place) for one in checked.broken]


def many(count: int, **fields: object) -> list[Row]:
    """Rows on one day after another, unlike each other."""
    first = date(2023, 1, 1)
    days = [(first + timedelta(days=number)).isoformat() for number in range(count)]
    return [row(id=f"r{n}", happened=day, **fields) for n, day in enumerate(days)]


def test_the_share_of_rows_without_a_field(tmp_path: Path) -> None:
    rows = [row(id="a", kind="visit"), row(id="b", kind="phone"), row(id="c"), row(id="d")]
    checked = check_rows(tmp_path, contacts=rows, services=[])
    shares = {one.field: one.share for one in checked.filling if one.table == "contacts"}
    assert shares == {"kind": 0.5, "outcome": 1.0, "child_seen": 1.0}
    assert "services" not in {one.table for one in checked.filling}


def test_rows_that_mostly_do_not_say_what_they_are_are_too_many(tmp_path: Path) -> None:
    half = [*many(20, kind="visit"), *many(40)[20:]]
    assert broken(check_rows(tmp_path / "half", contacts=half)) == []
    more = [*half, row(id="more", happened="2023-02-10")]
    assert broken(check_rows(tmp_path / "more", contacts=more)) == [("unfilled", "contacts.kind")]


def test_few_rows_are_not_judged(tmp_path: Path) -> None:
    assert broken(check_rows(tmp_path, contacts=many(29))) == []


def lateness(checked: Checked, by: By) -> dict[str, tuple[int, float, float, float]]:
    return {
        one.name: (one.rows, one.median, one.ninetieth, one.share)
        for one in checked.lateness
        if one.by is by
    }


def late(name: str, days: int, **fields: object) -> Row:
    known = (date(2024, 1, 10) + timedelta(days=days)).isoformat()
    return row(id=name, known=known, **fields)


def test_days_from_happened_to_known_by_table_source_and_office(tmp_path: Path) -> None:
    checked = check_rows(
        tmp_path,
        children=[ANN | {"office": "north"}, BOB],
        notifications=[
            late("n1", 0, source="police"),
            late("n2", 31, source="school", child="bob"),
        ],
        screenings=[
            late("s1", 10, notification="n1"),
            late("s2", 30, notification="n2", child="bob"),
        ],
        contacts=[late("v1", 40)],
        benefits=[row(id="b1", person="ann", happened="2018-01-01", known="2024-01-01")],
    )
    assert lateness(checked, By.TABLE) == {
        "notifications": (2, 15.5, pytest.approx(27.9), 0.5),
        "screenings": (2, 20.0, pytest.approx(28.0), 0.0),
        "contacts": (1, 40.0, 40.0, 1.0),
    }
    assert lateness(checked, By.SOURCE) == {
        "police": (2, 5.0, pytest.approx(9.0), 0.0),
        "school": (2, 30.5, pytest.approx(30.9), 0.5),
    }
    assert lateness(checked, By.OFFICE) == {"north": (3, 10.0, pytest.approx(34.0), 1 / 3)}


def test_a_correction_is_not_late(tmp_path: Path) -> None:
    rows = [late("v", 0, withdrawn="2024-03-30"), late("v", 80, kind="visit")]
    checked = check_rows(tmp_path, contacts=rows)
    assert lateness(checked, By.TABLE) == {"contacts": (1, 0.0, 0.0, 0.0)}


def test_too_much_that_is_late_is_told_wherever_it_is(tmp_path: Path) -> None:
    rows = [
        one | {"known": "2023-12-31", "kind": "visit", "outcome": "made"} if number < 11 else one
        for number, one in enumerate(many(40, kind="visit"))
    ]
    checked = check_rows(tmp_path, children=[ANN | {"office": "north"}], contacts=rows)
    assert broken(checked) == [("late", "table contacts"), ("late", "office north")]


def monthly(months: Sequence[int], **fields: object) -> list[Row]:
    """Three rows in each of these months, counted from January 2020."""
    return [
        row(id=f"r{month}-{day}", happened=f"{2020 + month // 12}-{month % 12 + 1:02}-{day:02}")
        | fields
        for month in months
        for day in (3, 13, 23)
    ]


WITH_A_HOLE = [month for month in range(48) if month not in (20, 21, 22, 23)]


def contacts_span(checked: Checked) -> tuple[str, str, int, list[tuple[str, str]]]:
    (span,) = [one for one in checked.gaps if one.table == "contacts"]
    return span.first, span.last, span.months, [(one.first, one.last) for one in span.empty]


def test_months_without_a_row_between_the_first_and_the_last(tmp_path: Path) -> None:
    rows = [row(id="a", happened="2023-01-31"), row(id="b", happened="2023-04-01")]
    checked = check_rows(tmp_path, contacts=rows)
    assert contacts_span(checked) == ("2023-01", "2023-04", 4, [("2023-02", "2023-03")])
    assert broken(checked) == [], "with a row now and then, chance explains it"


def test_a_hole_that_chance_does_not_explain_is_told(tmp_path: Path) -> None:
    checked = check_rows(tmp_path, services=monthly(WITH_A_HOLE, kind="guidance",
                                                    outcome="completed"))  # fmt: skip
    assert broken(checked) == [("gap", "services 2021-09 – 2021-12")]


def test_many_rows_of_one_day_do_not_make_the_next_month_a_hole(tmp_path: Path) -> None:
    same_day = [row(id=f"r{n}", happened="2023-01-10", kind="guidance",
                    until=f"2023-02-{n + 1:02}") for n in range(28)]  # fmt: skip
    after = [row(id="z", happened="2023-03-10"), row(id="y", happened="2023-05-10")]
    assert broken(check_rows(tmp_path, services=[*same_day, *after])) == []


def test_the_declared_coverage_begins_and_ends_the_months_that_are_looked_at(
    tmp_path: Path,
) -> None:
    covered = {"contacts": {"from": "2022-11-15", "to": "2023-06-29"}}
    folder = write_folder(tmp_path, {"contacts": [row(happened="2023-02-01")]}, coverage=covered)
    assert contacts_span(check_folder(folder)) == (
        "2022-12", "2023-05", 6, [("2022-12", "2023-01"), ("2023-03", "2023-05")],
    )  # fmt: skip


def test_a_coverage_that_begins_later_than_the_extract_has_no_months(tmp_path: Path) -> None:
    covered = {"contacts": {"from": "2025-01-01"}}
    folder = write_folder(tmp_path, {"contacts": [row()]}, coverage=covered)
    assert contacts_span(check_folder(folder))[2:] == (0, [])


def test_a_coverage_without_a_single_row_is_empty_and_nobody_can_say_if_by_chance(
    tmp_path: Path,
) -> None:
    covered = {"contacts": {"from": "2024-02-01", "to": "2024-03-31"}}
    folder = write_folder(tmp_path, {"contacts": [row()]}, coverage=covered)
    checked = check_folder(folder)
    assert contacts_span(checked) == ("2024-02", "2024-03", 2, [("2024-02", "2024-03")])
    assert broken(checked) == []


def test_births_have_no_holes(tmp_path: Path) -> None:
    checked = check_rows(tmp_path, children=[ANN, BOB | {"happened": "2012-01-01"}])
    assert checked.gaps == []


def test_repetitions_count_only_where_there_are_many(tmp_path: Path) -> None:
    rows = many(100, kind="visit")
    once = [*rows, rows[0] | {"id": "again"}]
    assert broken(check_rows(tmp_path / "once", contacts=once)) == []
    twice = [*once, rows[1] | {"id": "again too"}]
    assert broken(check_rows(tmp_path / "twice", contacts=twice)) == [("repeated", "contacts")]


def test_persons_who_are_linked_to_nobody_count_only_where_there_are_many(tmp_path: Path) -> None:
    def broken_with(strangers: int) -> list[tuple[str, str]]:
        who = ["zoe"] * strangers + ["ann"] * (40 - strangers)
        rows = [
            one | {"person": person}
            for one, person in zip(many(40, kind="police_call"), who, strict=True)
        ]
        tables = {"members": [row(person="dad")], "allegations": [], "agency_events": rows}
        return broken(check_rows(tmp_path / str(strangers), **tables))

    assert broken_with(2) == []
    assert broken_with(3) == [("unlinked", "agency_events")]


def test_a_table_that_begins_with_a_row_now_and_then_has_no_hole_there(tmp_path: Path) -> None:
    days = ("2010-01-05", "2010-09-02", "2011-02-01", "2018-12-01", "2019-03-01")
    said = {"kind": "guidance"}
    begun = [row(id=day, happened=day, **said) for day in days]
    born = ANN | {"happened": "2008-01-01"}
    regular = monthly(range(48), **said)
    assert broken(check_rows(tmp_path, children=[born], services=[*begun, *regular])) == []
