"""plan.html: what the hours are worth, as a page for those who answer for them."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from features import html
from features.groups import field_words, group_words
from features.html import make, number, row
from features.language.text import Language
from features.teller import Teller
from features.telling import day_words
from models.groups import Estimate, Group
from models.spec import ModelSpec
from training.pictures import GREY, axes, embedded, line, svg_of
from training.planning.plan import BY_CUTOFF, FIGURES, Cutoff, Plan
from training.planning.words import LIMITS, WORDS

_DRAWN = ("reached", "missed", "wrongly_flagged")
_NUMBERS = tuple(f"{name}#" for name in BY_CUTOFF)


def page_of(plan: Plan, spec: ModelSpec, version: int, language: Language) -> str:
    """The page in one language."""
    tell = Teller(WORDS, language)
    return html.page(tell.say("title"), _contents(plan, spec, version, tell), language)


def picture_of(plan: Plan, language: Language) -> str:
    """What is reached, missed and wrongly flagged by the hours in a week, as SVG."""
    tell = Teller(WORDS, language)
    figure, drawn = axes(tell.say("hours_a_week"), tell.say("of_hundred"))
    hours = [cutoff.hours for cutoff in plan.cutoffs]
    for place, name in enumerate(_DRAWN):
        shares = (cutoff.figures[name] for cutoff in plan.cutoffs)
        hundred = [Estimate(100 * e.value, 100 * e.low, 100 * e.high) for e in shares]
        line(drawn, place, hours, hundred, tell.say(name))
    drawn.axvline(plan.means.hours, color=GREY)
    drawn.set_xlim(0, 1.02 * max(*hours, plan.means.hours))
    drawn.set_ylim(0)
    above = drawn.secondary_xaxis("top")
    above.set_xticks(hours, [str(cutoff.score) for cutoff in plan.cutoffs])
    above.set_xlabel(tell.say("cutoff"))
    figure.legend(frameon=False, loc="outside lower center", ncols=len(_DRAWN))
    return svg_of(figure)


def _contents(plan: Plan, spec: ModelSpec, version: int, tell: Teller) -> Iterator[Element]:
    yield make("p", "Kizuki 気づき", css="brand")
    yield make("h1", tell.say("title"))
    yield make("p", tell.say("advice"), css="verdict")
    yield html.table([], _facts(plan, spec, version, tell))
    yield from _answer(plan, tell)
    yield make("h2", tell.say("picture"))
    yield make("p", tell.say("picture_about"))
    yield embedded(picture_of(plan, tell.language), tell.say("picture"))
    yield make("h2", tell.say("table"))
    yield _table(plan, tell)
    if plan.chosen:
        yield from _groups(plan.groups, plan.chosen, tell)
    yield make("h2", tell.say("limits"))
    yield make("ul", *(make("li", tell.read(limit)) for limit in LIMITS))


def _facts(plan: Plan, spec: ModelSpec, version: int, tell: Teller) -> Iterator[Element]:
    judged, means = plan.judged, plan.means
    first, last = (tell.read(day_words(day)) for day in (judged.first, judged.last))
    told = {
        "model": tell.say("version", title=tell.read(spec.title), number=version),
        "outcome": tell.read(spec.label.about),
        "judged": tell.say(
            "judged_about",
            first=first,
            last=last,
            count=f"{len(judged.scores):,}",
            positives=f"{judged.outcomes.sum():,.0f}",
        ),
        "notified": tell.say("notified_about", count=f"{means.notified:.1f}"),
        "means": tell.say(
            "means_about",
            hours=f"{means.hours:g}",
            each=f"{means.hours_per_case:g}",
            cases=f"{means.hours / means.hours_per_case:.1f}",
        ),
    }
    for name, words in told.items():
        yield row(make("td", make("strong", tell.say(name))), words)


def _answer(plan: Plan, tell: Teller) -> Iterator[Element]:
    chosen = plan.chosen
    if chosen is None:
        needed = f"{plan.cutoffs[-1].hours:.0f}"
        yield make("h2", tell.say("too_few"))
        yield make("p", tell.say("too_few_about", needed=needed))
        return
    if chosen.score == 1:
        yield make("h2", tell.say("everybody"))
        return
    yield make("h2", tell.say("chosen", score=chosen.score))
    left = f"{plan.means.hours - chosen.hours:.0f}"
    needed = f"{chosen.hours:.0f}"
    yield make("p", tell.say("chosen_about", score=chosen.score, needed=needed, left=left))
    lines = [row(tell.say(n), _hundred(chosen.figures[n], tell)) for n in FIGURES]
    yield html.table([*tell.heads("per_hundred"), make("th")], lines)


def _table(plan: Plan, tell: Teller) -> Element:
    lines = [
        row(
            number(cutoff.score),
            number(f"{cutoff.hours:.0f}"),
            *(_hundred(cutoff.figures[name], tell) for name in BY_CUTOFF),
            css="total" if cutoff is plan.chosen else "",
        )
        for cutoff in reversed(plan.cutoffs)
    ]
    return html.table(tell.heads("cutoff#", "hours_a_week#", *_NUMBERS), lines)


def _groups(groups: Iterable[Group], chosen: Cutoff, tell: Teller) -> Iterator[Element]:
    yield make("h2", tell.say("groups", score=chosen.score))
    yield make("p", tell.say("groups_about"))
    lines = [
        row(
            tell.read(field_words(group.field)),
            tell.read(group_words(group.field, group.name)),
            number(f"{group.count:,}"),
            *_rates(group, tell),
        )
        for group in groups
    ]
    yield html.table(tell.heads("field", "group", "count#", *_NUMBERS), lines)


def _rates(group: Group, tell: Teller) -> Iterator[Element]:
    for name in BY_CUTOFF:
        if group.enough(name):
            yield _hundred(group.rates[name], tell)
        else:
            yield make("td", tell.say("insufficient"), css="number soft")


def _hundred(estimate: Estimate, tell: Teller) -> Element:
    """A share as a number of 100 children, with its interval."""
    ends = {"value": estimate.value, "low": estimate.low, "high": estimate.high}
    told = tell.say("between", **{name: f"{100 * share:.1f}" for name, share in ends.items()})
    return number(told)
