"""Promise: never looks past the cutoff. What became known later changes no byte of the answer."""

from typing import Any

import pytest

from serving.advice import Written
from serving.desk import Desk
from serving.endpoints.report import write
from serving.endpoints.score import Request
from serving.shape import read_shape
from tests.serving.desks import example

CUTOFF = "2024-06-03"
DAY_AFTER = {"happened": "2024-06-04", "known": "2024-06-04"}
KNOWN_LATER = {"happened": "2024-05-01", "known": "2024-06-04"}
BODIES: dict[str, dict[str, object]] = {
    "members": {"child": "c-1041", "person": "c-1042", "relation": "half_sibling"},
    "notifications": {"child": "c-1041", "source": "police"},
    "allegations": {"child": "c-1041", "kind": "sexual", "abuser": "a-77"},
    "screenings": {"child": "c-1041", "outcome": "screened_in", "urgency": 3},
    "findings": {"child": "c-1041", "outcome": "substantiated", "severity": 4, "abuser": "a-91"},
    "observations": {"child": "c-1041", "kind": "injury", "site": "head", "extent": 4},
    "contacts": {"child": "c-1041", "outcome": "refused"},
    "placements": {"child": "c-1041", "kind": "custody"},
    "agency_events": {"person": "c-1041", "kind": "injury_treated"},
}


def said(desk: Desk, request: dict[str, Any]) -> Written:
    """The answer to a request and its page, with the same id every time."""
    object.__setattr__(desk, "new_id", lambda: "the-answer")
    return write(desk.advise(read_shape(Request, request).question(desk)))


@pytest.mark.parametrize("days", [DAY_AFTER, KNOWN_LATER], ids=["happened after", "known after"])
@pytest.mark.parametrize("table", BODIES)
def test_a_later_row_changes_nothing(table: str, days: dict[str, str], desk: Desk) -> None:
    before = said(desk, example())
    later = example()
    later["caseFile"][table].append({"id": "later", **BODIES[table], **days})
    assert said(desk, later) == before


@pytest.mark.parametrize("table", BODIES)
def test_the_same_row_a_day_earlier_is_seen(table: str, desk: Desk) -> None:
    """Else the test above would hold for rows that are never seen at all."""
    before = said(desk, example())
    earlier = example()
    days = {"happened": CUTOFF, "known": CUTOFF}
    earlier["caseFile"][table].append({"id": "now", **BODIES[table], **days})
    assert said(desk, earlier) != before


def test_a_correction_made_later_changes_nothing(desk: Desk) -> None:
    before = said(desk, example())
    corrected = example()
    finding = corrected["caseFile"]["findings"][0]
    finding["withdrawn"] = "2024-06-04"
    corrected["caseFile"]["findings"].append(
        {**finding, "outcome": "unsubstantiated", "known": "2024-06-04", "withdrawn": None}
    )
    assert said(desk, corrected) == before
