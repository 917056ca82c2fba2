"""A specialist's way in a real browser: log in, the work list, a report, a decision, and out."""

import re
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, Page

from serving.endpoints.glass import EXAMPLE as GLASS
from serving.guard import _matches
from serving.lookout.lookout import Lookout
from serving.pages.app import PATHS
from serving.pages.words import WORDS
from tests.pages.browsing import PHONE, SUPERVISOR, asked_of, check, csrf, log_in, opened
from tests.pages.conftest import Office
from tests.serving.desks import example
from tests.store.requests import telling
from tests.who.asking import SYSTEM, bearing, last_record, records


@pytest.fixture(scope="module")
def told(office: Office) -> Office:
    """The office of the north has told of a child, and somebody of the south broke the glass."""
    case_file = example()["caseFile"]
    case_file["observations"].append(
        {"id": "o-3", "child": "c-1041", "notification": "n-3", "kind": "disclosure",
         "happened": "2024-06-28", "known": "2024-06-28"}
    )  # fmt: skip
    events = telling(case_file, office="north")
    asked_of(office, "POST", "/v1/report", example())  # what is compiled at first use is compiled
    asked_of(office, "POST", "/v1/events", events, **SYSTEM)
    assert office.desk.store
    Lookout(office.desk, office.desk.store).round()
    broken = {**GLASS, "office": "north"}
    asked_of(office, "POST", "/v1/brokenGlass", broken, sub="person-9", office="south")
    return office


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = opened(browser)
    yield made
    made.context.close()


def test_a_specialist_reads_why_and_decides(told: Office, page: Page) -> None:
    page.goto(f"{told.origin}/desk")
    assert page.url == f"{told.origin}/desk/login?then=%2Fdesk"
    check(page)
    log_in(page, told, "screening")
    check(page)
    assert page.locator("td", has_text="c-1041").count() == 1
    assert "⚑" in page.inner_text("main")
    assert "緊急閲覧" not in page.inner_text("main")
    page.click("text=説明を読む >> nth=0")
    page.wait_for_url(re.compile("/desk/report/"))
    check(page)
    assert page.locator(".number").count() == 1
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.advice')).borderTopWidth") == "2px"
    )
    page.go_back()
    page.click("text=判断を記録する >> nth=0")
    check(page)
    page.check("input[value=override]")
    page.select_option("#reasonCode", "safe_already")
    page.fill("#words", "祖母宅に移り、安全を確認した。")
    page.click("text=記録する >> nth=-1")
    assert "記録しました" in page.inner_text("main")
    check(page)
    kept = last_record(told.home)
    assert (kept.kind, kept.asker.person, kept.asker.through, kept.asker.purpose) == (
        "review", "person-17", "browser", "screening",
    )  # fmt: skip
    page.click("text=ログアウト")
    page.wait_for_url(f"{told.origin}/desk/login")
    page.goto(f"{told.origin}/desk")
    assert "/desk/login" in page.url


def last_record_of(office: Office, kind: str) -> Any:
    return [record for record in records(office.home) if record.kind == kind][-1]


def test_a_supervisor_sees_who_broke_the_glass_and_judges_it(told: Office, page: Page) -> None:
    log_in(page, told, "supervision", **SUPERVISOR)
    check(page)
    section = page.locator("section", has_text="緊急閲覧")
    assert section.locator("td", has_text="person-9").count() == 1
    assert GLASS["words"] in section.inner_text()
    section.locator("text=正当だった").click()
    assert section.locator("td", has_text="person-9").count() == 0
    check(page)
    assert last_record_of(told, "glass_review").asker.person == "person-2"


def test_what_is_not_permitted_is_said_on_a_page(told: Office, page: Page) -> None:
    log_in(page, told, "qa", roles=["data_scientist"])
    assert page.locator("table").count() == 0
    page.fill("#scoreId", "00000000-0000-0000-0000-000000000001")
    page.click("text=説明を読む")
    assert "does not permit" in page.inner_text("main")
    check(page)


def test_pages_fit_a_telephone(told: Office, browser: Browser) -> None:
    page = opened(browser, PHONE)
    log_in(page, told, "supervision", **SUPERVISOR)
    check(page, PHONE)
    page.context.close()


def of_a_case(client: httpx2.Client) -> Iterator[httpx2.Response]:
    """The pages of cases, of one's own and of another's, and of what cannot be done."""
    asked = client.get("/desk/case")
    yield asked
    named = {"csrf": csrf(asked), "child": "c-1041", "words": "short", "how": "x", "minutes": "9"}
    for path in ("", "/report", "/seal", "/glass"):
        for place in ("north", "south", ""):
            yield client.post(f"/desk/case{path}", data={**named, "office": place})
    yield client.post("/desk/contest/x", data=named)
    yield client.post("/desk/glass/x", data=named)
    yield client.post("/desk/alert/x", data=named)
    yield client.post("/desk/notice/x", data=named)


def every_page(office: Office) -> Iterator[httpx2.Response]:
    """Each page, and what stands in its place where it cannot be shown."""
    client = office.logged_in()
    (alert, *_) = asked_of(office, "GET", "/v1/alerts?office=north", None).json()["alerts"]
    for place in ("report", "review"):
        for score_id in (alert["scoreId"], "nothing"):
            yield client.get(f"/desk/{place}/{score_id}")
    yield client.get("/desk")
    yield client.get("/desk/alerts")
    yield office.logged_in("qa", roles=["data_scientist"]).get("/desk/alerts")
    yield client.get("/desk/report")
    yield client.post("/desk/logout", data={"csrf": "x"})
    yield from of_a_case(client)
    yield client.get("/desk/login")
    yield client.get("/desk/login/begin")
    yield client.get("/desk/login/back")
    yield client.get("/desk/nowhere")
    yield office.browser().get("/desk")
    headers = bearing(iss=office.provider.issuer)
    yield client.get(f"/v1/report/{alert['scoreId']}", headers=headers)
    yield client.post("/v1/report", json=example(), headers=headers)


def test_a_browser_may_do_nothing_with_a_page_but_show_it(told: Office) -> None:
    pages = list(every_page(told))
    asked = {page.request.url.path for page in pages}
    assert [path for path in PATHS if not any(_matches(path, one) for one in asked)] == []
    html = [page for page in pages if "text/html" in page.headers.get("content-type", "")]
    assert len(html) >= 20
    for page in pages:
        policy = page.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "*" not in policy
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["x-content-type-options"] == "nosniff"
    for page in html:
        assert "style-src 'sha256-" in page.headers["content-security-policy"]
        assert "<script" not in page.text
        assert 'style="' not in page.text


def test_where_a_page_tells_no_score_it_says_what_to_do(told: Office) -> None:
    """A refusal never stands in the way of protecting a child."""
    html = [
        page for page in every_page(told) if "text/html" in page.headers.get("content-type", "")
    ]
    refused = [page for page in html if page.status_code != 200]
    assert {page.status_code for page in refused} >= {401, 403, 404, 422}
    for page in refused:
        assert WORDS["fallback"].ja in page.text
        assert 'class="number"' not in page.text
