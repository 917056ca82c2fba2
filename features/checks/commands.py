"""`kizuki check`: is this case file fit to be learnt from?"""

import json
from pathlib import Path
from typing import Annotated

import typer

from features.checks.checked import Checked, check_folder
from features.checks.page import page_of
from features.checks.report import report_of
from features.checks.teller import percent
from features.errors import KizukiError
from features.language.text import Language

PAGE, REPORT = "check.html", "check.json"


def check(
    cases: Annotated[Path, typer.Argument(help="The folder of a case file.")],
    out: Annotated[
        Path | None, typer.Option(help=f"Folder for the report: {PAGE} and {REPORT}.")
    ] = None,
    kept: Annotated[
        Path | None, typer.Option(help="Folder for the case file without the rows set aside.")
    ] = None,
    lang: Annotated[Language, typer.Option(help="The language of the page.")] = "en",
) -> None:
    """Look through a case file for what cannot be right.

    Exit status 0: nothing is impossible, and no limit is broken.

    Exit status 1: a table cannot be read, a row is impossible, or a limit is broken.

    Exit status 2: there is no case file to look at.
    """
    if kept is not None and kept.resolve() == cases.resolve():
        raise KizukiError("--kept must name another folder: what was set aside would be lost")
    checked = check_folder(cases)
    for line in _lines(checked):
        typer.echo(line)
    try:
        if kept is not None:
            checked.case_file().write(kept)
            typer.echo(f"The rows that were kept: {kept}")
        if out is not None:
            _write(checked, cases, out, lang)
            typer.echo(f"Report: {out / PAGE}")
    except OSError as problem:
        raise KizukiError(f"cannot be written: {problem.filename}: {problem.strerror}") from None
    raise typer.Exit(0 if checked.clean else 1)


def _write(checked: Checked, cases: Path, out: Path, language: Language) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / PAGE).write_text(page_of(checked, cases.resolve().name, language), "utf-8")
    report = json.dumps(report_of(checked), indent=1, ensure_ascii=False)
    (out / REPORT).write_text(report + "\n", "utf-8")


def _lines(checked: Checked) -> list[str]:
    """What was found, in a few lines."""
    lines = [
        f"{name} cannot be read: {misfit.read('en')}"
        for name, refused in checked.folder.refused.items()
        for misfit in refused.misfits
    ]
    lines += [
        f"{found.table}.{found.field}: {len(found.places):,} row(s) {found.fault.fate}: "
        f"{found.fault.words.en}"
        for found in checked.found
    ]
    lines += [
        f"{broken.place}: {broken.threshold.words.en}: {percent(broken.measured)}, "
        f"limit {percent(broken.threshold.limit)}"
        for broken in checked.broken
    ]
    read = sum(rows.read or 0 for rows in checked.rows)
    kept = sum(rows.kept for rows in checked.rows)
    verdict = "clean" if checked.clean else "not clean"
    return [*lines, f"{verdict}: {read:,} rows read = {kept:,} kept + {read - kept:,} set aside"]
