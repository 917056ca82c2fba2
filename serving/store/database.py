"""A database of the store: SQLite or PostgreSQL, and transactions that see one office."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from features.errors import KizukiError
from serving.circuit import Interrupted
from serving.store.impatient import wait_no_longer
from serving.store.schema import REVISION

LONGEST_WAIT = 2  # seconds for a connection, or for another writer of the same office
LONGEST_ANSWER = 2.0  # seconds for a statement of a desk, at which somebody waits
OF_A_COMMAND = 600.0  # the same of a command, which may look at every row that there is
_OF_SERVER = 0.9  # of it: a statement that the server itself ends leaves the connection whole

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_ROLE = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


class StoreUnavailable(KizukiError):
    """The store cannot be read or written now, so nothing of it was used or kept."""


def open_engine(url: str, longest: float = OF_A_COMMAND) -> Engine:
    """An engine on a database that is connected to when it is first used.

    A statement of PostgreSQL is waited for so long.
    Raises KizukiError where the URL names neither SQLite nor PostgreSQL.
    """
    try:
        made = make_url(url)
    except ArgumentError:
        raise KizukiError("the URL of the store cannot be read") from None
    if made.drivername in (POSTGRESQL, f"{POSTGRESQL}+psycopg"):
        limits = f"-c lock_timeout={int(_OF_SERVER * 1000 * LONGEST_WAIT)}ms "
        limits += f"-c statement_timeout={int(_OF_SERVER * 1000 * longest)}ms"
        said = {"connect_timeout": LONGEST_WAIT, "options": limits}
        made = made.set(drivername=f"{POSTGRESQL}+psycopg")
    elif made.drivername == SQLITE and made.database not in {None, "", ":memory:"}:
        said = {"timeout": LONGEST_WAIT}
    else:
        raise KizukiError("the URL of the store must be sqlite:///FILE or begin with postgresql://")
    # What a statement was given is case data: no error is to repeat it.
    engine = create_engine(
        made, connect_args=said, hide_parameters=True, pool_pre_ping=True, pool_timeout=LONGEST_WAIT
    )
    if made.drivername == SQLITE:
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        wait_no_longer(engine, longest, LONGEST_WAIT)
    return engine


@contextmanager
def told_as_unavailable() -> Iterator[None]:
    """Whatever a database cannot do now is told as StoreUnavailable; a broken rule is ours."""
    try:
        yield
    except IntegrityError:
        raise
    except (DBAPIError, PoolExhausted, OSError, Interrupted) as problem:
        raise StoreUnavailable(
            f"the store is not to be had ({type(problem).__name__})"
        ) from problem


def see_one_office(connection: Connection, office: str) -> None:
    """Let the rest of the transaction see the rows of one office; PostgreSQL keeps the others."""
    if connection.dialect.name == POSTGRESQL:
        connection.execute(select(func.set_config("kizuki.office", office, True)))


def see_every_office(connection: Connection) -> None:
    """Let the rest of the transaction see how many events every office has told, and no more."""
    if connection.dialect.name == POSTGRESQL:
        connection.execute(select(func.set_config("kizuki.every_office", "yes", True)))


def check_fit(connection: Connection) -> None:
    """Raise StoreUnavailable for tables of another form, or a role that would see every office."""
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found != REVISION:
        raise StoreUnavailable(
            f"the store has the form {found}, and {REVISION} is needed: run kizuki store migrate"
        )
    if connection.dialect.name == POSTGRESQL and connection.execute(text(_ROLE)).scalar():
        raise StoreUnavailable("the store is opened by a role that row-level security lets pass")


def file_of(engine: Engine) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL."""
    return Path(str(engine.url.database)) if engine.dialect.name == SQLITE else None


def _set_up_sqlite(connection: sqlite3.Connection, record: Any) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, and not later
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
