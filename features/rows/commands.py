"""`kizuki rows` and `kizuki history`: answers for many, and for one child what is behind them."""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from tqdm import tqdm

from features.case_file import CaseFile
from features.commands import rows_around
from features.errors import KizukiError
from features.histories import History, history_of
from features.language.text import Language
from features.reading import day_number
from features.rows.chosen import columns_locked, columns_named, features_named
from features.rows.explain import explanations
from features.rows.make import Engine, ThisMachine, make_rows
from features.rows.pairs import notified, read_pairs
from features.rows.plan import make_plan
from features.rows.source import Source
from features.rows.timeline import timeline

Cases = Annotated[Path, typer.Option(help="The folder of a case file.")]
Child = Annotated[str, typer.Option(help="The child's id.")]
Lang = Annotated[Language, typer.Option(help="The reader's language.")]
Features = Annotated[list[str] | None, typer.Option("--feature", help="Only this one; repeatable.")]
_DAY = ["%Y-%m-%d"]


def show(
    child: Child,
    as_of: Annotated[datetime, typer.Option(formats=_DAY, help="As known on this day.")],
    cases: Cases,
    lang: Lang = "ja",
) -> None:
    """Show the timeline of a child as it was known on a day: the oldest first, without names."""
    history, day = _history(cases, child, as_of)
    _tell(timeline(history, day, lang))


def explain(
    child: Child,
    cutoff: Annotated[datetime, typer.Option(formats=_DAY, help="As known on this day.")],
    cases: Cases,
    feature: Features = None,
    lang: Lang = "ja",
) -> None:
    """Show each column's answer about a child, with the records that made it."""
    chosen = features_named(feature or [])
    history, day = _history(cases, child, cutoff)
    _tell(explanations(chosen, history, day, lang))


def make(
    cases: Cases,
    out: Annotated[Path, typer.Option(help="The Parquet file to write.")],
    pairs: Annotated[
        Path | None,
        typer.Option(help="CSV or Parquet: child, cutoff. Without it, every notification."),
    ] = None,
    lock: Annotated[
        Path | None, typer.Option(help="The features.lock of a model, for its columns.")
    ] = None,
    feature: Features = None,
    part_rows: Annotated[
        int, typer.Option(min=1, help="Rows at once: fewer need less memory.")
    ] = 50_000,
    engine: Annotated[
        Literal["local", "spark"], typer.Option(help="Where: this machine, or a cluster.")
    ] = "local",
    master: Annotated[str | None, typer.Option(help="The cluster: spark://host:7077.")] = None,
) -> None:
    """Write the row of every child and cutoff to a file; started again, it goes on."""
    if lock and feature:
        raise KizukiError("--lock and --feature both choose the columns: leave one out")
    if out.is_dir():
        raise KizukiError(f"{out}: is a folder, and --out must be a file")
    columns = columns_locked(lock) if lock else columns_named(feature or [])
    source = Source(cases)
    asked = read_pairs(pairs, source) if pairs else notified(source)
    plan = make_plan(source, asked, part_rows)
    with (
        _opened(engine, master) as opened,
        tqdm(total=len(asked), desc="rows", unit="row") as bar,
    ):
        for rows in make_rows(source, columns, plan, out.resolve(), opened):
            bar.update(rows)
    typer.echo(f"wrote {out}: {len(asked)} rows of {len(columns)} columns")


def _opened(engine: str, master: str | None) -> AbstractContextManager[Engine]:
    if engine == "local" and master is None:
        return nullcontext(ThisMachine())
    if engine == "local" or master is None:
        raise KizukiError("--engine spark and --master URL, such as spark://host:7077, go together")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else another Python answers
    try:
        from features.rows.cluster import on_cluster  # noqa: PLC0415  # Spark is asked for seldom
    except ModuleNotFoundError as problem:
        raise KizukiError("--engine spark needs pip install 'kizuki[spark]'") from problem
    return on_cluster(master)


def _history(cases: Path, child: str, day: datetime) -> tuple[History, int]:
    """The history of a child, and the day as a number; KizukiError for a day not yet known."""
    case_file = CaseFile.read(cases)
    if day.date() > case_file.as_of:
        raise KizukiError(f"the case file was drawn on {case_file.as_of}: name a day up to then")
    rows = rows_around(case_file, child)
    return history_of(child, rows, case_file.coverage), day_number(day.date())


def _tell(lines: Iterator[str]) -> None:
    for line in lines:
        typer.echo(line)
