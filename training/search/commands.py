"""`kizuki search`: settings tried on a budget."""

from typing import Annotated

import typer

from features.case_file import CaseFile
from models.specs import spec_of
from training.commands import Cases, Model, tell
from training.findings import Found
from training.home import home
from training.search.audition import hold_audition
from training.search.report import audition_numbers, audition_report, chosen


def search(
    model: Model,
    cases: Cases,
    trials: Annotated[int, typer.Option(help="How many settings to try, earlier runs included.")],
) -> None:
    """Try settings at several origins beside simpler ways of scoring, and choose by a rule.

    It can be stopped at any time: asked again, it goes on where it was.
    """
    spec, case_file = spec_of(model), CaseFile.read(cases)
    audition = hold_audition(spec, case_file, home(), trials)
    found = Found(
        "search",
        audition_report(spec, audition),
        audition_numbers(audition),
        {"trials": trials, **chosen(audition.trees).settings},
    )
    tell(found, spec, case_file)
