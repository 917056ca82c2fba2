"""Migrations: both databases get the form that the code knows, and a desk uses no other."""

from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from serving.store.database import StoreUnavailable
from serving.store.migrating import migrate, open_store
from serving.store.schema import REVISION, metadata
from serving.store.store import Store
from tests.postgres import DESK, OWNER, Server
from tests.store.telling import OFFICE, known, tell
from tests.typed import typed

TOLD = """
    event | table         | id | known      | source
    e1    | notifications | n1 | 2024-01-10 | police
"""


def test_the_tables_are_those_that_the_code_knows(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_form_that_is_needed_is_the_newest() -> None:
    config = Config()
    config.set_main_option("script_location", "serving.store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_migrating_again_changes_nothing(store: Store, server: Server) -> None:
    tell(store, TOLD)
    migrate(str(store.engine.url) if store.path else server.url(OWNER, _name(store)))
    assert known(store, "2024-02-01") == [("n1",)]


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
