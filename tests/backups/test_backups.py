"""A backup is made while the desk answers, is put back whole, and keeps nobody who is erased."""

import json
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from features.errors import KizukiError
from features.events import as_json
from serving.backups.back_up import back_up
from serving.backups.restore import restore
from serving.desk import Desk
from serving.journal import records, served
from serving.journal.child_keys import ChildKeys
from serving.settings import Settings
from serving.store.migrating import migrate, open_store
from serving.store.store import Store
from tests import postgres
from tests.promises.canaries import CANARIES, with_canaries
from tests.serving.desks import MODEL, client_of, desk_at, example, promoted_home
from tests.store.requests import telling
from tests.store.telling import OFFICE
from tests.typed import typed

CHILD, _, _, NAME = CANARIES
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A state folder of its own, with a champion in it."""
    return promoted_home(tmp_path / "home")


@pytest.fixture
def desk(own: Path) -> Iterator[Desk]:
    """A desk that was told of a child, and has answered about it."""
    store = open_store(f"sqlite:///{own / 'store.db'}")
    made = replace(desk_at(own), store=store, new_id=lambda: str(uuid4()))
    with client_of(made) as client:
        told = telling(with_canaries()["caseFile"])
        client.post("/v1/events", json=told).raise_for_status()
        client.post("/v1/score", json=with_canaries(office=OFFICE)).raise_for_status()
    yield made
    made.close()


@pytest.fixture
def run(own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("KIZUKI_HOME", str(own))
    return partial(typed, capsys)


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608  # our own


def test_what_was_kept_while_it_was_made_is_back_to_the_last_record(
    desk: Desk, own: Path, tmp_path: Path
) -> None:
    over = threading.Event()

    def ask_on() -> None:
        with client_of(desk) as client:
            while not over.is_set():
                client.post("/v1/score", json=example()).raise_for_status()

    asking = threading.Thread(target=ask_on)
    asking.start()
    back_up(Settings(home=own), tmp_path / "backup", tmp_path / "keys")
    over.set()
    asking.join()
    verdict = restore(Settings(home=tmp_path / "new"), tmp_path / "backup", tmp_path / "keys")
    assert verdict.faults == ()
    before, after = (list(records(home / "journal.db")) for home in (own, tmp_path / "new"))
    assert 0 < verdict.records == len(after) <= len(before)
    assert after == before[: len(after)]
    assert [given.child for given in served(tmp_path / "new" / "journal.db", MODEL)][:1] == [CHILD]
    for table in ("events", "concerned", "offices", "kept_tables"):
        assert rows(tmp_path / "new" / "store.db", table) == rows(own / "store.db", table)
    with client_of(desk_at(tmp_path / "new")) as client:
        assert client.post("/v1/score", json=example()).status_code == 200


def test_nothing_of_a_child_can_be_read_in_it(desk: Desk, own: Path, tmp_path: Path) -> None:
    assert NAME.encode() in bytes_of(own), "else the search finds nothing at all"
    back_up(Settings(home=own), tmp_path / "backup", tmp_path / "keys")
    said = bytes_of(tmp_path / "backup") + bytes_of(tmp_path / "keys")
    assert not [text for text in (CHILD, NAME) if text.encode() in said]


def test_after_an_erasure_the_next_backup_ends_all_before_it(
    desk: Desk, run: Run, own: Path, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        assert run("backup", tmp_path / name, "--keys", tmp_path / "keys")[0] == 0
    erased = run("erase", "--child", CHILD, "--office", OFFICE, "--by", "S", "--reason", "asked")
    assert erased[0] == 0
    assert run("backup", tmp_path / "three", "--keys", tmp_path / "keys")[0] == 0
    for name in ("one", "two"):
        new = Settings(home=tmp_path / f"from-{name}")
        with pytest.raises(KizukiError, match="has no key of this backup"):
            restore(new, tmp_path / name, tmp_path / "keys")
    verdict = restore(Settings(home=tmp_path / "new"), tmp_path / "three", tmp_path / "keys")
    assert verdict.faults == ()
    assert not list(served(tmp_path / "new" / "journal.db", MODEL))
    assert NAME.encode() not in bytes_of(tmp_path / "new")


def test_a_backup_that_was_changed_is_not_put_back(desk: Desk, own: Path, tmp_path: Path) -> None:
    back_up(Settings(home=own), tmp_path / "backup", tmp_path / "keys")
    journal = bytearray((tmp_path / "backup" / "journal.db").read_bytes())
    journal[-1] ^= 1
    (tmp_path / "backup" / "journal.db").write_bytes(journal)
    with pytest.raises(KizukiError, match=r"journal\.db was changed since it was backed up"):
        restore(Settings(home=tmp_path / "new"), tmp_path / "backup", tmp_path / "keys")


def test_a_locked_file_that_was_changed_does_not_open(
    desk: Desk, own: Path, tmp_path: Path
) -> None:
    back_up(Settings(home=own), tmp_path / "backup", tmp_path / "keys")
    said = json.loads((tmp_path / "backup" / "backup.json").read_text())
    with closing(ChildKeys(tmp_path / "keys" / "children.keys")) as keys:
        keys.end_backup(keys.begin_backup("other").hex())
        (tmp_path / "backup" / "backup.json").write_text(json.dumps({**said, "key": "other"}))
    with pytest.raises(KizukiError, match=r"\.locked: does not open with its key"):
        restore(Settings(home=tmp_path / "new"), tmp_path / "backup", tmp_path / "keys")


def test_it_is_never_written_over_anything(desk: Desk, run: Run, own: Path, tmp_path: Path) -> None:
    said = ("backup", tmp_path / "backup", "--keys", tmp_path / "keys")
    assert run(*said)[0] == 0
    code, _, err = run(*said)
    assert (code, "is there already; a backup is never written over" in err) == (2, True)
    code, _, err = run("restore", tmp_path / "backup", "--keys", tmp_path / "keys")
    assert (code, "is there already; restore into an empty place" in err) == (2, True)


def test_none_is_begun_without_a_key(desk: Desk, run: Run, own: Path, tmp_path: Path) -> None:
    (own / "journal.pub").unlink()
    code, _, err = run("backup", tmp_path / "backup", "--keys", tmp_path / "keys")
    assert (code, "journal.pub: is not there, and no backup is whole" in err) == (2, True)
    assert not (tmp_path / "backup").exists()


@pytest.mark.skipif(not postgres.INSTALLED, reason="PostgreSQL is not installed")
def test_a_store_on_postgresql_comes_back_from_its_own_tools(tmp_path: Path) -> None:
    with postgres.server() as server:
        one, two = server.database(), server.database()
        migrate(server.url(postgres.OWNER, one), postgres.DESK)
        store = Store(server.url(postgres.DESK, one))
        with client_of(replace(desk_at(promoted_home(tmp_path)), store=store)) as client:
            client.post("/v1/events", json=telling(example()["caseFile"])).raise_for_status()
        dump = tmp_path / "dump"
        tools = shutil.which("pg_dump", path=str(postgres.FOLDER))
        assert tools
        admin = [server.url(postgres.ADMIN, name) for name in (one, two)]
        subprocess.run([tools, "-Fc", "-f", dump, admin[0]], check=True)
        subprocess.run([postgres.FOLDER / "pg_restore", "-d", admin[1], dump], check=True)
        again = Store(server.url(postgres.DESK, two))
        asked = (OFFICE, "c-1041", date(2024, 6, 3))
        found = [kept.around(*asked) for kept in (store, again)]
        assert found[0].received == found[1].received > 0
        assert as_json(found[0].rows) == as_json(found[1].rows)
        for opened in (store, again):
            opened.close()
