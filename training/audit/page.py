"""audit.html: the report of one training, for those who must answer for it, read in ten minutes."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from features import html
from features.html import make, number, row
from features.language.text import LANGUAGES, Language
from features.teller import Teller
from models.card import limits
from models.gaps import words_of_field
from models.groups import RATES
from models.measures import words_of_measure
from models.spec import Gate
from models.table_spec import TableSpec
from training.audit.about import about_part
from training.audit.fairness import groups_part, range_part
from training.audit.features import features_part, mitigation_part
from training.audit.frames import DEMANDS
from training.audit.pictures import PICTURES
from training.audit.well import figure, stable_part, well_part
from training.audit.words import WORDS
from training.record import Training

PLOTS = "plots"


def write_audit(training: Training, folder: Path) -> None:
    """Write the report beside the bundle, a page for each language, and its pictures as files."""
    for language in LANGUAGES:
        (folder / f"audit.{language}.html").write_text(page_of(training, language), "utf-8")
    (folder / PLOTS).mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        picture = draw(training, Teller(WORDS, "en"))
        (folder / PLOTS / f"{name}.svg").write_text(picture, "utf-8")


def page_of(training: Training, language: Language) -> str:
    """The report in one language."""
    tell = Teller(WORDS, language)
    return html.page(tell.say("title"), _contents(training, tell), language)


def _contents(training: Training, tell: Teller) -> Iterator[Element]:
    spec = training.spec
    yield make("p", "Kizuki 気づき", css="brand")
    yield make("h1", tell.say("title"))
    yield make("p", tell.say("model", title=tell.read(spec.title), code=spec.name))
    yield from _verdict(training, tell)
    yield make("p", tell.say("advice"), css="verdict")
    yield from _gates(training, tell)
    yield from about_part(training, tell)
    yield from well_part(training, tell)
    yield from range_part(training, tell)
    yield from groups_part(training, tell)
    yield from stable_part(training, tell)
    yield from features_part(training, tell)
    yield from mitigation_part(spec, tell)
    yield from _limits(training, tell)
    yield from _frames(tell)
    yield make("footer", make("p", tell.say("foot")))


def _verdict(training: Training, tell: Teller) -> Iterator[Element]:
    failed = sum(not result.holds for result in training.judged.gates)
    words = tell.say("fails", count=failed) if failed else tell.say("passes")
    yield make("p", words, css="verdict rings" if failed else "verdict calm")


def _gates(training: Training, tell: Teller) -> Iterator[Element]:
    yield make("h2", tell.say("gates"))
    rows = [
        row(
            make("td", _asked(result.gate, tell), make("br"), make("code", str(result.gate))),
            number(figure(result.measured, tell)),
            tell.say("holds" if result.holds else "not_held"),
            css="" if result.holds else "over",
        )
        for result in training.judged.gates
    ]
    yield html.table(tell.heads("gate", "measured#", "holds"), rows)


def _asked(gate: Gate, tell: Teller) -> str:
    """What a gate asks for, in words."""
    if gate.by is not None:
        rate = tell.read(RATES[gate.measure.removesuffix("_gap")].words)
        field = tell.read(words_of_field(gate.by))
        asked = tell.say("by", field=field, gap=tell.say("gap", rate=rate))
    else:
        asked = tell.read(words_of_measure(gate.measure))
    bounds = {"at_least": gate.at_least, "at_most": gate.at_most}
    told = [tell.say(n, limit=f"{limit:g}") for n, limit in bounds.items() if limit is not None]
    return " ".join([asked, *told])


def _limits(training: Training, tell: Teller) -> Iterator[Element]:
    spec = training.spec
    own = isinstance(spec, TableSpec)
    yield make("h2", tell.say("limits"))
    yield make("p", tell.say("limits_about_table" if own else "limits_about"), css="soft")
    between = "" if tell.language == "ja" else " "  # lines broken for the writer's eye
    told = tell.say("limits_table") if isinstance(spec, TableSpec) else limits(spec, tell.language)
    lines = told.replace("\n  ", between).removeprefix("- ").split("\n- ")
    yield make("ul", *(make("li", *_bold(line)) for line in lines))


def _bold(line: str) -> Iterator[Element | str]:
    """A line of the limits, with what stands between two pairs of stars in bold."""
    for place, part in enumerate(line.split("**")):
        yield make("strong", part) if place % 2 else part


def _frames(tell: Teller) -> Iterator[Element]:
    yield make("h2", tell.say("frames"))
    yield make("p", tell.say("frames_about"))
    rows = [row(*map(tell.read, (one.name, one.answered, one.left))) for one in DEMANDS]
    yield html.table(tell.heads("demand", "answered", "left"), rows)
