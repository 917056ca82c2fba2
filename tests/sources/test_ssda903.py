"""What each file of the English return of looked-after children becomes in the case file."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from features.case_file import CaseFile
from features.errors import KizukiError
from features.reading import day_number
from features.sources.mapped_tables import import_tables
from features.sources.mapping_file import read_mapping
from features.sources.report import Report
from tests.sources.census_files import reasons, rows
from tests.sources.written_tables import MAPPINGS, Tables, shipped, written

HEADER = """
CHILD | SEX | DOB        | ETHNIC | UPN | MOTHER | MC_DOB
A     | 2   | 01/05/2010 | WROM   | X01 |        |
B     | 1   | 02/05/2011 | REFU   | X02 |        |
"""
EPISODES = (
    "CHILD|DECOM|RNE|LS|CIN|PLACE|PLACE_PROVIDER|DEC|REC|REASON_PLACE_CHANGE|HOME_POST|PL_POST|URN"
)


def episode(
    start: str, end: str = "", why: str = "S", legal: str = "C2", place: str = "U6", left: str = ""
) -> str:
    return f"A|{start}|{why}|{legal}|N1|{place}|PR1|{end}|{left}|||,|4000001"


def episodes(*lines: str) -> str:
    return "\n".join([EPISODES, *lines])


def read(folder: Path, *lines: str, **more: str) -> tuple[Tables, Report]:
    given = {"header": HEADER, "episodes": episodes(*lines), **more}
    return shipped("ssda903", date(2018, 3, 31), folder, **given)


def test_a_child_is_known_from_its_first_episode_or_from_the_day_of_the_return(
    tmp_path: Path,
) -> None:
    tables, _ = read(
        tmp_path,
        episode("01/07/2017", why="P"),
        episode("01/06/2017", "01/07/2017", left="X1"),
        uasc="CHILD|SEX|DOB|DUC\nB|1|02/05/2011|02/05/2029",
    )
    columns = ("child", "happened", "known", "sex", "ethnicity", "nationality")
    assert rows(tables["children"], *columns) == [
        ("A", "2010-05-01", "2017-06-01", "female", "WROM", None),
        ("B", "2011-05-02", "2018-03-31", "male", None, "foreign"),
    ]


@pytest.mark.parametrize(
    ("place", "kind"),
    [("A3", "adoption"), ("K2", "residential"), ("U1", "kinship"), ("U6", "foster"),
     ("T3", "other"), ("H5", "other")],
)  # fmt: skip
def test_an_episode_is_a_placement_of_the_kind_of_its_place(
    tmp_path: Path, place: str, kind: str
) -> None:
    tables, _ = read(tmp_path, episode("01/06/2017", "01/07/2017", place=place, left="E4A"))
    assert rows(tables["placements"], "id", "child", "kind", "known", "until") == [
        ("A-01/06/2017", "A", kind, "2017-06-01", None),
        ("A-01/06/2017", "A", kind, "2017-07-01", "2017-07-01"),
    ]


def test_a_change_of_the_legal_status_alone_moves_no_child(tmp_path: Path) -> None:
    tables, report = read(
        tmp_path,
        episode("01/05/2017", "01/06/2017", left="X1"),
        episode("01/06/2017", "01/07/2017", why="L", legal="E1", left="X1"),
        episode("01/07/2017", why="P"),
    )
    ended = tables["placements"][tables["placements"]["withdrawn"].isna()]
    assert rows(ended, "happened", "until") == [
        ("2017-05-01", "2017-07-01"),
        ("2017-07-01", None),
    ]
    assert report.total("kept", "placements") == 3


def test_placed_with_own_parents_is_not_away_from_home(tmp_path: Path) -> None:
    tables, report = read(tmp_path, episode("01/05/2017", place="P1"), episode("01/06/2017"))
    assert rows(tables["placements"], "happened") == [("2017-06-01",)]
    why = "skipped: placed with own parents: not away from home"
    assert reasons(report)["episodes.csv", "placements", why] == "line 2"


def test_a_series_of_short_breaks_is_a_service(tmp_path: Path) -> None:
    tables, _ = read(tmp_path, episode("01/05/2017", legal="V4"), episode("01/06/2017"))
    assert rows(tables["services"], "kind", "happened") == [("respite", "2017-05-01")]
    assert rows(tables["placements"], "happened") == [("2017-06-01",)]


def test_a_death_and_missing_from_care_are_agency_events_and_a_review_is_a_meeting(
    tmp_path: Path,
) -> None:
    tables, _ = read(
        tmp_path,
        episode("01/05/2017", "02/09/2017", left="E2"),
        missing="CHILD|DOB|MISSING|MIS_START|MIS_END\nB|02/05/2011|M|01/08/2017|03/08/2017",
        reviews="CHILD|DOB|REVIEW|REVIEW_CODE\nB|02/05/2011|01/10/2017|PN7\nB||02/10/2017|PN1",
    )
    assert rows(tables["agency_events"], "person", "kind", "happened") == [
        ("B", "missing", "2017-08-01"),
        ("A", "death", "2017-09-02"),
    ]
    assert rows(tables["contacts"], "kind", "outcome", "child_seen") == [
        ("meeting", "made", "False"),
        ("meeting", "made", "True"),
    ]


def test_what_cannot_be_is_refused_by_row_and_column(tmp_path: Path) -> None:
    _, report = read(
        tmp_path,
        episode("31/02/2017"),
        episode("01/05/2018"),
        episode("01/06/2017", place="XX"),
        episode("02/06/2017", "01/06/2017"),
        episode("03/06/2017"),
        episode("03/06/2017"),
    )
    told = {reason: first for (_, table, reason), first in reasons(report).items() if table}
    none = "is not a day written as %d/%m/%Y"
    assert told[f"happened: {none}; known: {none}"] == "line 2, DECOM"
    assert told["happened: lies after the day of the extract"] == "line 3, DECOM"
    assert told["kind: is not a code of the mapping"] == "line 4, PLACE"
    assert told["until: lies before happened"] == "line 5, DEC"
    assert told["id: repeats that of an earlier row, which is not withdrawn by then"] == (
        "line 7, CHILD"
    )


def test_what_is_not_taken_is_told_column_by_column_and_file_by_file(tmp_path: Path) -> None:
    _, report = read(tmp_path, episode("01/06/2017"), oc2="CHILD\nA", social_work="CHILD\nA")
    told = {(part, reason) for part, _, reason in reasons(report)}
    assert ("episodes.csv", "column URN is not taken: the number of a home; no table holds it") in (
        told
    )
    year = "not taken: health, offending and SDQ are told for the year, without a day"
    assert ("oc2.csv", year) in told
    assert ("social_work.csv", "the mapping does not name this file") in told
    assert any(reason.startswith("assumed: the return has no recording days") for _, reason in told)


def case_file(folder: Path, year: int) -> CaseFile:
    mapping = read_mapping(MAPPINGS / "ssda903.toml", date(year, 3, 31))
    return import_tables(mapping, folder)[0]


def test_the_return_tells_of_its_year_and_not_of_another(tmp_path: Path) -> None:
    folder = written(tmp_path, header=HEADER, episodes=episodes(episode("01/06/2017")))
    covered = case_file(folder, 2018).coverage["placements"]
    assert covered.first == day_number(date(2017, 4, 1))
    with pytest.raises(KizukiError, match="nothing happened since 2018-04-01"):
        case_file(folder, 2019)


def test_gzipped_files_are_found_and_give_the_same_bytes(tmp_path: Path) -> None:
    folder = written(tmp_path / "a", header=HEADER, episodes=episodes(episode("01/06/2017")))
    case_file(folder, 2018).write(tmp_path / "plain")
    for path in folder.iterdir():
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
        path.unlink()
    case_file(folder, 2018).write(tmp_path / "packed")
    for path in (tmp_path / "plain").iterdir():
        assert path.read_bytes() == (tmp_path / "packed" / path.name).read_bytes()
