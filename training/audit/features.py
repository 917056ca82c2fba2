"""The parts of an audit report about what the trees lean on, and what is done for fairness."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from features import html
from features.html import make, number, row
from features.language.feature import Feature
from features.teller import Teller
from models.gaps import words_of_field, words_of_group
from models.spec import ModelSpec
from models.table_spec import TableSpec
from training.audit.about import pairs
from training.audit.leaning import TELLING, Leaning, forgets, leanings
from training.record import Training


def features_part(training: Training, tell: Teller) -> Iterator[Element]:
    """The features that gain the trees most, the promises on them, and whom they stand for."""
    told, spec = leanings(training), training.spec
    yield make("h2", tell.say("features"))
    yield make("p", tell.say("features_about", count=len(told)))
    heads = tell.heads("feature", "gain#", "promise", "proxy", "sunset")
    yield html.table(heads, [_leaning(one, spec, tell) for one in told])
    telling = sum(one.proxy is not None and one.proxy.auroc >= TELLING for one in told)
    yield make("p", tell.say("proxies_about", count=telling, limit=f"{TELLING:.2f}"))


def mitigation_part(spec: ModelSpec | TableSpec, tell: Teller) -> Iterator[Element]:
    """What is done and what is not: a step that nobody tells of would be a silent one."""
    yield make("h2", tell.say("mitigation"))
    if isinstance(spec, TableSpec):
        dropped = tell.say("and").join(spec.left_out) or tell.say("none")
        told = {"never_lower": tell.say("none"), "never_raise": tell.say("none"),
                "dropped": dropped, "reweighed": tell.say("not_done")}  # fmt: skip
    else:
        done = spec.mitigation
        fields = tell.say("and").join(tell.read(words_of_field(one)) for one in done.reweighed_by)
        weighed = tell.say("reweighed_by", fields=fields) if fields else tell.say("not_done")
        told = {
            "never_lower": _named(spec.rising, tell),
            "never_raise": _named(spec.falling, tell),
            "dropped": _named(done.dropped, tell),
            "reweighed": weighed,
        }
    yield pairs(told, tell)


def _named(features: Sequence[Feature], tell: Teller) -> str:
    return ", ".join(feature.name for feature in features) or tell.say("none")


def _leaning(one: Leaning, spec: ModelSpec | TableSpec, tell: Teller) -> Element:
    name, promise, sunset = _said(one, spec, tell)
    return row(
        name,
        number(f"{one.gain:.1%}"),
        promise,
        _stands_for(one, tell),
        sunset,
        css="over" if one.proxy is not None and one.proxy.auroc >= TELLING else "",
    )


def _said(one: Leaning, spec: ModelSpec | TableSpec, tell: Teller) -> tuple[Element, str, str]:
    """A feature in words, what is promised of it, and when it forgets: of a table nobody knows."""
    code = make("code", one.name)
    if isinstance(spec, TableSpec):
        return make("td", code), "", ""
    feature = next(feature for feature in spec.features if feature.name == one.name)
    words = feature.reason.some
    blanks = {"window": tell.read(spec.columns[one.place].window.words), "value": "…"}
    told = tell.read(words).format(**{name: blanks[name] for name in words.blanks})
    promised = {"rising": spec.rising, "falling": spec.falling}
    promise = [tell.say(way) for way, features in promised.items() if feature in features]
    sunset = forgets(feature)
    return (
        make("td", told, make("br"), code),
        "".join(promise),
        tell.read(sunset.words) if sunset else tell.say("never_forgets"),
    )


def _stands_for(one: Leaning, tell: Teller) -> str:
    if one.proxy is None:
        return ""
    field, group = one.proxy.field, one.proxy.group
    words = tell.read(words_of_field(field)), tell.read(words_of_group(field, group))
    return f"{' '.join(words)} {one.proxy.auroc:.2f}"
