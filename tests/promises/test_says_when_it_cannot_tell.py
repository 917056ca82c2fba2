"""Promise: says when it cannot tell. Then there is no number, and the red flags still stand."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from models.spec import Doubt
from models.specs import spec_of
from serving.desk import Desk
from tests.serving.desks import MODEL, client_of, desk_at, example


def no_child(file: dict[str, Any]) -> None:
    del file["children"]


def another_child(file: dict[str, Any]) -> None:
    file["children"] = file["children"][1:]


def too_old(file: dict[str, Any]) -> None:
    file["children"][0]["happened"] = "2004-01-01"


def no_notification(file: dict[str, Any]) -> None:
    file["notifications"] = file["notifications"][1:2]


CASES: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "no table of children": (no_child, "age_unknown"),
    "no row of this child": (another_child, "age_unknown"),
    "an adult": (too_old, "age_outside"),
    "never notified": (no_notification, "not_in_cohort"),
}
NUMBERS = ("probability", "range", "score", "band", "contributions")


@pytest.mark.parametrize(("change", "code"), CASES.values(), ids=CASES)
def test_it_says_so_and_gives_no_number(
    change: Callable[[dict[str, Any]], None], code: str, client: TestClient
) -> None:
    request = example()
    change(request["caseFile"])
    answer = client.post("/v1/score", json=request).json()
    assert code in {said["code"] for said in answer["cannotTell"]}
    assert all(said["words"] for said in answer["cannotTell"])
    assert all(answer[name] is None for name in NUMBERS)
    assert answer["reasons"] == []
    flags = {flag["code"] for flag in answer["redFlags"]}
    assert ("disclosure" in flags) == (code != "age_outside")  # they are about children
    page = client.post("/v1/report", json=request).text
    assert "スコアは出せません" in page
    assert 'class="number"' not in page


def test_a_range_that_is_too_wide_is_no_score(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = replace(spec_of(MODEL), doubt=Doubt(widest_range=0))
    monkeypatch.setattr("models.bundle.spec_of", {MODEL: narrow}.__getitem__)
    desk = desk_at(home)
    with client_of(desk) as client:
        answer = client.post("/v1/score", json=example()).json()
    desk.journal.close()
    assert [said["code"] for said in answer["cannotTell"]] == ["range_too_wide"]
    assert all(answer[name] is None for name in NUMBERS)


def test_whatever_an_office_does_not_record_is_told(desk: Desk) -> None:
    """Each table is left out, and each two: what can then not be answered is named, all of it."""
    tables = sorted(example()["caseFile"])
    with client_of(desk) as client:
        whole, none = without(client, desk, set())
        for one, other in combinations_with_replacement(tables, 2):
            answered, named = without(client, desk, {one, other})
            assert whole - answered <= named, (one, other)
            assert not named & answered
            assert named >= none


def without(client: TestClient, desk: Desk, tables: set[str]) -> tuple[set[str], set[str]]:
    """Which features are answered where these tables are not recorded, and which named missing."""
    request = example()
    for table in tables:
        del request["caseFile"][table]
    answer = client.post("/v1/score", json=request).json()
    assert all(said["words"] for said in answer["missing"])
    assert (answer["score"] is None) == bool(answer["cannotTell"])
    entry = desk.journal.entry(answer["scoreId"])
    assert entry
    answered = {
        feature.name
        for feature in spec_of(MODEL).features
        if any(entry.row[column.name] is not None for column in feature.columns)
    }
    return answered, {said["code"] for said in answer["missing"]}


def test_it_is_journaled_without_a_number(desk: Desk) -> None:
    request = example()
    no_child(request["caseFile"])
    with client_of(desk) as client:
        client.post("/v1/score", json=request)
    (served,) = desk.journal.served(MODEL)
    assert (served.probability, served.score, served.band) == (None, None, None)
