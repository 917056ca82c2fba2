"""Any tables through a mapping file: what it can say, and what then becomes of the rows."""

import gzip
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from features.errors import KizukiError
from features.reading import day_number
from features.sources.mapped_tables import import_tables
from features.sources.mapping_file import read_mapping
from features.sources.report import Report
from tests.sources.census_files import reasons, rows

HEAD = """
as_of = 2024-03-31
[files]
reports = { path = "reports.csv", dates = "%d/%m/%Y" }
"""
NOTIFICATIONS = """
[[tables]]
from = "reports"
to = "notifications"
[tables.fields]
id = "number"
child = "child"
happened = "day"
known = "day"
"""
SOURCE = """
[tables.fields.source]
column = "who"
map = { PO = "police", "S*" = "other", "SCH*" = "school", XX = "" }
"""


def imported(folder: Path, mapping: str, **files: str) -> tuple[dict[str, object], Report]:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
    (folder / "mapping.toml").write_text(mapping)
    case_file, report = import_tables(read_mapping(folder / "mapping.toml"), folder)
    return dict(case_file.tables), report


def test_columns_dates_and_codes_are_mapped_and_blanks_are_unknown(tmp_path: Path) -> None:
    text = "number,child,day,who\n1,A,01/02/2024,PO\n2,A,05/02/2024,SCH-3\n3,B,06/02/2024, \n"
    tables, report = imported(tmp_path, HEAD + NOTIFICATIONS + SOURCE, reports=text)
    assert rows(tables["notifications"], "id", "child", "happened", "source") == [
        ("1", "A", "2024-02-01", "police"),
        ("2", "A", "2024-02-05", "school"),
        ("3", "B", "2024-02-06", None),
    ]
    assert report.total("kept") == 3


def test_rows_that_do_not_fit_are_refused_by_line_and_never_repeated(tmp_path: Path) -> None:
    text = (
        'number,child,day,who\n1,A,2024-02-01,PO\n2,"A\nB",01/02/2024,PO\n'
        "3,A,01/02/2024,GHOST\n4,A,01/02/2024,XX\n\n5,A,01/02/2024\n6,A,01/04/2024,PO\n"
    )
    tables, report = imported(tmp_path, HEAD + NOTIFICATIONS + SOURCE, reports=text)
    told = {reason: first for (_, _, reason), first in reasons(report).items()}
    day = "is not a day written as %d/%m/%Y"
    assert told[f"happened: {day}; known: {day}"] == "line 2, day"
    assert told["child: must be text on one line that is not blank"] == "line 3, child"
    assert told["source: is not a code of the mapping"] == "line 5, who"
    assert told["has 3 cells where the header has 4"] == "line 8"
    assert told["happened: lies after the day of the extract"] == "line 9, day"
    assert rows(tables["notifications"], "id", "source") == [("4", None)]
    assert "GHOST" not in str(report)


def test_parquet_and_gzip_give_the_same_as_csv(tmp_path: Path) -> None:
    text = "number,child,day,who\n1,7,01/02/2024,PO\n2,8,05/02/2024,\n"
    expected, _ = imported(tmp_path, HEAD + NOTIFICATIONS + SOURCE, reports=text)
    (tmp_path / "reports.csv.gz").write_bytes(gzip.compress(text.encode()))
    pq.write_table(
        pa.table({
            "number": [1.0, 2.0],
            "child": [7, 8],
            "day": [date(2024, 2, 1), date(2024, 2, 5)],
            "who": ["PO", None],
        }),
        tmp_path / "reports.parquet",
    )  # fmt: skip
    whole = NOTIFICATIONS.replace('id = "number"', 'id = { column = "number", whole = true }')
    for ending in ("csv.gz", "parquet"):
        mapping = HEAD.replace("reports.csv", f"reports.{ending}") + whole + SOURCE
        tables, _ = imported(tmp_path, mapping)
        assert tables["notifications"].equals(expected["notifications"])  # type: ignore[attr-defined]


