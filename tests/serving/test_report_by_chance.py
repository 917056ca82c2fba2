"""Whatever a case file may say, and whoever promoted the model, there is a page of the answer."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.language.fields import Choice, Day, Field, Flag, Number, Person
from features.language.rows import Table
from features.language.text import LANGUAGES
from features.reading import LONGEST_IDENTIFIER, WIDE_SPACE
from features.tables import TABLES
from serving.advice import advise
from serving.answers import respond
from serving.champions import read_champions, rehearse
from serving.question import Question
from serving.reports.page import draw
from tests.serving.desks import MODEL, NOW
from tests.serving.test_report import Page

Drawing = Callable[[Question, str], str]

TODAY = NOW.date()
BORN = date(2015, 1, 1)
A_HANG = timedelta(seconds=20)  # a busy machine takes none of them for one

# A line that is printable is all that an id, a code or a name has to be.
lines = st.one_of(
    st.sampled_from(
        ("{", "}", "{value}", "{{7*7}}", "%s", "<b>", "]]>", "&amp;", "\\", WIDE_SPACE)
    ),
    st.text(max_size=LONGEST_IDENTIFIER),
).map(lambda text: "".join(sign for sign in text if sign.isprintable()).strip() or "{x")
days = st.dates(BORN, TODAY)


def _values(field: Field, child: str) -> st.SearchStrategy[Any]:
    if isinstance(field, Choice):
        return st.sampled_from(list(field.allowed))
    if isinstance(field, Number):
        return st.floats(field.least, field.most)
    if isinstance(field, Flag):
        return st.booleans()
    if isinstance(field, Day):
        return days.map(date.isoformat)
    return st.just(child) | lines if isinstance(field, Person) else lines


@st.composite
def rows(draw: st.DrawFn, table: Table, child: str) -> dict[str, Any]:
    """A row that its table allows."""
    happened = BORN if table.name == "children" else draw(days)
    row = {"id": draw(lines), "happened": happened, "known": draw(st.dates(happened, TODAY))}
    if table.spans and draw(st.booleans()):
        row["until"] = draw(st.dates(happened, TODAY))
    told = {name: day.isoformat() if isinstance(day, date) else day for name, day in row.items()}
    for name, field in table.columns.items():
        if field.required or draw(st.booleans()):
            told[name] = draw(_values(field, child))
    return told


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A question about a child of whom there are rows in a few of the tables."""
    child = draw(lines)
    told = {"children", *draw(st.sets(st.sampled_from(sorted(TABLES)), max_size=4))}
    case_file = {
        name: draw(st.lists(rows(TABLES[name], child), max_size=3, unique_by=lambda row: row["id"]))
        for name in sorted(told)
    }
    cutoff = draw(st.dates(TODAY - timedelta(days=900), TODAY))
    return Question(child, cutoff, case_file, {}, MODEL, draw(st.sampled_from(LANGUAGES)), b"{}")


@pytest.fixture(scope="module")
def page_of(promoted: Path) -> Drawing:
    """The page of the answer to a question, by a model that somebody promoted."""
    champions = read_champions(promoted)
    rehearse(champions)  # as a desk does: what is compiled at first is no answer's time
    champion = champions[MODEL]

    def page_of(question: Question, promoter: str) -> str:
        advice = advise(replace(champion, promoted_by=promoter), question, lambda: "1", NOW)
        return draw(advice, respond(advice))

    return page_of


@given(question=questions(), promoter=lines)
@settings(max_examples=3000 if "KIZUKI_SLOW" in os.environ else 200, deadline=A_HANG)
def test_there_is_a_page(question: Question, promoter: str, page_of: Drawing) -> None:
    page = Page(page_of(question, promoter))
    assert not page.open
    assert not page.tags & {"script", "img", "iframe"}
    for said in (question.child, promoter):
        assert " ".join(said.split()) in " ".join(page.words.split())
