"""The parts of an audit report about how well a model does, and how steadily."""

from collections.abc import Iterator, Sequence
from math import isnan
from xml.etree.ElementTree import Element

from features import html
from features.html import make, number, row
from features.reading import calendar_day
from features.teller import Teller
from features.telling import day_words
from models.measures import MEASURES
from training.audit.pictures import PICTURES
from training.baselines.beside import Beside
from training.folds import SHOWN, by_fold
from training.pictures import embedded
from training.record import Training
from training.rolling import SHOWN as AT_ORIGINS
from training.splits import TEST


def well_part(training: Training, tell: Teller) -> Iterator[Element]:
    """The measures, the simpler ways beside them, and the pictures."""
    judged, outcomes = training.judged, training.answered.outcomes
    yield make("h2", tell.say("well"))
    counts = {"count": f"{len(outcomes):,}", "positives": f"{outcomes.sum():,.0f}"}
    yield make("p", tell.say("well_about", **counts))
    rows = [row(tell.read(MEASURES[n].words), number(str(e))) for n, e in judged.measures.items()]
    yield html.table(tell.heads("measure", "value#"), rows)
    yield from _baselines(judged.baselines, tell)
    for name, draw in PICTURES.items():
        yield make("h3", tell.say(name))
        yield make("p", tell.say(f"{name}_about"))
        yield embedded(draw(training, tell), tell.say(name))


def stable_part(training: Training, tell: Teller) -> Iterator[Element]:
    """The same measures in each fold of households, and at each origin where it was fitted anew."""
    yield make("h2", tell.say("stable"))
    yield make("p", tell.say("stable_about"))
    rows, folds = [], by_fold(training.answered, training.slices.by_name[TEST].folds)
    for place, fold in enumerate(folds, start=1):
        counts = (f"{fold.count:,}", f"{fold.positives:,}")
        told = (figure(fold.measures[name], tell) for name in SHOWN)
        rows.append(row(str(place), *(number(cell) for cell in (*counts, *told))))
    yield html.table([*tell.heads("fold", "examples#", "positives#"), *_heads(SHOWN, tell)], rows)
    yield from _origins(training, tell)


def figure(measured: float, tell: Teller) -> str:
    """A number, or that there is too little to tell it from."""
    return tell.say("insufficient") if isnan(measured) else f"{measured:.3f}"


def _baselines(baselines: Sequence[Beside], tell: Teller) -> Iterator[Element]:
    yield make("h3", tell.say("baselines"))
    yield make("p", tell.say("baselines_about" if baselines else "baselines_none"))
    rows = [
        row(tell.say(one.name), number(str(one.auroc)), number(str(one.gain))) for one in baselines
    ]
    if rows:
        yield html.table(tell.heads("way", "its_auroc#", "gain_over#"), rows)


def _origins(training: Training, tell: Teller) -> Iterator[Element]:
    yield make("h3", tell.say("origins"))
    yield make("p", tell.say("origins_about" if training.rolled else "origins_none"))
    rows = []
    for at in training.rolled:
        _, last, count, positives = at.judged
        day = tell.read(day_words(calendar_day(at.learnt_by)))
        told = (str(at.measures[name]) for name in AT_ORIGINS)
        cells = (number(cell) for cell in (f"{count:,}", f"{positives:,}", *told))
        rows.append(row(day, last, *cells))
    if rows:
        heads = tell.heads("fitted_as_on", "judged_until", "examples#", "positives#")
        yield html.table([*heads, *_heads(AT_ORIGINS, tell)], rows)


def _heads(names: Sequence[str], tell: Teller) -> list[Element]:
    return [make("th", tell.read(MEASURES[name].words), css="number") for name in names]
