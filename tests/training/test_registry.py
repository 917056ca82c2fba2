"""A training is on record whole or not at all; a registry that is down is told in one line."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest

import kizuki
from features.errors import KizukiError
from tests.training.test_champions import MODEL, MONDAY, on_record
from training.registry import BUNDLE, Record, Registry

# Puts a training on record and is killed at the last moment: it has a run and files, no version.
KILLED = """
import os, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from mlflow import MlflowClient
from training.registry import GateRecord, Record, Registry
MlflowClient.create_model_version = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
home, files = map(Path, sys.argv[1:])
record = Record("placement_24m", files, {"a": 1}, {"auroc": 0.7}, {"data": "d"}, [])
Registry(home).record(record, datetime.now(UTC))
"""


def runs(home: Path) -> int:
    registry = Registry(home)
    experiment = registry._client.get_experiment_by_name(MODEL)
    return len(registry._client.search_runs([experiment.experiment_id])) if experiment else 0


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """What there is to record of a training."""
    files = tmp_path / "files"
    (files / BUNDLE).mkdir(parents=True)
    (files / BUNDLE / "model.txt").write_text("whole")
    return Record(MODEL, files, {"a": 1}, {"auroc": 0.7, "brier": float("nan")}, {"data": "d"}, [])


def test_an_unknown_version_is_told_which_there_are(record: Record, empty_home: Path) -> None:
    with pytest.raises(KizukiError, match="train one with `kizuki train placement_24m`"):
        on_record(empty_home, 1)
    Registry(empty_home).record(record, MONDAY)
    with pytest.raises(KizukiError, match="has no version 9; there are: 1"):
        on_record(empty_home, 9)


def test_two_may_open_a_registry_that_is_not_there_yet(tmp_path: Path) -> None:
    """MLflow makes its tables without a look at who else does."""
    with ProcessPoolExecutor(2, get_context("fork")) as pool:
        told = list(pool.map(nothing_on_record, [tmp_path / "home"] * 2))
    assert told == [f"{MODEL} has no version 1; train one with `kizuki train {MODEL}`"] * 2


def nothing_on_record(home: Path) -> str:
    with pytest.raises(KizukiError) as refused:
        on_record(home, 1)
    return str(refused.value)


def test_what_a_killed_process_left_is_no_version_and_is_swept_away(
    record: Record, empty_home: Path
) -> None:
    command = [sys.executable, "-c", KILLED, str(empty_home), str(record.files)]
    done = subprocess.run(command, check=False, env={**os.environ, **kizuki.ENVIRONMENT})
    assert done.returncode == -9
    with pytest.raises(KizukiError, match="has no version 1; train one"):
        on_record(empty_home, 1)
    assert runs(empty_home) == 1
    version = Registry(empty_home).record(record, MONDAY)
    assert (version.number, runs(empty_home)) == (1, 1)
    assert list(empty_home.rglob("model.txt")) == [version.bundle / "model.txt"]


def test_a_failure_in_the_middle_leaves_nothing(
    record: Record, empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = Registry(empty_home)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(registry._client, "log_artifacts", full)
    with pytest.raises(KizukiError, match=r"mlflow\.db is down: .*No space left on device"):
        registry.record(record, MONDAY)
    assert runs(empty_home) == 0
    with pytest.raises(KizukiError, match="has no version 1"):
        on_record(empty_home, 1)


def locked(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    LOCKS.append(other)


def outdated(path: Path) -> None:
    with closing(sqlite3.connect(path)) as store, store:
        store.execute("UPDATE alembic_version SET version_num = 'another'")


LOCKS: list[sqlite3.Connection] = []
DOWN: dict[str, tuple[Callable[[Path], object], str]] = {
    "no database": (
        lambda path: path.write_bytes(b"not a database" * 100),
        "file is not a database",
    ),
    "a folder": (lambda path: (path.unlink(), path.mkdir()), "unable to open database file"),
    "held by another": (locked, "database is locked"),
    "of another MLflow": (outdated, "out-of-date database schema"),
}


@pytest.mark.parametrize("way", DOWN)
def test_a_registry_that_is_down_is_told_before_the_training(
    way: str, empty_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    break_, told = DOWN[way]
    break_(empty_home / "mlflow.db")
    monkeypatch.setenv("KIZUKI_HOME", str(empty_home))
    monkeypatch.setattr("training.registry.LONGEST_WAIT", 0.1)
    with pytest.raises(SystemExit) as ended:
        kizuki.main(["train", MODEL, "--cases", "nowhere"])
    said = capsys.readouterr()
    while LOCKS:
        LOCKS.pop().close()
    assert (ended.value.code, said.out) == (2, "")
    assert said.err.startswith(f"kizuki: the registry {empty_home / 'mlflow.db'} is down: ")
    assert told in said.err
    assert said.err.count("\n") == 1
