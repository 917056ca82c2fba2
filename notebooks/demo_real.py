"""`make demo-real`: the same on real input, a census of fake children and a real history."""

import json
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from tqdm import tqdm

import features.sources
from features.case_file import CaseFile
from features.commands import request_for
from models.ledger import Ledger, champions
from notebooks.demo import MODELS, demo, keep, reports
from notebooks.steps import Desk, Steps

ROOT = Path(__file__).parents[1]
CHICAGO = Path(features.sources.__file__).parent / "chicago.toml"


def demo_real(
    out: Annotated[Path, typer.Option(help="Where everything goes.")] = Path("demo-out"),
) -> None:
    """Score the children of a census with the demo's model, and train on Chicago's complaints."""
    shared = Path(os.environ.get("KIZUKI_SHARED", ROOT.parent / "shared")) / "data"
    if not shared.is_dir():
        typer.echo(f"skipped: no real input, as there is no folder {shared}")
        return
    steps = Steps(out / "home")
    _census(steps, shared / "cin_census" / "fake_CIN_data.xml", out)
    _chicago(steps, shared / "chicago_complaints", out / "chicago")


def _census(steps: Steps, file: Path, out: Path) -> None:
    """Import the census, ask about each child on the day of the extract, and report on one."""
    if not champions(Ledger(steps.home).decisions(MODELS[0])):
        typer.echo("the demo's model is not there yet: first, the demo")
        demo(out)
    cases = out / "census"
    steps.run("import", "cin-census", file, "--out", cases)
    with steps.desk() as desk:
        _ask_about_everybody(desk, CaseFile.read(cases), cases)


def _ask_about_everybody(desk: Desk, case_file: CaseFile, out: Path) -> None:
    children = case_file.tables["children"]["child"]
    asked = [
        {**request_for(case_file, child, case_file.as_of), "language": "en"} for child in children
    ]
    answers = [json.loads(desk.post("/v1/score", request)) for request in tqdm(asked)]
    scored = sum(answer["score"] is not None for answer in answers)
    typer.echo(f"{scored} of {len(answers)} children scored")
    _tell_why_not(answers)
    shown = max(range(len(answers)), key=lambda at: _shows(answers[at]))
    reports(desk, asked[shown], out)
    keep(out / "scores.json", answers)
    typer.echo(f"all answers in {out / 'scores.json'}, one report in {out / 'report.en.html'}")


def _tell_why_not(answers: Sequence[Mapping[str, Any]]) -> None:
    """Tell of how many children the model cannot tell, and why: of each reason one in words."""
    untold = [why for answer in answers for why in answer["cannotTell"]]
    words = {why["code"]: why["words"] for why in reversed(untold)}
    for code, times in Counter(why["code"] for why in untold).most_common():
        typer.echo(f"  of {times} it cannot tell, {code}: {words[code]}")


def _shows(answer: Mapping[str, Any]) -> tuple[float, float, int]:
    """How much there is to see in an answer: a high score, or else much that is known."""
    return answer["score"] or 0, answer["probability"] or 0.0, -len(answer["missing"])


def _chicago(steps: Steps, folder: Path, out: Path) -> None:
    """Import the complaints, train on cutoffs whose label was known in time, and tell the AUROC."""
    steps.run("import", "tables", folder, "--mapping", CHICAGO, "--out", out)
    said = steps.run("train", "sustained_complaint_24m", "--cases", out)
    typer.echo("\nA sustained complaint within 24 months, at the later cutoffs of the test slice:")
    for line in re.findall(r"^AUROC.*$", said, re.MULTILINE):
        typer.echo(f"  {line}")
