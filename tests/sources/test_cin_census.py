"""What each element of the English census becomes in the case file."""

from datetime import date
from pathlib import Path

import pytest

from features.reading import day_number
from features.sources.cin_census import read_census
from tests.sources.census_files import child, read, reasons, referral, rows, written

ASSESSED = """<Assessments>
    <AssessmentActualStartDate>2023-06-02</AssessmentActualStartDate>
    <AssessmentAuthorisationDate>2023-07-01</AssessmentAuthorisationDate>
    <FactorsIdentifiedAtAssessment>{}</FactorsIdentifiedAtAssessment>
</Assessments>"""
PROTECTED = """<ChildProtectionPlans>
    <CPPstartDate>2023-08-01</CPPstartDate><CPPendDate>2024-01-10</CPPendDate>
    <InitialCategoryOfAbuse>{}</InitialCategoryOfAbuse>
</ChildProtectionPlans>"""


def factors(*codes: str) -> str:
    return ASSESSED.format("".join(f"<AssessmentFactors>{c}</AssessmentFactors>" for c in codes))


def test_a_child_is_known_from_the_first_referral_and_audit_fields_are_decoded(
    tmp_path: Path,
) -> None:
    disabled = "<Ethnicity>REFU</Ethnicity><Disabilities><Disability>LD</Disability></Disabilities>"
    healthy = (
        "<Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities>"
    )
    tables, _ = read(
        tmp_path,
        child("A1", referral("2023-06-01"), referral("2022-03-04")),
        child("A2", referral(), more=disabled, who="<GenderCurrent>1</GenderCurrent>"),
        child("A3", referral(), more=healthy, who="<GenderCurrent>0</GenderCurrent>"),
    )
    columns = ("child", "happened", "known", "office", "sex", "ethnicity", "disability")
    assert rows(tables["children"], *columns) == [
        ("A1", "2015-05-01", "2022-03-04", "201", "female", "WBRI", None),
        ("A2", "2015-05-01", "2023-06-01", "201", "male", None, "True"),
        ("A3", "2015-05-01", "2023-06-01", "201", None, "WBRI", "False"),
    ]


@pytest.mark.parametrize(
    ("code", "source", "anonymous"),
    [("6", "police", None), ("2B", "school", None), ("9", None, "True"), ("10", None, None)],
)
def test_a_referral_is_a_notification(
    tmp_path: Path, code: str, source: str | None, anonymous: str | None
) -> None:
    tables, _ = read(tmp_path, child("A1", referral(source=code)))
    columns = ("id", "child", "happened", "known", "source", "anonymous")
    assert rows(tables["notifications"], *columns) == [
        ("A1-1", "A1", "2023-06-01", "2023-06-01", source, anonymous)
    ]


@pytest.mark.parametrize(("code", "outcome"), [("TRUE", "screened_out"), ("0", "screened_in")])
def test_no_further_action_is_a_screening(tmp_path: Path, code: str, outcome: str) -> None:
    tables, _ = read(tmp_path, child("A1", referral(nfa=code)))
    assert rows(tables["screenings"], "notification", "outcome") == [("A1-1", outcome)]


def test_a_need_of_abuse_or_neglect_is_an_allegation_and_another_need_is_none(
    tmp_path: Path,
) -> None:
    needs = [f"<PrimaryNeedCode>{code}</PrimaryNeedCode>" for code in ("N1", "N4")]
    tables, report = read(tmp_path, child("A1", *(referral("2023-06-01", n) for n in needs)))
    assert rows(tables["allegations"], "notification", "kind") == [("A1-1", None)]
    assert ("PrimaryNeedCode", "", "not abuse or neglect: no row") in reasons(report)


def test_factors_are_known_only_when_the_assessment_was_authorised(tmp_path: Path) -> None:
    tables, report = read(
        tmp_path, child("A1", referral("2023-06-01", factors("2B", "16A", "3A", "6B", "XX")))
    )
    assert rows(tables["observations"], "kind", "known") == [("carer_intoxicated", "2023-07-01")]
    assert rows(tables["allegations"], "kind", "known") == [
        ("neglect", "2023-07-01"),
        (None, "2023-07-01"),
    ]
    told = reasons(report)
    assert ("AssessmentFactors", "", "says nothing that a table holds: no row") in told
    assert ("AssessmentFactors", "", "is not a code of the list: no row") in told


def test_an_assessment_is_on_record_as_open_until_its_end_is_known(tmp_path: Path) -> None:
    tables, _ = read(tmp_path, child("A1", referral("2023-06-01", factors())))
    assert rows(tables["assessments"], "id", "kind", "known", "withdrawn", "until") == [
        ("A1-1-a1", "full", "2023-06-02", "2023-07-01", None),
        ("A1-1-a1", "full", "2023-07-01", None, "2023-07-01"),
    ]


