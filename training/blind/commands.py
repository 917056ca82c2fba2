"""`kizuki blind-test`: draw cases, enter what specialists judged, tell how far they agree."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from features.case_file import CaseFile
from features.errors import KizukiError
from features.language.text import Language
from models.bundle import read_bundle
from models.specs import spec_of
from training.blind import folder as kept
from training.blind.agreement import Agreement, compare
from training.blind.draw import draw_cases
from training.blind.form import read_form
from training.blind.hand_out import INDEX, pages_of
from training.blind.report import numbers_of, page_of
from training.chosen import chosen_bundle
from training.home import home
from training.written import written

PAGE, NUMBERS = "report.html", "report.json"

Folder = Annotated[Path, typer.Argument(help="The folder of the blind comparison.")]
Lang = Annotated[Language, typer.Option(help="The language of the pages.")]


def draw(
    model: Annotated[str, typer.Argument(help="A folder of models/, such as placement_24m.")],
    cases: Annotated[Path, typer.Option(help="The folder of a case file.")],
    out: Annotated[Path, typer.Option(help="The folder to make.")],
    seed: Annotated[int, typer.Option(min=0, help="Another seed draws other cases.")],
    count: Annotated[int, typer.Option(min=1, help="How many cases.")] = 100,
    version: Annotated[int | None, typer.Option(help="A version, if not the champion.")] = None,
    lang: Lang = "ja",
) -> None:
    """Draw cases that the model has not learnt from, alike many of each band of scores.

    Hand out the folder hand-out: a page for each history, without its score, and a form. Keep
    key.json from everybody until all have judged.
    """
    spec = spec_of(model)
    path, number = chosen_bundle(home(), spec, version)
    bundle = read_bundle(path)
    drawn = draw_cases(bundle, CaseFile.read(cases), count, seed)
    origin = {"model": model, "version": number, "digest": bundle.digest, "seed": seed}
    kept.write_drawn(out, kept.key_of(origin, drawn), pages_of(drawn, spec, lang))
    typer.echo(f"{count} cases drawn; hand out {out / kept.HAND_OUT}, beginning with {INDEX}")
    typer.echo(f"keep {out / kept.KEY} from everybody until all have judged")
    typer.echo(f"next: kizuki blind-test enter {out} FORM --by NAME")


def enter(
    folder: Folder,
    form: Annotated[Path, typer.Argument(metavar="FORM", help="A form that was filled in.")],
    by: Annotated[str, typer.Option(help="Who judged: a name or a sign for one.")],
) -> None:
    """Take what one specialist judged; a later form of the same one counts instead."""
    if not by.strip():
        raise KizukiError("say who judged: --by NAME")
    key = kept.read_key(folder)
    judged = read_form(form, key.cases)
    kept.enter(folder, by.strip(), datetime.now(UTC), judged)
    empty = len(key.cases) - len(judged)
    typer.echo(f"{len(judged)} judgements entered, {empty} cases left empty")
    typer.echo(f"next, when all have judged: kizuki blind-test report {folder}")


def report(folder: Folder, lang: Lang = "ja") -> None:
    """Tell how far model and specialists agree, who judged it too high or too low, and why."""
    key, entered = kept.read_key(folder), kept.read_entered(folder)
    compared = compare(key, entered)
    with written(folder):
        (folder / PAGE).write_text(page_of(key, compared, lang), "utf-8")
        told = json.dumps(numbers_of(key, compared), indent=1, ensure_ascii=False)
        (folder / NUMBERS).write_text(told + "\n", "utf-8")
    typer.echo(_line("all specialists", compared.over_all))
    for one in compared.each:
        typer.echo(_line(one.who, one))
    typer.echo(f"page: {folder / PAGE}")


def _line(who: str, one: Agreement) -> str:
    kappa = f"weighted kappa {one.kappa}" if one.enough else "weighted kappa: insufficient evidence"
    return (
        f"{who}: {one.count} judged, {one.same} in the same band, model too low {one.below} "
        f"(far: {one.far_below}), too high {one.above} (far: {one.far_above}), {kappa}"
    )
