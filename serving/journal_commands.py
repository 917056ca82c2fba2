"""`kizuki journal verify` and `kizuki journal replay`: what was said, shown to be what was said."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from models.key_files import public_half, public_key
from serving.champions import champion_of
from serving.endpoints.replay import differences
from serving.endpoints.replay import replay as answer_again
from serving.journal import entry
from serving.journal.checkpoints import read_checkpoints
from serving.journal.verify import Verdict
from serving.journal.verify import verify as hold_against
from serving.opening import open_desk
from serving.settings import read_settings

MOST_TOLD = 20


def verify(
    checkpoints: Annotated[
        Path | None, typer.Option(help="Checkpoints kept elsewhere, if not those of the desk.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="The public key, if not the desk's.")] = None,
) -> None:
    """Find any change, cut or move in the journal; exit with 1 where there is one."""
    settings = read_settings()
    signed = list(read_checkpoints(checkpoints or settings.checkpoints))
    known = public_key(key or public_half(settings.signing_key))
    verdict = hold_against(settings.journal, signed, known)
    for words in _told(verdict):
        typer.echo(words)
    raise typer.Exit(1 if verdict.faults else 0)


def replay(
    answer_id: Annotated[str, typer.Argument(metavar="ID", help="The id of an answer.")],
) -> None:
    """Answer again what was asked then, and compare byte by byte; exit with 1 where it differs."""
    settings = read_settings()
    kept = entry(settings.journal, answer_id, settings.child_keys)
    desk = open_desk(settings)
    try:
        champion = champion_of(
            settings.home, kept.model, kept.digest, kept.at, settings.bundle_keys
        )
        written = answer_again(desk, kept, champion)
    finally:
        desk.close()
    differ = differences(kept, written)
    said = f"differs in: {', '.join(differ)}" if differ else "the same bytes again"
    typer.echo(f"{kept.kind} of {kept.model} version {kept.version} at {kept.at}: {said}")
    raise typer.Exit(1 if differ else 0)


def _told(verdict: Verdict) -> Iterator[str]:
    yield from verdict.faults[:MOST_TOLD]
    more = len(verdict.faults) - MOST_TOLD
    if more > 0:
        yield f"and {more} more"
    yield f"{verdict.records} records, {verdict.checkpoints} checkpoints"
    if verdict.suspect:
        yield f"the clock had jumped before {verdict.suspect} of them: clock_suspect is 1 there"
    if not verdict.faults:
        yield f"nothing up to record {verdict.signed} was changed since it was signed"
        if verdict.records > verdict.signed:
            yield f"the {verdict.records - verdict.signed} behind it are linked, and not signed yet"
