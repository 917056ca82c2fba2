"""The one door to MLflow: every training is a run and a version, and who answers are aliases."""

import fcntl
import json
import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from math import isnan
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from mlflow import MlflowClient
from mlflow.entities import Metric, Param, Run, RunTag
from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException

from features.errors import KizukiError

logging.getLogger("mlflow").setLevel(logging.WARNING)  # else it tells of every table it makes
logging.getLogger("mlflow.store.db").setLevel(logging.CRITICAL)  # what is down, we tell in a line

CHAMPION, CHALLENGER = "champion", "challenger"
BUNDLE = "bundle"
LONGEST_WAIT = 10.0  # seconds for another process that writes
_GATE, _ORIGIN = "gate.", "origin."


@dataclass(frozen=True)
class GateRecord:
    """A gate as it is kept: what it asks, what was measured, and whether it holds."""

    asks: str
    measured: str
    holds: bool


@dataclass(frozen=True)
class Record:
    """What is kept of one training: numbers and settings by name, and a folder of files.

    The folder holds the bundle in a folder `bundle`, and whatever else is worth keeping beside it.
    `origin` says what the model was made of; `gates` of each gate what was measured and whether it
    holds.
    """

    model: str
    files: Path
    settings: Mapping[str, object]
    measures: Mapping[str, float]
    origin: Mapping[str, str]
    gates: Iterable[GateRecord]


@dataclass(frozen=True)
class Version:
    """One trained model on record: its run, where its bundle is, its origin, and its gates."""

    model: str
    number: int
    run: str
    bundle: Path
    origin: Mapping[str, str]
    gates: tuple[GateRecord, ...]


class Registry:
    """The trainings on record under a state folder: a SQLite file and a folder of artifacts.

    A training is on record whole or not at all: what a killed process left is swept away when the
    next one is put on record. Every method raises KizukiError where the registry is down.
    """

    def __init__(self, home: Path) -> None:
        self._home = home.resolve()
        self._store = self._home / "mlflow.db"
        with self._reached():
            self._home.mkdir(parents=True, exist_ok=True)
            store = f"sqlite:///{self._store}"
            with self._alone():  # two that make its tables at once would be in each other's way
                self._must_be_up()
                self._client = MlflowClient(store, store)

    def record(self, record: Record, at: datetime) -> Version:
        """Put a training on record as a new version of its model."""
        with self._run(record, at) as run:
            if not self._client.search_registered_models(f"name = '{record.model}'"):
                self._client.create_registered_model(record.model)
            tags = {f"{_GATE}{i}": json.dumps(vars(gate)) for i, gate in enumerate(record.gates)}
            tags |= {f"{_ORIGIN}{name}": value for name, value in record.origin.items()}
            source, known = f"{run.info.artifact_uri}/{BUNDLE}", run.info.run_id
            return _version(
                self._client.create_model_version(record.model, source, known, tags=tags)
            )

    def note(self, record: Record, at: datetime) -> str:
        """Put on record what was found of a model without making a version; the run's id."""
        with self._run(record, at) as run:
            return str(run.info.run_id)

    def version(self, model: str, number: int) -> Version:
        """A version on record; raises KizukiError where there is none of that number."""
        with self._reached():
            known = self._client.search_model_versions(f"name = '{model}'")
        numbers = {int(version.version): version for version in known}
        if number not in numbers:
            listed = ", ".join(map(str, sorted(numbers)))
            there = f"there are: {listed}" if listed else f"train one with `kizuki train {model}`"
            raise KizukiError(f"{model} has no version {number}; {there}")
        return _version(numbers[number])

    def point(self, model: str, aliases: Mapping[str, int | None]) -> None:
        """Let each alias name a version of the model, or none."""
        with self._reached():
            for alias, number in aliases.items():
                if number is not None:
                    self._client.set_registered_model_alias(model, alias, str(number))
                elif alias in self._client.get_registered_model(model).aliases:
                    self._client.delete_registered_model_alias(model, alias)

    def delete(self, version: Version) -> None:
        """Take a version off the record, with its run and its files.

        MLflow deletes a version that an alias names without a word: ask the ledger first.
        """
        with self._reached():
            self._client.delete_model_version(version.model, str(version.number))
            self._client.delete_run(version.run)
            shutil.rmtree(version.bundle.parent, ignore_errors=True)

    @contextmanager
    def _run(self, record: Record, at: datetime) -> Iterator[Run]:
        """A run with all that is kept in it, which ends well with the block or is taken away."""
        with self._reached(), self._alone():
            experiment, moment = self._experiment(record.model), round(at.timestamp() * 1000)
            self._sweep(experiment)
            try:
                run = self._client.create_run(experiment, start_time=moment)
                self._log(run.info.run_id, record, moment)
                yield run
                self._client.set_terminated(run.info.run_id, end_time=moment)
            except BaseException:
                with suppress(MlflowException):
                    self._sweep(experiment)
                raise

    def _log(self, known: str, record: Record, moment: int) -> None:
        measured = {name: value for name, value in record.measures.items() if not isnan(value)}
        self._client.log_batch(
            known,
            metrics=[Metric(name, value, moment, 0) for name, value in measured.items()],
            params=[Param(name, str(value)) for name, value in record.settings.items()],
            tags=[RunTag(name, value) for name, value in record.origin.items()],
        )
        self._client.log_artifacts(known, str(record.files))

    def _sweep(self, experiment: str) -> None:
        """Take away the runs that a killed process left without a version."""
        for run in self._client.search_runs([experiment], "attributes.status = 'RUNNING'"):
            known = run.info.run_id
            if self._client.search_model_versions(f"run_id = '{known}'"):
                self._client.set_terminated(known)
            else:
                self._client.delete_run(known)
                shutil.rmtree(_path(run.info.artifact_uri), ignore_errors=True)

    def _experiment(self, model: str) -> str:
        found = self._client.get_experiment_by_name(model)
        if found is not None:
            return str(found.experiment_id)
        artifacts = (self._home / "artifacts" / model).as_uri()
        return str(self._client.create_experiment(model, artifacts))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time opens the registry, or puts a training on record.

        So a run under way is its own.
        """
        with (self._home / "recording.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except (MlflowException, OSError, sqlite3.Error) as problem:
            first = str(problem).partition("\n")[0]
            raise KizukiError(f"the registry {self._store} is down: {first}") from problem

    def _must_be_up(self) -> None:
        """Ask for the file ourselves: MLflow tries again for minutes before it says a word."""
        if self._store.exists():
            with closing(sqlite3.connect(self._store, LONGEST_WAIT, isolation_level=None)) as store:
                store.execute("BEGIN IMMEDIATE")
                store.execute("ROLLBACK")


def _version(kept: ModelVersion) -> Version:
    gates = [GateRecord(**json.loads(tag)) for _, tag in sorted(_tags(kept, _GATE, int))]
    origin = dict(_tags(kept, _ORIGIN, str))
    assert kept.run_id is not None  # both were given when it was made
    assert kept.source is not None
    number, bundle = int(kept.version), _path(kept.source)
    return Version(kept.name, number, kept.run_id, bundle, origin, tuple(gates))


def _tags(kept: ModelVersion, prefix: str, of: Callable[[str], Any]) -> Iterator[tuple[Any, str]]:
    for name, tag in kept.tags.items():
        if name.startswith(prefix):
            yield of(name.removeprefix(prefix)), tag


def _path(uri: str) -> Path:
    return Path(unquote(urlparse(uri).path))
