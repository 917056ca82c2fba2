"""`kizuki extract`: a case file in which nobody is named, drawn on the record."""

import secrets
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from features.errors import KizukiError
from features.pseudonyms import write_pseudonymous
from features.rows.source import Source
from features.sources.replaced_folder import replacing
from serving.journal.acts import Act
from serving.opening import new_id, now, open_journal
from serving.settings import Settings, read_settings
from serving.who.asker import NOBODY, Asker

EXTRACT = "extract"  # the kind of its record


def extract(
    cases: Annotated[Path, typer.Argument(metavar="CASES", help="The folder of a case file.")],
    out: Annotated[Path, typer.Option(help="A new folder for the extract.")],
    to: Annotated[str, typer.Option(help="Who is given it, to train models.")],
    by: Annotated[str, typer.Option(help="Who says so.")],
) -> None:
    """Write a case file without names and numbers, for those who train models.

    Identifiers become pseudonyms under a key that is kept nowhere, so that nobody can go back.
    Groups of fewer than 8 children are told as not known. Every feature answers as it does on the
    case file. The journal keeps who drew it, for whom, and its hash, before it is there.
    """
    if out.exists():
        raise KizukiError(f"{out} is there already: name a new folder")
    settings = read_settings()
    with replacing(out) as folder:
        rows = write_pseudonymous(Source(cases), folder, secrets.token_bytes(32))
        _record(settings, by, {"to": to}, {"digest": Source(folder).digest(), "rows": rows})
    typer.echo(f"wrote {out}: {sum(rows.values()):,} rows; next, kizuki train MODEL --cases {out}")


def _record(
    settings: Settings, by: str, asked: Mapping[str, object], said: Mapping[str, object]
) -> None:
    entry = Act(EXTRACT, "", dict(asked), dict(said)).entry(new_id(), now())
    asker = Asker(by, NOBODY.roles, settings.agency)
    with closing(open_journal(settings)) as journal:
        journal.keep(replace(entry, asker=asker))
