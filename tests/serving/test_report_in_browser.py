"""The page in a real browser: nothing asked for, nothing complained of, nothing cut off."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.testclient import TestClient

from tests.serving.desks import example

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
CASES = ("told", "untold")
# The contrast of every visible text with what lies behind it (WCAG 2.2, 1.4.3), SVG text aside.
CONTRAST = """() => {
  const numbers = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => { const [r, g, b] = numbers(c).map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor;
      if (!/^rgba\\(0, 0, 0, 0\\)$/.test(c)) return c; } return 'rgb(255,255,255)'; };
  const found = [];
  for (const e of document.body.querySelectorAll('*')) {
    const says = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!says || e.closest('svg')) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(behind(e))];
    found.push((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
  }
  return Math.min(...found);
}"""

OUTSIDE = """() => [...document.querySelectorAll('svg text')].filter(t => {
  const [a, b] = [t.getBoundingClientRect(), t.ownerSVGElement.getBoundingClientRect()];
  return a.left < b.left - 1 || a.right > b.right + 1 || a.bottom > b.bottom + 1;
}).length"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("a browser is missing: install chromium and fonts-noto-cjk")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())


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


def opened(browser: Browser, path: Path, width: int) -> tuple[Page, list[str], list[str]]:
    page = browser.new_page(viewport={"width": width, "height": 1024})
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    return page, asked, complaints


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
