"""The one door to MLflow: every training is a run and a version, and the champion is an alias."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isnan
from pathlib import Path
from urllib.parse import unquote, urlparse

from mlflow import MlflowClient
from mlflow.entities import Metric, Param, Run, RunTag
from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException

from features.errors import KizukiError

logging.getLogger("mlflow").setLevel(logging.WARNING)  # else it tells of every table it makes

CHAMPION = "champion"
BUNDLE = "bundle"
_GATE = "gate."


@dataclass(frozen=True)
class GateRecord:
    """A gate as it is kept: what it asks, what was measured, and whether it holds."""

    asks: str
    measured: str
    holds: bool


@dataclass(frozen=True)
class Record:
    """What is kept of one training: numbers, settings and tags by name, and a folder of files.

    The folder holds the bundle in a folder `bundle`, and whatever else is worth keeping beside it.
    `gates` says of each gate what was measured and whether it holds.
    """

    model: str
    files: Path
    settings: Mapping[str, object]
    measures: Mapping[str, float]
    tags: Mapping[str, str]
    gates: Iterable[GateRecord]


@dataclass(frozen=True)
class Version:
    """One trained model on record: where its bundle is, and how it did at its gates."""

    model: str
    number: int
    bundle: Path
    gates: tuple[GateRecord, ...]


class Registry:
    """The trainings on record under a state folder: a SQLite file and a folder of artifacts.

    Nothing that is on record is ever deleted.
    """

    def __init__(self, home: Path) -> None:
        home = home.resolve()
        home.mkdir(parents=True, exist_ok=True)
        store = f"sqlite:///{home / 'mlflow.db'}"
        self._artifacts = (home / "artifacts").as_uri()
        self._client = MlflowClient(store, store)

    def record(self, record: Record, at: datetime) -> Version:
        """Put a training on record as a new version of its model."""
        run = self._run(record, at)
        tags = {f"{_GATE}{i}": json.dumps(vars(gate)) for i, gate in enumerate(record.gates)}
        made = self._client.create_model_version(
            record.model, f"{run.info.artifact_uri}/{BUNDLE}", run.info.run_id, tags=tags
        )
        return _version(made)

    def note(self, record: Record, at: datetime) -> str:
        """Put on record what was found of a model without making a version; the run's id."""
        return str(self._run(record, at).info.run_id)

    def _run(self, record: Record, at: datetime) -> Run:
        client, moment = self._client, round(at.timestamp() * 1000)
        run = client.create_run(self._experiment(record.model), start_time=moment)
        known = run.info.run_id
        client.log_batch(
            known,
            metrics=[Metric(k, v, moment, 0) for k, v in record.measures.items() if not isnan(v)],
            params=[Param(name, str(value)) for name, value in record.settings.items()],
            tags=[RunTag(name, value) for name, value in record.tags.items()],
        )
        client.log_artifacts(known, str(record.files))
        client.set_terminated(known, end_time=moment)
        return run

    def version(self, model: str, number: int) -> Version:
        """A version on record; raises KizukiError where there is none of that number."""
        try:
            return _version(self._client.get_model_version(model, str(number)))
        except MlflowException:
            raise KizukiError(self._no_version(model, number)) from None

    def crown(self, version: Version) -> None:
        """Make a version the champion of its model."""
        self._client.set_registered_model_alias(version.model, CHAMPION, str(version.number))

    def _experiment(self, model: str) -> str:
        if not self._client.search_registered_models(f"name = '{model}'"):
            self._client.create_registered_model(model)
        found = self._client.get_experiment_by_name(model)
        if found is not None:
            return str(found.experiment_id)
        return str(self._client.create_experiment(model, f"{self._artifacts}/{model}"))

    def _no_version(self, model: str, number: int) -> str:
        known = self._client.search_model_versions(f"name = '{model}'")
        numbers = ", ".join(map(str, sorted(int(version.version) for version in known)))
        there = f"there are: {numbers}" if numbers else f"train one with `kizuki train {model}`"
        return f"{model} has no version {number}; {there}"


def _version(kept: ModelVersion) -> Version:
    gates = [GateRecord(**json.loads(tag)) for _, tag in sorted(_gate_tags(kept))]
    bundle = Path(unquote(urlparse(kept.source).path))
    return Version(kept.name, int(kept.version), bundle, tuple(gates))


def _gate_tags(kept: ModelVersion) -> Iterable[tuple[int, str]]:
    for name, tag in kept.tags.items():
        if name.startswith(_GATE):
            yield int(name.removeprefix(_GATE)), tag
