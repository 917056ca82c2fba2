"""What a record of the NCANDS Child File becomes, and files that cannot be trusted."""

import csv
import gzip
from datetime import date
from pathlib import Path

import pytest

from features.errors import KizukiError
from features.reading import day_number
from features.sources.ncands import LAYOUT, read_child_file, read_layout
from tests.sources.census_files import reasons, rows
from tests.sources.child_files import read, record, sample
from tests.sources.test_real_files import run


def test_a_child_of_several_reports_is_one_known_from_the_first(tmp_path: Path) -> None:
    tables, report = read(
        tmp_path,
        record(RPTID="R1", RPTDT="03012019"),
        record(RPTID="R2", RPTDT="01052019"),
        record(RPTID="R3", CHID="C2", CHSEX="1", CHBDATE="02012019", CDLEARN="1"),
        record(RPTID="R4", CHID="C3", CHBDATE=""),
    )
    columns = ("child", "happened", "known", "sex", "disability")
    assert rows(tables["children"], *columns) == [
        ("C1", "2012-06-30", "2019-01-05", "female", None),
        ("C2", "2019-02-01", "2019-02-01", "male", "True"),
    ]
    assert reasons(report)["child.txt", "children", "happened: is required"] == "line 4, CHBDATE"


@pytest.mark.parametrize(
    ("code", "source", "anonymous"),
    [("04", "police", None), ("5", "school", None), ("13", None, "True"), ("99", None, None)],
)
def test_a_report_is_a_notification_that_was_screened_in(
    tmp_path: Path, code: str, source: str | None, anonymous: str | None
) -> None:
    tables, _ = read(tmp_path, record(RPTSRC=code))
    columns = ("id", "child", "report", "known", "source", "anonymous")
    assert rows(tables["notifications"], *columns) == [
        ("R1-C1", "C1", "R1", "2019-01-05", source, anonymous)
    ]
    assert rows(tables["screenings"], "notification", "outcome") == [("R1-C1", "screened_in")]
    assert rows(tables["assessments"], "kind", "known", "until") == [
        ("protection", "2019-01-06", None),
        ("protection", "2019-02-15", "2019-02-15"),
    ]


def test_who_did_it_and_what_was_found_is_known_with_the_disposition_only(tmp_path: Path) -> None:
    tables, _ = read(
        tmp_path,
        record(
            CHMAL1="1", MAL1LEV="01", CHMAL2="2", MAL2LEV="05",
            PER1ID="P1", PER1REL="01", PER1PRNT="1", PER1SEX="2", PER1MAL1="1",
        ),
    )  # fmt: skip
    columns = ("id", "kind", "abuser", "abuser_relation", "known", "withdrawn")
    assert sorted(rows(tables["allegations"], *columns)) == [
        ("1-1-R1-C1", "physical", "P1", "mother", "2019-02-15", None),
        ("1-R1-C1", "physical", None, None, "2019-01-05", "2019-02-15"),
        ("2-R1-C1", "neglect", None, None, "2019-01-05", None),
    ]
    assert rows(tables["findings"], "id", "kind", "outcome", "abuser", "known") == [
        ("2-R1-C1", "neglect", "unsubstantiated", None, "2019-02-15"),
        ("1-1-R1-C1", "physical", "substantiated", "P1", "2019-02-15"),
    ]


def test_risk_factors_removals_and_deaths(tmp_path: Path) -> None:
    tables, _ = read(
        tmp_path,
        record(FCDRUG="1", FCALC="2", FCVIOL="1", RMVDATE="01102019", FCDCHDT="03102019"),
        record(RPTID="R2", CHID="C2", DEATHDT="01082019"),
    )
    assert sorted(rows(tables["observations"], "kind", "known")) == [
        ("carer_intoxicated", "2019-02-15"),
        ("violence_at_home", "2019-02-15"),
    ]
    assert rows(tables["placements"], "child", "happened", "until")[-1] == (
        "C1", "2019-01-10", "2019-03-10",
    )  # fmt: skip
    assert rows(tables["agency_events"], "person", "kind") == [("C2", "death")]


def test_what_the_file_could_have_told_and_did_not_is_empty_and_not_unknown(
    tmp_path: Path,
) -> None:
    tables, _ = read(tmp_path, record())
    assert all(tables[name].empty for name in ("placements", "observations", "allegations"))


def test_records_that_do_not_fit_are_refused_by_line_and_column(tmp_path: Path) -> None:
    _, report = read(
        tmp_path,
        record(RPTDT="13052019"),
        record(RPTID="R2")[:200],
        record(RPTID="R3", RPTDT="1052019"),
        record(RPTID="R4", RPTDT="10052019"),
        record(RPTID="R5", RPTDISDT="01012019"),
    )
    told = {(table, reason): first for (_, table, reason), first in reasons(report).items()}
    none = "is not a day written as %m%d%Y"
    assert told["notifications", f"happened: {none}; known: {none}"] == "line 1, RPTDT"
    assert told["notifications", "has 200 characters where the layout has 338"] == "line 2"
    after = "happened: lies after the day of the extract"
    assert told["notifications", after] == "line 4, RPTDT"
    assert told["assessments", "until: lies before happened"] == "line 5, RPTDISDT"


