"""`kizuki cards`: the pages of every model, written from its spec."""

from typing import Annotated

import typer

from models.card import card
from models.lock import lock_text
from models.specs import HERE, NAMES, spec_of


def cards(
    check: Annotated[bool, typer.Option(help="Write nothing; fail if a page is stale.")] = False,
) -> None:
    """Write features.lock and CARD.md of each model, or check that they are current."""
    stale = {path: text for path, text in pages().items() if not _is(path, text)}
    for path, text in stale.items():
        typer.echo(f"{'stale' if check else 'wrote'} models/{path}")
        if not check:
            (HERE / path).write_text(text, "utf-8", newline="\n")
    if stale and check:
        raise typer.Exit(1)
    typer.echo("every model's pages are current")


def pages() -> dict[str, str]:
    """Each generated page by its path in this room."""
    written = {}
    for name in NAMES:
        spec = spec_of(name)
        written[f"{name}/features.lock"] = lock_text(spec)
        written[f"{name}/CARD.md"] = card(spec, None)
    return written


def _is(path: str, text: str) -> bool:
    there = HERE / path
    return there.is_file() and there.read_text("utf-8") == text
