"""Trees grown beyond one machine: the same spec, with LightGBM's Dask interface on a cluster.

Rows on disk are read by the workers themselves, from a folder that all of them reach. The trees are
close to those of one machine and not the same, since each worker bins its own part of the rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dask
import dask.array as da
import lightgbm as lgb
import numpy as np
from distributed import Client

from features.errors import KizukiError
from models.groups import Ints
from models.measures import Numbers
from models.spec import Task
from training.fit import MOST_TREES, PATIENCE, as_served, parameters
from training.rotate import Growing
from training.rows_on_disk import RowsOnDisk
from training.slices import Taught

LONGEST_WAIT = 10  # seconds for the scheduler to answer
FIRST_TREES = 250  # grown at first; twice as many where the stop slice still gains at the end


@contextmanager
def on_cluster(address: str) -> Iterator[Growing]:
    """A way to grow trees on the cluster of a Dask scheduler, such as tcp://host:8786.

    Raises KizukiError where it cannot be reached, or has no worker.
    """
    try:
        client = Client(address, timeout=LONGEST_WAIT)
    except (OSError, ValueError) as problem:
        raise KizukiError(f"no Dask scheduler answers at {address}: {problem}") from problem
    with client:
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            raise KizukiError(f"the Dask scheduler at {address} has no worker")
        cluster = _Cluster(client, workers)
        yield Growing(cluster.fit, cluster.grow)


class _Cluster:
    def __init__(self, client: Client, workers: int) -> None:
        self._client, self._workers = client, workers

    def fit(self, spec: Task, fit: Taught, stop: Taught) -> lgb.Booster:
        """The trees, as many as the stop slice gains by; Dask knows no early stopping."""
        trees = FIRST_TREES
        while True:
            grown, losses = self._grown(spec, fit, trees, stop)
            best = int(np.argmin(losses)) + 1
            if best + PATIENCE <= trees or trees >= MOST_TREES:
                return as_served(grown, best)
            trees = min(2 * trees, MOST_TREES)

    def grow(self, spec: Task, fit: Taught, trees: int) -> lgb.Booster:
        """That many trees."""
        return as_served(self._grown(spec, fit, trees, None)[0], trees)

    def _grown(
        self, spec: Task, fit: Taught, trees: int, stop: Taught | None
    ) -> tuple[lgb.Booster, list[float]]:
        said = {k: v for k, v in parameters(spec).items() if k not in {"num_threads", "metric"}}
        model = lgb.DaskLGBMClassifier(
            **said, n_estimators=trees, client=self._client, tree_learner="data"
        )
        rows, outcomes, weights = self._spread(fit)
        judged: dict[str, Any] = {}
        if stop is not None:
            *judging, counting = self._spread(stop)
            judged = {
                "eval_set": [tuple(judging)],
                "eval_sample_weight": [counting] if stop.weights is not None else None,
                "eval_metric": "binary_logloss",
            }
        names = [column.name for column in spec.columns]
        model.fit(rows, outcomes, sample_weight=weights, feature_name=names, **judged)
        losses = model.evals_result_["valid_0"]["binary_logloss"] if judged else []
        return model.booster_, losses

    def _spread(self, taught: Taught) -> tuple[da.Array, da.Array, da.Array | None]:
        """What is taught in as many parts as there are workers, so that each has one."""
        rows, outcomes, weights = taught
        parts = np.array_split(np.arange(len(outcomes)), self._workers)
        width = len(rows[0])
        arrays = [
            da.from_delayed(_part_of(rows, part), shape=(len(part), width), dtype=np.float64)
            for part in parts
        ]
        chunks = (tuple(len(part) for part in parts),)
        weighed = None if weights is None else da.from_array(weights, chunks=chunks)
        return da.concatenate(arrays), da.from_array(outcomes, chunks=chunks), weighed


def _part_of(rows: Numbers | RowsOnDisk, part: Ints) -> Any:
    if isinstance(rows, RowsOnDisk):
        return dask.delayed(_read)(rows.path.resolve(), rows.columns, rows.places[part])
    return dask.delayed(rows[part])


def _read(path: Path, columns: list[str], places: Ints) -> Numbers:
    """Rows on disk, read where this is run."""
    return np.asarray(RowsOnDisk(path, columns, places))
