"""The report of a blind comparison: the same as numbers and as a page."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from xml.etree.ElementTree import Element

from features import html
from features.html import make, number, row
from features.language.text import Language
from features.teller import Teller
from models.bands import BAND_NAMES
from training.blind.agreement import Agreement, Apart, Compared
from training.blind.folder import HAND_OUT, Key, page_name
from training.blind.words import LIMITS, REPORT

_WORDS = {name.code: name.words for name in BAND_NAMES}


def numbers_of(key: Key, compared: Compared) -> dict[str, object]:
    """The comparison in plain words and numbers; a kappa without evidence enough is null."""
    between = compared.between
    return {
        "model": key.model,
        "version": key.version,
        "digest": key.digest,
        "seed": key.seed,
        "cases": len(key.cases),
        "over_all": _numbers(compared.over_all),
        "specialists": {one.who: _numbers(one) for one in compared.each},
        "between_specialists": _numbers(between) if between else None,
        "bands": {"order": list(_WORDS), "model_down_specialist_across": compared.table.tolist()},
        "far_apart": [{**asdict(one), "bands": one.bands} for one in compared.apart],
    }


def page_of(key: Key, compared: Compared, language: Language) -> str:
    """The page in one language."""
    tell = Teller(REPORT, language)
    return html.page(tell.say("title"), _contents(key, compared, tell), language)


def _numbers(one: Agreement) -> dict[str, object]:
    counted = {name: value for name, value in asdict(one).items() if name not in {"who", "kappa"}}
    return {"kappa": asdict(one.kappa) if one.enough else None, **counted}


def _contents(key: Key, compared: Compared, tell: Teller) -> Iterator[Element]:
    over_all = compared.over_all
    yield make("p", "Kizuki 気づき", css="brand")
    yield make("h1", tell.say("title"))
    about = {"model": key.model, "version": key.version, "cases": len(key.cases)}
    people = len(compared.each)
    yield make("p", tell.say("about", **about, people=people, count=over_all.count))
    yield make("p", tell.say("advice"), css="verdict")
    yield make("p", make("strong", tell.say("far_below", count=over_all.far_below)))
    yield make("p", tell.say("far_above", count=over_all.far_above))
    yield make("h2", tell.say("agreement"))
    yield make("p", tell.say("agreement_about"))
    yield _agreements(compared, tell)
    yield make("h2", tell.say("apart"))
    yield from _apart(compared.apart, tell)
    yield make("h2", tell.say("table"))
    yield make("p", tell.say("table_about"))
    yield _table(compared, tell)
    yield make("h2", tell.say("limits"))
    yield make("ul", *(make("li", tell.read(limit)) for limit in LIMITS))


def _agreements(compared: Compared, tell: Teller) -> Element:
    named = [*((one.who, one) for one in compared.each)]
    if len(named) > 1:
        named.insert(0, (tell.say("over_all"), compared.over_all))
    lines = [
        row(
            who,
            *_shared(one, tell),
            number(tell.say("of_which_far", count=one.below, far=one.far_below)),
            number(tell.say("of_which_far", count=one.above, far=one.far_above)),
        )
        for who, one in named
    ]
    if compared.between:
        shared = _shared(compared.between, tell)
        lines.append(row(tell.say("between"), *shared, number("–"), number("–"), css="soft"))
    heads = tell.heads("who", "count#", "kappa#", "same#", "below#", "above#")
    return html.table(heads, lines)


def _shared(one: Agreement, tell: Teller) -> Iterator[Element]:
    """What is told of a pair, whoever is first."""
    kappa = f"{one.kappa.value:.2f} ({one.kappa.low:.2f}–{one.kappa.high:.2f})"
    yield number(f"{one.count:,}")
    yield number(kappa if one.enough else tell.say("insufficient"))
    yield number(f"{one.same:,} ({one.same / one.count:.0%})")


def _apart(apart: Sequence[Apart], tell: Teller) -> Iterator[Element]:
    if not apart:
        yield make("p", tell.say("no_apart"), css="soft")
        return
    yield make("p", tell.say("apart_about"))
    lines = [
        row(
            make("td", make("a", str(one.case), href=f"{HAND_OUT}/{page_name(one.case)}")),
            tell.say("scored", score=one.score, band=tell.read(_WORDS[one.band])),
            one.by,
            _judged(one, tell),
            one.judged.reasons or tell.say("no_reasons"),
        )
        for one in apart
    ]
    yield html.table(tell.heads("case", "model", "specialist", "judged", "reasons"), lines)


def _judged(one: Apart, tell: Teller) -> str:
    band = tell.read(_WORDS[one.judged.band])
    score = one.judged.score
    return band if score is None else tell.say("scored", score=score, band=band)


def _table(compared: Compared, tell: Teller) -> Element:
    names = [tell.read(words) for words in _WORDS.values()]
    heads = [*tell.heads("model_says"), *(make("th", name, css="number") for name in names)]
    lines = [
        row(make("td", make("strong", name)), *(number(str(count)) for count in counts))
        for name, counts in zip(names, compared.table.tolist(), strict=True)
    ]
    return html.table(heads, lines)
