"""What depends on the choice of the outcome, as tables and in words."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from features.groups import LEAST_EXAMPLES, NOT_KNOWN
from features.reading import calendar_day
from models.groups import Draws, estimate, in_order, resamples
from models.measures import auroc
from training.divergence.ranked import TOP, Compared, Ranked
from training.judge import SEED
from training.summary import aligned

NOT_ENOUGH = "insufficient evidence"

Flags = npt.NDArray[np.bool_]


def divergence_report(compared: Compared) -> str:
    """The report: how each ranks each outcome, whose band changes, and what that means."""
    base, *others = compared.ranked
    children = len(base.margins)
    parts = [
        f"{children} examples, each ranked by every model as fitted on "
        f"{calendar_day(compared.fitted_as_on)}, by trees that never saw the household",
        "",
        *aligned(_crossed(compared.ranked)),
        "",
        *aligned(_changes(compared)),
    ]
    for other in others:
        parts += ["", f"by group, {other.model} instead of {base.model}"]
        parts += aligned(_by_group(compared, base, other))
    return "\n".join([*parts, "", *_words(compared, base, others)])


def divergence_numbers(compared: Compared) -> dict[str, float]:
    """The shares by the other model's name, as MLflow takes them."""
    base, *others = compared.ranked
    return {
        f"{name}.{other.model}": share
        for other in others
        for name, share in (
            ("top_in_common", in_common(base, other)),
            ("band_higher", float((other.bands > base.bands).mean())),
            ("band_lower", float((other.bands < base.bands).mean())),
        )
    }


def in_common(one: Ranked, other: Ranked) -> float:
    """Of those whom one ranks highest, the share that the other ranks highest too."""
    return float(other.at_top[one.at_top].mean())


def _crossed(ranked: Sequence[Ranked]) -> list[list[str]]:
    heading = ["AUROC of the ranking by", *(f"for {by.model}" for by in ranked)]
    rows = [[r.model, *(f"{auroc(by.outcomes, r.margins):.3f}" for by in ranked)] for r in ranked]
    shares = ["share with the outcome", *(f"{by.outcomes.mean():.3f}" for by in ranked)]
    return [heading, *rows, shares]


def _changes(compared: Compared) -> list[list[str]]:
    base, *others = compared.ranked
    heading = [f"instead of {base.model}", f"top {TOP:.0%} in common", "band higher", "band lower"]
    named = [("itself, by another seed", compared.again), *((o.model, o) for o in others)]
    return [heading, *(
        [
            name,
            f"{in_common(base, other):.1%}",
            f"{(other.bands > base.bands).mean():.1%}",
            f"{(other.bands < base.bands).mean():.1%}",
        ]
        for name, other in named
    )]  # fmt: skip


def _by_group(compared: Compared, base: Ranked, other: Ranked) -> list[list[str]]:
    higher, lower = other.bands > base.bands, other.bands < base.bands
    draws = list(resamples(compared.households, np.random.default_rng(SEED)))
    rows = []
    for field, names in compared.groups.items():
        for name in in_order(names):
            member = names == name
            shares = [_share(moved, member, draws) for moved in (higher, lower)]
            tops = [f"{ranked.at_top[member].mean():.1%}" for ranked in (base, other)]
            told = [*shares, *tops] if member.sum() >= LEAST_EXAMPLES else [NOT_ENOUGH] * 4
            rows.append([field, name, str(member.sum()), *told])
    tops = [f"in the top {TOP:.0%} by {ranked.model}" for ranked in (base, other)]
    return [["field", "group", "examples", "band higher", "band lower", *tops], *rows]


def _share(moved: Flags, member: Flags, draws: Draws) -> str:
    """The share of the group that moved, with its interval from resamples of whole households."""
    inside = [draw[member[draw]] for draw in draws]
    found = estimate(
        float(moved[member].mean()), [float(moved[d].mean()) for d in inside if len(d)]
    )
    return f"{found.value:.1%} ({found.low:.1%} to {found.high:.1%})"


def _words(compared: Compared, base: Ranked, others: Sequence[Ranked]) -> Iterator[str]:
    for other in others:
        changed = (other.bands != base.bands).mean()
        yield (
            f"with {other.model} instead of {base.model}, {changed:.0%} of the examples are in "
            f"another band, and {1 - in_common(base, other):.0%} of those at the top are others"
        )
        yield from _most_moved(compared, base, other)
    chance = (compared.again.bands != base.bands).mean()
    yield (
        f"chance alone, another seed for {base.model}, puts {chance:.0%} into another band, and "
        f"{1 - in_common(base, compared.again):.0%} of those at the top are others"
    )
    yield (
        "no outcome here is the harm itself: each is what somebody reported, found or did; whoever "
        "chooses one chooses whose band is high, and has to say why"
    )


def _most_moved(compared: Compared, base: Ranked, other: Ranked) -> Iterator[str]:
    """The groups that move most against everybody, up and down, where there is evidence."""
    moved = np.sign(other.bands - base.bands)
    nets = {
        (field, name): moved[names == name].mean() - moved.mean()
        for field, names in compared.groups.items()
        for name in sorted(set(names))
        if name != NOT_KNOWN and (names == name).sum() >= LEAST_EXAMPLES
    }
    if nets:
        (up, most), (down, least) = (f(nets.items(), key=lambda n: n[1]) for f in (max, min))
        yield (
            f"  against everybody, the group that it raises most is {up[0]} {up[1]} "
            f"({most:+.0%}), the one that it lowers most {down[0]} {down[1]} ({least:+.0%})"
        )
