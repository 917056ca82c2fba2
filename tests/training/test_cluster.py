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
from training.slices import Taught

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
        Taught(table.rows[part == number], table.outcomes[part == number]) for number in range(3)
    )
    here = fit_trees(table.spec, fit, stop)
    with on_cluster(cluster) as growing:
        there = growing.fit(table.spec, fit, stop)
        in_memory = Taught(np.asarray(fit.rows), fit.outcomes)
        again = growing.grow(table.spec, in_memory, there.num_trees())
        weighed = growing.fit(table.spec, *(counted_more(part) for part in (in_memory, stop)))
    ranked = [auroc(test.outcomes, margins_of(trees, test.rows)) for trees in (here, there, again)]
    assert ranked[0] > 0.7
    assert max(ranked) - min(ranked) < 0.005
    assert there.feature_name() == here.feature_name()
    assert 10 < there.num_trees() < 250
    more, less = (margins_of(trees, test.rows).mean() for trees in (weighed, here))
    assert more - less == pytest.approx(np.log(3), abs=0.2)


def counted_more(part: Taught) -> Taught:
    """The same, where each example with the outcome weighs three: their odds are three times."""
    return Taught(part.rows, part.outcomes, 1 + 2 * part.outcomes)


def test_a_scheduler_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.cluster.LONGEST_WAIT", 0.5)
    with (
        pytest.raises(KizukiError, match="no Dask scheduler answers"),
        on_cluster("tcp://127.0.0.1:9"),
    ):
        pass
