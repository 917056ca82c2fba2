"""The page of an answer: what it shows, in whose words, and what it can never do."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from starlette.testclient import TestClient

from features.language.text import LANGUAGES
from serving.reports.figures import bar, chance, hundred, scale
from serving.reports.page import percent
from serving.reports.why import MOST_THEMES
from tests.serving.desks import example

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'


class Page(HTMLParser):
    """The tags, attributes and text of a page; every tag must be closed in order."""

    VOID = frozenset({"meta", "br", "path", "rect", "line"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += f" {data}"


def page_of(client: TestClient, **changed: Any) -> str:
    reply = client.post("/v1/report", json=example(**changed))
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    return reply.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_answer_says(language: str, client: TestClient) -> None:
    page = Page(page_of(client, language=language))
    answer = client.post("/v1/score", json=example(language=language)).json()
    words = " ".join(page.words.split()).lower()
    band, chance = answer["band"], answer["probability"]
    told = [
        answer["advice"], answer["child"], answer["outcome"], answer["model"]["title"],
        answer["model"]["digest"], answer["model"]["lock"], band["words"], f"{band['count']:,}",
        f"{100 * chance:.0f}", *(one["words"] for one in answer["reasons"]),
        *(one["words"] for one in answer["redFlags"]), *(one["words"] for one in answer["missing"]),
        *(row["id"] for one in answer["reasons"] for row in one["evidence"]),
        *(theme["words"] for theme in answer["themes"][:MOST_THEMES]),
    ]  # fmt: skip
    assert not [said for said in told if said.lower() not in words]
    assert not page.open


def test_it_needs_nothing_but_itself(client: TestClient) -> None:
    html = page_of(client)
    page = Page(html)
    assert not page.tags & {"script", "link", "img", "iframe", "object", "form", "base", "use"}
    assert not page.attributes & {"src", "href", "style", "srcset", "action"}
    assert not [name for name in page.attributes if name.startswith("on")]
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html


@pytest.mark.parametrize("place", ["child", "row", "kind"])
def test_what_was_sent_stays_text(place: str, client: TestClient) -> None:
    request = example()
    if place == "child":
        request["child"] = HOSTILE
        for rows in request["caseFile"].values():
            for raw in rows:
                raw.update({f: HOSTILE for f in ("child", "person") if raw.get(f) == "c-1041"})
    elif place == "row":
        request["caseFile"]["observations"][0]["id"] = HOSTILE
    else:
        request["caseFile"]["notifications"][0]["report"] = HOSTILE
    reply = client.post("/v1/report", json=request)
    assert reply.status_code == 200
    page = Page(reply.text)
    assert not page.tags & {"script", "img"}
    assert (HOSTILE in page.words) == (place != "kind")


def test_the_timeline_holds_what_was_known_and_nothing_later(client: TestClient) -> None:
    early = page_of(client, cutoff="2023-01-01")
    assert "n-1" in early
    assert "n-3" not in early
    assert "2024年" not in Page(early).words.replace("2024年7月1日", "").replace(
        "2024年6月30日", ""
    )


def test_names_and_protected_fields_are_not_shown(client: TestClient) -> None:
    request = example(language="en")
    request["caseFile"]["people"] = [
        {"id": "p-1", "person": "c-1041", "family_name": "Yamada", "given_name": "Hanako",
         "happened": "2018-09-14", "known": "2022-05-10"}
    ]  # fmt: skip
    request["caseFile"]["children"][0].update(nationality="foreign", office="Nishi", sex="female")
    html = client.post("/v1/report", json=request).text
    assert not [word for word in ("Yamada", "Hanako", "foreign", "Nishi", "female") if word in html]


def test_many_rows_are_cut_short_and_said_so(client: TestClient) -> None:
    request = example(language="en")
    request["caseFile"]["contacts"] = [
        {"id": f"v-{i}", "child": "c-1041", "kind": "visit", "outcome": "missed",
         "happened": f"2024-0{i % 5 + 1}-{i % 28 + 1:02}", "known": "2024-06-02"}
        for i in range(80)
    ]  # fmt: skip
    html = client.post("/v1/report", json=request).text
    assert "earlier rows are left out here" in html
    assert html.count('<td class="day">') == 80


def test_the_scale_marks_one_score() -> None:
    bands = dict.fromkeys(("lower", "middle", "raised", "highest"), "band")
    for score in (1, 10, 20):
        drawn = str(scale(score, "title", bands))
        assert re.findall(r'class="own">(\d+)<', drawn) == [str(score)]
        assert drawn.count("<rect") == 20


@pytest.mark.parametrize(("share", "filled"), [(0.0, 0), (0.004, 0), (0.126, 13), (1.0, 100)])
def test_a_hundred_figures_are_filled_by_the_share(share: float, filled: int) -> None:
    assert str(hundred(share, "title")).count('stroke="#1a1f24"') == filled


def test_a_bar_points_to_the_side_of_its_share() -> None:
    raises, lowers = str(bar(0.5, 0.5, "title")), str(bar(-0.25, 0.5, "title"))
    assert 'x="118.0" y="5" width="110.0"' in raises
    assert 'x="63.0" y="5" width="55.0"' in lowers
    assert raises.count("#a33b00") == lowers.count("#1d5080") == 2


def test_a_chance_without_a_range_is_still_seen() -> None:
    assert 'width="2.0"' in str(chance(0.5, 0.5, 0.5, "title"))


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0"), (0.004, "<1"), (0.005, "<1"), (0.126, "13"), (0.996, ">99"), (1.0, "100")],
)
def test_percent_does_not_round_to_certainty(share: float, said: str) -> None:
    assert percent(share) == said
