"""`kizuki backup` and `kizuki restore`: everything that a desk keeps, and its keys apart."""

import time
from pathlib import Path
from typing import Annotated

import typer

from serving.backups.back_up import back_up
from serving.backups.restore import restore as put_back
from serving.settings import read_settings

Keys = Annotated[Path, typer.Option(help="A folder for the keys, on another disk: one copy alone.")]


def backup(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder for it.")],
    keys: Keys,
) -> None:
    """Copy everything that a desk keeps, while it answers, and its keys to a place apart.

    The copy of the keys takes the place of the one before: let nothing keep older ones, since they
    would open what was erased. After an erasure, older backups open no more once this one is whole.
    A store on PostgreSQL is not among it: back it up with pg_dump, or barman.
    """
    settings, begun = read_settings(), time.perf_counter()
    size = back_up(settings, out, keys)
    typer.echo(f"wrote {out}: {size / 2**20:.1f} MiB in {time.perf_counter() - begun:.1f} s")
    if not settings.store.get_secret_value().startswith("sqlite"):
        typer.echo("the store is on PostgreSQL, and not in it: run pg_dump, or barman, as well")


def restore(
    backup: Annotated[Path, typer.Argument(metavar="BACKUP", help="The folder of the backup.")],
    keys: Keys,
) -> None:
    """Put a backup into an empty state folder, and show that nothing in it was changed.

    Exits with 1 where the journal is not what was signed.
    """
    settings, begun = read_settings(), time.perf_counter()
    verdict = put_back(settings, backup, keys)
    for words in verdict.faults[:1]:
        typer.echo(words)
    took = time.perf_counter() - begun
    typer.echo(f"{verdict.records} records are back in {took:.1f} s; signed up to {verdict.signed}")
    raise typer.Exit(1 if verdict.faults else 0)
