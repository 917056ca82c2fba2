"""The page in a real browser: nothing asked for, nothing complained of, nothing cut off."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from tests.browser import CONTRAST, opened
from tests.serving.desks import example

CASES = ("told", "untold")
OUTSIDE = """() => [...document.querySelectorAll('svg text')].filter(t => {
  const [a, b] = [t.getBoundingClientRect(), t.ownerSVGElement.getBoundingClientRect()];
  return a.left < b.left - 1 || a.right > b.right + 1 || a.bottom > b.bottom + 1;
}).length"""


@pytest.fixture
def pages(client: TestClient, tmp_path: Path) -> dict[tuple[str, str], Path]:
    written = {}
    for language in ("ja", "en"):
        for case in CASES:
            request = example(language=language)
            if case == "untold":
                del request["caseFile"]["children"]
            path = tmp_path / f"{language}-{case}.html"
            path.write_bytes(client.post("/v1/report", json=request).content)
            written[language, case] = path
    return written


@pytest.mark.parametrize("width", [768, 390])
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_opens(language: str, case: str, width: int, browser: Browser, pages: Any) -> None:
    path = pages[language, case]
    page, asked, complaints = opened(browser, path, width)
    assert asked == [path.as_uri()]
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == language
    assert page.locator("h1").count() == 1
    assert page.locator(".number").count() == (case == "told")
    assert page.locator("svg:not([role=img][aria-label])").count() == 0
    assert page.evaluate(CONTRAST) >= 4.5
    page.close()


def test_no_text_of_a_picture_is_cut_off(browser: Browser, pages: Any) -> None:
    for language in ("ja", "en"):
        page, _, _ = opened(browser, pages[language, "told"], 768)
        assert page.locator("svg text").count() > 20
        assert page.evaluate(OUTSIDE) == 0
        page.close()


def test_it_prints_on_a4(browser: Browser, pages: Any) -> None:
    page, _, _ = opened(browser, pages["ja", "told"], 768)
    printed = page.pdf(prefer_css_page_size=True)
    assert 2 <= printed.count(b"/Type /Page\n") <= 4
    assert b"/MediaBox [0 0 594.95996 841.91998]" in printed or b"/MediaBox [0 0 595" in printed
    page.close()
