"""Two hundred texts that would run something are only text: in answer, page, print and log."""

import json
import logging
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader
from starlette.testclient import TestClient

from serving.log import JsonLines
from tests.browser import opened
from tests.serving.desks import example
from tests.serving.hostile import HOSTILE
from tests.serving.test_report import Page


def visits(texts: tuple[str, ...] = HOSTILE) -> dict[str, Any]:
    """The example with a visit of each of the names."""
    request = example(child=HOSTILE[1])
    for rows in request["caseFile"].values():
        for raw in rows:
            raw.update({f: HOSTILE[1] for f in ("child", "person") if raw.get(f) == "c-1041"})
    request["caseFile"]["contacts"] = [
        {"id": text, "child": HOSTILE[1], "kind": "visit", "outcome": "missed",
         "happened": "2024-05-01", "known": "2024-06-02"}
        for text in texts
    ]  # fmt: skip
    return request


def in_parts() -> list[tuple[str, ...]]:
    """As many at once as a page shows."""
    return [HOSTILE[first : first + 25] for first in range(0, len(HOSTILE), 25)]


def test_there_are_as_many_as_was_promised() -> None:
    assert len(set(HOSTILE)) == 200


def test_a_page_and_paper_show_them_and_run_nothing(
    client: TestClient, browser: Browser, tmp_path: Path
) -> None:
    for number, texts in enumerate(in_parts()):
        reply = client.post("/v1/report", json=visits(texts))
        assert reply.status_code == 200
        shown = Page(reply.text)
        assert not shown.open
        assert not shown.tags & {"script", "img", "iframe", "base", "form", "a", "link", "input"}
        path = tmp_path / f"{number}.html"
        path.write_bytes(reply.content)
        page, asked, complaints = opened(browser, path, 768)
        assert (asked, complaints) == ([path.as_uri()], [])
        said = page.inner_text("body")
        assert [text for text in texts if text not in said] == []
        page.close()
    score_id = client.post("/v1/score", json=visits(texts)).json()["scoreId"]
    printed = PdfReader(BytesIO(client.get(f"/v1/report/{score_id}/pdf").content))
    assert printed.get_fields() is None
    assert not [a for page in printed.pages for a in page.get("/Annots", ())]
    assert "/JavaScript" not in str(printed.trailer["/Root"].get_object())


def test_an_answer_and_what_is_said_of_it_repeat_them_as_they_are(client: TestClient) -> None:
    heard, handler = StringIO(), logging.StreamHandler(StringIO())
    handler.setStream(heard)
    handler.setFormatter(JsonLines())
    logging.getLogger("kizuki").addHandler(handler)
    logging.getLogger("kizuki").setLevel(logging.INFO)
    try:
        at = f"/v1/score/{client.post('/v1/score', json=visits()).json()['scoreId']}"
        for text in HOSTILE:
            fact = {"table": "contacts", "rowId": text, "claim": "wrong", "words": f"{text}\r\n"}
            assert client.post(f"{at}/contests", json=fact).status_code == 200
        told = client.get(at).json()["contests"]
    finally:
        logging.getLogger("kizuki").removeHandler(handler)
    assert [contest["rowId"] for contest in told] == list(HOSTILE)
    lines = [json.loads(line) for line in heard.getvalue().splitlines()]
    assert len([line for line in lines if line["event"] == "request"]) == len(HOSTILE) + 2


@pytest.mark.parametrize("text", ["a\tb", "a\nb", "a\rb", "a\x1b[31m", "a\0b"])
def test_what_would_break_a_line_is_no_id(text: str, client: TestClient) -> None:
    assert client.post("/v1/score", json=visits((text,))).status_code == 422