JOINED = """
as_of = 2024-03-31
[files]
kinds = { path = "kinds.csv" }
reports = { path = "reports.csv", dates = "%d.%m.%y" }
[[tables]]
from = "kinds"
to = "allegations"
joins = [{ file = "reports", column = "report", key = "number" }]
skip = [{ column = "kind", is = ["", "Z*"], because = "no kind was told" }]
[tables.fields]
id = { columns = ["report", "kind"] }
child = "reports.child"
notification = "report"
happened = "reports.day"
known = { column = "noted", dates = "%Y/%m/%d" }
kind = { column = "kind", map = { P = "physical", N = "neglect" } }
witnessed_violence = { value = true }
"""


def test_a_joined_file_gives_what_the_row_itself_does_not_hold(tmp_path: Path) -> None:
    kinds = "report,kind,noted\n1,P,2024/02/03\n1,N,2024/02/04\n9,N,2024/02/04\n1,,2024/02/04\n"
    tables, report = imported(
        tmp_path, JOINED, kinds=kinds, reports="number,child,day,x\n1,A,01.02.24,?\n"
    )
    columns = ("id", "child", "happened", "known", "kind", "witnessed_violence")
    assert rows(tables["allegations"], *columns) == [
        ("1-P", "A", "2024-02-01", "2024-02-03", "physical", "True"),
        ("1-N", "A", "2024-02-01", "2024-02-04", "neglect", "True"),
    ]
    told = reasons(report)
    assert told["kinds.csv", "allegations", "has no row in reports.csv"] == "line 4"
    assert told["kinds.csv", "allegations", "skipped: no kind was told"] == "line 5"
    assert ("reports.csv", "", "column x is not used") in told


def test_a_row_joined_to_two_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match=r"kinds to allegations.*reports.csv: line 3: number"):
        imported(
            tmp_path,
            JOINED,
            kinds="report,kind,noted\n",
            reports="number,child,day\n1,A,01.02.24\n1,B,01.02.24\n",
        )


def test_an_end_is_known_on_its_own_day_or_on_the_day_that_a_column_gives(tmp_path: Path) -> None:
    mapping = """
    as_of = 2024-03-31
    files.stays = { path = "stays.csv" }
    [[tables]]
    from = "stays"
    to = "placements"
    [tables.fields]
    id = "id"
    child = "child"
    happened = "start"
    known = "start"
    until = "end"
    until_known = "ended"
    """
    stays = "id,child,start,end,ended\n1,A,2024-01-01,2024-02-01,2024-02-20\n2,B,2024-01-01,,\n"
    tables, _ = imported(tmp_path, mapping, stays=stays)
    assert rows(tables["placements"], "id", "known", "withdrawn", "until") == [
        ("1", "2024-01-01", "2024-02-20", None),
        ("1", "2024-02-20", None, "2024-02-01"),
        ("2", "2024-01-01", None, None),
    ]


def test_a_file_without_rows_says_that_there_were_none(tmp_path: Path) -> None:
    tables, _ = imported(tmp_path, HEAD + NOTIFICATIONS, reports="number,child,day\n")
    assert len(tables["notifications"]) == 0  # type: ignore[arg-type]


def test_files_that_the_mapping_does_not_name_are_told(tmp_path: Path) -> None:
    text = "number,child,day\n1,A,01/02/2024\n"
    _, report = imported(tmp_path, HEAD + NOTIFICATIONS, reports=text, others="a\n1\n")
    assert ("others.csv", "", "the mapping does not name this file") in reasons(report)


CELLS = st.sampled_from(["", "1", "2", "A", "01/02/2024", "31/02/2024", "01/05/2024", "PO", "?"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=3, max_size=5), max_size=6))
def test_read_is_kept_plus_refused_whatever_the_cells(
    tmp_path: Path, cells: list[list[str]]
) -> None:
    text = "number,child,day,who\n" + "".join(",".join(row) + "\n" for row in cells)
    tables, report = imported(tmp_path, HEAD + NOTIFICATIONS + SOURCE, reports=text)
    assert report.total("kept") + report.total("refused") == len(cells)
    assert report.total("kept") == len(tables.get("notifications", ()))  # type: ignore[arg-type]


COVERED = """
[coverage.notifications]
from = 2020-01-01
"""