def test_a_protection_plan_is_a_service_and_a_substantiated_finding(tmp_path: Path) -> None:
    plans = [PROTECTED.format(code) for code in ("PHY", "MUL")]
    tables, _ = read(tmp_path, child("A1", referral("2023-06-01", *plans)))
    findings = rows(tables["findings"], "notification", "kind", "outcome", "known")
    assert findings == [
        ("A1-1", "physical", "substantiated", "2023-08-01"),
        ("A1-1", None, "substantiated", "2023-08-01"),
    ]
    assert rows(tables["services"], "id", "kind", "known", "until")[:2] == [
        ("A1-1-p1", "protection_plan", "2023-08-01", None),
        ("A1-1-p1", "protection_plan", "2024-01-10", "2024-01-10"),
    ]


def test_what_has_no_end_of_its_own_ends_when_the_case_closes(tmp_path: Path) -> None:
    closed = "<CINclosureDate>2023-12-01</CINclosureDate>"
    plan = "<CINPlanDates><CINPlanStartDate>2023-09-01</CINPlanStartDate></CINPlanDates>"
    enquiry = "<Section47><S47ActualStartDate>2023-06-05</S47ActualStartDate>{}</Section47>"
    conference = "<DateOfInitialCPC>2023-06-20</DateOfInitialCPC>"
    under = (closed, enquiry.format(""), enquiry.format(conference), plan)
    tables, _ = read(tmp_path, child("A1", referral("2023-06-01", *under)))
    ends = rows(tables["assessments"].dropna(subset="until"), "id", "kind", "until", "known")
    assert ends == [
        ("A1-1-s1", "protection", "2023-12-01", "2023-12-01"),
        ("A1-1-s2", "protection", "2023-06-20", "2023-06-20"),
    ]
    plans = rows(tables["services"], "kind", "withdrawn", "until")
    assert plans == [("need_plan", "2023-12-01", None), ("need_plan", None, "2023-12-01")]


def test_tables_that_the_return_does_not_hold_stay_unknown(tmp_path: Path) -> None:
    tables, _ = read(tmp_path, child("A1", referral()))
    assert set(tables) == {"children", "notifications", "screenings"}


def test_a_table_of_which_the_return_tells_for_any_child_is_recorded_for_all(
    tmp_path: Path,
) -> None:
    tables, _ = read(tmp_path, child("A1", referral("2023-06-01", factors("21"))))
    assert tables["observations"].empty
    assert tables["allegations"].empty


def test_a_table_all_of_whose_rows_were_refused_is_not_called_empty(tmp_path: Path) -> None:
    plan = "<CINPlanDates><CINPlanStartDate>someday</CINPlanStartDate></CINPlanDates>"
    tables, report = read(tmp_path, child("A1", referral("2023-06-01", plan)))
    assert "services" not in tables
    assert ("", "services", "every row was refused: the table is left unknown") in reasons(report)


def test_every_element_that_makes_no_row_is_told(tmp_path: Path) -> None:
    under = "<NewThing><Deep>1</Deep></NewThing><ReasonForClosure>RC1</ReasonForClosure>stray"
    twice = "<Sex>M</Sex><Sex>F</Sex><UPN>A850728973744</UPN>"
    tables, report = read(tmp_path, child("A1", referral("2023-06-01", under), who=twice))
    told = reasons(report)
    assert told["Deep", "", "not used: no table holds it"].endswith(", Deep")
    assert ("UPN", "", "not used: no table holds it") in told
    assert ("Sex", "", "not used: only the first is read") in told
    assert ("CINdetails", "", "not used: text between elements") in told
    assert any(part == "ReasonForClosure" for part, _, _ in told)
    assert rows(tables["children"], "sex") == [("male",)]


def test_a_code_that_is_not_on_the_list_is_left_unknown_and_told(tmp_path: Path) -> None:
    tables, report = read(tmp_path, child("A1", referral(source="99")))
    assert rows(tables["notifications"], "source") == [(None,)]
    told = reasons(report)["ReferralSource", "", "is not a code of the list: left unknown"]
    assert told.endswith(", ReferralSource")


def test_the_assumptions_stand_in_the_report(tmp_path: Path) -> None:
    _, report = read(tmp_path, child("A1", referral()))
    assert "assumed: the census has no recording days" in str(report)


def test_the_census_declares_the_year_that_it_holds_whole_and_the_kinds_it_tells(
    tmp_path: Path,
) -> None:
    plan = "<CINPlanDates><CINPlanStartDate>2023-09-01</CINPlanStartDate></CINPlanDates>"
    path = written(tmp_path, child("A1", referral("2023-06-01", plan)))
    coverage = read_census(path)[0].coverage
    assert set(coverage) == {"notifications", "screenings", "services"}
    assert {covered.first for covered in coverage.values()} == {day_number(date(2023, 4, 1))}
    assert coverage["services"].kinds == {"need_plan", "protection_plan"}
    assert coverage["notifications"].kinds is None
