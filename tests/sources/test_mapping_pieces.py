"""Rows that are one, cells that are many, and codes that only a pattern can name."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from features.errors import KizukiError
from features.sources.mapping import CodeMap
from tests.sources.census_files import reasons, rows
from tests.sources.written_tables import imported

STAYS = """
as_of = 2024-03-31
files.stays = { path = "stays.csv" }
[[tables]]
from = "stays"
to = "placements"
continues = { column = "why", is = ["goes on"], same = ["child", "home"] }
[tables.fields]
id = { columns = ["child", "start"] }
child = "child"
happened = "start"
known = "start"
until = "end"
"""


def test_a_row_that_goes_on_is_one_span_with_the_row_before_it(tmp_path: Path) -> None:
    stays = """
    child | home | start      | end        | why
    A     | 1    | 2020-03-01 |            | goes on
    A     | 1    | 2020-01-01 | 2020-02-01 | new
    A     | 1    | 2020-02-01 | 2020-03-01 | goes on
    B     | 1    | 2020-01-01 | 2020-02-01 | new
    B     | 2    | 2020-02-01 | 2020-04-01 | goes on
    """
    tables, report = imported(tmp_path, STAYS, stays=stays)
    placements = tables["placements"]
    assert rows(placements[placements["withdrawn"].isna()], "id", "happened", "until") == [
        ("A-2020-01-01", "2020-01-01", None),
        ("B-2020-01-01", "2020-01-01", "2020-02-01"),
        ("B-2020-02-01", "2020-02-01", "2020-04-01"),
    ]
    assert report.total("kept") == 5
    told = {line.reason: line.first for line in report.lines()}
    assert told["is one row with an earlier one"] == "line 4"
    alone = "why says that it goes on, but none ends so: stands for itself"
    assert told[alone] == "line 6, why"


def test_pieces_are_refused_with_the_row_that_they_go_on_with(tmp_path: Path) -> None:
    stays = "child|home|start|end|why\nA|1|2020-01-01|2019-02-01|new\nA|1|2019-02-01||goes on\n"
    _, report = imported(tmp_path, STAYS, stays=stays)
    assert (report.total("kept"), report.total("refused")) == (1, 1)
    later = "child|home|start|end|why\nA|1|2025-01-01|2025-02-01|new\nA|1|2025-02-01||goes on\n"
    _, report = imported(tmp_path, STAYS, stays=later)
    assert (report.total("kept"), report.total("refused")) == (0, 2)


DAYS = st.sampled_from(["2020-01-01", "2020-02-01", "2020-03-01", ""])
PIECE = st.tuples(st.sampled_from("AB"), DAYS, DAYS, st.sampled_from(["new", "goes on"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(PIECE, min_size=1, max_size=6))
def test_every_piece_is_kept_or_refused_once(
    tmp_path: Path, pieces: list[tuple[str, str, str, str]]
) -> None:
    lines = [f"{child}|1|{start}|{end}|{why}" for child, start, end, why in pieces]
    _, report = imported(tmp_path, STAYS, stays="\n".join(["child|home|start|end|why", *lines]))
    assert report.total("kept") + report.total("refused") == len(pieces)


REPORTS = """
as_of = 2024-03-31
files.reports = { path = "reports.csv" }
[[tables]]
from = "reports"
to = "children"
once = true
fields = { id = "child", child = "child", happened = "born", known = "day" }
"""


def test_rows_that_say_the_same_are_one_and_one_that_says_otherwise_later_corrects_it(
    tmp_path: Path,
) -> None:
    reports = """
    child | born       | day
    A     | 2010-01-01 | 2020-05-01
    B     | 2011-01-01 | 2020-06-01
    A     | 2010-01-01 | 2019-05-01
    A     | 2010-01-02 | 2018-05-01
    A     | 2010-01-03 | 2020-05-01
    A     |            | 2021-05-01
    A     | 2010-01-04 | 2024-05-01
    """
    tables, report = imported(tmp_path, REPORTS, reports=reports)
    assert rows(tables["children"], "id", "happened", "known", "withdrawn") == [
        ("A", "2010-01-02", "2018-05-01", "2019-05-01"),
        ("A", "2010-01-01", "2019-05-01", "2020-05-01"),
        ("A", "2010-01-03", "2020-05-01", None),
        ("B", "2011-01-01", "2020-06-01", None),
    ]
    told = {line.reason: (line.kept, line.first) for line in report.lines()}
    assert told["is one row with an earlier one"] == (1, "line 2")
    assert told["happened: is required"] == (0, "line 7, born")  # and corrects nothing
    assert told["known: lies after the day of the extract"] == (0, "line 8, day")


def test_two_that_contradict_each_other_on_one_day_cannot_both_be(tmp_path: Path) -> None:
    reports = "child|born|day\nA|2010-01-01|2020-05-01\nA|2010-01-02|2020-05-01\n"
    tables, report = imported(tmp_path, REPORTS, reports=reports)
    assert rows(tables["children"], "happened") == [("2010-01-01",)]
    refused = [line for line in report.lines() if line.refused]
    assert [(line.first, line.refused) for line in refused] == [("line 3, child", 1)]


JSON = """
as_of = 2024-03-31
files.found = { path = "found.csv" }
[[tables]]
from = "found"
to = "allegations"
each = "factors"
skip = [{ column = "factors", unless = ["1", "2"], because = "is no abuse" }]
[tables.fields]
id = { columns = ["number", "factors"], prefix = "factor-" }
child = "child"
happened = "day"
known = "day"
kind = { column = "factors", map = { 1 = "physical", 2 = "neglect" } }
[[tables]]
from = "found"
to = "screenings"
skip = [{ column = "outcome/NFA", unless = ["Y"], because = "went on" }]
[tables.fields]
id = "number"
child = "child"
happened = "day"
known = "day"
outcome = { value = "screened_out" }
"""
FOUND = """
number | child | day        | factors                                | outcome
1      | A     | 2020-01-01 | ["1", "2", "9"]                        | {"NFA": "Y"}
2      | A     | 2020-01-02 | {"1": "Yes", "2": "No", "9": true}     | {"NFA": "N"}
3      | A     | 2020-01-03 |                                        |
4      | A     | 2020-01-04 | []                                     | {}
5      | A     | 2020-01-05 | [1                                     | [
6      | A     | 2020-01-06 | [["1"]]                                | {"NFA": []}
"""


def test_a_row_is_made_of_each_item_of_a_json_list(tmp_path: Path) -> None:
    tables, report = imported(tmp_path, JSON, found=FOUND)
    assert rows(tables["allegations"], "id", "kind") == [
        ("factor-1-1", "physical"),
        ("factor-1-2", "neglect"),
        ("factor-2-1", "physical"),
    ]
    told = reasons(report)
    assert told["found.csv", "allegations", "factors holds no item: no row"] == "line 4"
    assert told["found.csv", "allegations", "factors: is not JSON"] == "line 6"
    assert told["found.csv", "allegations", "factors: is not a JSON list of texts"] == "line 7"


def test_one_value_of_a_json_object_is_read(tmp_path: Path) -> None:
    tables, report = imported(tmp_path, JSON, found=FOUND)
    assert rows(tables["screenings"], "id", "outcome") == [("1", "screened_out")]
    told = reasons(report)
    assert told["found.csv", "screenings", "outcome/NFA: is not JSON"] == "line 6"
    more = "outcome/NFA: says more than one value under NFA"
    assert told["found.csv", "screenings", more] == "line 7"


SEVERAL = """
as_of = 2024-03-31
files.found = { path = "found.csv" }
[[tables]]
repeat = { n = ["1", "2"] }
from = "found"
to = "allegations"
skip = [{ column = "kind{n}", is = [""], because = "no kind {n}" }]
[tables.fields]
id = { columns = ["child", "kind{n}"] }
child = "child"
happened = "day"
known = "day"
kind = { column = "kind{n}", map = { P = "physical" }, others = "unknown" }
abuser_relation = { columns = ["who", "sex"], map = { parent-F = "mother", "parent-*" = "father" } }
witnessed_violence = { columns = ["a", "b"], map = { "*1*" = true, 0-0 = false, "*" = "" } }
"""


def test_a_table_is_repeated_for_each_number_and_codes_are_made_of_several_columns(
    tmp_path: Path,
) -> None:
    found = """
    child | day        | kind1 | kind2 | who    | sex | a | b
    A     | 2020-01-01 | P     |       | parent | F   | 0 | 1
    B     | 2020-01-01 | P     | Q     | parent |     | 0 | 0
    C     | 2020-01-01 |       | P     |        |     |   | 0
    """
    tables, report = imported(tmp_path, SEVERAL, found=found)
    columns = ("id", "kind", "abuser_relation", "witnessed_violence")
    assert rows(tables["allegations"], *columns) == [
        ("A-P", "physical", "mother", "True"),
        ("B-P", "physical", "father", "False"),
        ("B-Q", None, "father", "False"),
        ("C-P", "physical", None, None),
    ]
    unknown = "kind: is not a code of the mapping: left unknown"
    assert reasons(report)["found.csv", "allegations", unknown] == "line 3, kind2"


@pytest.mark.parametrize(
    ("code", "means"), [("AB", 1), ("AXB", 2), ("AX", 3), ("B", 4), ("A.B", 2), ("A\nB", 2)]
)
def test_the_longer_pattern_wins_over_the_shorter(code: str, means: int) -> None:
    codes = CodeMap.of({"*": 4, "A*": 3, "A*B": 2, "AB": 1})
    assert codes.becomes(code) == means
    assert not CodeMap.of({"A.*": 1}).covers("AXY")


WRONG = {
    "two ways to choose": (
        'files = { a = { path = "a.csv" } }', 'joins = [{ file = "a", column = "c", '
        'key = "k", first = "d", last = "d" }]', "last: stands beside first",
    ),
    "goes on without an end": (
        'files = { a = { path = "a.csv" } }',
        'continues = { column = "c", is = ["x"], same = ["c"] }', "rows of children do not last",
    ),
    "repeat by a number": (
        'files = { a = { path = "a.csv" } }', "repeat = { n = [1] }", "n must be a list of texts",
    ),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_meant_is_named(tmp_path: Path, wrong: str) -> None:
    head, said, told = WRONG[wrong]
    fields = '{ id = "c", child = "c", happened = "c", known = "c" }'
    mapping = f'as_of = 2024-03-31\n{head}\n[[tables]]\nfrom = "a"\nto = "children"\n'
    with pytest.raises(KizukiError, match=told):
        imported(tmp_path, f"{mapping}{said}\nfields = {fields}\n", a="c\n1")
