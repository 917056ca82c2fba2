"""`kizuki train` and `kizuki reproduce`: the commands of the workshop."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from features.case_file import CaseFile
from features.errors import KizukiError
from features.rows.made import MadeRows
from features.rows.source import Source
from models.spec import ModelSpec
from models.specs import spec_of
from training.examples import read_rows, rows_made
from training.findings import Found, keep_findings
from training.home import home
from training.own_table.table import Roles, read_table
from training.own_table.train import train_table
from training.registry import Registry
from training.reproduce import reproduce as make_again
from training.rolling import roll, rolled_numbers, rolled_table, rolled_words
from training.rotate import ON_THIS_MACHINE, Growing
from training.summary import aligned, summary
from training.train import keep, keep_training, train_model

Model = Annotated[str, typer.Argument(help="A folder of models/, such as placement_24m.")]

Cases = Annotated[Path, typer.Option(help="The folder of a case file.")]

Looked = Annotated[
    str | None,
    typer.Option("--i-have-checked-for-leaks", help="What you looked at; kept on record."),
]
Cluster = Annotated[
    str | None, typer.Option(help="Grow the trees on a Dask cluster: tcp://host:8786.")
]

Origins = Annotated[
    bool, typer.Option("--origins", help="Fit on days of the past too, for card and report.")
]


def train(
    model: Annotated[str | None, typer.Argument(help="A folder of models/, on --cases.")] = None,
    cases: Annotated[Path | None, typer.Option(help="The folder of a case file.")] = None,
    made: Annotated[
        Path | None, typer.Option(help="The rows, as `kizuki rows make --lock` made them.")
    ] = None,
    looked: Looked = None,
    rows: Annotated[Path | None, typer.Option(help="A table of your own: CSV or Parquet.")] = None,
    label: Annotated[str | None, typer.Option(help="Its column of outcomes, 0 or 1.")] = None,
    entity: Annotated[
        str | None, typer.Option(help="Its column of whose row it is; such rows stay together.")
    ] = None,
    groups: Annotated[str | None, typer.Option(help="Its columns to audit by: A,B.")] = None,
    time: Annotated[str | None, typer.Option(help="Its column of days: slices in time.")] = None,
    without: Annotated[str | None, typer.Option(help="Its columns to leave out: A,B.")] = None,
    cluster: Cluster = None,
    origins: Origins = False,
) -> None:
    """Fit a model, measure it on its latest cases, and put it on record.

    Either a model of ours on a case file: MODEL --cases DIR. Or one on a ready-made table of
    features: --rows FILE --label COLUMN --entity COLUMN --groups A,B, where every column that is
    not named is learnt from.
    """
    if rows is not None:
        if model or cases or made or origins or not (label and entity and groups):
            raise KizukiError("a table needs --rows, --label, --entity and --groups, and no model")
        columns = Roles(label, entity, _listed(groups), time, _listed(without or ""))
        return _train_table(rows, columns, looked, cluster)
    if not (model and cases) or label or entity or groups or time or without:
        raise KizukiError("say what to train: MODEL --cases DIR, or --rows FILE and its columns")
    spec, registry = spec_of(model), Registry(home())
    case_file = CaseFile.read(cases)
    typer.echo(f"Training {model} on the case file drawn on {case_file.as_of}")
    rows_of = rows_made(MadeRows(made, spec.columns, Source(cases))) if made else read_rows
    with _growing(cluster) as growing:
        fitted = train_model(spec, case_file, rows_of, growing)
    training = replace(fitted, rolled=roll(spec, case_file) if origins else ())
    version = keep_training(training, case_file, registry, datetime.now(UTC), looked)
    return typer.echo(summary(training, version))


def _growing(cluster: str | None) -> AbstractContextManager[Growing]:
    """Where trees grow: here, or on a cluster, whose library is needed only then."""
    if cluster is None:
        return nullcontext(ON_THIS_MACHINE)
    on_cluster: Callable[[str], AbstractContextManager[Growing]]
    on_cluster = import_module("training.cluster").on_cluster
    return on_cluster(cluster)


def _train_table(path: Path, columns: Roles, looked: str | None, cluster: str | None) -> None:
    registry = Registry(home())
    with TemporaryDirectory() as scratch:
        table = read_table(path, columns, Path(scratch))
        typer.echo(f"Training on {len(table.outcomes)} rows by {len(table.spec.columns)} columns")
        with _growing(cluster) as growing:
            training = train_table(table, growing)
        version = keep(training, table.data, registry, datetime.now(UTC), looked)
    typer.echo(summary(training, version))


def _listed(names: str) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in names.split(","))))


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
