"""The parts of an audit report about groups: the range, rates and gaps, and pairs of fields."""

from collections.abc import Iterator, Sequence
from math import isnan
from xml.etree.ElementTree import Element

from features import html
from features.html import make, number, row
from features.teller import Teller
from models.gaps import MISSED, Compared, Gap, compare, words_of_field, words_of_group
from models.groups import RATES, Estimate, Group
from models.held import ALL, TIME, Held
from training.judge import Judged
from training.record import Training

MOST_PAIRS = 8


def range_part(training: Training, tell: Teller) -> Iterator[Element]:
    """How many get no score, and how the range held over time and by group."""
    judged, count = training.judged, len(training.answered.outcomes)
    yield make("h2", tell.say("range"))
    yield make("p", tell.say("range_about"))
    untold = sum(judged.untold.values())
    counts = {"count": f"{count:,}", "untold": f"{untold:,}", "share": f"{untold / count:.1%}"}
    told = tell.say("untold", **counts)
    reasons = [f"{tell.say(reason)} {number:,}" for reason, number in judged.untold.items()]
    yield make("p", " ".join([told, *reasons]))
    heads = tell.heads("field", "part", "examples#", "share", "mean_range", "held", "beside")
    groups = [held for held in judged.ranges if held.field not in (ALL, TIME)]
    broken = [held for held in groups if held.held < held.cells or not held.enough]
    yield html.table(heads, [_held(held, tell) for held in judged.ranges if held not in groups])
    yield make("p", tell.say("held_in", groups=len(groups), held=len(groups) - len(broken)))
    if broken:
        yield html.table(heads, [_held(held, tell) for held in broken])


def groups_part(training: Training, tell: Teller) -> Iterator[Element]:
    """The gaps of each field, and how each group fares."""
    judged = training.judged
    yield make("h2", tell.say("groups"))
    yield make("p", tell.say("groups_about"))
    yield _gaps(compare(judged.groups), tell)
    rates = [make("th", tell.read(rate.words)) for rate in RATES.values()]
    heads = [*tell.heads("field", "group", "examples#", "positives#"), *rates]
    yield html.table(
        [*heads, *tell.heads("no_score#")],
        [_group(group, training, tell) for group in judged.groups],
    )
    yield from _pairs(judged, tell)


def estimate_words(estimate: Estimate) -> str:
    """A rate with its interval, in per cent."""
    return f"{estimate.value:.1%} ({estimate.low:.1%}–{estimate.high:.1%})"


def _held(held: Held, tell: Teller) -> Element:
    whole = held.field in (ALL, TIME)
    part = held.name if held.field == TIME else tell.say(ALL) if whole else ""
    told = tell.say("of_cells", held=held.held, cells=held.cells)
    beside = {1: "more", -1: "fewer", 0: "none"}[held.beside]
    return row(
        tell.say(ALL) if whole else tell.read(words_of_field(held.field)),
        part or tell.read(words_of_group(held.field, held.name)),
        number(f"{held.count:,}"),
        estimate_words(Estimate(*held.share)),
        f"{held.low:.1%}–{held.high:.1%}",
        told if held.enough else tell.say("insufficient"),
        tell.say(beside) if held.enough else "",
        css="over" if held.enough and held.beside else "",
    )


def _gaps(fields: Sequence[Compared], tell: Teller) -> Element:
    rates = [make("th", tell.say("gap", rate=tell.read(rate.words))) for rate in RATES.values()]
    heads = [*tell.heads("field"), *rates, *tell.heads("compared#", "small#", "not_known#")]
    return html.table(heads, [_compared(field, tell) for field in fields])


def _compared(field: Compared, tell: Teller) -> Element:
    return row(
        tell.read(words_of_field(field.field)),
        *(_gap(gap, tell) for gap in field.gaps.values()),
        number(field.compared),
        number(f"{field.small} ({field.in_small:,})"),
        number(f"{field.not_known:,}"),
        css="over" if field.gaps[MISSED].apart else "",
    )


def _gap(gap: Gap, tell: Teller) -> str:
    if isnan(gap.value):
        return tell.say("insufficient")
    told = f"{gap.value:.1%}"
    return tell.say("apart", gap=told) if gap.apart else told


def _group(group: Group, training: Training, tell: Teller) -> Element:
    member = training.answered.groups[group.field] == group.name
    untold = float((training.told.untold[member] != "").mean())
    said = (
        estimate_words(rate) if group.enough(name) else tell.say("insufficient")
        for name, rate in group.rates.items()
    )
    return row(
        tell.read(words_of_field(group.field)),
        tell.read(words_of_group(group.field, group.name)),
        number(f"{group.count:,}"),
        number(f"{group.positives:,}"),
        *said,
        number(f"{untold:.1%}"),
    )


def _pairs(judged: Judged, tell: Teller) -> Iterator[Element]:
    fields = compare(judged.pairs)
    if not fields:
        return
    yield make("h3", tell.say("pairs"))
    small = sum(field.small for field in fields)
    yield make("p", tell.say("pairs_about", pairs=len(fields), groups=small, most=MOST_PAIRS))
    apart = [field for field in fields if any(gap.apart for gap in field.gaps.values())]
    widest = sorted(apart, key=lambda field: -_widest(field))[:MOST_PAIRS]
    yield _gaps(widest, tell) if widest else make("p", tell.say("no_pairs"), css="soft")


def _widest(field: Compared) -> float:
    return max(gap.value for gap in field.gaps.values() if gap.apart)
