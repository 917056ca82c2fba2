"""An answer explained, read again by its id: the page that left, and the same on paper."""

import sys
from io import BytesIO

import pytest
from pypdf import PdfReader
from starlette.testclient import TestClient

from serving.desk import Desk
from serving.reports import paper
from tests.serving.desks import example


@pytest.fixture
def at(client: TestClient) -> str:
    score_id = client.post("/v1/score", json=example()).json()["scoreId"]
    return f"/v1/report/{score_id}"


def test_the_page_that_left_is_read_again(client: TestClient, desk: Desk) -> None:
    left = client.post("/v1/report", json=example()).content
    ((report,),) = desk.journal._writer.execute("SELECT id FROM answers WHERE kind = 'report'")
    assert client.get(f"/v1/report/{report}").content == left


def test_an_answer_without_a_page_is_given_one(client: TestClient, at: str) -> None:
    reply = client.get(at)
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert "c-1041" in reply.text


def test_paper_is_in_japanese_and_the_same_each_time(
    client: TestClient, desk: Desk, at: str
) -> None:
    first, again = (client.get(f"{at}/pdf") for _ in range(2))
    assert first.headers["content-type"] == "application/pdf"
    assert first.content == again.content
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(first.content)).pages)
    assert "助言" in text
    assert "c-1041" in text
    assert [kept.kind for kept in desk.journal.about(at.rpartition("/")[2])] == ["read", "read"]


def test_a_page_that_points_elsewhere_is_not_followed() -> None:
    page = b'<p>x</p><img src="http://127.0.0.1:9/x.png"><img src="file:///etc/hostname">'
    assert paper.on_paper(page).startswith(b"%PDF")


def test_where_nothing_sets_a_page_it_is_said(
    client: TestClient, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    reply = client.get(f"{at}/pdf")
    assert (reply.status_code, reply.json()["code"]) == (503, "pdf_unavailable")


@pytest.mark.parametrize("path", ["/v1/report/x", "/v1/report/x/pdf"])
def test_a_report_that_is_not_there_is_not_found(path: str, client: TestClient) -> None:
    assert client.get(path).status_code == 404
