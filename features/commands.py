"""`kizuki child`: one child's case file, as a case system would send it."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from features.case_file import CaseFile
from features.declared_coverage import coverage_as_json
from features.errors import KizukiError
from features.events import Event, as_json


def child(
    name: Annotated[str, typer.Argument(metavar="CHILD", help="The child's id.")],
    cases: Annotated[Path, typer.Option(help="The folder of a case file.")],
    cutoff: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="As known on this day.")],
    out: Annotated[Path, typer.Option(help="Where to write the request.")],
) -> None:
    """Write the request that asks for the score of one child on one day."""
    request = request_for(CaseFile.read(cases), name, cutoff.date())
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(request, ensure_ascii=False, indent=1) + "\n", "utf-8")
    typer.echo(f"wrote {out}: next, kizuki score {out}")


def request_for(case_file: CaseFile, child: str, cutoff: date) -> dict[str, object]:
    """The body of a score request: the rows around the child, and what is declared of their tables.

    Raises KizukiError for a child of whom the case file has no row.
    """
    rows = rows_around(case_file, child)
    asked: dict[str, object] = {
        "child": child,
        "cutoff": cutoff.isoformat(),
        "caseFile": as_json(rows),
    }
    covered = {name: said for name, said in case_file.coverage.items() if name in rows}
    return asked | ({"coverage": coverage_as_json(covered)} if covered else {})


def rows_around(case_file: CaseFile, child: str) -> dict[str, list[Event]]:
    """All rows that concern the child or anybody linked to it, by table, without names.

    Raises KizukiError for a child of whom the case file has no row.
    """
    rows = {name: events for name, events in case_file.around(child).items() if name != "people"}
    if not any(
        event.filled.get("child") == child for rows_of in rows.values() for event in rows_of
    ):
        raise KizukiError("the case file has no row about that child")
    return rows
