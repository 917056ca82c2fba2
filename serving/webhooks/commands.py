"""`kizuki webhooks`: where the events of an office are sent."""

from datetime import datetime
from typing import Annotated
from uuid import uuid4

import typer

from features.errors import KizukiError
from serving.settings import read_settings
from serving.store.migrating import open_store
from serving.store.moment import told
from serving.store.outbox import REMOVED, Webhook
from serving.webhooks.addresses import NotPublic, allowed, check_url
from serving.webhooks.secrets import secret_of, webhook_key

Office = Annotated[str, typer.Option(help="Whose events they are.")]


def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Where to, beginning with https://.")],
    office: Office,
) -> None:
    """Send what happens in an office to a URL; the secret of its signatures is shown.

    What is sent holds ids alone, which are then read from this desk.
    """
    settings = read_settings()
    try:
        check_url(url, allowed(settings))
    except NotPublic as problem:
        raise KizukiError(f"URL: {problem}") from None
    added = Webhook(str(uuid4()), url, told(datetime.now().astimezone()))
    store = open_store(settings.store.get_secret_value())
    try:
        store.add_webhook(office, added)
    finally:
        store.close()
    typer.echo(secret_of(webhook_key(settings.webhook_key), added.id))
    typer.echo(f"webhook {added.id} of {office} is called from now on", err=True)


def list_(office: Office) -> None:
    """Tell where the events of an office are sent, and how much waits."""
    store = open_store(read_settings().store.get_secret_value())
    try:
        found = store.webhooks(office)
    finally:
        store.close()
    for webhook in found:
        how = f"ended: {webhook.ended}" if webhook.ended else f"{webhook.waiting:,} waiting"
        typer.echo(f"{webhook.id}  {webhook.url}  {how}")
    if not found:
        typer.echo(f"{office} has no webhook")


def remove(
    webhook: Annotated[str, typer.Argument(metavar="ID", help="The id of a webhook.")],
    office: Office,
) -> None:
    """Send nothing more to a webhook."""
    store = open_store(read_settings().store.get_secret_value())
    try:
        if not store.end_webhook(office, webhook, REMOVED):
            raise KizukiError(f"ID: {office} has no webhook {webhook} that is called")
    finally:
        store.close()
    typer.echo(f"webhook {webhook} of {office} is called no more")
