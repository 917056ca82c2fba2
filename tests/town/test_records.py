"""The case file of a town is one that an office could have: sound, late, corrected, with gaps."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import notebooks
from features.case_file import events_of
from features.events import as_json, read_case_file
from features.language.fields import Person, Reference
from features.reading import calendar_day
from features.sources.mapping_file import read_mapping
from features.tables import TABLES, fields_of
from features.town.town import OF_THE_OFFICE, Town

BY_CHILD = sorted(name for name, table in TABLES.items() if "child" in table.columns)
REFERRING = sorted(
    (name, field.name, field.to)
    for name, table in TABLES.items()
    for field in table.columns.values()
    if isinstance(field, Reference)
)
CORRECTED = ["allegations", "children", "contacts", "findings", "notifications"]
SPANS = sorted(name for name, table in TABLES.items() if table.spans)


def test_every_row_is_read_without_a_problem(small: Town) -> None:
    frames = small.case_file.tables
    assert set(frames) == set(TABLES)
    events = {name: events_of(TABLES[name], frame) for name, frame in frames.items()}
    read, problems = read_case_file(as_json(events), "town")
    assert [str(problem) for problem in problems] == []
    assert {name: len(rows) for name, rows in read.items()} == {
        name: len(frame) for name, frame in frames.items()
    }
    assert min(len(rows) for rows in read.values()) > 0


@pytest.mark.parametrize("table", sorted(TABLES))
def test_days_are_in_order_and_none_lies_after_the_last(jp: Town, table: str) -> None:
    frame, last = jp.case_file.tables[table], pd.Timestamp(jp.case_file.as_of)
    assert (frame["happened"] <= frame["known"]).all()
    assert frame["known"].max() <= last
    assert not (frame["withdrawn"] <= frame["known"]).any()
    assert not (frame["withdrawn"] > last).any()
    if TABLES[table].spans:
        assert not (frame["until"] < frame["happened"]).any()
        assert not (frame["until"] > frame["known"]).any()


@pytest.mark.parametrize("table", sorted(TABLES))
def test_an_identifier_has_one_row_at_a_time(us: Town, table: str) -> None:
    frame = us.case_file.tables[table].sort_values(["id", "known"])
    assert frame["id"][frame["withdrawn"].isna()].is_unique
    followed = frame["id"].to_numpy()[:-1] == frame["id"].to_numpy()[1:]
    withdrawn, known = frame["withdrawn"].to_numpy()[:-1], frame["known"].to_numpy()[1:]
    assert (withdrawn[followed] == known[followed]).all()


@pytest.mark.parametrize("table", BY_CHILD)
def test_nothing_happens_to_a_child_before_its_birth(jp: Town, table: str) -> None:
    tables = jp.case_file.tables
    born = tables["children"].groupby("child")["happened"].first()
    births = tables[table]["child"].map(born)
    assert births.notna().all()
    assert (tables[table]["happened"] >= births).all()


@pytest.mark.parametrize("table", BY_CHILD)
def test_the_child_is_on_file_by_the_day_its_rows_are(us: Town, table: str) -> None:
    tables = us.case_file.tables
    on_file = tables["children"].groupby("child")["known"].min()
    assert (tables[table]["known"] >= tables[table]["child"].map(on_file)).all()


@pytest.mark.parametrize(("table", "field", "to"), REFERRING)
def test_references_resolve_on_the_day_that_they_are_known(
    jp: Town, table: str, field: str, to: str
) -> None:
    frame, target = jp.case_file.tables[table], jp.case_file.tables[to]
    known = frame[field].map(target.groupby("id")["known"].min())
    assert frame[field].notna().all()
    assert (frame["known"] >= known).all()
    whose = frame[field].map(target.groupby("id")["child"].first())
    assert (frame["child"] == whose).all()


@pytest.mark.parametrize("table", sorted(TABLES))
def test_everybody_named_has_a_name(us: Town, table: str) -> None:
    named = set(us.case_file.tables["people"]["person"])
    for name, field in fields_of(TABLES[table]).items():
        if isinstance(field, Person):
            assert set(us.case_file.tables[table][name].dropna()) <= named


@pytest.mark.parametrize("profile", ["jp", "us"])
def test_no_child_is_placed_twice_on_any_day_as_known_on_any_day(
    profile: str, request: pytest.FixtureRequest
) -> None:
    rows = request.getfixturevalue(profile).case_file.tables["placements"]
    rows = rows.assign(row=np.arange(len(rows))).fillna(
        {"withdrawn": pd.Timestamp.max, "until": pd.Timestamp.max}
    )
    pairs = rows.merge(rows, on="child")
    pairs = pairs[pairs["row_x"] < pairs["row_y"]]
    both_believed = overlap(pairs, "known", "withdrawn")
    both_there = overlap(pairs, "happened", "until")
    assert len(pairs) > 1000
    assert not (both_believed & both_there).any()


@pytest.mark.parametrize("table", sorted(set(TABLES) - {"children", "people"}))
def test_some_rows_are_recorded_late(jp: Town, table: str) -> None:
    delay = (jp.case_file.tables[table]["known"] - jp.case_file.tables[table]["happened"]).dt.days
    assert delay.max() > 30
    assert delay.nunique() > 10


def test_findings_are_known_weeks_or_months_after_their_notification(jp: Town) -> None:
    tables = jp.case_file.tables
    notified = tables["notifications"].groupby("id")["known"].min()
    waited = (tables["findings"]["known"] - tables["findings"]["notification"].map(notified)).dt
    assert waited.days.min() > 0
    assert waited.days.median() > 28
    assert waited.days.quantile(0.95) > 100


@pytest.mark.parametrize("table", CORRECTED)
def test_some_rows_are_corrected_later(jp: Town, table: str) -> None:
    frame = jp.case_file.tables[table]
    again = frame[frame["id"].duplicated(keep=False)]
    fields = list(TABLES[table].columns)
    assert 0.002 <= frame["withdrawn"].notna().mean() <= 0.06
    assert len(again[["id", *fields]].drop_duplicates()) > 1.2 * again["id"].nunique()


@pytest.mark.parametrize("table", SPANS)
def test_ends_recorded_later_are_corrections(jp: Town, table: str) -> None:
    frame = jp.case_file.tables[table]
    earlier = frame[frame["withdrawn"].notna()]
    assert len(earlier) > 20
    assert earlier["until"].isna().all()
    ended = frame.set_index("id")["until"].dropna()
    assert set(earlier["id"]) <= set(ended.index)


def test_how_a_service_went_is_on_record_from_its_end_on(jp: Town) -> None:
    rows = jp.case_file.tables["services"]
    assert set(rows["outcome"][rows["until"].isna()].dropna()) <= {"refused"}
    assert {"completed", "ended_early"} <= set(rows["outcome"][rows["until"].notna()])


@pytest.mark.parametrize(
    ("table", "field"),
    [("children", "disability"), ("notifications", "child_seen"), ("findings", "severity"),
     ("observations", "kind"), ("allegations", "abuser"), ("members", "born")],
)  # fmt: skip
def test_fields_are_missing_where_they_may_be(jp: Town, table: str, field: str) -> None:
    missing = jp.case_file.tables[table][field].isna().mean()
    required = TABLES[table].columns[field].required
    assert missing == 0 if required else 0.01 < missing < 0.35


def test_some_incidents_are_reported_by_a_second_source_within_days(jp: Town) -> None:
    rows = jp.case_file.tables["notifications"]
    rows = rows[rows["withdrawn"].isna()]
    pairs = rows.merge(rows, on="child")
    days = (pairs["happened_y"] - pairs["happened_x"]).dt.days
    other = (pairs["report_x"] != pairs["report_y"]) & (pairs["source_x"] != pairs["source_y"])
    assert 0.03 < len(pairs[other & days.between(0, 4)]) / len(rows) < 0.15


@pytest.mark.parametrize("table", sorted(OF_THE_OFFICE))
def test_what_the_office_keeps_begins_where_its_coverage_does(jp: Town, table: str) -> None:
    """And at once. Of a child who was away that day, the whole time away is on file."""
    frame, covered = jp.case_file.tables[table], jp.case_file.coverage[table]
    begins = pd.Timestamp(calendar_day(covered.first))
    ends = frame["until"] if TABLES[table].spans else frame["happened"]
    inside = frame["happened"].ge(begins) | ends.isna() | ends.gt(begins)
    assert inside.all() if table != "placements" else inside.mean() > 0.97
    since = frame["happened"][frame["happened"] >= begins].min()
    assert since - begins < pd.Timedelta(days=60)


def test_the_mapping_of_the_demo_declares_the_coverage_of_its_town(jp: Town) -> None:
    mapping = read_mapping(Path(notebooks.__file__).parent / "town.toml")
    assert mapping.coverage == jp.case_file.coverage


def overlap(pairs: pd.DataFrame, begins: str, ends: str) -> "pd.Series[bool]":
    first = pairs[f"{begins}_x"] < pairs[f"{ends}_y"]
    return first & (pairs[f"{begins}_y"] < pairs[f"{ends}_x"])
