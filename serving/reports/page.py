"""The page: one answer explained, as HTML that needs nothing but itself."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import tostring

from markupsafe import Markup

from features.language.text import Language, Text
from features.reading import day_number
from features.records import Record, known_records
from features.records_table import records_table
from features.telling import day_words
from models.bands import BAND_NAMES
from serving.advice import SILENT, Advice
from serving.answers import Response
from serving.reports import figures
from serving.reports.why import weightiest_first, why_of
from serving.reports.words import LIMITS, WORDS, plain
from serving.templates import style_hash, templates_of

MOST_EVIDENCE = 4
MOST_RECORDS = 40

_HERE = Path(__file__).parent
_STYLE = (_HERE / "style.css").read_text("utf-8")
_STYLE_HASH = style_hash(_STYLE)
_PAGES = templates_of(_HERE)


def draw(advice: Advice, answer: Response) -> str:
    """The page of one answer, in the answer's language."""
    language = answer.language
    records = known_records(advice.history, day_number(answer.cutoff))
    shown = list(records.values())[:MOST_RECORDS]
    return _PAGES.get_template("page.html").render(
        advice=advice,
        answer=answer,
        say=_sayer(language),
        read=lambda text: text.read(language),
        day=lambda day: day_words(day).read(language),
        asked=_moment(advice.at, language),
        promoted=advice.champion.promoted_at.astimezone(advice.at.tzinfo).date(),
        style=Markup(_STYLE),  # noqa: S704  # our own file
        style_hash=_STYLE_HASH,
        pictures=_pictures(advice, answer, language),
        why=why_of(advice, answer),
        bar=_bar(language),
        behind=lambda rows: weightiest_first(rows, records),
        most_evidence=MOST_EVIDENCE,
        missing=Counter(said.words for said in answer.missing),
        silent=SILENT in advice.cannot_tell,
        timeline=_timeline(shown, language),
        left_out=len(records) - len(shown),
        limits=LIMITS,
    )


def _timeline(records: Sequence[Record], language: Language) -> Markup:
    table = tostring(records_table(records, language, ids=True), encoding="unicode", method="html")
    return Markup(table)  # noqa: S704  # escaped as it was written


def _sayer(language: Language) -> Callable[..., str]:
    def say(name: str, **blanks: object) -> str:
        filled = {blank: _text(word) for blank, word in blanks.items()}
        return WORDS[name].filled(**filled).read(language)

    return say


def _text(word: object) -> Text:
    return word if isinstance(word, Text) else plain(word)


def _moment(moment: datetime, language: Language) -> str:
    return f"{day_words(moment.date()).read(language)} {moment:%H:%M}"


def _pictures(advice: Advice, answer: Response, language: Language) -> dict[str, Markup]:
    score = advice.score
    if score is None or answer.band is None:
        return {}
    say, bands = _sayer(language), {name.code: name.words.read(language) for name in BAND_NAMES}
    title = say("scale", score=score.score, band=answer.band.words)
    low, high = percent(score.low), percent(score.high)
    told = say("chance", chance=percent(score.probability), low=low, high=high)
    return {
        "scale": figures.scale(score.score, title, bands),
        "chance": figures.chance(score.probability, score.low, score.high, told),
        "hundred": figures.hundred(answer.band.share, answer.band.told),
    }


def _bar(language: Language) -> Callable[..., Markup]:
    def bar(share: float, largest: float, half: int = figures.HALF) -> Markup:
        direction = WORDS["raises" if share > 0 else "lowers"].read(language)
        return figures.bar(share, largest, direction, half)

    return bar


def percent(share: float) -> str:
    """A share in percent, without digits after the point; what is not certain is not told so."""
    rounded = f"{100 * share:.0f}"
    if rounded == "0" and share > 0:
        return "<1"
    return ">99" if rounded == "100" and share < 1 else rounded


def begun(phrase: str) -> str:
    """A phrase that begins as a sentence does."""
    return phrase[:1].upper() + phrase[1:]


_PAGES.filters.update(begun=begun, percent=percent)
