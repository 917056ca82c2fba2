"""People at a browser: they log in and read; what they see is complete and legible."""

import re
from typing import Any

import httpx2
from playwright.sync_api import Browser, Page

from tests.browser import CONTRAST
from tests.pages.conftest import Office
from tests.who.asking import bearing

SUPERVISOR = {"sub": "person-2", "roles": ["supervisor"]}
TABLET, PHONE = 820, 390


def asked_of(office: Office, method: str, path: str, sent: Any, /, **claims: Any) -> Any:
    """What the API answers to a token of the same provider."""
    headers = bearing(iss=office.provider.issuer, **claims)
    reply = httpx2.request(method, office.origin + path, json=sent, headers=headers, timeout=60)
    assert reply.is_success, reply.text
    return reply


def csrf(page: httpx2.Response) -> str:
    """The word of the session in a form."""
    found = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert found
    return found[1]


def opened(browser: Browser, width: int = TABLET) -> Page:
    """A browser of somebody's own, which notes what it complains of, a refusal aside."""
    page = browser.new_context(viewport={"width": width, "height": 1180}).new_page()
    page.complaints = []  # type: ignore[attr-defined]

    def note(said: str) -> None:
        if "status of 403" not in said:
            page.complaints.append(said)  # type: ignore[attr-defined]

    page.on("console", lambda said: note(said.text))
    page.on("pageerror", lambda error: note(str(error)))
    return page


def log_in(page: Page, office: Office, purpose: str, /, **person: Any) -> None:
    office.provider.person = {"sub": "person-17", "roles": ["screener"]} | person
    page.goto(f"{office.origin}/desk")
    page.click(f"a[href*='purpose={purpose}']")
    page.click("#in")
    page.wait_for_url(f"{office.origin}/desk")


def check(page: Page, width: int = 820) -> None:
    """Nothing complained of, nothing cut off, all of it legible."""
    assert page.complaints == []  # type: ignore[attr-defined]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    assert page.evaluate(CONTRAST) >= 4.5
