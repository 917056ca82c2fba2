"""Promise: never decides. Every answer, and every refusal that matters, leaves it to a person."""

import pytest
from starlette.testclient import TestClient

from features.language.text import LANGUAGES
from serving.answers import ADVICE, Response
from serving.desk import Desk
from tests.serving.desks import example

DECISIONS = {"decision", "action", "recommendation", "recommend", "screenIn", "screen", "approve"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_says_that_it_is_advice(language: str, client: TestClient) -> None:
    told = example(language=language)
    untold = example(language=language)
    del untold["caseFile"]["children"]
    for asked in (told, untold):
        words = ADVICE.read("ja" if language == "ja" else "en")
        assert client.post("/v1/score", json=asked).json()["advice"] == words
        assert words in client.post("/v1/report", json=asked).text


def test_no_field_of_an_answer_is_a_decision() -> None:
    assert not {field.alias for field in Response.model_fields.values()} & DECISIONS


def test_where_no_answer_is_possible_the_offices_policy_stands(
    client: TestClient, desk: Desk
) -> None:
    desk.journal.path.unlink()
    told = client.post("/v1/score", json=example()).json()["detail"]
    assert "Follow the office's screening policy" in told
    assert "所の受理基準に従って" in told
