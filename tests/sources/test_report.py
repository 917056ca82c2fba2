"""The report: one table, as a file and as text."""

import csv
from pathlib import Path

from features.sources.report import Report


def told() -> Report:
    report = Report("cases.xml")
    report.kept("Child", "children", "line 3")
    report.kept("Child", "children", "line 9")
    report.refused("Child", "children", "happened: is required", "line 12")
    report.noted("UPN", "", "not used", "line 4", times=3)
    return report


def test_rows_with_the_same_fate_share_a_line_that_names_the_first_place(tmp_path: Path) -> None:
    with told().write(tmp_path).open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert [(line["kept"], line["refused"], line["noted"]) for line in lines] == [
        ("2", "0", "0"),
        ("0", "1", "0"),
        ("0", "0", "3"),
    ]
    assert [line["first"] for line in lines] == ["line 3", "line 12", "line 4"]
    assert all(int(line["read"]) == int(line["kept"]) + int(line["refused"]) for line in lines)


def test_the_text_ends_with_the_sums() -> None:
    assert str(told()).splitlines()[-1] == (
        "cases.xml: 3 rows read = 2 kept + 1 refused; 3 things noted"
    )


def test_every_refused_row_is_kept_with_its_place_and_what_is_skipped_is_no_fault(
    tmp_path: Path,
) -> None:
    report = told()
    report.refused("Child", "children", "happened: is required", "line 15")
    report.skipped("Child", "children", "is no child", "line 16")
    report.write(tmp_path)
    with (tmp_path / "refused.csv").open(newline="") as file:
        lines = [(line["part"], line["place"], line["reason"]) for line in csv.DictReader(file)]
    assert lines == [
        ("Child", "line 12", "happened: is required"),
        ("Child", "line 15", "happened: is required"),
        ("Child", "line 16", "skipped: is no child"),
    ]
    assert report.total("refused", "children") == 3
    assert report.faults("children") == 2
