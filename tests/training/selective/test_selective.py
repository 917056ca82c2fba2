"""Who was looked at, what truly came, and what the report says of what cannot be known."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.case_file import CaseFile
from features.errors import KizukiError
from features.reading import day_number
from models.spec import ModelSpec
from tests.small_world import CHILD, read_world
from training.examples import Examples
from training.selective.judged import ALL, LOOKED_AT, ROBUST, SHARE, TRUE, Judged, judge_selective
from training.selective.report import selective_numbers, selective_report
from training.selective.screened import NOT_ON_RECORD, SCREENED_IN, SCREENED_OUT, screened
from training.selective.truth import read_truth

WORLD = """
    notifications
      id | happened   | known      | withdrawn
      a  | 2020-01-10 | 2020-01-12 |
      b  | 2020-03-01 | 2020-03-01 |
      c  | 2020-03-01 | 2020-03-01 |              <- on the day of b
      d  | 2020-05-01 | 2020-05-02 | 2020-06-01
      d  | 2020-05-03 | 2020-06-01 |              <- corrected: it was known in May
      e  | 2020-07-01 | 2020-07-01 |              <- nobody wrote down what was decided
    screenings
      id | happened   | known      | withdrawn  | notification | outcome
      s1 | 2020-01-13 | 2020-01-13 |            | a            | screened_out
      s2 | 2020-03-02 | 2020-03-02 |            | b            | screened_out
      s3 | 2020-03-02 | 2020-03-02 |            | c            | screened_in
      s4 | 2020-05-03 | 2020-05-03 | 2020-05-09 | d            | screened_in
      s4 | 2020-05-03 | 2020-05-09 |            | d            | referred    <- corrected
"""


def at(*days: str) -> Examples:
    cutoffs = np.array([day_number(date.fromisoformat(day)) for day in days])
    names = np.full(len(days), CHILD, dtype=object)
    return Examples(names, cutoffs, names)


def test_who_was_looked_at_is_what_was_decided_on_the_notifications_of_the_day() -> None:
    office = CaseFile.of_events(date(2024, 4, 1), read_world(WORLD).case_file)
    known = screened(office, at("2020-01-12", "2020-03-01", "2020-05-02", "2020-07-01"))
    assert known.tolist() == [SCREENED_OUT, SCREENED_IN, SCREENED_OUT, NOT_ON_RECORD]


def test_without_screenings_nothing_is_said(office: CaseFile) -> None:
    with pytest.raises(KizukiError, match="does not record screenings: who was looked at is not"):
        screened(office, at("2020-01-12"))


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five months of a child: harm in March and, too late to count, in May."""
    days = pd.to_datetime(["2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01", "2020-05-01"])
    path = tmp_path_factory.mktemp("truth") / "truth.parquet"
    pd.DataFrame({"child": CHILD, "day": days, "true_risk": [-1.0, -2.0, -3.0, -4.0, -5.0],
                  "harm": [0, 0, 2, 0, 1]}).to_parquet(path)  # fmt: skip
    return path


def test_the_truth_is_the_harm_within_the_horizon_and_the_risk_on_the_day(truth: Path) -> None:
    found = read_truth(truth, at("2020-02-15", "2020-03-15", "2020-01-10"), horizon=31)
    assert found.harmed.tolist() == [1, 0, 0]
    assert found.risks.tolist() == [-2, -3, -1]


def test_a_file_that_is_no_truth_is_told(truth: Path, tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match=r"nothing\.parquet: is not the truth of a town"):
        read_truth(tmp_path / "nothing.parquet", at("2020-02-15"), 31)
    stranger = replace(at("2020-02-15"), children=np.array(["stranger"], dtype=object))
    with pytest.raises(KizukiError, match="tells nothing of 1 children: it is of another town"):
        read_truth(truth, stranger, 31)


@pytest.fixture(scope="module")
def screening(office: CaseFile) -> CaseFile:
    """The office, which from now on screens every other report out."""
    told = office.tables["notifications"]
    outcome = np.where(np.arange(len(told)) % 2 == 0, "screened_in", "screened_out")
    rows = told.assign(id="s" + told["id"], notification=told["id"], outcome=outcome, urgency=1.0)
    rows = rows.drop(columns=set(rows) & {"report", "office", "source", "anonymous", "child_seen"})
    return CaseFile(office.as_of, {**office.tables, "screenings": rows})


@pytest.fixture(scope="module")
def judged(narrow: ModelSpec, screening: CaseFile) -> Judged:
    return judge_selective(narrow, screening, None)


def test_a_screening_by_lot_changes_no_measure_much(judged: Judged) -> None:
    """Half are looked at, whoever they are: all three columns tell of the same children."""
    assert set(judged.measures) == {LOOKED_AT, ALL, ROBUST}
    shares = [judged.measures[way][SHARE].value for way in (LOOKED_AT, ALL, ROBUST)]
    assert shares == pytest.approx([shares[1]] * 3, abs=0.05)
    ranks = [judged.measures[way]["auroc"].value for way in (LOOKED_AT, ALL, ROBUST)]
    assert ranks == pytest.approx([ranks[1]] * 3, abs=0.06)
    counts = judged.counts
    assert counts[SCREENED_IN] / sum(counts.values()) == pytest.approx(0.5, abs=0.06)
    assert judged.unlikely == 0
    assert judged.best is None


def test_the_report_says_what_cannot_be_known(narrow: ModelSpec, judged: Judged) -> None:
    told = selective_report(narrow, judged)
    others = judged.counts[SCREENED_OUT]
    for words in (
        "what cannot be known:",
        f"- what became of the {others} examples that nobody looked at",
        "what a screener heard and did not write down is in none of them",
        "children whom nobody reported",
    ):
        assert words in told
    assert "the town's truth" not in told
    assert f"{SHARE}.all doubly robust" in selective_numbers(judged)


def test_with_the_truth_there_is_a_fourth_column(
    narrow: ModelSpec, screening: CaseFile, tmp_path: Path
) -> None:
    """A made-up truth in which harm comes to every child, or to none, by the order of its name."""
    children = sorted(set(screening.tables["children"]["child"]))
    months = pd.date_range("2015-01-01", "2024-03-01", freq="MS")
    frame = pd.MultiIndex.from_product([children, months], names=["child", "day"]).to_frame()
    number = frame["child"].map({child: place for place, child in enumerate(children)})
    frame = frame.assign(true_risk=number % 2 - 3.0, harm=number % 2)
    frame.to_parquet(tmp_path / "truth.parquet", index=False)
    judged = judge_selective(narrow, screening, tmp_path / "truth.parquet")
    assert judged.best == 1
    assert judged.measures[TRUE][SHARE].value == pytest.approx(0.5, abs=0.06)
    assert judged.measures[TRUE]["auroc"].value == pytest.approx(0.5, abs=0.06)
    assert "who knew the true risk would reach 1.000" in selective_report(narrow, judged)


def test_an_office_that_screens_nobody_out_has_nothing_to_compare(
    narrow: ModelSpec, screening: CaseFile
) -> None:
    rows = screening.tables["screenings"].assign(outcome="screened_in")
    everybody = CaseFile(screening.as_of, {**screening.tables, "screenings": rows})
    with pytest.raises(KizukiError, match="0 of the judged examples were screened out: 30 are"):
        judge_selective(narrow, everybody, None)
