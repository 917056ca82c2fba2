"""`kizuki learning-curve`: whether an office's own history suffices."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.language.text import Language
from models.measures import MEASURES
from models.specs import spec_of
from training.curve.curve import SHOWN, Curve, learning_curve
from training.curve.page import page_of, picture_of, verdict
from training.slices import fill_slices
from training.summary import aligned
from training.written import written

PAGE, PICTURE, NUMBERS = "learning-curve.html", "learning-curve.svg", "learning-curve.json"


def curve(
    model: Annotated[str, typer.Argument(help="A folder of models/, such as placement_24m.")],
    cases: Annotated[Path, typer.Option(help="The folder of a case file.")],
    out: Annotated[
        Path | None, typer.Option(help=f"Folder for {PAGE}, {PICTURE} and {NUMBERS}.")
    ] = None,
    lang: Annotated[Language, typer.Option(help="The language of page and picture.")] = "ja",
) -> None:
    """Fit with an eighth, a quarter, a half and all of the history, and judge the same children."""
    spec, case_file = spec_of(model), CaseFile.read(cases)
    slices = fill_slices(spec, BatchTables(case_file), case_file)
    made = learning_curve(spec, slices)
    typer.echo("\n".join([*aligned(list(_rows(made))), "", *verdict(made, "en")]))
    if out is None:
        return
    with written(out):
        (out / PAGE).write_text(page_of(made, spec, lang), "utf-8")
        (out / PICTURE).write_text(picture_of(made, lang), "utf-8")
        said = {"model": model, "verdict": made.verdict, **asdict(made)}
        (out / NUMBERS).write_text(json.dumps(said, indent=1) + "\n", "utf-8")
    typer.echo(f"page: {out / PAGE}")


def _rows(made: Curve) -> Iterator[list[str]]:
    yield ["share", "fitted on", *(MEASURES[name].words.en for name in SHOWN)]
    for point in made.points:
        told = (str(point.measures[name]) for name in SHOWN)
        yield [f"{point.share:.1%}", str(point.examples), *told]