def test_the_case_file_tells_of_the_federal_year(tmp_path: Path) -> None:
    (tmp_path / "child.txt").write_text(record())
    case_file, _ = read_child_file(tmp_path / "child.txt")
    assert case_file.as_of == date(2019, 9, 30)
    assert case_file.coverage["notifications"].first == day_number(date(2018, 10, 1))
    assert case_file.coverage["agency_events"].kinds == {"death"}


BROKEN = {
    "two years": ([record(), record(SUBYR="2020")], "line 2, SUBYR: is another year"),
    "no year": ([record(SUBYR="XX")], "line 1, SUBYR: must be a year"),
    "too short": (["2019"], "no record is as long as the layout says"),
    "empty": ([], "no record is as long as the layout says"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_file_that_is_not_of_one_year_is_refused(tmp_path: Path, broken: str) -> None:
    lines, told = BROKEN[broken]
    with pytest.raises(KizukiError, match=told):
        read(tmp_path, *lines)


def test_a_file_that_is_no_text_is_named_by_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "child.txt"
    path.write_bytes(record().encode() + b"\nab\xff")
    with pytest.raises(KizukiError, match="line 2, column 3: the text is not utf-8"):
        read_child_file(path)


LAYOUTS = {
    "a word for a number": ("name,start,width\nSUBYR,one,4\n", "line 2: must be a name, a first"),
    "an overlap": ("name,start,width\nSUBYR,1,4\nRPTID,4,2\n", "RPTID begins before SUBYR ends"),
    "twice": ("name,start,width\nSUBYR,1,4\nSUBYR,5,4\n", "a column is named twice"),
    "nothing needed": ("name,start,width\nSUBYR,1,4\n", "does not say where RPTID stands"),
    "another header": ("column,start\nSUBYR,1\n", "must hold name, start and width"),
}


@pytest.mark.parametrize("wrong", LAYOUTS)
def test_a_wrong_layout_is_named(tmp_path: Path, wrong: str) -> None:
    text, told = LAYOUTS[wrong]
    (tmp_path / "layout.csv").write_text(text)
    with pytest.raises(KizukiError, match=f"layout.csv: .*{told}"):
        read_layout(tmp_path / "layout.csv")


def test_another_layout_is_read_and_what_it_lacks_is_unknown(tmp_path: Path) -> None:
    layout = tmp_path / "mine.csv"
    layout.write_text(
        "name,start,width\nSUBYR,1,4\nRPTID,5,3\nchid,8,3\nRPTDT,11,8\nCHBDATE,19,8\n"
    )
    tables, report = read(tmp_path, record(layout=layout), layout=layout)
    assert rows(tables["notifications"], "id", "source") == [("R1-C1", None)]
    told = reasons(report)
    assert ("child.txt", "", "column RPTSRC is not in the layout: taken as unknown") in told
    assert ("", "", "positions of columns: as mine.csv says") in told
    assert set(tables) == {"children", "notifications", "screenings"}  # and no placement is unsaid
    unknown = "left unknown, as RMVDATE is not in the layout"
    assert ("child.txt", "placements", unknown) in told


def test_the_shipped_layout_says_of_each_column_whether_it_was_published() -> None:
    with LAYOUT.open(newline="") as file:
        lines = list(csv.DictReader(line for line in file if not line.startswith("#")))
    assert [line["name"] for line in lines if line["source"] == "published"] == [
        "SUBYR", "STATERR", "RPTID", "CHID", "RPTCNTY", "RPTDT", "INVDATE",
    ]  # fmt: skip
    starts = [int(line["start"]) for line in lines]
    ends = [int(line["start"]) + int(line["width"]) for line in lines]
    assert (starts[0], starts[1:], ends[6]) == (1, ends[:-1], 50)  # nothing between columns


def test_a_sample_goes_through_the_front_door_packed_or_not(tmp_path: Path) -> None:
    text = "\n".join(sample(60)) + "\n"
    (tmp_path / "child.txt").write_text(text)
    (tmp_path / "child.txt.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    for name, out in (("child.txt", "a"), ("child.txt.gz", "b")):
        assert run("ncands", tmp_path / name, "--out", tmp_path / out) == 0
    for path in (tmp_path / "a").glob("*.parquet"):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
    assert "derived: not checked" in (tmp_path / "a" / "report.csv").read_text()


def test_what_stands_behind_the_layout_is_told(tmp_path: Path) -> None:
    _, report = read(tmp_path, record(), f"{record(RPTID='R2')}    ")
    assert not [reason for *_, reason in reasons(report) if "beyond the layout" in reason]
    _, report = read(tmp_path, record() + record(RPTID="R2"))  # the line ends were lost
    behind = [reason for *_, reason in reasons(report) if "beyond the layout" in reason]
    assert len(behind) == 1
    assert "is not taken: the layout ends before it" in behind[0]
