"""Rows that cannot be, and files that cannot be trusted: told with line and element."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from features.errors import KizukiError
from features.sources import safe_xml
from features.sources.cin_census import read_census
from tests.sources.census_files import child, header, read, reasons, referral, written


def refused(folder: Path, *children: str) -> dict[tuple[str, str], str]:
    """Place of the first refused row by table and reason."""
    _, report = read(folder, *children)
    return {(line.table, line.reason): line.first for line in report.lines() if line.refused}


def line_of(folder: Path, text: str) -> int:
    lines = (folder / "return.xml").read_text().splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_a_referral_after_the_reference_date_is_refused_where_it_stands(tmp_path: Path) -> None:
    found = refused(tmp_path, child("A1", referral("2023-06-01"), referral("2024-04-01")))
    place = f"line {line_of(tmp_path, '2024-04-01')}, CINreferralDate"
    assert found["notifications", "happened: lies after the day of the extract"] == place


def test_a_child_born_after_the_reference_date_is_refused(tmp_path: Path) -> None:
    found = refused(tmp_path, child("A1", referral("2023-06-01"), born="2024-06-01"))
    assert "PersonBirthDate" in found["children", "happened: lies after the day of the extract"]
    assert ("notifications", "happened: lies long before the child's birth") in found


def test_an_unborn_child_can_be_referred(tmp_path: Path) -> None:
    tables, _ = read(tmp_path, child("A1", referral("2023-06-01"), born="2023-11-01"))
    assert len(tables["notifications"]) == 1


def test_nothing_happens_to_a_child_after_its_death(tmp_path: Path) -> None:
    died = "<PersonDeathDate>2023-01-01</PersonDeathDate>"
    found = refused(tmp_path, child("A1", referral("2023-06-01"), who=died))
    assert ("notifications", "happened: lies after the child's death") in found


def test_a_day_that_is_none_is_refused_without_being_repeated(tmp_path: Path) -> None:
    _, report = read(tmp_path, child("A1", referral("2023-02-30")))
    assert ("CINdetails", "notifications", "happened: must be a day, written 2024-04-01") in {
        (part, table, reason.split("; ")[0]) for part, table, reason in reasons(report)
    }
    assert "2023-02-30" not in str(report)


def test_a_missing_birth_date_refuses_the_child_and_keeps_its_referral(tmp_path: Path) -> None:
    tables, report = read(tmp_path, child("A1", referral(), born=""))
    assert "children" not in tables
    assert len(tables["notifications"]) == 1
    assert report.total("refused", "children") == 1


def test_a_second_child_with_the_same_identifier_is_refused_whole(tmp_path: Path) -> None:
    tables, report = read(tmp_path, child("A1", referral()), child("A1", referral("2022-01-01")))
    assert len(tables["children"]) == len(tables["notifications"]) == 1
    assert report.total("refused") == 3
    line = line_of(tmp_path, "<Child>")
    told = f"child: repeats the LAchildID of line {line}, Child"
    assert ("CINdetails", "notifications", told) in reasons(report)


def test_a_child_without_identifier_is_refused(tmp_path: Path) -> None:
    tables, report = read(tmp_path, child("", referral()))
    assert not tables
    assert report.total("refused") == 3


def test_what_begins_before_its_referral_is_kept_and_told(tmp_path: Path) -> None:
    plan = "<CINPlanDates><CINPlanStartDate>2023-01-01</CINPlanStartDate></CINPlanDates>"
    tables, report = read(tmp_path, child("A1", referral("2023-06-01", plan)))
    assert len(tables["services"]) == 1
    assert any("begins before its referral" in reason for _, _, reason in reasons(report))


def test_an_end_after_the_reference_date_leaves_the_plan_open(tmp_path: Path) -> None:
    plan = """<CINPlanDates><CINPlanStartDate>2023-06-01</CINPlanStartDate>
    <CINPlanEndDate>2024-05-01</CINPlanEndDate></CINPlanDates>"""
    tables, report = read(tmp_path, child("A1", referral("2023-06-01", plan)))
    assert tables["services"]["until"].isna().all()
    assert any(reason.startswith("until: lies after") for _, _, reason in reasons(report))


GOOD = child("A1", referral())
BROKEN = {
    "empty": ("", "line 1: the file is empty"),
    "not XML": ("hello", "line 1: this is not well-formed XML"),
    "a spreadsheet": ("PK\x03\x04", "line 1: this is not well-formed XML"),
    "another root": ("\n<Messages/>", "line 2: the root element must be Message"),
    "no header": (
        f"<Message>\n<Children>\n{GOOD}</Children></Message>",
        "line 3, Child: there must be a Header before it",
    ),
    "nothing in it": ("<Message/>", "holds no Header"),
    "no child": (f"<Message>{header()}<Children/></Message>", "holds no Child"),
    "document type": (
        '<!DOCTYPE Message [<!ENTITY a "aaaa">]>\n<Message>&a;</Message>',
        "line 2: a document type (DOCTYPE) is not allowed",
    ),
    "entity that nobody declared": ("<Message>&boo;</Message>", "line 1: this is not well-formed"),
    "another collection": (
        f"<Message>{header().replace('CIN<', 'SSDA903<')}</Message>",
        "line 2, Collection: must be CIN",
    ),
    "no year": (f"<Message>{header(year='')}</Message>", "line 2, Year: must be a year"),
    "no day": (f"<Message>{header(day='31/03/2024')}</Message>", "line 3, ReferenceDate: must be"),
    "drawn too early": (
        f"<Message>{header(day='2024-03-28')}</Message>",
        "line 3, ReferenceDate: the reference date must be 31 March",
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_file_that_cannot_be_trusted_is_refused_whole(tmp_path: Path, broken: str) -> None:
    text, told = BROKEN[broken]
    path = tmp_path / "return.xml"
    path.write_text(text)
    with pytest.raises(KizukiError) as error:
        read_census(path)
    assert str(error.value).startswith("return.xml: ")
    assert told in str(error.value)


def test_an_entity_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    names = "abcdefghij"
    bomb = "".join(f'<!ENTITY {later} "{f"&{name};" * 10}">' for name, later in pairwise(names))
    text = f'<!DOCTYPE Message [<!ENTITY a "boom">{bomb}]>\n<Message x="&j;">&j;</Message>'
    (tmp_path / "return.xml").write_text(text)
    with pytest.raises(KizukiError, match=r"well-formed|DOCTYPE"):
        read_census(tmp_path / "return.xml")


def test_a_file_outside_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    text = f'<!DOCTYPE Message [<!ENTITY a SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    (tmp_path / "return.xml").write_text(f"{text}\n<Message>&a;</Message>")
    with pytest.raises(KizukiError, match="DOCTYPE"):
        read_census(tmp_path / "return.xml")


def test_a_file_too_large_to_trust_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    with path.open("wb") as file:
        file.truncate(safe_xml.LARGEST + 1)
    with pytest.raises(KizukiError, match="larger than 256 MB"):
        read_census(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match="no such file"):
        read_census(tmp_path / "return.xml")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.floats(0, 0.999))
def test_a_file_that_breaks_off_anywhere_is_refused_with_its_line(
    tmp_path: Path, part: float
) -> None:
    path = written(tmp_path, GOOD)
    whole = path.read_text().rstrip()
    path.write_text(whole[: int(len(whole) * part)])
    with pytest.raises(KizukiError, match=r"line \d+"):
        read_census(path)


def test_a_folder_and_a_file_that_is_not_there_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match="is a folder, and should be a file"):
        read_census(tmp_path)
    with pytest.raises(KizukiError, match="there is no such file"):
        read_census(tmp_path / "none.xml")
