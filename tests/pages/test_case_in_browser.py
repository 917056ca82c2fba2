"""A case in a real browser: closed, opened in an emergency, sealed; and contests, decided."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from features.language.text import Language
from serving.endpoints.contest import EXAMPLE as CONTEST
from serving.endpoints.decision import EXAMPLE as UPHELD
from serving.endpoints.glass import ReasonCode
from serving.glass_reasons import GLASS_REASONS
from serving.pages.words import WORDS
from tests.pages.browsing import PHONE, SUPERVISOR, TABLET, asked_of, check, log_in, opened
from tests.pages.conftest import Office, served
from tests.serving.desks import example
from tests.store.requests import telling
from tests.store.telling import raised
from tests.who.asking import SYSTEM, last_record, records

CHILD = "c-1041"
WHY = "きょうだいが救急搬送され、この子の過去の通告を今すぐ確認する必要がある。"
SHOTS = os.environ.get("SHOTS_OF_PAGES")  # a folder for pictures of the pages, to look at them


@pytest.fixture(scope="module", params=["ja", "en"])
def told(office: Office, request: pytest.FixtureRequest) -> Iterator[Office]:
    """The desk in each language; north and south have both told of a child."""
    asked_of(office, "POST", "/v1/report", example())  # what is compiled at first use is compiled
    for place in ("north", "south"):
        events = telling(example()["caseFile"], office=place)
        asked_of(office, "POST", "/v1/events", events, **SYSTEM)
    desk = replace(office.desk, language=request.param)
    with served(desk, office.home, office.provider, office.clock) as made:
        yield made


def say(office: Office, name: str) -> str:
    language: Language = office.desk.language
    return WORDS[name].read(language)


def section_of(page: Page, office: Office, name: str) -> Locator:
    """The part of a page under a heading."""
    return page.locator("section", has=page.locator("h2", has_text=say(office, name)))


def look(page: Page, office: Office, name: str) -> None:
    """It is whole and legible on a tablet and on a telephone."""
    for width in (TABLET, PHONE):
        page.set_viewport_size({"width": width, "height": 1180})
        check(page, width)
        if SHOTS:
            path = Path(SHOTS) / f"{name}.{office.desk.language}.{width}.png"
            page.screenshot(path=path, full_page=True)
    page.set_viewport_size({"width": TABLET, "height": 1180})


def open_case(page: Page, office: Office, place: str, child: str = CHILD) -> None:
    page.goto(f"{office.origin}/desk")
    page.click(f"text={say(office, 'case_open')}")
    page.fill("#office", place)
    page.fill("#child", child)
    page.click("main button")


def test_a_closed_case_is_opened_in_an_emergency_and_for_all_to_see(
    told: Office, browser: Browser
) -> None:
    page, me = opened(browser), f"person-{told.desk.language}"
    log_in(page, told, "screening", sub=me)
    open_case(page, told, "south")
    look(page, told, "closed")
    assert say(told, "fallback") in page.inner_text("main")
    assert page.locator("form[action='/desk/case/report']").count() == 0
    page.select_option("#reasonCode", "imminent_danger")
    page.fill("#words", WHY[:19])
    page.click("button.alarm")
    assert page.url.endswith("/desk/case"), "the browser itself asks for more words"
    page.fill("#words", WHY)
    page.select_option("#minutes", "30")
    page.click("button.alarm")
    look(page, told, "opened")
    banner = page.locator("[role=alert]")
    assert "10:00" in banner.inner_text()
    assert banner.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(163, 59, 0)"
    kept = last_record_of(told, "glass")
    assert (kept.asker.person, kept.asker.through, kept.child) == (me, "browser", CHILD)
    page.click(f"text={say(told, 'read_today')}")
    page.wait_for_url("**/desk/report/*")
    assert page.locator(".number").count() == 1
    assert "10:00" in banner.inner_text(), "the alarm stands on this page, too"
    assert banner.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(163, 59, 0)"
    look(page, told, "opened-report")
    page.context.close()


def test_the_supervisors_of_its_office_find_it_at_once(told: Office, browser: Browser) -> None:
    broken = {"office": "south", "child": CHILD, "reasonCode": "family_moved", "words": WHY}
    asked_of(told, "POST", "/v1/brokenGlass", broken, sub="person-9")
    page = opened(browser)
    log_in(page, told, "supervision", **SUPERVISOR | {"office": "south"})
    section = section_of(page, told, "glass")
    assert WHY in section.inner_text()
    assert GLASS_REASONS["family_moved"].read(told.desk.language) in section.inner_text()
    look(page, told, "glass-list")
    page.context.close()


def last_record_of(office: Office, kind: str) -> Any:
    return [record for record in records(office.home) if record.kind == kind][-1]


def test_a_supervisor_seals_a_case_and_opens_it_again(told: Office, browser: Browser) -> None:
    theirs, mine = opened(browser), opened(browser)
    log_in(theirs, told, "supervision", **SUPERVISOR)
    log_in(mine, told, "screening")
    open_case(theirs, told, "north")
    look(theirs, told, "case")
    found = []
    for _ in range(2):
        theirs.click("form[action='/desk/case/seal'] button")
        assert last_record(told.home).kind == "sealed"
        look(theirs, told, "sealed")
        open_case(mine, told, "north")
        found.append(mine.locator("form[action='/desk/case/glass']").count())
    assert found == [1, 0]
    assert mine.locator("form[action='/desk/case/seal']").count() == 0, "a screener seals nothing"
    theirs.context.close()
    mine.context.close()


def test_a_supervisor_decides_on_contests_of_others(told: Office, browser: Browser) -> None:
    asked = example(office="north")
    score_id = asked_of(told, "POST", "/v1/score", asked).json()["scoreId"]
    path = f"/v1/score/{score_id}/contests"
    asked_of(told, "POST", path, CONTEST)
    asked_of(told, "POST", path, {**CONTEST, "words": "mine"}, **SUPERVISOR)  # by who decides
    page = opened(browser)
    log_in(page, told, "supervision", **SUPERVISOR)
    section = section_of(page, told, "contests")
    assert section.locator("form").count() == 1, "not on the own one"
    assert say(told, "own_contest") in section.inner_text()
    section.locator("summary").click()
    look(page, told, "contests")
    page.select_option("select[name=how]", "upheld:record_mistaken")
    section.locator("textarea").fill("入院の記録を確認した。")
    section.locator("button").click()
    look(page, told, "contests-upheld")
    assert say(told, "to_correct") in section.inner_text()
    kept = last_record_of(told, "contest_decision")
    assert (kept.asker.person, kept.asker.purpose) == ("person-2", "supervision")
    record = asked_of(told, "GET", f"/v1/score/{score_id}", None).json()
    assert [one["decision"] for one in record["decisions"]] == ["upheld"]
    page.context.close()


def test_a_notice_that_was_seen_leaves_the_list(told: Office, browser: Browser) -> None:
    score_id = asked_of(told, "POST", "/v1/score", example(office="north")).json()["scoreId"]
    contest = asked_of(told, "POST", f"/v1/score/{score_id}/contests", CONTEST).json()
    path = f"/v1/contests/{contest['contestId']}/decisions"
    kept = asked_of(told, "POST", path, UPHELD, **SUPERVISOR).json()
    page = opened(browser)
    log_in(page, told, "screening")
    section = section_of(page, told, "notices")
    assert say(told, "notice_upheld") in section.inner_text()
    assert section.locator(f"a[href='/desk/report/{score_id}']").count() == 1
    look(page, told, "notices")
    section.locator(f"form[action='/desk/notice/{kept['decisionId']}'] button").click()
    assert page.locator(f"a[href='/desk/report/{score_id}']").count() == 0
    look(page, told, "notices-acknowledged")
    seen = last_record_of(told, "acknowledged").asker
    assert (seen.person, seen.through) == ("person-17", "browser")
    page.context.close()


def test_an_alert_is_taken_up_and_leaves_the_list(told: Office, browser: Browser) -> None:
    asked = example(office="north")
    score_id = asked_of(told, "POST", "/v1/score", asked).json()["scoreId"]
    assert told.desk.store
    for number in (1, 2):
        id_ = f"{told.desk.language}-{number}"
        raised(told.desk.store, "north", id_, CHILD, score_id)
    page = opened(browser)
    log_in(page, told, "screening")
    section = section_of(page, told, "alerts")
    rows = section.locator("tbody tr")
    assert rows.count() == 2
    look(page, told, "alerts")
    rows.first.locator("summary").click()
    look(page, told, "alerts-tending")
    label = rows.first.locator("td").first
    page.set_viewport_size({"width": PHONE, "height": 1180})
    shown = label.evaluate("e => getComputedStyle(e, '::before').content")
    assert shown == f'"{say(told, "when")}"', "on a telephone each cell says what it is"
    rows.first.locator("input[name=words]").fill("本日、家庭訪問を行う。")
    rows.first.locator("button[value=taken_up]").click()
    assert rows.count() == 1
    kept = last_record_of(told, "tending")
    assert (kept.asker.person, kept.asker.through) == ("person-17", "browser")
    rows.first.locator("summary").click()
    rows.first.locator("button[value=nothing_needed]").click()
    assert say(told, "no_alerts") in section.inner_text()
    look(page, told, "alerts-tended")
    listed = asked_of(told, "GET", "/v1/alerts?office=north", None).json()["alerts"]
    assert [one["tended"]["what"] for one in listed[-2:]] == ["nothing_needed", "taken_up"]
    page.context.close()


def test_alerts_that_were_dealt_with_are_on_a_page(told: Office, browser: Browser) -> None:
    score_id = asked_of(told, "POST", "/v1/score", example(office="north")).json()["scoreId"]
    assert told.desk.store
    hows = ("nothing_needed", "taken_up")
    for how in hows:
        id_ = f"{how}-{told.desk.language}"
        raised(told.desk.store, "north", id_, CHILD, score_id)
        asked_of(told, "POST", f"/v1/alerts/{id_}/tendings", {"office": "north", "what": how})
    page = opened(browser)
    log_in(page, told, "screening")
    page.click(f"text={say(told, 'tended_alerts')}")
    latest = page.locator("tbody tr").all_inner_texts()[:2]
    for how, text in zip(reversed(hows), latest, strict=True):
        assert f"{say(told, f'was_{how}')}\nperson-17" in text
    look(page, told, "alerts-dealt-with")
    page.locator("tbody a").first.click()
    page.wait_for_url(f"**/desk/report/{score_id}")
    assert page.locator("[role=alert]").count() == 0, "no glass is broken here"
    page.context.close()


def test_the_reasons_on_the_page_are_those_of_the_api() -> None:
    assert tuple(GLASS_REASONS) == ReasonCode.__args__
