"""Migrations: both databases get the form that the code knows, and a desk uses no other."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Date, Integer, MetaData, Text, insert, select, text

from serving.store.database import StoreUnavailable, open_engine, see_one_office
from serving.store.migrating import migrate, open_store
from serving.store.schema import REVISION, metadata
from serving.store.store import Store
from tests.postgres import DESK, OWNER, Server
from tests.store.conftest import BOTH
from tests.store.forms import FORMS, give
from tests.store.telling import OFFICE, known, tell
from tests.typed import typed

ARREST = """
    event | table         | id | known      | person | kind
    e6    | agency_events | x1 | 2024-02-10 | a      | arrest
    e7    | agency_events | x2 | 2024-02-10 | b      | arrest
"""
TOLD = """
    event | table         | id | known      | source
    e1    | notifications | n1 | 2024-01-10 | police
"""


def test_the_tables_are_those_that_the_code_knows(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_form_that_is_needed_is_the_newest() -> None:
    assert FORMS[0] == REVISION


def test_migrating_again_changes_nothing(store: Store, server: Server) -> None:
    tell(store, TOLD)
    migrate(str(store.engine.url) if store.path else server.url(OWNER, _name(store)))
    assert known(store, "2024-02-01") == [("n1",)]


OLD = """
    INSERT INTO offices VALUES ('office-3', 1);
    INSERT INTO events VALUES ('office-3', 1, 'e1', '2024-01-01', 'record', 'members', 'm1',
        '2024-01-10', 0, '{"child":"child","happened":"2024-01-10","id":"m1","known":"2024-01-10",
        "person":"a","relation":"mother"}');
    INSERT INTO concerned VALUES ('office-3', 'child', 'members', 'm1');
    INSERT INTO kept_tables VALUES ('office-3', 1);
"""


@pytest.mark.parametrize("database", BOTH)
def test_a_store_of_the_first_form_is_brought_up_to_date_and_back(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = owner = f"sqlite:///{tmp_path / 'store.db'}"
    if database == "postgresql":
        server: Server = request.getfixturevalue("server")
        name = server.database()
        url, owner = server.url(DESK, name), server.url(OWNER, name)
    give(owner, command.upgrade, "0001")
    fill(owner)
    for _ in range(2):
        migrate(owner, DESK)
        store = Store(url)
        assert known(store, "2024-02-01", "person", table="members") == [("a",)]
        looked = store.unlooked(OFFICE, 200)
        assert looked.after == looked.received, "what was before counts as looked at"
        assert tell(store, ARREST) == [2, 3]
        store.close()
        give(owner, command.downgrade, "0001")


@pytest.mark.parametrize("database", BOTH)
def test_a_step_back_and_forth_loses_no_row_of_what_both_forms_have(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    if database == "postgresql":
        server: Server = request.getfixturevalue("server")
        url = server.url(OWNER, server.database())
    migrate(url, DESK)
    fill_each(url)
    for newer, older in pairwise(FORMS):
        before = rows(url)
        assert all(before[table] for table in before), f"each table of {newer} has a row"
        give(url, command.downgrade, older)
        stepped = rows(url)
        assert stepped == {table: cut(before[table], stepped[table]) for table in stepped}
        give(url, command.upgrade, newer)
        assert {t: cut(r, stepped[t]) for t, r in rows(url).items() if t in stepped} == stepped
        give(url, command.downgrade, older)
    assert {"events", "offices"} <= rows(url).keys()


Rows = list[dict[str, object]]


def rows(url: str) -> dict[str, Rows]:
    """What is in each table that a store has now."""
    engine, there = open_engine(url), MetaData()
    with engine.begin() as connection:
        see_one_office(connection, OFFICE)
        there.reflect(connection)
        kept = [table for table in there.sorted_tables if table.name != "alembic_version"]
        told = {table.name: connection.execute(select(table)).mappings().all() for table in kept}
    engine.dispose()
    return {name: [dict(row) for row in found] for name, found in told.items()}


def cut(told: Rows, like: Rows) -> Rows:
    """Rows, with the columns alone that others have."""
    return [{name: row[name] for name in like[0]} for row in told] if like else told


def fill_each(url: str) -> None:
    """Put a row into each table of the newest form."""
    values = {Integer: 1, Date: date(2024, 1, 10), Text: "x"}
    engine = open_engine(url)
    with engine.begin() as connection:
        see_one_office(connection, OFFICE)
        for table in metadata.sorted_tables:
            row = {
                column.name: next(v for kind, v in values.items() if isinstance(column.type, kind))
                for column in table.columns
            }
            connection.execute(insert(table).values(row | {"office": OFFICE}))
    engine.dispose()


def fill(url: str) -> None:
    """Put what an earlier Kizuki kept into a store of the first form."""
    engine = open_engine(url)
    with engine.begin() as connection:
        see_one_office(connection, OFFICE)
        for statement in OLD.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    engine.dispose()


def test_a_store_of_another_form_is_not_used(store: Store, server: Server) -> None:
    if store.path:
        with store.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    else:
        server.run_in(_name(store), "UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(StoreUnavailable, match="run kizuki store migrate"):
        store.around(OFFICE, "child", date(2024, 2, 1))


def test_a_new_file_is_its_owners_alone_and_a_missing_one_is_made(tmp_path: Path) -> None:
    file = tmp_path / "new" / "store.db"
    open_store(f"sqlite:///{file}").close()
    assert file.stat().st_mode & 0o777 == 0o600
    open_store(f"sqlite:///{file}").close()


def test_the_command_gives_the_desk_its_rights(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = server.database()
    monkeypatch.setenv("KIZUKI_STORE", server.url(DESK, name))
    monkeypatch.setenv("KIZUKI_STORE_OWNER", server.url(OWNER, name))
    store = Store(server.url(DESK, name))
    with pytest.raises(StoreUnavailable):
        tell(store, TOLD)
    assert typed(capsys, "store", "migrate") == (0, f"The store has the form {REVISION}\n", "")
    tell(store, TOLD)
    assert known(store, "2024-02-01") == [("n1",)]
    store.close()


def _name(store: Store) -> str:
    return str(store.engine.url.database)
