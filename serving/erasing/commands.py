"""`kizuki erase`, `hold`, `release` and `retain`: what is kept of a child, and for how long."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Annotated

import typer

from serving.erasing import erase as erasing
from serving.erasing import retain as retaining
from serving.erasing.erase import Order, Records
from serving.erasing.reasons import HoldReason, Reason
from serving.jobs.table import Jobs
from serving.opening import new_id, now, open_journal
from serving.settings import Settings, read_settings
from serving.who.asker import NOBODY, Asker

Child = Annotated[str, typer.Option(help="The child's id in the case system.")]
Office = Annotated[str, typer.Option(help="The office of the case, where requests name one.")]
By = Annotated[str, typer.Option(help="Who says so.")]


def erase(
    child: Child,
    by: By,
    reason: Annotated[Reason, typer.Option(help="Why.")],
    office: Office = "",
) -> None:
    """Leave nothing that is kept of a child readable: not in the journal, the store or a backup.

    The journal keeps that it was done, by whom and why, and still shows that nothing else was
    changed. What a sibling's records say of the child is the sibling's, and stays. Copies of the
    keys of children that were made before open it still: make them anew, and destroy the old ones.
    Exits with 2, and erases nothing, where the child is under legal hold.
    """
    settings = read_settings()
    with _records(settings) as records:
        told = erasing.erase(records, _order(settings, office, child, by, reason))
    typer.echo(f"Erased, and {told} events of the store with it; now run `kizuki backup` anew")


def hold(
    child: Child,
    by: By,
    reason: Annotated[HoldReason, typer.Option(help="Why.")],
    office: Office = "",
) -> None:
    """Put a child's records under legal hold: nothing of them is erased until it is released."""
    settings = read_settings()
    with closing(open_journal(settings)) as journal:
        erasing.hold(journal, _order(settings, office, child, by, reason))
    typer.echo("Held: nothing of it is erased until `kizuki release`")


def release(
    child: Child,
    by: By,
    reason: Annotated[HoldReason, typer.Option(help="Why it was held.")],
    office: Office = "",
) -> None:
    """Take a child's records out of legal hold."""
    settings = read_settings()
    with closing(open_journal(settings)) as journal:
        erasing.release(journal, _order(settings, office, child, by, reason))
    typer.echo("Released")


def retain(by: By, office: Office = "") -> None:
    """Erase the children of an office of whom nothing is on record since KIZUKI_RETENTION_YEARS.

    Run it once a day, for each office. Those under legal hold stay, and are counted.
    """
    settings = read_settings()
    years = retaining.years_of(settings)
    with _records(settings) as records:
        asker = _asker(settings, by)
        done = retaining.retain(records, office, asker, now(), years, new_id)
    typer.echo(f"Erased {done.erased} children; {done.held} more are under legal hold")


@contextmanager
def _records(settings: Settings) -> Iterator[Records]:
    owner = settings.store_owner or settings.store
    with closing(open_journal(settings)) as journal, closing(Jobs(settings.jobs)) as jobs:
        yield Records(journal, jobs, owner.get_secret_value())


def _order(settings: Settings, office: str, child: str, by: str, reason: str) -> Order:
    return Order(office, child, _asker(settings, by), reason, new_id(), now())


def _asker(settings: Settings, by: str) -> Asker:
    return Asker(by, NOBODY.roles, settings.agency)
