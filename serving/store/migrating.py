"""Migrations: a database gets the form that this Kizuki needs, with nothing lost.

They are run by `kizuki store migrate` and never by a desk that starts: on PostgreSQL the desk's
role may not change tables, since who owns a table could look past its row-level security; and who
holds the records of children wants a backup first. Only a SQLite file that is not there yet is
made by the desk itself.
"""

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from features.errors import KizukiError
from serving.store.database import POSTGRESQL, open_engine, told_as_unavailable
from serving.store.schema import OF_AN_OFFICE
from serving.store.store import Store

if TYPE_CHECKING:  # Alembic is asked for seldom, and takes long to come
    from alembic.config import Config


def open_store(url: str) -> Store:
    """The store at a URL; a SQLite file that is not there yet is made.

    Raises KizukiError where the URL is none, or the file cannot be made.
    """
    store = Store(url)
    if store.path and not store.path.exists():
        try:
            store.path.parent.mkdir(parents=True, exist_ok=True)
            store.path.touch(mode=0o600)  # it holds case data: its owner's alone
        except OSError as problem:
            raise KizukiError(f"{store.path}: cannot be made: {problem.strerror}") from None
        migrate(url)
    return store


def migrate(url: str, desk: str | None = None) -> None:
    """Give the database the newest form; all of it or nothing.

    On PostgreSQL, `desk` is the role of the desk, which gets the rights that it needs and no more.
    Raises StoreUnavailable.
    """
    from alembic import command  # noqa: PLC0415

    engine = open_engine(url)
    try:
        with told_as_unavailable(), engine.begin() as connection:
            command.upgrade(migrations_on(connection), "head")
            if desk and engine.dialect.name == POSTGRESQL:
                _grant(connection, desk)
    finally:
        engine.dispose()


def migrations_on(connection: Connection) -> "Config":
    """What Alembic needs to know in order to run our migrations in a transaction."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "serving.store:migrations")
    config.attributes["connection"] = connection
    return config


def _grant(connection: Connection, desk: str) -> None:
    role = connection.dialect.identifier_preparer.quote_identifier(desk)
    connection.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {role}")
    for table in OF_AN_OFFICE:
        rights = f"SELECT, INSERT{_MORE.get(table.name, '')}"
        connection.exec_driver_sql(f"GRANT {rights} ON {table.name} TO {role}")


_MORE = {  # of the desk's rights
    "alerts": ", UPDATE (tended_at, tended_by, tended)",  # what was told stays
    "notices": ", UPDATE (acknowledged_at)",
    "handlers": ", DELETE",
    "seals": ", DELETE",
    **dict.fromkeys(("offices", "standings", "contests", "webhooks", "deliveries"), ", UPDATE"),
}
