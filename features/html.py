"""HTML as a tree of elements: what is put into one is escaped by the standard library.

For pages that are mostly tables and that a job writes which needs no web server; those of the desk
are jinja2 templates, which only the desk may import.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from features.language.text import Language

Content = Element | str | int

_STYLE = (Path(__file__).parent / "page.css").read_text("utf-8")


def make(tag: str, *contents: Content, css: str = "", **attributes: str) -> Element:
    """An element with texts and elements in it."""
    element = Element(tag, {**({"class": css} if css else {}), **attributes})
    for content in contents:
        if isinstance(content, Element):
            element.append(content)
        elif len(element):
            element[-1].tail = f"{element[-1].tail or ''}{content}"
        else:
            element.text = f"{element.text or ''}{content}"
    return element


def number(content: Content) -> Element:
    """A cell that holds a number."""
    return make("td", content, css="number")


def row(*cells: Content, css: str = "") -> Element:
    """A row of a table; what is no cell yet is put into one."""
    return make("tr", *(cell if _is_cell(cell) else make("td", cell) for cell in cells), css=css)


def table(heads: Sequence[Element], rows: Iterable[Element]) -> Element:
    """A table under its heads."""
    made = make("table", make("thead", make("tr", *heads)), make("tbody", *rows))
    return make("div", made, css="wide")


def page(title: str, contents: Iterable[Element], language: Language) -> str:
    """A page that needs nothing but itself."""
    head = make(
        "head",
        make("meta", charset="utf-8"),
        make("meta", name="viewport", content="width=device-width, initial-scale=1"),
        make("title", title),
        make("style", _STYLE),
    )
    html = make("html", head, make("body", *contents), lang=language)
    return "<!doctype html>\n" + tostring(html, encoding="unicode", method="html") + "\n"


def _is_cell(content: Content) -> bool:
    return isinstance(content, Element) and content.tag == "td"
