"""audit.html: the report of one training, for those who must answer for it, read in ten minutes."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np

from features import html
from features.html import make, number, row
from features.language.feature import Feature
from features.language.text import LANGUAGES, Language
from features.reading import calendar_day
from features.teller import Teller
from features.telling import day_words
from models.card import limits
from models.gaps import words_of_field, words_of_group
from models.groups import RATES
from models.measures import MEASURES
from models.spec import Cohort, Gate, ModelSpec
from training.audit.fairness import groups_part, range_part
from training.audit.frames import DEMANDS
from training.audit.leaning import TELLING, Leaning, leanings
from training.audit.pictures import calibration, lift
from training.audit.words import WORDS
from training.pictures import embedded
from training.record import Training
from training.splits import FOLDS, TEST


def write_audit(training: Training, folder: Path) -> None:
    """Write the report beside the bundle, a page for each language."""
    for language in LANGUAGES:
        (folder / f"audit.{language}.html").write_text(page_of(training, language), "utf-8")


def page_of(training: Training, language: Language) -> str:
    """The report in one language."""
    tell = Teller(WORDS, language)
    return html.page(tell.say("title"), _contents(training, tell), language)


def _contents(training: Training, tell: Teller) -> Iterator[Element]:
    spec = training.model_spec
    yield make("p", "Kizuki 気づき", css="brand")
    yield make("h1", tell.say("title"))
    yield make("p", tell.say("model", title=tell.read(spec.title), code=spec.name))
    yield from _verdict(training, tell)
    yield make("p", tell.say("advice"), css="verdict")
    yield from _gates(training, tell)
    yield from _about(training, tell)
    yield from _well(training, tell)
    yield from range_part(training, tell)
    yield from groups_part(training, tell)
    yield from _stable(training, tell)
    yield from _features(training, tell)
    yield from _mitigation(spec, tell)
    yield from _limits(spec, tell)
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
            number(_number(result.measured, tell)),
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
        measure = MEASURES.get(gate.measure)
        asked = tell.read(measure.words) if measure else tell.say(gate.measure)
    limits = {"at_least": gate.at_least, "at_most": gate.at_most}
    bounds = [tell.say(n, limit=f"{limit:g}") for n, limit in limits.items() if limit is not None]
    return " ".join([asked, *bounds])


def _about(training: Training, tell: Teller) -> Iterator[Element]:
    spec, slices = training.model_spec, training.slices
    yield make("h2", tell.say("about"))
    audited = tell.say("and").join(tell.read(words_of_field(field)) for field in spec.audited_by)
    told: dict[str, Element | str] = {
        "outcome": tell.read(spec.label.about),
        "question": make("td", make("code", str(spec.label.value))),
        "cohort": _cohort(spec, tell),
        "reads": tell.say(
            "reads_about",
            features=len(spec.features),
            columns=len(spec.columns),
            trees=training.booster.num_trees(),
            audited=audited,
        ),
        "data": tell.say(
            "data_about", learnt_by=tell.read(day_words(calendar_day(slices.learnt_by)))
        ),
    }
    yield html.table([], [row(make("td", make("strong", tell.say(n))), w) for n, w in told.items()])
    rows = [_slice(tell, name, *part.about) for name, part in slices.by_name.items()]
    yield html.table(tell.heads("slice", "from", "to", "examples#", "positives#"), rows)
    if slices.left_out:
        left = ", ".join(f"{tell.say(why)} {count:,}" for why, count in slices.left_out.items())
        yield make("p", tell.say("left_out", told=left), css="soft")


def _slice(tell: Teller, name: str, first: str, last: str, count: int, positives: int) -> Element:
    counts = (number(f"{counted:,}") for counted in (count, positives))
    return row(make("td", tell.say(name), " ", make("code", name)), first, last, *counts)


def _number(measured: float, tell: Teller) -> str:
    return tell.say("insufficient") if np.isnan(measured) else f"{measured:.3f}"


def _cohort(spec: ModelSpec, tell: Teller) -> str:
    cohort = spec.cohort
    if not isinstance(cohort, Cohort):
        return tell.say("cohort_of_days", first=cohort.days[0], last=cohort.days[-1])
    youngest, oldest = cohort.ages
    table = tell.read(cohort.each.words)
    return tell.say("cohort_of_rows", youngest=youngest, oldest=oldest, table=table)


def _well(training: Training, tell: Teller) -> Iterator[Element]:
    judged, outcomes = training.judged, training.answered.outcomes
    yield make("h2", tell.say("well"))
    counts = {"count": f"{len(outcomes):,}", "positives": f"{outcomes.sum():,.0f}"}
    yield make("p", tell.say("well_about", **counts))
    rows = [row(tell.read(MEASURES[n].words), number(str(e))) for n, e in judged.measures.items()]
    alone = [
        row(tell.say("baseline", column=name), number(f"{auroc:.3f}"))
        for name, auroc in judged.baselines.items()
    ]
    yield html.table(tell.heads("measure", "value#"), [*rows, *alone])
    for name, draw in (("calibration", calibration), ("lift", lift)):
        yield make("h3", tell.say(name))
        yield make("p", tell.say(f"{name}_about"))
        yield embedded(draw(training, tell), tell.say(name))


def _stable(training: Training, tell: Teller) -> Iterator[Element]:
    answered, test = training.answered, training.slices.by_name[TEST]
    yield make("h2", tell.say("stable"))
    yield make("p", tell.say("stable_about"))
    shown = ("auroc", "precision_top_10", "calibration_slope")
    heads = [make("th", tell.read(MEASURES[name].words), css="number") for name in shown]
    rows = []
    for fold in range(FOLDS):
        own = np.flatnonzero(test.folds == fold)
        values = [answered.measure(MEASURES[name].of, own) for name in shown]
        told = [_number(value, tell) for value in values]
        counts = (f"{len(own):,}", f"{answered.outcomes[own].sum():,.0f}")
        rows.append(row(str(fold + 1), *(number(cell) for cell in (*counts, *told))))
    yield html.table([*tell.heads("fold", "examples#", "positives#"), *heads], rows)


def _features(training: Training, tell: Teller) -> Iterator[Element]:
    told = leanings(training)
    yield make("h2", tell.say("features"))
    yield make("p", tell.say("features_about", count=len(told)))
    heads = tell.heads("feature", "gain#", "promise", "proxy", "sunset")
    yield html.table(heads, [_leaning(one, training.model_spec, tell) for one in told])
    telling = sum(one.proxy is not None and one.proxy.auroc >= TELLING for one in told)
    yield make("p", tell.say("proxies_about", count=telling, limit=f"{TELLING:.2f}"))


def _leaning(one: Leaning, spec: ModelSpec, tell: Teller) -> Element:
    feature, proxy = one.feature, one.proxy
    words = feature.reason.some
    blanks = {"window": tell.read(one.column.window.words), "value": "…"}
    told = tell.read(words).format(**{name: blanks[name] for name in words.blanks})
    promise = "rising" if feature in spec.rising else "falling" if feature in spec.falling else ""
    stands = ""
    if proxy is not None:
        group = tell.read(words_of_group(proxy.field, proxy.group))
        stands = f"{tell.read(words_of_field(proxy.field))} {group} {proxy.auroc:.2f}"
    return row(
        make("td", told, make("br"), make("code", feature.name)),
        number(f"{one.gain:.1%}"),
        tell.say(promise) if promise else "",
        stands,
        tell.read(one.forgets.words) if one.forgets else tell.say("never_forgets"),
        css="over" if proxy is not None and proxy.auroc >= TELLING else "",
    )


def _mitigation(spec: ModelSpec, tell: Teller) -> Iterator[Element]:
    yield make("h2", tell.say("mitigation"))
    done = spec.mitigation
    fields = tell.say("and").join(tell.read(words_of_field(field)) for field in done.reweighed_by)
    told = {
        "never_lower": _named(spec.rising, tell),
        "never_raise": _named(spec.falling, tell),
        "dropped": _named(done.dropped, tell),
        "reweighed": tell.say("reweighed_by", fields=fields) if fields else tell.say("not_done"),
    }
    yield html.table([], [row(make("td", make("strong", tell.say(n))), w) for n, w in told.items()])


def _named(features: Sequence[Feature], tell: Teller) -> str:
    return ", ".join(feature.name for feature in features) or tell.say("none")


def _limits(spec: ModelSpec, tell: Teller) -> Iterator[Element]:
    yield make("h2", tell.say("limits"))
    yield make("p", tell.say("limits_about"), css="soft")
    between = "" if tell.language == "ja" else " "  # lines broken for the writer's eye
    lines = limits(spec, tell.language).replace("\n  ", between).removeprefix("- ").split("\n- ")
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
