"""On PostgreSQL the database itself keeps offices apart, whatever the desk asks."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import func, make_url, select, text
from sqlalchemy.exc import DBAPIError

from serving.store import finding
from serving.store.database import StoreUnavailable, open_engine
from serving.store.migrating import open_store
from serving.store.schema import EVENT, OF_AN_OFFICE, events
from serving.store.store import Store
from tests.postgres import ADMIN, OWNER, Server
from tests.store.telling import OFFICE, tell

TOLD = """
    event | table         | id | known      | source
    e1    | notifications | n1 | 2024-01-10 | police
    e2    | notifications | n2 | 2024-01-10 | police
"""


@pytest.fixture
def store(on_postgresql: str) -> Iterator[Store]:
    made = open_store(on_postgresql)
    tell(made, TOLD)
    tell(made, TOLD, office="office-4")
    yield made
    made.close()


def seen(store: Store, office: str | None) -> list[int]:
    """How many rows of each table a transaction sees that asks for all of them."""
    with store.engine.begin() as connection:
        if office is not None:
            connection.execute(select(func.set_config("kizuki.office", office, True)))
        counts = [select(func.count()).select_from(table) for table in OF_AN_OFFICE]
        return [connection.execute(count).scalar_one() for count in counts]


def events_seen(store: Store, office: str | None) -> int:
    with store.engine.begin() as connection:
        if office is not None:
            connection.execute(select(func.set_config("kizuki.office", office, True)))
        return connection.execute(select(func.count()).select_from(events)).scalar_one()


def test_a_transaction_sees_the_rows_of_the_office_that_it_names(store: Store) -> None:
    assert seen(store, OFFICE) == seen(store, "office-4") == [1, 2, 2, 1, *[0] * 9]
    assert seen(store, "office-5") == [0] * 13


def test_a_transaction_that_names_no_office_sees_none_though_its_connection_did_before(
    store: Store,
) -> None:
    assert seen(store, OFFICE) == [1, 2, 2, 1, *[0] * 9]
    assert seen(store, None) == seen(store, "") == [0] * 13
    for _ in range(1000):
        assert events_seen(store, OFFICE) == 2
        assert events_seen(store, None) == 0


def test_a_question_that_forgets_its_office_gets_nothing_of_another(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybodys = select(*EVENT).order_by(events.c.number)
    monkeypatch.setattr(finding, "_received", lambda _: everybodys)
    found = store.around(OFFICE, "child", date(2024, 3, 1))
    assert len(found.rows["notifications"]) == 2


def test_nothing_can_be_told_for_another_office(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(select(func.set_config("kizuki.office", OFFICE, True)))
        with pytest.raises(DBAPIError, match="row-level security"):
            connection.execute(text("INSERT INTO offices VALUES ('office-9', 0, 0)"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET said = ''",
        "DELETE FROM events",
        "TRUNCATE events",
        "DROP TABLE events",
        "UPDATE alerts SET band = ''",
        "DELETE FROM alerts",
        "UPDATE notices SET person = ''",
        "DELETE FROM notices",
    ],
)
def test_the_desk_cannot_change_what_was_told(store: Store, statement: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(select(func.set_config("kizuki.office", OFFICE, True)))
        with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
            connection.execute(text(statement))


def tables_without_a_wall(url: str) -> set[str]:
    """Every table with an office whose row-level security is not forced, or has no policy."""
    asked = text(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relkind = 'r' AND a.attname = 'office' AND NOT (c.relrowsecurity "
        "AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid))"
    )
    engine = open_engine(url)
    with engine.connect() as connection:
        found = set(connection.scalars(asked))
    engine.dispose()
    return found


def test_every_table_of_an_office_forces_row_level_security(
    server: Server, on_postgresql: str
) -> None:
    assert tables_without_a_wall(on_postgresql) == set()
    name = str(make_url(on_postgresql).database)
    engine = open_engine(server.url(OWNER, name))
    with engine.begin() as connection:  # planted: the wall of one table, and a table without one
        connection.execute(text("ALTER TABLE concerned NO FORCE ROW LEVEL SECURITY"))
        connection.execute(text("CREATE TABLE forgotten (office text)"))
    engine.dispose()
    assert tables_without_a_wall(on_postgresql) == {"concerned", "forgotten"}


def test_not_even_the_owner_sees_every_office(server: Server, store: Store) -> None:
    database = str(store.engine.url.database)
    owners = Store(server.url(OWNER, database))
    assert seen(owners, None) == [0] * 13
    owners.close()


def test_a_role_that_no_wall_stops_is_refused(server: Server, store: Store) -> None:
    database = str(store.engine.url.database)
    admins = Store(server.url(ADMIN, database))
    assert seen(admins, None) == [2, 4, 4, 2, *[0] * 9], "the superuser sees everything"
    with pytest.raises(StoreUnavailable, match="row-level security lets pass"):
        admins.around(OFFICE, "child", date(2024, 3, 1))
    admins.close()
