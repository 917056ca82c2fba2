"""Joins to one of several rows, to none, to a file that is not there; and days made of several."""

from datetime import date
from pathlib import Path

import pytest

from features.errors import KizukiError
from tests.sources.census_files import reasons, rows
from tests.sources.written_tables import imported

CHILDREN = """
as_of = 2024-03-31
[files]
people = { path = "people.csv", not_taken = { shoe = "nobody asks" } }
stays = { path = "stays.csv", optional = true }
[[tables]]
from = "people"
to = "children"
joins = [{ file = "stays", column = "who", key = "child", first = "day", optional = true }]
[tables.fields]
id = "who"
child = "who"
happened = "born"
known = { column = "stays.day", not_before = "born", blank = "as_of" }
office = "stays.office"
"""
PEOPLE = """
who | born       | shoe
A   | 2010-01-01 | 34
B   | 2011-01-01 |
C   | 2012-01-01 | 30
"""
STAYS = """
child | day        | office
A     | someday    | x
A     | 2020-05-01 | late
A     | 2019-05-01 | early
C     | 2011-12-01 | unborn
"""


def test_the_first_of_several_rows_is_joined_and_a_row_may_have_none(tmp_path: Path) -> None:
    tables, _ = imported(tmp_path, CHILDREN, people=PEOPLE, stays=STAYS)
    assert rows(tables["children"], "child", "known", "office") == [
        ("A", "2019-05-01", "early"),
        ("B", "2024-03-31", None),  # nothing tells, so from the day of the extract
        ("C", "2012-01-01", "unborn"),  # before birth there was no day of birth to know
    ]


def test_the_last_of_several_rows_is_joined(tmp_path: Path) -> None:
    mapping = CHILDREN.replace('first = "day"', 'last = "day"')
    tables, _ = imported(tmp_path, mapping, people=PEOPLE, stays=STAYS)
    assert rows(tables["children"], "office") == [("late",), (None,), ("unborn",)]


def test_without_a_day_the_row_that_stands_first_is_joined(tmp_path: Path) -> None:
    mapping = CHILDREN.replace('first = "day"', 'first = "office"')
    tables, _ = imported(tmp_path, mapping, people=PEOPLE, stays=STAYS.replace("someday", ""))
    assert rows(tables["children"], "office") == [("x",), (None,), ("unborn",)]


def test_a_file_that_may_be_missing_is_told_and_what_only_it_tells_unknown(tmp_path: Path) -> None:
    more = """
    [[tables]]
    from = "stays"
    to = "placements"
    fields = { id = "child", child = "child", happened = "day", known = "day" }
    """
    tables, report = imported(tmp_path, CHILDREN + more, people=PEOPLE)
    assert list(tables) == ["children"]
    assert rows(tables["children"], "known", "office")[0] == ("2024-03-31", None)
    told = reasons(report)
    assert ("stays.csv", "", "there is no such file: what only it tells is unknown") in told
    assert ("people.csv", "", "column shoe is not taken: nobody asks") in told
    assert next(line.noted for line in report.lines() if "shoe" in line.reason) == 2


def test_a_folder_without_any_of_the_files_is_an_error(tmp_path: Path) -> None:
    mapping = CHILDREN.replace("not_taken = { shoe", "optional = true, not_taken = { shoe")
    with pytest.raises(KizukiError, match=r"none of the files of mapping\.toml is in this folder"):
        imported(tmp_path, mapping)


EARLIEST = """
[[tables]]
from = "stays"
to = "placements"
[tables.fields]
id = { columns = ["child", "day"] }
child = "child"
happened = { earliest = ["day", "other"] }
known = "day"
"""


def test_of_several_days_the_earliest_counts_and_one_that_is_none_is_refused(
    tmp_path: Path,
) -> None:
    stays = "child|day|other\nA|2020-05-01|2020-04-01\nB|2020-05-01|\nC|2020-05-01|someday\n"
    tables, report = imported(
        tmp_path, CHILDREN.replace("office =", "#") + EARLIEST, people=PEOPLE, stays=stays
    )
    assert rows(tables["placements"], "child", "happened") == [
        ("A", "2020-04-01"),
        ("B", "2020-05-01"),
    ]
    assert report.total("refused", "placements") == 1


def test_the_day_of_the_extract_is_said_once(tmp_path: Path) -> None:
    without = CHILDREN.replace("as_of = 2024-03-31", "")
    with pytest.raises(KizukiError, match="as_of: is missing"):
        imported(tmp_path, without, people=PEOPLE)
    with pytest.raises(KizukiError, match="as_of: stands in the mapping"):
        imported(tmp_path, CHILDREN, date(2024, 3, 31), people=PEOPLE)
    tables, _ = imported(tmp_path, without, date(2024, 6, 30), people=PEOPLE)
    assert rows(tables["children"], "known")[0] == ("2024-06-30",)
