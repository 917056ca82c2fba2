"""The pages that are handed out: one for each history, and one to begin with; no score on any."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from features import html
from features.html import make
from features.language.text import Language
from features.reading import day_number
from features.records import known_records
from features.records_table import records_table
from features.teller import Teller
from features.telling import day_words
from models.bands import BAND_NAMES
from models.spec import ModelSpec
from training.blind.draw import Drawn
from training.blind.folder import page_name
from training.blind.words import HAND_OUT

INDEX = "index.html"


def pages_of(drawn: Sequence[Drawn], spec: ModelSpec, language: Language) -> dict[str, str]:
    """Every page by the name of its file."""
    tell = Teller(HAND_OUT, language)
    pages = {INDEX: html.page(tell.say("title"), _index(len(drawn), spec, tell), language)}
    for number, case in enumerate(drawn, start=1):
        title = tell.say("case", number=number)
        pages[page_name(number)] = html.page(title, _case(title, case, tell), language)
    return pages


def _index(count: int, spec: ModelSpec, tell: Teller) -> Iterator[Element]:
    yield make("p", "Kizuki 気づき", css="brand")
    yield make("h1", tell.say("title"))
    yield make("p", tell.say("advice"), css="verdict")
    yield make("h2", tell.say("asked"))
    yield make("p", tell.say("asked_about", outcome=tell.read(spec.label.about)))
    yield make("p", tell.say("scale"))
    yield make("ul", *(make("li", band) for band in _bands(tell)))
    yield make("p", tell.say("form"))
    yield make("h2", tell.say("cases"))
    links = (
        make("li", make("a", tell.say("case", number=number), href=page_name(number)))
        for number in range(1, count + 1)
    )
    yield make("ul", *links, css="columns")


def _bands(tell: Teller) -> Iterator[str]:
    first = 1
    for name in BAND_NAMES:
        yield tell.say("band", words=tell.read(name.words), first=first, last=name.to_score)
        first = name.to_score + 1


def _case(title: str, case: Drawn, tell: Teller) -> Iterator[Element]:
    yield make("p", make("a", tell.say("back"), href=INDEX), css="brand")
    yield make("h1", title)
    day = tell.read(day_words(case.cutoff))
    yield make("p", tell.say("cutoff", day=day), " ", tell.say("nothing"), css="verdict")
    records = known_records(case.history, day_number(case.cutoff)).values()
    # Without ids: whoever has them could look up what came after, or what was scored.
    yield make("div", records_table(records, tell.language, ids=False), css="wide")
