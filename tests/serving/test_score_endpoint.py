"""POST /v1/score: what the answer holds, and that it is what the rooms made."""

import json
from dataclasses import replace
from math import isclose
from pathlib import Path
from typing import Any, cast

import lightgbm as lgb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from features.coverage import Gap
from features.language.text import LANGUAGES
from features.reading import calendar_day, day_number
from models.ledger import bundle_folder
from models.score import ContributionError
from serving.answers import Response, respond, shown_reasons
from serving.champions import read_champions
from serving.desk import Desk
from serving.endpoints.score import Request
from serving.journal import Journal
from serving.question import read_question
from serving.shape import read_shape
from serving.strict_json import canonical
from tests.serving.desks import MODEL, NOW, counted_ids, example


def test_the_example_is_answered_in_full(client: TestClient) -> None:
    reply = client.post("/v1/score", json=example())
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/json"
    answer = reply.json()
    assert set(answer) == {
        "scoreId", "model", "child", "cutoff", "language", "advice", "outcome", "probability",
        "range", "score", "band", "redFlags", "reasons", "themes", "contributions", "missing",
        "cannotTell",
    }  # fmt: skip
    assert (answer["child"], answer["cutoff"]) == ("c-1041", "2024-06-03")
    assert answer["range"]["low"] <= answer["probability"] <= answer["range"]["high"]
    assert answer["band"]["fromScore"] <= answer["score"] <= answer["band"]["toScore"]
    assert [flag["code"] for flag in answer["redFlags"]] == ["disclosure"]
    assert 1 <= len(answer["reasons"]) <= 8
    assert answer["cannotTell"] == []


def test_the_answer_is_canonical_json(client: TestClient) -> None:
    reply = client.post("/v1/score", json=example())
    assert reply.content == canonical(reply.json())


def test_the_score_is_the_models_own(desk: Desk, promoted: Path) -> None:
    """To the last bit what LightGBM itself makes of the row."""
    advice = desk.advise(read_shape(Request, example()).question(desk))
    bundle = desk.champions[MODEL].bundle
    numbers = [advice.row[column.name].number for column in bundle.spec.columns]
    matrix = np.array([[np.nan if number is None else number for number in numbers]])
    assert advice.score is not None
    booster = lgb.Booster(model_file=bundle_folder(promoted, MODEL, 3) / "model.txt")
    assert advice.score.margin == booster.predict(matrix, raw_score=True)[0]
    assert advice.score.probability == bundle.fitted.calibrator.probability(advice.score.margin)


def test_the_eight_weightiest_reasons_are_shown(desk: Desk) -> None:
    advice = desk.advise(read_shape(Request, example()).question(desk))
    assert [reason.code for reason in respond(advice).reasons] == [
        reason.code for reason in advice.reasons[:8]
    ]
    told = replace(advice, reasons=[replace(r, share=0.0) for r in advice.reasons[:8]])
    assert not shown_reasons(told)


def test_reasons_are_ordered_and_their_directions_are_those_of_their_shares(
    client: TestClient,
) -> None:
    reasons = client.post("/v1/score", json=example()).json()["reasons"]
    weights = [abs(reason["share"]) for reason in reasons]
    assert weights == sorted(weights, reverse=True)
    assert all((r["share"] > 0) == (r["direction"] == "raises") for r in reasons)


