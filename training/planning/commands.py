"""`kizuki plan`: what the hours there are would reach."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from features.language.text import Language
from models.groups import Estimate, Group
from models.specs import spec_of
from training.chosen import chosen_bundle
from training.home import home
from training.planning.judged_slice import read_judged
from training.planning.page import page_of, picture_of
from training.planning.plan import BY_CUTOFF, FIGURES, UNSCORED, Cutoff, Means, Plan, make_plan
from training.summary import aligned
from training.written import written

PAGE, PICTURE, NUMBERS = "plan.html", "plan.svg", "plan.json"
A_DAY = 8.0  # hours: what a closer look takes, unless the office says otherwise


def plan(
    model: Annotated[str, typer.Argument(help="A folder of models/, such as placement_24m.")],
    hours: Annotated[float, typer.Option(help="Hours a week for closer looks, beside all else.")],
    hours_per_case: Annotated[float, typer.Option(help="Hours that one closer look takes.")] = (
        A_DAY
    ),
    notified: Annotated[
        float | None, typer.Option(help="Children notified in a week, if other than were judged.")
    ] = None,
    version: Annotated[int | None, typer.Option(help="A version, if not the champion.")] = None,
    out: Annotated[
        Path | None, typer.Option(help=f"Folder for {PAGE}, {PICTURE} and {NUMBERS}.")
    ] = None,
    lang: Annotated[Language, typer.Option(help="The language of page and picture.")] = "ja",
) -> None:
    """Tell which cutoff the hours suffice for, and what it reaches, misses and wrongly flags.

    It orders the hours left when every notification has got what law and office require. A child
    below the cutoff is not safe, and is seen to as always.
    """
    spec = spec_of(model)
    bundle, number = chosen_bundle(home(), spec, version)
    judged = read_judged(bundle, spec)
    means = Means(hours, hours_per_case, judged.a_week if notified is None else notified)
    made = make_plan(judged, means)
    typer.echo("\n".join(_lines(made)))
    if out is None:
        return
    with written(out):
        (out / PAGE).write_text(page_of(made, spec, number, lang), "utf-8")
        (out / PICTURE).write_text(picture_of(made, lang), "utf-8")
        told = json.dumps({"model": model, "version": number, **_numbers(made)}, indent=1)
        (out / NUMBERS).write_text(told + "\n", "utf-8")
    typer.echo(f"page: {out / PAGE}")


def _lines(made: Plan) -> Iterator[str]:
    means = made.means
    yield (
        f"{means.hours:g} hours a week at {means.hours_per_case:g} a case, "
        f"{means.notified:.1f} children notified a week"
    )
    rows = [_row(cutoff, chosen=cutoff is made.chosen) for cutoff in reversed(made.cutoffs)]
    named = [name.replace("_", " ") for name in BY_CUTOFF]
    yield from aligned([["", "cutoff", "hours a week", *named], *rows])
    yield "of 100 notified children, with 95 % intervals; reached and missed had the outcome"
    unscored, of_these = (_hundred(made.cutoffs[0].figures[name]) for name in UNSCORED)
    yield f"without a score, at every cutoff: {unscored}, with the outcome {of_these}"
    if made.chosen is None:
        yield "the hours suffice for no cutoff: score 20 alone takes more"
    yield "a child below the cutoff is not safe: it is seen to as every notified child is"


def _row(cutoff: Cutoff, *, chosen: bool) -> list[str]:
    hundred = [_hundred(cutoff.figures[name]) for name in BY_CUTOFF]
    return ["->" if chosen else "", str(cutoff.score), f"{cutoff.hours:.0f}", *hundred]


def _hundred(e: Estimate) -> str:
    return f"{100 * e.value:.1f} ({100 * e.low:.1f} to {100 * e.high:.1f})"


def _numbers(made: Plan) -> dict[str, object]:
    """The plan in plain words and numbers; figures are shares of the notified children."""
    judged = made.judged
    return {
        "judged": {
            "first": judged.first.isoformat(),
            "last": judged.last.isoformat(),
            "children": len(judged.scores),
            "with_the_outcome": int(judged.outcomes.sum()),
        },
        "means": asdict(made.means),
        "cutoff": made.chosen.score if made.chosen else None,
        "cutoffs": [asdict(cutoff) for cutoff in made.cutoffs],
        "groups": [_group(group) for group in made.groups],
    }


def _group(group: Group) -> dict[str, object]:
    """A group; a figure without evidence enough is null."""
    figures = {n: asdict(group.rates[n]) if group.enough(n) else None for n in FIGURES}
    return {
        "field": group.field,
        "group": group.name,
        "children": group.count,
        "with_the_outcome": group.positives,
        "figures": figures,
    }
