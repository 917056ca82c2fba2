"""`kizuki import`: the files of a case system become a case file, with a report beside it."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from features.case_file import ABOUT, CaseFile
from features.errors import KizukiError
from features.sources.cin_census import read_census
from features.sources.event_stream import BESIDE, import_events
from features.sources.flat_files import ENCODING
from features.sources.mapped_tables import import_tables
from features.sources.mapping_file import read_mapping
from features.sources.ncands import LAYOUT, read_child_file
from features.sources.replaced_folder import replacing
from features.sources.report import REPORT, Report

ISO = "%Y-%m-%d"
MAPPINGS = Path(__file__).parent


def _free(out: Path) -> Path:
    """The folder, where a case file can be put there and nothing else is lost by it."""
    if out.exists() and not out.is_dir():
        raise KizukiError(f"{out}: is a file, and --out must be a folder")
    if out.is_dir() and any(out.iterdir()) and not (out / ABOUT).is_file():
        raise KizukiError(f"{out}: holds other things than a case file: name a new folder")
    return out


Out = Annotated[Path, typer.Option(callback=_free, help="Folder for the case file and its report.")]
Folder = Annotated[Path, typer.Argument(help="Folder of CSV (.csv, .csv.gz) or Parquet files.")]
Encoding = Annotated[str, typer.Option(help="How the text of the files is encoded.")]


def cin_census(
    file: Annotated[Path, typer.Argument(help="The XML return of a local authority.")], out: Out
) -> None:
    """Read an English children in need census into a case file."""
    _keep(read_census(file), out)


def tables(
    folder: Folder,
    mapping: Annotated[Path, typer.Option(help="TOML file that says what their columns mean.")],
    out: Out,
) -> None:
    """Read any tables into a case file, through a mapping file."""
    _keep(import_tables(read_mapping(mapping), _apart(folder, out)), out)


def ssda903(
    folder: Folder,
    year: Annotated[int, typer.Option(min=1992, max=2199, help="The return ends on its 31 March.")],
    out: Out,
    encoding: Encoding = ENCODING,
) -> None:
    """Read an English return of looked-after children (SSDA903, CSV) into a case file."""
    mapping = read_mapping(MAPPINGS / "ssda903.toml", date(year, 3, 31), encoding)
    _keep(import_tables(mapping, _apart(folder, out)), out)


def ssd(
    folder: Folder,
    as_of: Annotated[datetime, typer.Option(formats=[ISO], help="When it was drawn.")],
    out: Out,
    encoding: Encoding = ENCODING,
) -> None:
    """Read the tables of the Standard Safeguarding Dataset into a case file."""
    mapping = read_mapping(MAPPINGS / "ssd.toml", as_of.date(), encoding)
    _keep(import_tables(mapping, _apart(folder, out)), out)


def ncands(
    file: Annotated[Path, typer.Argument(help="A Child File: fixed width, plain or gzipped.")],
    out: Out,
    layout: Annotated[Path, typer.Option(help="CSV file of name, start, width.")] = LAYOUT,
    encoding: Encoding = ENCODING,
) -> None:
    """Read an NCANDS Child File into a case file."""
    _keep(read_child_file(file, layout, encoding), out)


def events(
    file: Annotated[Path, typer.Argument(help="Events as lines of JSON, plain or gzipped.")],
    out: Annotated[
        Path,
        typer.Option(callback=_free, help="Folder for the case file, or with one to go on with."),
    ],
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=[ISO], help="The lines tell all up to it; else up to the last known."),
    ] = None,
    encoding: Encoding = ENCODING,
) -> None:
    """Read events, one JSON object a line, into a case file or onto the end of one."""
    with replacing(out) as folder:
        day = None if as_of is None else as_of.date()
        case_file, beside, report = import_events(file, out, encoding, _today(), day)
        _write(case_file, report, folder)
        if beside:
            (folder / BESIDE).write_text("".join(f"{line}\n" for line in beside), "utf-8")
    _tell(case_file, report, out)


def _apart(folder: Path, out: Path) -> Path:
    """The folder of the tables, where the case file does not take its place."""
    if folder.resolve() == out.resolve():
        raise KizukiError(f"{out}: the tables are read from there: name another folder")
    return folder


def _keep(read: tuple[CaseFile, Report], out: Path) -> None:
    case_file, report = read
    if case_file.as_of > _today():
        raise KizukiError(f"{report.source}: drawn on {case_file.as_of}: that lies in the future")
    with replacing(out) as folder:
        _write(case_file, report, folder)
    _tell(case_file, report, out)


def _write(case_file: CaseFile, report: Report, folder: Path) -> None:
    case_file.write(folder)
    report.write(folder)
    (folder / BESIDE).unlink(missing_ok=True)


def _today() -> date:
    return datetime.now().astimezone().date()


def _tell(case_file: CaseFile, report: Report, out: Path) -> None:
    typer.echo(report)
    typer.echo(f"Case file as of {case_file.as_of} in {out}, report in {out / REPORT}")
