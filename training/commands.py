"""`kizuki train` and `kizuki reproduce`: the commands of the workshop."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from features.case_file import CaseFile
from features.rows.made import MadeRows
from features.rows.source import Source
from models.spec import ModelSpec
from models.specs import spec_of
from training.examples import read_rows, rows_made
from training.findings import Found, keep_findings
from training.registry import Registry
from training.reproduce import reproduce as make_again
from training.rolling import roll, rolled_numbers, rolled_table, rolled_words
from training.summary import aligned, summary
from training.train import keep_training, train_model

Model = Annotated[str, typer.Argument(help="A folder of models/, such as placement_24m.")]

Cases = Annotated[Path, typer.Option(help="The folder of a case file.")]


def train(
    model: Model,
    cases: Cases,
    made: Annotated[
        Path | None, typer.Option(help="The rows, as `kizuki rows make --lock` made them.")
    ] = None,
    looked: Annotated[
        str | None,
        typer.Option("--i-have-checked-for-leaks", help="What you looked at; kept on record."),
    ] = None,
) -> None:
    """Fit a model on a case file, measure it on its latest cases, and put it on record."""
    spec, registry = spec_of(model), Registry(home())
    case_file = CaseFile.read(cases)
    typer.echo(f"Training {model} on the case file drawn on {case_file.as_of}")
    rows_of = rows_made(MadeRows(made, spec.columns, Source(cases))) if made else read_rows
    training = train_model(spec, case_file, rows_of)
    version = keep_training(training, case_file, registry, datetime.now(UTC), looked)
    typer.echo(summary(training, version))


def stability(model: Model, cases: Cases) -> None:
    """Fit a model anew on several days of the past, and tell how well each did afterwards."""
    spec, case_file = spec_of(model), CaseFile.read(cases)
    rolled = roll(spec, case_file)
    report = "\n".join([*aligned(rolled_table(rolled)), "", *rolled_words(spec, rolled)])
    found = Found("stability", report, rolled_numbers(rolled))
    tell(found, spec, case_file)


def reproduce(
    model: Model,
    version: Annotated[int, typer.Option(help="The version, as `kizuki train` told it.")],
    cases: Annotated[Path, typer.Option(help="The case file that it was trained on.")],
) -> None:
    """Train a version anew, and tell whether every bit is the same, or what has changed."""
    kept = Registry(home()).version(spec_of(model).name, version)
    parts = make_again(kept, spec_of(model), CaseFile.read(cases))
    for part in parts:
        typer.echo(f"{part.name:<18} {f'changed: {part.changed}' if part.changed else 'same'}")
    changed = [part.name for part in parts if part.changed]
    if "trees" in changed:
        typer.echo(f"{model} version {version} is not made again: {', '.join(changed)} changed")
        raise typer.Exit(1)
    typer.echo(f"{model} version {version} is made again: the same trees, bit for bit")


def tell(found: Found, spec: ModelSpec, case_file: CaseFile) -> None:
    """Say what was found, and put it on record."""
    run = keep_findings(found, spec, case_file, Registry(home()), datetime.now(UTC))
    typer.echo(f"{found.report}\n\non record as run {run} of {spec.name}")


def home() -> Path:
    """The folder of everything that Kizuki keeps."""
    return Path(os.environ.get("KIZUKI_HOME", ".kizuki"))
