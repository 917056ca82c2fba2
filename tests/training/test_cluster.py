"""The same spec trains on a cluster too: as well as on one machine, and from the same rows."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from distributed import LocalCluster

from features.errors import KizukiError
from models.measures import auroc
from tests.training.test_own_table import ROLES, small_table
from training.cluster import on_cluster
from training.fit import fit_trees, margins_of
from training.own_table.table import read_table

pytestmark = [
    # What Dask and LightGBM say of themselves while processes come and go.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Two workers on this machine, each a process of its own, and no dashboard."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, memory_limit=0
    ) as made:
        yield made.scheduler_address


def test_it_ranks_as_well_as_one_machine(cluster: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    small_table(12_000, seed=4).to_parquet(path, row_group_size=1000)
    table = read_table(path, ROLES, tmp_path)
    part = np.arange(len(table.outcomes)) % 3
    fit, stop, test = (
        (table.rows[part == number], table.outcomes[part == number]) for number in range(3)
    )
    here = fit_trees(table.spec, fit, stop)
    with on_cluster(cluster) as growing:
        there = growing.fit(table.spec, fit, stop)
        again = growing.grow(table.spec, (np.asarray(fit[0]), fit[1]), there.num_trees())
    ranked = [auroc(test[1], margins_of(trees, test[0])) for trees in (here, there, again)]
    assert ranked[0] > 0.7
    assert max(ranked) - min(ranked) < 0.005
    assert there.feature_name() == here.feature_name()
    assert 10 < there.num_trees() < 250


def test_a_scheduler_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.cluster.LONGEST_WAIT", 0.5)
    with (
        pytest.raises(KizukiError, match="no Dask scheduler answers"),
        on_cluster("tcp://127.0.0.1:9"),
    ):
        pass
