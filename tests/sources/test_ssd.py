"""What the tables of the Standard Safeguarding Dataset become in the case file."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from features.case_file import CaseFile
from features.sources.report import Report
from tests.shared_data import shared
from tests.sources.census_files import reasons, rows
from tests.sources.test_real_files import run
from tests.sources.written_tables import MAPPINGS, Tables, shipped, written

PERSONS = """
pers_person_id | pers_forename | pers_surname | pers_sex | pers_ethnicity | pers_dob            | pers_death_date
A              | Ann           | Example      | F        | WBRI           | 2010-05-01 00:00:00 |
B              | Bob           | Example      | M        | Martian        | 2012-05-01 00:00:00 | 2023-09-09
M              | May           | Example      | F        | NOBT           | 1995-05-01 00:00:00 |
U              |               | Unborn       | U        |                |                     |
"""  # noqa: E501
REFERRALS = """
cine_referral_id | cine_person_id | cine_referral_date | cine_cin_primary_need_code | cine_referral_source_code | cine_referral_nfa
1                | A              | 2023-06-01         | N1                         | 6                         | N
2                | B              | 2012-01-01         | N4                         | 9                         | Y
"""  # noqa: E501
CONTACTS = """
cont_contact_id | cont_person_id | cont_contact_date | cont_contact_source_code | cont_contact_outcome_json
1               | A              | 2023-05-30        | 2A                       | {"NEW_REFERRAL_FLAG": "Y", "NFA_FLAG": "N"}
2               | A              | 2022-05-30        | 1A                       | {"NEW_REFERRAL_FLAG": "N", "NFA_FLAG": "Y"}
"""  # noqa: E501
ASSESSMENTS = """
cina_assessment_id | cina_person_id | cina_referral_id | cina_assessment_start_date | cina_assessment_auth_date
1                  | A              | 1                | 2023-06-02                 | 2023-07-01
2                  | A              | 1                | 2024-03-02                 |
"""  # noqa: E501
FACTORS = """
cinf_table_id | cinf_assessment_id | cinf_assessment_factors_json
1             | 1                  | ["2B", "16A", "8B"]
2             | 2                  | ["18A"]
3             | 9                  | ["18A"]
"""
PLANS = """
cppl_cp_plan_id | cppl_referral_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date | cppl_cp_plan_initial_category
1               | 1                | A              | 2023-08-01              | 2024-01-10            | NEG
"""  # noqa: E501


def read(folder: Path, **files: str) -> tuple[Tables, Report]:
    named = {f"ssd_{name}": text for name, text in files.items()}
    return shipped("ssd", date(2024, 3, 31), folder, **named)


def test_a_person_is_a_child_with_a_name_and_an_address_known_from_first_contact(
    tmp_path: Path,
) -> None:
    tables, report = read(
        tmp_path,
        person=PERSONS,
        contacts=CONTACTS,
        cin_episodes=REFERRALS,
        address="""
        addr_person_id | addr_address_start_date | addr_address_postcode | addr_address_json
        A              | 2015-01-01              | XX1 1XX               | {"TOWN": "Old"}
        A              | 2020-01-01              | XX2 2XX               | {"TOWN": "New"}
        """,
        disability="disa_table_id|disa_person_id|disa_disability_code\n1|A|NONE\n2|B|LD\n3|B|VIS",
    )
    assert rows(tables["children"], "child", "known", "sex", "ethnicity", "disability") == [
        ("A", "2022-05-30", "female", "WBRI", "False"),
        ("B", "2012-05-01", "male", None, "True"),
        ("M", "2024-03-31", "female", None, None),
    ]
    assert rows(tables["people"], "given_name", "postal_code", "municipality")[:2] == [
        ("Ann", "XX2 2XX", "New"),
        ("Bob", None, None),
    ]
    assert rows(tables["agency_events"], "person", "kind") == [("B", "death")]
    told = reasons(report)
    assert ("ssd_person.csv", "children", "happened: is required") in told
    unknown = "ethnicity: is not a code of the mapping: left unknown"
    assert told["ssd_person.csv", "children", unknown] == "line 3, pers_ethnicity"


def test_a_referral_and_a_contact_that_became_none_are_notifications(tmp_path: Path) -> None:
    tables, _ = read(tmp_path, contacts=CONTACTS, cin_episodes=REFERRALS)
    assert rows(tables["notifications"], "id", "happened", "source", "anonymous") == [
        ("referral-1", "2023-06-01", "police", None),
        ("referral-2", "2012-01-01", None, "True"),
        ("contact-2", "2022-05-30", "family", None),
    ]
    assert rows(tables["screenings"], "notification", "outcome") == [
        ("referral-1", "screened_in"),
        ("referral-2", "screened_out"),
        ("contact-2", "screened_out"),
    ]
    assert rows(tables["allegations"], "notification", "kind") == [("referral-1", None)]


def test_factors_are_known_once_the_assessment_is_authorised(tmp_path: Path) -> None:
    tables, report = read(tmp_path, cin_assessments=ASSESSMENTS, assessment_factors=FACTORS)
    assert rows(tables["allegations"], "id", "child", "kind", "known", "notification") == [
        ("factor-1-16A", "A", "neglect", "2023-07-01", "referral-1")
    ]
    assert rows(tables["observations"], "kind", "known") == [("carer_intoxicated", "2023-07-01")]
    assert rows(tables["assessments"], "id", "known", "until") == [
        ("single-1", "2023-06-02", None),
        ("single-1", "2023-07-01", "2023-07-01"),
        ("single-2", "2024-03-02", None),
    ]
    part = ("ssd_assessment_factors.csv", "allegations")
    assert reasons(report)[*part, "has no row in ssd_cin_assessments.csv"] == "line 4"


def test_a_protection_plan_is_a_service_and_a_substantiated_finding(tmp_path: Path) -> None:
    tables, _ = read(tmp_path, cp_plans=PLANS)
    assert rows(tables["findings"], "notification", "kind", "outcome", "known") == [
        ("referral-1", "neglect", "substantiated", "2023-08-01")
    ]
    assert rows(tables["services"], "kind", "known", "until") == [
        ("protection_plan", "2023-08-01", None),
        ("protection_plan", "2024-01-10", "2024-01-10"),
    ]


WORK = {
    "cin_visits": (
        "cinv_cin_visit_id|cinv_person_id|cinv_cin_visit_date|cinv_cin_visit_seen\n1|A|2023-07-02|Y",
        "contacts", ("kind", "child_seen"), ("visit", "True"),
    ),
    "cp_visits": (
        "cppv_cp_visit_id|cppv_person_id|cppv_cp_visit_date|cppv_cp_visit_seen\n1|A|2023-07-02|N",
        "contacts", ("kind", "child_seen"), ("visit", "False"),
    ),
    "cla_visits": (
        "clav_cla_visit_id|clav_person_id|clav_cla_visit_date|clav_cla_visit_seen\n1|A|2023-07-02|",
        "contacts", ("kind", "child_seen"), ("visit", None),
    ),
    "initial_cp_conference": (
        "icpc_icpc_id|icpc_person_id|icpc_icpc_date\n1|A|2023-07-02\n2|A|",
        "contacts", ("kind", "happened"), ("meeting", "2023-07-02"),
    ),
    "cp_reviews": (
        "cppr_cp_review_id|cppr_person_id|cppr_cp_review_date\n1|A|2023-07-02\n2|A|",
        "contacts", ("kind", "happened"), ("meeting", "2023-07-02"),
    ),
    "s47_enquiry": (
        "s47e_s47_enquiry_id|s47e_referral_id|s47e_person_id|s47e_s47_start_date|s47e_s47_end_date\n"
        "1|1|A|2023-07-02|", "assessments", ("kind", "notification"), ("protection", "referral-1"),
    ),
    "cin_plans": (
        "cinp_cin_plan_id|cinp_person_id|cinp_cin_plan_start_date|cinp_cin_plan_end_date\n"
        "1|A|2023-07-02|", "services", ("kind", "child"), ("need_plan", "A"),
    ),
    "early_help_episodes": (
        "earl_episode_id|earl_person_id|earl_episode_start_date|earl_episode_end_date\n"
        "1|A|2023-07-02|", "services", ("kind", "child"), (None, "A"),
    ),
    "cla_placement": (
        "clap_cla_placement_id|clap_person_id|clap_cla_placement_start_date|"
        "clap_cla_placement_end_date|clap_cla_placement_type\n1|A|2023-07-02||U4\n2|A|2023-07-01||P1",
        "placements", ("kind", "happened"), ("foster", "2023-07-02"),
    ),
    "missing": (
        "miss_table_id|miss_person_id|miss_missing_episode_start_date\n1|A|2023-07-02",
        "agency_events", ("kind", "happened"), ("missing", "2023-07-02"),
    ),
    "mother": (
        "moth_person_id|moth_childs_person_id|moth_childs_dob\nM|C|2020-01-02",
        "members", ("child", "person", "relation"), ("C", "M", "mother"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WORK)
def test_each_other_table_becomes_rows_of_one(name: str, tmp_path: Path) -> None:
    text, table, columns, row = WORK[name]
    tables, _ = read(tmp_path, **{name: text})
    assert set(tables) == {table}
    assert rows(tables[table], *columns) == [row]


def test_a_review_in_care_finds_its_child_through_the_episode(tmp_path: Path) -> None:
    tables, report = read(
        tmp_path,
        cla_episodes="""
        clae_cla_id | clae_person_id | clae_cla_episode_start_date | clae_cla_episode_start_reason
        7           | A              | 2023-01-01                  | S
        7           | A              | 2023-02-01                  | P
        """,
        cla_reviews="""
        clar_cla_review_id | clar_cla_id | clar_cla_review_date | clar_cla_review_cancelled
        1                  | 7           | 2023-03-01           | N
        2                  | 7           | 2023-09-01           | Y
        """,
    )
    assert rows(tables["contacts"], "child", "happened") == [("A", "2023-03-01")]
    reason = "column clae_cla_episode_start_reason is not taken: "
    assert any(told.startswith(reason) for _, _, told in reasons(report))


def test_tables_that_were_not_drawn_stay_unknown_and_others_are_told(tmp_path: Path) -> None:
    tables, report = read(tmp_path, cp_plans=PLANS, family="fami_table_id\n1")
    assert set(tables) == {"findings", "services"}
    told = reasons(report)
    missing = "there is no such file: what only it tells is unknown"
    assert ("ssd_cin_episodes.csv", "", missing) in told
    family = "not taken: tells neither who is what to whom nor since when"
    assert ("ssd_family.csv", "", family) in told


def specified() -> dict[str, set[str]]:
    """Columns by table, as the specification lists them."""
    found: dict[str, set[str]] = {}
    for path in shared("data/ssd/objects").glob("ssd_*.yml"):
        text = path.read_text("utf-8")
        table = re.search(r"^- name: (\w+)$", text, re.MULTILINE)
        assert table
        found[table[1]] = set(re.findall(r"^  - name: (\w+)$", text, re.MULTILINE))
    return found


def named_columns(mapping: dict[str, Any]) -> set[tuple[str, str]]:
    """Every column that the mapping names, with its table."""
    files = {name: said["path"].removesuffix(".csv") for name, said in mapping["files"].items()}
    found = set()
    for said in mapping["tables"]:
        cells = [cell if isinstance(cell, dict) else {"column": cell}
                 for cell in said["fields"].values()]  # fmt: skip
        names = {said["each"]} if "each" in said else set()
        for cell in [*cells, *said.get("skip", [])]:
            listed = [cell.get("column"), cell.get("not_before")]
            names |= {*listed, *cell.get("columns", []), *cell.get("earliest", [])} - {None}
        for name in names:
            file, _, column = name.partition("/")[0].rpartition(".")
            found.add((files[file or said["from"]], column))
        for join in said.get("joins", []):
            found.add((files[said["from"]], join["column"]))
            keys = {join["key"], join.get("first"), join.get("last")} - {None}
            found |= {(files[join["file"]], key) for key in keys}
    return found


def test_every_table_and_column_of_the_mapping_is_in_the_specification() -> None:
    tables = specified()
    mapping = tomllib.loads((MAPPINGS / "ssd.toml").read_text("utf-8"))
    unheard = {(table, name) for table, name in named_columns(mapping) if name not in tables[table]}
    assert not unheard
    aside = {said["path"] for said in mapping["files"].values()} | set(mapping["not_taken"])
    assert {path.removesuffix(".csv") for path in aside} == set(tables)
    given = {said["path"].removesuffix(".csv"): said.get("not_taken", {})
             for said in mapping["files"].values()}  # fmt: skip
    assert not {
        n for table, names in given.items() for n in names if n not in {*tables[table], "*"}
    }


def test_the_tables_go_through_the_front_door_and_give_the_same_bytes_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = {"ssd_person": PERSONS, "ssd_cin_episodes": REFERRALS, "ssd_contacts": CONTACTS}
    folder = written(tmp_path / "tables", **tables)
    for out in ("a", "b"):
        day = ("--as-of", "2024-03-31", "--out", tmp_path / out)
        assert run("ssd", folder, *day) == 0
    assert "Case file as of 2024-03-31" in capsys.readouterr().out
    assert len(list((tmp_path / "a").iterdir())) == 9
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
    (folder / "ssd_person.csv").write_bytes(b"pers_person_id,pers_forename\nA,\xe5\n")
    assert run("ssd", folder, "--as-of", "2024-03-31", "--out", tmp_path / "c") == 2
    assert "ssd_person.csv: line 2, column 3: the text is not utf-8" in capsys.readouterr().err
    assert not (tmp_path / "c").exists()
    told = ("--as-of", "2024-03-31", "--out", tmp_path / "c", "--encoding")
    assert run("ssd", folder, *told, "nothing") == 2
    assert "there is no such encoding" in capsys.readouterr().err
    person = PERSONS.replace("Bob", "Bøb").replace("Example ", "Exåmple ")
    (written(folder, ssd_person=person) / "ssd_person.csv").write_bytes(
        (folder / "ssd_person.csv").read_text("utf-8").encode("cp1252")
    )
    assert run("ssd", folder, *told, "cp1252") == 0
    assert "Bøb" in list(CaseFile.read(tmp_path / "c").tables["people"]["given_name"])
