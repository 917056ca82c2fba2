"""Promise: says why, in the reader's language, with evidence that is in the case file."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from features.language.text import LANGUAGES
from tests.serving.desks import example


def evidence(answer: dict[str, Any]) -> set[tuple[str, str]]:
    given = [*answer["reasons"], *answer["redFlags"]]
    return {(row["table"], row["id"]) for one in given for row in one["evidence"]}


def seen_rows(request: dict[str, Any]) -> set[tuple[str, str]]:
    return {
        (table, row["id"])
        for table, rows in request["caseFile"].items()
        for row in rows
        if row["known"] <= request["cutoff"]
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words_and_every_evidence_is_a_row_that_was_sent(
    language: str, client: TestClient
) -> None:
    request = example(language=language)
    answer = client.post("/v1/score", json=request).json()
    assert all(reason["words"].strip() for reason in answer["reasons"])
    assert "{" not in "".join(reason["words"] for reason in answer["reasons"])
    assert evidence(answer)
    assert evidence(answer) <= seen_rows(request)


def test_without_the_evidence_the_reason_is_told_otherwise(client: TestClient) -> None:
    """The rows named are those behind the words: taken away, nobody says the words."""
    request = example()
    answer = client.post("/v1/score", json=request).json()
    flag = answer["redFlags"][0]
    for row in flag["evidence"]:
        rows = request["caseFile"][row["table"]]
        rows[:] = [raw for raw in rows if raw["id"] != row["id"]]
    again = client.post("/v1/score", json=request).json()
    assert flag["words"] not in {other["words"] for other in again["redFlags"]}
