"""`kizuki watch`: does the world that is served still look like the one that was learnt from?"""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from features.case_file import CaseFile
from models.specs import spec_of
from serving.watch.answers import read_answers, read_reference
from serving.watch.findings import find
from serving.watch.page import write_pages

_DAY = ["%Y-%m-%d"]


def watch(
    journal: Annotated[Path, typer.Option(help="The journal of the desk.")],
    reference: Annotated[Path, typer.Option(help="The champion's reference.parquet.")],
    out: Annotated[Path, typer.Option(help="The folder for the report.")],
    model: Annotated[str, typer.Option(help="Whose answers to watch.")] = "placement_24m",
    cases: Annotated[
        Path | None, typer.Option(help="A later case file, to learn groups and outcomes from.")
    ] = None,
    keys: Annotated[
        Path | None, typer.Option(help="The keys of children, if not beside the journal.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="Leave out what was answered before.")
    ] = None,
) -> None:
    """Look for drift, broken feeds and unfairness; exit with 1 where an alarm rings."""
    spec = spec_of(model)
    answers = read_answers(journal, spec, since.date() if since else None, keys)
    then = read_reference(reference, spec)
    case_file = CaseFile.read(cases) if cases else None
    typer.echo(f"Watching {len(answers.rows)} answers of {model} version {answers.version}")
    findings = find(spec, answers, then, case_file)
    write_pages(out, findings, then, answers)
    for alarm in findings.alarms:
        typer.echo(f"alarm {alarm.code}: {alarm.words}")
    for words in findings.unknown:
        typer.echo(f"not known: {words}")
    typer.echo(f"{'no alarm; ' if not findings.alarms else ''}report: {out / 'index.html'}")
    raise typer.Exit(1 if findings.alarms else 0)
