"""`kizuki selective`: a model judged on whom the office looked at, and on all."""

from pathlib import Path
from typing import Annotated

import typer

from features.case_file import CaseFile
from models.specs import spec_of
from training.commands import Cases, Model, tell
from training.findings import Found
from training.selective.judged import judge_selective
from training.selective.report import selective_numbers, selective_report


def selective(
    model: Model,
    cases: Cases,
    truth: Annotated[
        Path | None, typer.Option(help="The truth.parquet of a synthetic town, if it is one.")
    ] = None,
) -> None:
    """Judge a model on those who were screened in and on all, and tell what cannot be known."""
    spec, case_file = spec_of(model), CaseFile.read(cases)
    judged = judge_selective(spec, case_file, truth)
    found = Found("selective labels", selective_report(spec, judged), selective_numbers(judged))
    tell(found, spec, case_file)
