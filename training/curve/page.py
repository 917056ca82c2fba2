"""learning-curve.html: whether an office's own history suffices, in words, drawn and as a table."""

from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

from features import html
from features.html import make, number, row
from features.language.text import Language
from features.teller import Teller
from features.telling import day_words
from models.groups import Estimate
from models.measures import MEASURES
from models.spec import ModelSpec
from training.curve.curve import SHOWN, WORTH, Curve
from training.curve.words import LIMITS, WORDS
from training.pictures import axes, embedded, line, svg_of


def page_of(curve: Curve, spec: ModelSpec, language: Language) -> str:
    """The page in one language."""
    tell = Teller(WORDS, language)
    return html.page(tell.say("title"), _contents(curve, spec, tell), language)


def picture_of(curve: Curve, language: Language) -> str:
    """The measures by the examples fitted on, as SVG."""
    figure, drawn = axes(Teller(WORDS, language).say("examples"), "")
    sizes = [point.examples for point in curve.points]
    for place, name in enumerate(SHOWN):
        up = [point.measures[name] for point in curve.points]
        line(drawn, place, sizes, up, MEASURES[name].words.read(language))
    drawn.set_xscale("log", base=2)
    drawn.set_xticks(sizes, [f"{size:,}" for size in sizes])
    drawn.minorticks_off()
    drawn.set_ylim(0, 1)
    figure.legend(frameon=False, loc="outside lower center", ncols=len(SHOWN))
    return svg_of(figure)


def verdict(curve: Curve, language: Language) -> list[str]:
    """What the curve says, in sentences."""
    tell = Teller(WORDS, language)
    said = [
        tell.say(curve.verdict),
        tell.say("gain", gain=_between(curve.gain, "+.3f", tell)),
        tell.say("worth", worth=WORTH),
    ]
    if curve.reaches is not None:
        said.append(tell.say("reaches" if curve.reaches else "reaches_not"))
    return said


def _contents(curve: Curve, spec: ModelSpec, tell: Teller) -> Iterator[Element]:
    *days, count, positives = curve.judged
    first, last = (tell.read(day_words(date.fromisoformat(str(day)))) for day in days)
    judged = {"first": first, "last": last, "count": f"{count:,}", "positives": f"{positives:,}"}
    yield make("p", "Kizuki 気づき", css="brand")
    yield make("h1", tell.say("title"))
    yield make("p", tell.say("about", model=tell.read(spec.title), **judged))
    says, *why = verdict(curve, tell.language)
    yield make("p", says, css="verdict")
    yield from (make("p", sentence) for sentence in why)
    yield make("h2", tell.say("picture"))
    yield embedded(picture_of(curve, tell.language), tell.say("picture"))
    yield _table(curve, tell)
    yield make("h2", tell.say("limits"))
    yield make("ul", *(make("li", tell.read(limit)) for limit in LIMITS))


def _table(curve: Curve, tell: Teller) -> Element:
    named = [make("th", tell.read(MEASURES[name].words), css="number") for name in SHOWN]
    lines = [
        row(
            number(f"{point.share:.1%}"),
            number(f"{point.examples:,}"),
            number(str(point.parts)),
            *(number(_between(point.measures[name], ".3f", tell)) for name in SHOWN),
        )
        for point in curve.points
    ]
    return html.table([*tell.heads("share#", "fitted#", "parts#"), *named], lines)


def _between(estimate: Estimate, form: str, tell: Teller) -> str:
    ends = {"value": estimate.value, "low": estimate.low, "high": estimate.high}
    return tell.say("between", **{name: format(number, form) for name, number in ends.items()})
