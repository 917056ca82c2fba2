"""`kizuki keys`: API keys of the systems that ask for themselves."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from features.errors import KizukiError
from serving.settings import read_settings
from serving.who.keys import make_key, read_kept

LONGEST = 366  # days: a key that nobody renews is forgotten, and then lost


def make(
    system: Annotated[str, typer.Argument(metavar="SYSTEM", help="The name of the system.")],
    agency: Annotated[str, typer.Option(help="The agency whose cases it may ask about.")],
    office: Annotated[str | None, typer.Option(help="The one office, if not all of them.")] = None,
    days: Annotated[int, typer.Option(min=1, max=LONGEST, help="How long it is taken.")] = 90,
) -> None:
    """Make an API key; it is shown once, and only its hash is kept."""
    until = datetime.now().astimezone() + timedelta(days=days)
    path = read_settings().api_keys
    key, kept = make_key(path, system, agency, office, until)
    typer.echo(key, err=False)
    typer.echo(
        f"key {kept.id} of {system} is taken until {until:%Y-%m-%d}; its hash is in {path}",
        err=True,
    )


def withdraw(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a key.")],
) -> None:
    """Withdraw an API key: from now on it is not taken, by a desk that is running either."""
    settings = read_settings()
    if key_id not in read_kept(settings.api_keys):
        raise KizukiError(f"{settings.api_keys}: no key has the id {key_id}")
    with settings.revoked.open("a", encoding="utf-8") as file:
        file.write(f"{key_id}\n")
    typer.echo(f"key {key_id} is withdrawn, by a line in {settings.revoked}")