def test_the_band_is_told_in_words(client: TestClient) -> None:
    band = client.post("/v1/score", json=example(language="en")).json()["band"]
    assert band["told"].startswith(
        "Of 200 past children in this band, 10 % (95 % interval 6 to 15 %) had the outcome: a "
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_one_language_and_means_the_same(language: str, client: TestClient) -> None:
    answer = client.post("/v1/score", json=example(language=language)).json()
    words = [answer["advice"], answer["outcome"], *(r["words"] for r in answer["reasons"])]
    assert all(
        any("ぁ" <= letter <= "龥" for letter in said) == (language == "ja") for said in words
    )


def test_model_and_language_may_be_left_to_the_desk(client: TestClient) -> None:
    asked = {name: said for name, said in example().items() if name not in {"model", "language"}}
    answer = client.post("/v1/score", json=asked).json()
    assert (answer["model"]["name"], answer["language"]) == (MODEL, "ja")


def test_a_table_that_is_not_recorded_is_missing_and_said_so(client: TestClient) -> None:
    asked = example(language="en")
    del asked["caseFile"]["contacts"]
    missing = client.post("/v1/score", json=asked).json()["missing"]
    assert any("(no contact on record)" in said["words"] for said in missing)
    codes = {said["code"] for said in client.post("/v1/score", json=example()).json()["missing"]}
    assert codes < {said["code"] for said in missing}


COVERAGE = {
    "contacts": {"from": "2022-05-10"},
    "placements": {"from": "2024-01-01", "to": "2024-06-30"},
    "agency_events": {"kinds": ["police_call", "health_check_missed"]},
}


def test_where_there_are_no_records_no_row_is_not_none(desk: Desk) -> None:
    plain, covered = (
        desk.advise(read_shape(Request, asked).question(desk)).row
        for asked in (example(), example(coverage=COVERAGE))
    )
    changed = {name: answer for name, answer in covered.items() if answer != plain[name]}
    assert changed["placement_count_ever"].gap == Gap("placements", "days before", 19_723)
    assert changed["hospital_stays"].gap == Gap("agency_events", "kind")
    gaps = {answer.gap.table for answer in changed.values() if answer.gap is not None}
    assert gaps == {"placements", "agency_events"}, "of contacts there are rows to answer from"
    assert all(answer.number is None and answer.gap for answer in changed.values())


def test_what_is_not_covered_is_told_as_such_in_both_languages(client: TestClient) -> None:
    told = {
        language: " ".join(
            said["words"]
            for said in client.post(
                "/v1/score", json=example(coverage=COVERAGE, language=language)
            ).json()["missing"]
        )
        for language in LANGUAGES
    }
    assert "(no placement is kept on record before 1 January 2024)" in told["en"]
    assert "（一時保護・措置の記録は2024年1月1日以降に限られる）" in told["ja"]
    assert "(this kind of agency record is not recorded)" in told["en"]
    page = client.post("/v1/report", json=example(coverage=COVERAGE, language="en")).text
    assert "(no placement is kept on record before 1 January 2024)" in page


def test_today_is_the_day_of_the_clocks_own_zone(desk: Desk) -> None:
    asked = read_shape(Request, example(cutoff="2024-07-02")).question(desk)
    events, _ = read_question(asked, calendar_day(day_number(NOW.date()) + 1))
    assert events


@pytest.fixture(scope="module")
def standing_desk(promoted: Path) -> Desk:
    """A desk that only advises: it is asked many times, and journals nothing."""
    return Desk(
        read_champions(promoted), MODEL, "ja", cast("Journal", None), lambda: NOW, counted_ids()
    )


_DAY = st.integers(day_number(NOW.date()) - 900, day_number(NOW.date()) - 30).map(
    lambda day: calendar_day(day).isoformat()
)
_ROWS = {
    "notifications": st.fixed_dictionaries({"source": st.sampled_from(["police", "school"])}),
    "contacts": st.fixed_dictionaries({"outcome": st.sampled_from(["made", "refused"])}),
    "placements": st.just({}),
    "findings": st.fixed_dictionaries({"severity": st.integers(0, 4)}),
}


@st.composite
def case_files(draw: st.DrawFn) -> dict[str, Any]:
    """A child of five with some rows in some of the tables."""
    born = {"id": "c", "child": "c", "happened": "2019-01-01", "known": "2019-01-01"}
    file: dict[str, Any] = {"children": [born]}
    for table in draw(st.sets(st.sampled_from(sorted(_ROWS)))) | {"notifications"}:
        days = draw(st.lists(_DAY, max_size=6))
        file[table] = [
            {
                "id": f"{table}-{i}",
                "child": "c",
                "happened": day,
                "known": day,
                **draw(_ROWS[table]),
            }
            for i, day in enumerate(days)
        ]
    return file


def test_themes_add_up_and_each_reason_is_of_one(client: TestClient) -> None:
    answer = client.post("/v1/score", json=example()).json()
    parts = answer["contributions"]
    themes = {theme["code"]: theme["share"] for theme in answer["themes"]}
    assert sum(themes.values()) + parts["base"] == pytest.approx(parts["margin"])
    assert {reason["theme"] for reason in answer["reasons"]} <= set(themes)


def test_each_row_behind_a_reason_says_what_it_carries(client: TestClient) -> None:
    reasons = client.post("/v1/score", json=example()).json()["reasons"]
    carried = [row["share"] for reason in reasons for row in reason["evidence"]]
    assert any(carried)
    for reason in reasons:
        rows = {(row["table"], row["id"]) for row in reason["evidence"]}
        assert len(rows) == len(reason["evidence"])


@given(case_files())
def test_contributions_add_up(standing_desk: Desk, case_file: dict[str, Any]) -> None:
    asked = example(child="c", cutoff="2024-06-30", caseFile=case_file)
    advice = standing_desk.advise(read_shape(Request, asked).question(standing_desk))
    answer = respond(advice)
    if answer.contributions:
        parts = answer.contributions
        assert isclose(sum(r.share for r in answer.reasons), parts.shown, abs_tol=1e-9)
        assert isclose(parts.base + parts.shown + parts.others, parts.margin, abs_tol=1e-6)
    assert (answer.score is None) == bool(answer.cannot_tell) == (answer.contributions is None)


def test_contributions_that_do_not_add_up_never_leave(desk: Desk) -> None:
    advice = desk.advise(read_shape(Request, example()).question(desk))
    assert advice.score is not None
    wrong = replace(advice, score=replace(advice.score, margin=advice.score.margin + 0.001))
    with pytest.raises(ContributionError):
        respond(wrong)


def test_an_answer_is_read_back_as_its_shape(client: TestClient) -> None:
    said = client.post("/v1/score", json=example()).content
    assert json.loads(Response.model_validate_json(said).model_dump_json(by_alias=True)) == (
        json.loads(said)
    )
