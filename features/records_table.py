"""The records of a history as a table of a page: the two days of each, whose, what it says."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from features.html import Content, make
from features.language.text import Language, Text
from features.records import Record
from features.telling import day_words

_HEADS = (
    Text("発生日", "Happened"),
    Text("把握日", "Known"),
    Text("記録", "Record"),
    Text("誰の", "Whose"),
    Text("内容", "What it says"),
)
_SAME_DAY = Text("同日", "same day")
_UNTIL = Text("{day}まで", "until {day}")
_GOES_ON = Text("継続中", "goes on")


def records_table(records: Iterable[Record], language: Language, *, ids: bool) -> Element:
    """The records in their order; `ids` says whether a row can be found again in the case file."""
    heads = [make("th", head.read(language), scope="col") for head in _HEADS]
    rows = [_row(record, language, ids) for record in records]
    return make("table", make("thead", make("tr", *heads)), make("tbody", *rows), css="timeline")


def _row(record: Record, language: Language, ids: bool) -> Element:
    same = record.known == record.happened
    known = _SAME_DAY if same else day_words(record.known)
    which = [make("br"), make("code", record.id)] if ids else []
    comma = "、" if language == "ja" else ", "
    return make(
        "tr",
        make("td", *_happened(record, language), css="day"),
        make("td", known.read(language), css="day"),
        make("td", record.words.read(language), *which),
        make("td", *_lines(text.read(language) for text in record.whose)),
        make("td", comma.join(text.read(language) for text in record.says)),
    )


def _happened(record: Record, language: Language) -> Iterator[Content]:
    yield day_words(record.happened).read(language)
    if record.until:
        yield make("br")
        yield _UNTIL.filled(day=day_words(record.until)).read(language)
    elif record.goes_on:
        yield make("br")
        yield _GOES_ON.read(language)


def _lines(lines: Iterable[str]) -> Iterator[Content]:
    for place, line in enumerate(lines):
        if place:
            yield make("br")
        yield line