def test_coverage_is_declared_and_a_day_of_extract_before_it_is_a_mistake(tmp_path: Path) -> None:
    text = "number,child,day\n1,A,01/02/2024\n"
    mapping = HEAD + COVERED + NOTIFICATIONS
    imported(tmp_path, mapping, reports=text)
    case_file, _ = import_tables(read_mapping(tmp_path / "mapping.toml"), tmp_path)
    assert case_file.coverage["notifications"].first == day_number(date(2020, 1, 1))
    with pytest.raises(KizukiError, match="nothing happened since 2020-01-01"):
        imported(tmp_path, mapping, reports="number,child,day\n1,A,01/02/2019\n")
    with pytest.raises(KizukiError, match=r"coverage.notifications.to: lies before from"):
        imported(tmp_path, mapping.replace(NOTIFICATIONS, "to = 2019-01-01" + NOTIFICATIONS))


def test_a_table_is_unknown_if_all_its_rows_are_faulty_and_empty_if_none_was_meant_for_it(
    tmp_path: Path,
) -> None:
    skip = 'skip = [{ column = "child", is = ["A"], because = "A is nobody" }]\n[tables.fields]'
    mapping = HEAD + NOTIFICATIONS.replace("[tables.fields]", skip)
    tables, _ = imported(tmp_path, mapping, reports="number,child,day\n1,A,01/02/2024\n")
    assert len(tables["notifications"]) == 0  # type: ignore[arg-type]
    tables, _ = imported(tmp_path, mapping, reports="number,child,day\n1,B,someday\n2,A,\n")
    assert tables == {}


def test_a_number_without_separators_is_a_day_only_if_every_digit_is_there(tmp_path: Path) -> None:
    mapping = HEAD.replace("%d/%m/%Y", "%m%d%Y") + NOTIFICATIONS
    text = "number,child,day\n1,A,01102024\n2,A,1102024\n3,A,\n"
    tables, report = imported(tmp_path, mapping, reports=text)
    assert rows(tables["notifications"], "happened") == [("2024-01-10",)]
    assert report.total("refused") == 2


def test_a_number_is_read_as_one(tmp_path: Path) -> None:
    mapping = (HEAD + NOTIFICATIONS).replace('to = "notifications"', 'to = "findings"')
    text = "number,child,day,grade\n1,A,01/02/2024,3\n2,A,01/02/2024,grave\n3,A,01/02/2024,9\n"
    tables, report = imported(tmp_path, mapping + 'severity = "grade"\n', reports=text)
    assert list(tables["findings"]["severity"]) == [3.0]  # type: ignore[index]
    told = {reason: first for (_, _, reason), first in reasons(report).items()}
    assert told["severity: must be a number"] == "line 3, grade"
    assert told["severity: must be a number between 0 and 4"] == "line 4, grade"


def test_days_may_be_written_in_several_ways(tmp_path: Path) -> None:
    mapping = HEAD.replace('"%d/%m/%Y"', '["%d/%m/%Y", "%Y-%m-%d %H:%M:%S"]') + NOTIFICATIONS
    text = "number,child,day\n1,A,01/02/2024\n2,A,2024-02-03 00:00:00\n3,A,2024-02-03\n"
    tables, report = imported(tmp_path, mapping, reports=text)
    assert rows(tables["notifications"], "happened") == [("2024-02-01",), ("2024-02-03",)]
    assert report.total("refused") == 1


def test_a_file_without_rows_is_told_of_and_so_is_why_nothing_is_left(tmp_path: Path) -> None:
    mapping = HEAD + COVERED + NOTIFICATIONS
    tables, report = imported(tmp_path, HEAD + NOTIFICATIONS, reports="number,child,day")
    assert len(tables["notifications"]) == 0
    assert ("reports.csv", "", "holds no row: what it tells of is taken as none") in reasons(report)
    with pytest.raises(
        KizukiError, match=r"The first row refused: reports\.csv, line 3, day: happened"
    ):
        imported(tmp_path, mapping, reports="number,child,day\n1,A,01/02/2019\n2,A,2024\n")
