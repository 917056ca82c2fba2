"""Real files of other people, read through the front door as a person would."""

import csv
import gzip
import shutil
from pathlib import Path

import pandas as pd
import pytest

from features.case_file import CaseFile
from kizuki import main
from tests.shared_data import shared

CHICAGO = Path(__file__).parents[2] / "features/sources/chicago.toml"
EPOCH = pd.Timestamp(0)
Counts = dict[str, tuple[int, int]]


def kept_and_refused(folder: Path) -> Counts:
    """Rows kept and refused, by table."""
    counts: Counts = {}
    with (folder / "report.csv").open(newline="") as file:
        for line in csv.DictReader(file):
            assert int(line["read"]) == int(line["kept"]) + int(line["refused"])
            kept, refused = counts.get(line["table"], (0, 0))
            counts[line["table"]] = (kept + int(line["kept"]), refused + int(line["refused"]))
    return {table: count for table, count in counts.items() if any(count)}


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as end:
        main(["import", *map(str, arguments)])
    return int(end.value.code or 0)


def test_the_large_census_is_read_whole(tmp_path: Path) -> None:
    file = shared("data/cin_census/fake_CIN_data.xml")
    assert run("cin-census", file, "--out", tmp_path) == 0
    assert kept_and_refused(tmp_path) == {
        "children": (332, 0),
        "notifications": (372, 30),  # 8 after the reference date, 22 after the child's death
        "screenings": (372, 30),
        "allegations": (44, 4),
    }
    assert set(CaseFile.read(tmp_path).tables) == set(kept_and_refused(tmp_path))


SAMPLES = {
    "CIN_Census_2021.xml": (9, 0),
    "CIN_Census_2021_no_assessment_factors.xml": (8, 0),
    "CIN2rows.xml": (10, 0),
    "cin-2022.xml": (9, 0),
    "CIN_Census_2024.xml": (9, 4),
    "CIN_Census_2026.xml": (9, 4),
    "CIN_la_issues_2887Q.xml": (9, 0),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_of_each_year_are_read(name: str, tmp_path: Path) -> None:
    assert run("cin-census", shared(f"data/cin_census/{name}"), "--out", tmp_path) == 0
    counts = kept_and_refused(tmp_path).values()
    assert (sum(kept for kept, _ in counts), sum(refused for _, refused in counts)) == SAMPLES[name]
    assert "official query 2887Q" in (tmp_path / "report.csv").read_text()


def test_a_wrong_header_refuses_the_file_by_line_and_element(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = shared("data/cin_census/CIN_header_issues_100.xml")
    assert run("cin-census", file, "--out", tmp_path / "out") == 2
    told = capsys.readouterr().err
    assert told.startswith("kizuki: CIN_header_issues_100.xml: line 6, ReferenceDate: ")
    assert told.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.fixture
def tenth(tmp_path: Path) -> Path:
    """The history of every tenth officer, so that the test takes seconds."""
    folder = tmp_path / "tables"
    folder.mkdir()
    for source in sorted(shared("data/chicago_complaints").glob("*.csv.gz")):
        with gzip.open(source, "rt", newline="") as file:
            names, *rows = csv.reader(file)
        if "officer_id" not in names:
            shutil.copy(source, folder)
            continue
        column = names.index("officer_id")
        with gzip.open(folder / source.name, "wt", newline="") as file:
            chosen = [row for row in rows if row[column][-1:] in ("7", "")]
            csv.writer(file).writerows([names, *chosen])
    return folder


def test_the_chicago_history_is_read_through_its_mapping(tenth: Path, tmp_path: Path) -> None:
    assert run("tables", tenth, "--mapping", CHICAGO, "--out", tmp_path / "out") == 0
    counts = kept_and_refused(tmp_path / "out")
    assert counts["notifications"] == counts["allegations"]
    assert counts["notifications"][1] == 8662  # rows that name no officer
    assert sum(counts["findings"]) == sum(counts["allegations"])
    case_file = CaseFile.read(tmp_path / "out")
    findings, reports = case_file.tables["findings"], case_file.tables["notifications"]
    delay = findings.merge(reports, left_on="notification", right_on="id")
    late = (delay["known_x"] - delay["known_y"]).dt.days
    assert 60 < late.median() < 700
    assert 0.05 < (findings["outcome"] == "substantiated").mean() < 0.10
    assert set(case_file.tables["agency_events"]["kind"]) == {"police_call", "injury_treated"}
    for name, covered in case_file.coverage.items():  # what is declared begins where rows begin
        begins = (case_file.tables[name]["happened"].min() - EPOCH).days
        assert 0 <= begins - covered.first < 60


def test_the_whole_return_of_looked_after_children_is_read(tmp_path: Path) -> None:
    folder = shared("data/ssda903")
    assert run("ssda903", folder, "--year", "2018", "--out", tmp_path) == 0
    assert kept_and_refused(tmp_path) == {
        "children": (2675, 0),
        "placements": (4098, 952),  # 803 are short breaks, 149 with own parents
        "services": (803, 4247),  # all but the short breaks
        "contacts": (7532, 5050),  # 5,042 reviews after the return, 8 said twice of one day
        "agency_events": (74, 5019),  # 43 missing, 31 deaths; of 19 deaths no day is told
    }
    case_file = CaseFile.read(tmp_path)
    placements = case_file.tables["placements"]
    assert len(set(placements["id"])) == 4098 - 527  # go on with the one before
    assert placements["child"].isin(case_file.tables["children"]["child"]).all()
    with (tmp_path / "refused.csv").open(newline="") as file:
        refused = list(csv.DictReader(file))
    assert len(refused) == 952 + 4247 + 5050 + 5019
    assert all(row["place"].startswith("line ") and row["reason"] for row in refused)
