"""`kizuki parity`: are rows served as they are learnt from?"""

from contextlib import closing
from datetime import timedelta
from typing import Annotated

import typer

from models.specs import spec_of
from serving.opening import new_id, now, open_journal
from serving.settings import read_settings
from serving.watch.parity import compare


def parity(
    model: Annotated[
        str | None, typer.Option(help="Whose answers to compare; else those of KIZUKI_MODEL.")
    ] = None,
    share: Annotated[float, typer.Option(min=0, max=1, help="Of how many, up to 1.")] = 0.05,
    days: Annotated[int, typer.Option(min=1, help="Of the last so many days.")] = 1,
) -> None:
    """Answer rows again with the engine of the workshop; exit with 1 where one differs.

    Run it once a day. An answer whose row differs is in quarantine from then on: whoever reads it
    is told, and its page is shown no more.
    """
    since = now() - timedelta(days=days)
    settings = read_settings()
    spec = spec_of(model or settings.model)
    with closing(open_journal(settings)) as journal:
        found = compare(journal, spec, share, since, now, new_id)
    typer.echo(
        f"Compared {found.answers} answers of {spec.name}; {found.left_out} asked other things"
    )
    for answer_id in found.differing:
        typer.echo(f"alarm parity: the row of {answer_id} differs; it is in quarantine")
    raise typer.Exit(1 if found.differing else 0)
