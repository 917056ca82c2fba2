"""`make demo`: the whole way, each step a command that anybody can type."""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from tqdm import tqdm

from features.case_file import CaseFile
from features.commands import request_for
from notebooks.steps import Desk, Steps

HERE = Path(__file__).parent
MODELS = ("placement_24m", "renotification_12m")
ANSWERS = 260  # children scored over HTTP, so that the watch has something to look at
Out = Annotated[Path, typer.Option(help="Where everything goes.")]


def demo(
    out: Out = Path("demo-out"),
    children: Annotated[int, typer.Option(help="Children in the town.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Another seed is another town.")] = 7,
) -> None:
    """Make a town, import its tables, train, promote, serve, score, explain and watch."""
    steps, town, cases = Steps(out / "home"), out / "town", out / "cases"
    steps.run("town", "--children", children, "--years", 8, "--seed", seed, "--profile", "jp",
              "--out", town)  # fmt: skip
    steps.run("import", "tables", town, "--mapping", HERE / "town.toml", "--out", cases)
    champion, *_ = steps.side_by_side(
        *(partial(Steps.train_and_promote, model=model, cases=cases) for model in MODELS)
    )
    case_file = CaseFile.read(cases)
    with steps.desk() as desk:
        asked, answered = _ask_all(desk, case_file)
        worst = max(range(len(answered)), key=lambda at: _interest(answered[at]))
        keep(out / "request.json", asked[worst])
        keep(out / "answer.json", answered[worst])
        reports(desk, asked[worst], out)
    steps.run("watch", "--journal", steps.home / "journal.db", "--model", MODELS[0],
              "--reference", champion / "reference.parquet",
              "--cases", cases, "--out", out / "watch", well=(0, 1))  # fmt: skip
    typer.echo(_WHAT_NEXT.format(out=out, home=steps.home))


def _ask_all(
    desk: Desk, case_file: CaseFile
) -> tuple[list[dict[str, object]], list[dict[str, Any]]]:
    """The newest notifications' children, each asked about on the day the office learned of it."""
    newest = case_file.tables["notifications"].sort_values(["known", "id"]).tail(ANSWERS)
    pairs = zip(newest["child"], newest["known"].dt.date, strict=True)
    theirs = case_file.only(set(newest["child"]))
    asked = [request_for(theirs, child, day) for child, day in pairs]
    return asked, [json.loads(desk.post("/v1/score", request)) for request in tqdm(asked)]


def _interest(answer: Mapping[str, Any]) -> tuple[int, float]:
    """The answer that shows most: red flags, then the probability."""
    return len(answer["redFlags"]), answer["probability"] or 0.0


def reports(desk: Desk, request: Mapping[str, object], out: Path) -> None:
    """Write the report on one request in both languages."""
    for language in ("ja", "en"):
        page = desk.post("/v1/report", {**request, "language": language})
        (out / f"report.{language}.html").write_text(page, "utf-8")


def keep(path: Path, said: object) -> None:
    """Write an answer or a request as JSON that a person can read."""
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")


_WHAT_NEXT = """
Where everything is
  {out}/request.json           one child's case file, as a case system sends it
  {out}/answer.json            its score, with reasons
  {out}/report.ja.html         the same for a specialist, in Japanese
  {out}/report.en.html         and in English
  {out}/watch/index.html       drift and fairness of the answers given
  {out}/home                   models on record, champions, journal

What to try next
  export KIZUKI_HOME={home}
  .venv/bin/kizuki report {out}/request.json --lang en --out report.html
  .venv/bin/kizuki serve       then: curl -s localhost:8601/v1/score \\
                               -H 'Content-Type: application/json' -d @{out}/request.json
  make demo-real               the same on real input
"""
