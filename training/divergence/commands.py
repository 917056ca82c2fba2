"""`kizuki divergence`: what depends on the choice of the outcome."""

from typing import Annotated

import typer

from features.case_file import CaseFile
from models.specs import spec_of
from training.commands import Cases, tell
from training.divergence.ranked import compare_outcomes
from training.divergence.report import divergence_numbers, divergence_report
from training.findings import Found


def divergence(
    models: Annotated[list[str], typer.Argument(help="Models; the first is compared with others.")],
    cases: Cases,
) -> None:
    """Rank the same children by models of several outcomes, and tell whose band changes."""
    specs, case_file = [spec_of(model) for model in models], CaseFile.read(cases)
    compared = compare_outcomes(specs, case_file)
    settings = {"compared with": ", ".join(models[1:])}
    found = Found("divergence", divergence_report(compared), divergence_numbers(compared), settings)
    tell(found, specs[0], case_file)
