"""`kizuki link`: the same person in the case files of offices that share no number."""

import os
import sys
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from features.case_file import CaseFile
from features.errors import KizukiError
from features.linking.combine import combine
from features.linking.decisions import MERGE, REVIEW, Thresholds, merged_groups
from features.linking.duckdb_engine import on_duckdb
from features.linking.find import agencies_of, find_links
from features.linking.folder import HOLD_NAMES, Links
from features.linking.log import NO, UNDO, YES, Line
from features.linking.review import LIST, read_answers

MERGED = "merged_persons.parquet"
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the links.")]
By = Annotated[str, typer.Option(help="Who answers for it.")]


def find(
    cases: Annotated[list[Path], typer.Argument(help="Case file folders, named by agency.")],
    out: Annotated[Path, typer.Option(help="Folder for the links; it may have earlier ones.")],
    merge_from: Annotated[float, typer.Option(help="Merge from this probability on.")] = 0.95,
    review_from: Annotated[float, typer.Option(help="Review from this probability on.")] = 0.05,
    engine: Annotated[
        Literal["duckdb", "spark"], typer.Option(help="Where pairs are compared.")
    ] = "duckdb",
    master: Annotated[
        str | None, typer.Option(help="The address of a Spark cluster, with --engine spark.")
    ] = None,
) -> None:
    """Find who may be one person, and say which pairs merge and which a person must look at."""
    if not 0 < review_from <= merge_from <= 1:
        raise KizukiError(
            "--review-from must be above 0 and no higher than --merge-from, at most 1"
        )
    thresholds = Thresholds(merge_from, review_from)
    links = find_links(agencies_of(cases), out, thresholds, _opened(engine, master))
    _tell(links.settle(_now()))


def decide(
    folder: Folder,
    by: By,
    review: Annotated[
        Path | None, typer.Option(help="The answered list; by default DIR's.")
    ] = None,
) -> None:
    """Take the answers of a review list into the log."""
    links = Links.read(folder)
    answers = read_answers(review or folder / LIST, set(links.pairs["pair"]))
    now = _now()
    lines = [
        Line(now, _named(by), pair, YES if same else NO, note)
        for pair, (same, note) in sorted(answers.items())
    ]
    typer.echo(f"Answers taken: {len(lines)}")
    _tell(links.say(lines, now))


def undo(
    folder: Folder,
    pair: Annotated[str, typer.Option(help="The pair, as links.parquet and the log call it.")],
    by: By,
    why: Annotated[str, typer.Option(help="The reason, for the log.")] = "",
) -> None:
    """Take a merge back, whoever made it: the two stay apart until a person says yes."""
    links = Links.read(folder)
    merged = links.pairs.loc[links.pairs["decision"] == MERGE, "pair"]
    if pair not in set(merged):
        raise KizukiError(f"--pair: no such pair is merged in {folder}")
    now = _now()
    _tell(links.say([Line(now, _named(by), pair, UNDO, why)], now))


def apply(
    folder: Folder,
    out: Annotated[Path, typer.Option(help="Folder for the combined case file.")],
) -> None:
    """Write one case file of all agencies, in which who was merged has one identifier."""
    links = Links.read(folder)
    if any(out.resolve() == path for path in (*links.agencies.values(), folder.resolve())):
        raise KizukiError("--out: name a folder of its own, not that of a case file or the links")
    case_files = {agency: CaseFile.read(path) for agency, path in links.agencies.items()}
    combined = combine(case_files, merged_groups(links.pairs))
    combined.case_file.write(out)
    combined.persons.to_parquet(out / MERGED, index=False)
    persons, one = len(combined.persons), combined.persons["identifier"].nunique()
    typer.echo(f"{persons:,} persons of {len(case_files)} agencies are {one:,} in {out}")
    for table, rows in combined.left_out.items():
        typer.echo(f"Left out, as not all agencies record it: {table}, {rows:,} rows")


def _opened(engine: str, master: str | None) -> AbstractContextManager[Any]:
    if engine == "duckdb" and master is None:
        return on_duckdb()
    if engine == "duckdb" or master is None:
        raise KizukiError("--engine spark and --master URL, such as spark://host:7077, go together")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else another Python answers
    try:
        from features.linking.spark_engine import on_spark  # noqa: PLC0415  # asked for seldom
    except ModuleNotFoundError as problem:
        raise KizukiError("--engine spark needs pip install 'kizuki[spark]'") from problem
    return on_spark(master)


def _tell(links: Links) -> None:
    decisions = links.pairs["decision"]
    typer.echo(f"Pairs that merge: {(decisions == MERGE).sum():,}")
    typer.echo(f"Pairs for a person to look at: {(decisions == REVIEW).sum():,}")
    typer.echo(f"{' and '.join(HOLD_NAMES)} in {links.folder} hold names: keep them as case files")


def _named(by: str) -> str:
    if not by.strip():
        raise KizukiError("--by: say who answers for it")
    return by.strip()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
