"""What was acknowledged is there, whatever ends in the middle of a write; nothing is by half."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from features.errors import KizukiError
from serving.store.database import StoreUnavailable
from serving.store.migrating import open_store
from serving.store.store import Store
from tests.postgres import Server
from tests.store.telling import OFFICE, known, tell
from tests.store.writer import batch

CYCLES = 4
LONGEST_WRITING = 0.3  # seconds


def begin_writing(store: Store, first: int) -> subprocess.Popen[str]:
    url = store.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.store.writer", url, str(first)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )


def acknowledged(writer: subprocess.Popen[str], end: float) -> int:
    """Let it write for a while, end it at once, and count what it says was acknowledged."""
    assert writer.stdout
    first = writer.stdout.readline()
    time.sleep(end)
    writer.send_signal(signal.SIGKILL)
    rest, _ = writer.communicate()
    return 3 * len([line for line in (first + rest).splitlines(keepends=True) if "\n" in line])


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(store: Store) -> None:
    chance = random.Random(1)  # noqa: S311  # a moment, and no secret
    told = 0
    for _ in range(CYCLES):
        writer = begin_writing(store, told)
        least = told + acknowledged(writer, chance.uniform(0, LONGEST_WRITING))
        there = known(store, "2024-02-01")
        assert least <= len(there) <= least + 3, "at most the last batch was not told of any more"
        assert len(there) % 3 == 0, "a batch is there wholly, or not at all"
        assert store.around(OFFICE, "child", date(2024, 2, 1)).received == len(there)
        told = len(there)
    assert tell(store, batch(0)) == [1, 2, 3], "told again, it counts once"


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(
    server: Server, on_postgresql: str
) -> None:
    store = Store(on_postgresql)
    writer = begin_writing(store, 0)
    assert writer.stdout
    writer.stdout.readline()
    server.control("-m", "immediate", "restart")
    rest, _ = writer.communicate(timeout=30)
    least = 3 * (1 + len(rest.splitlines()))
    assert least <= len(known(store, "2024-02-01")) <= least + 3
    assert tell(store, batch(0)) == [1, 2, 3]
    store.close()


def test_a_server_that_was_away_is_found_again(server: Server, on_postgresql: str) -> None:
    store = Store(on_postgresql)
    tell(store, batch(0))
    server.control("-m", "fast", "restart")
    assert len(known(store, "2024-02-01")) == 3
    store.close()


def test_a_file_that_another_holds_is_told_of_and_waited_for_no_longer_than_said(
    tmp_path: Path,
) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    holder = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable):
        tell(store, batch(0))
    holder.execute("ROLLBACK")
    holder.close()
    assert tell(store, batch(0)) == [1, 2, 3]
    store.close()


def test_where_nothing_listens_it_is_said_without_the_address(tmp_path: Path) -> None:
    store = Store(f"postgresql://desk:secret@/kizuki?host={tmp_path}")
    with pytest.raises(StoreUnavailable) as lost:
        tell(store, batch(0))
    assert "secret" not in str(lost.value)
    assert str(tmp_path) not in str(lost.value)


@pytest.mark.parametrize("url", ["", "kizuki"])
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(KizukiError, match="the URL of the store cannot be read"):
        Store(url)


@pytest.mark.parametrize(
    "url",
    ["mysql://desk@db/k", "sqlite://", "sqlite:///:memory:", "duckdb:///store.db", "duckdb://"],
)
def test_another_database_is_refused_and_those_that_are_taken_are_named(url: str) -> None:
    """DuckDB among them: only one process may write to it, and its SQL can read any file."""
    with pytest.raises(KizukiError, match=r"must be sqlite:///FILE or begin with postgresql://$"):
        Store(url)
