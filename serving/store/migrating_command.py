"""`kizuki store migrate`: the store gets the form that this Kizuki needs."""

import typer
from sqlalchemy import make_url

from serving.settings import read_settings
from serving.store.migrating import migrate as give_form
from serving.store.schema import REVISION


def migrate() -> None:
    """Give the store the form that this Kizuki needs; do it before the desk starts, after a backup.

    The store is KIZUKI_STORE. On PostgreSQL it is changed by the role of KIZUKI_STORE_OWNER, and
    the role of KIZUKI_STORE gets the rights of a desk.
    """
    settings = read_settings()
    desks = settings.store.get_secret_value()
    owners = settings.store_owner.get_secret_value() if settings.store_owner else desks
    give_form(owners, make_url(desks).username if owners != desks else None)
    typer.echo(f"The store has the form {REVISION}")
