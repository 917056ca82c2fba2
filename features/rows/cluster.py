"""The parts of a cohort on a Spark cluster."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq

from features.engines.spark import Cluster, Work, cluster
from features.rows.part import part_name
from features.rows.plan import Plan
from features.rows.source import Source


class OnCluster:
    """Spark joins the rows of each part, and its tasks answer the parts, many at once."""

    def __init__(self, at_work: Cluster) -> None:
        self._cluster = at_work

    def spread(self, source: Source, plan: Plan, folder: Path) -> None:
        """Each table is joined once to the parts that need its rows."""
        needed, joined = folder / "needed.parquet", folder / "joined"
        pq.write_table(plan.needed, needed)
        self._cluster.join({name: source.path(name) for name in source.names}, needed, joined)
        for name in source.names:
            for part in plan.parts:
                written = joined / name / f"part={part}"
                if written.exists():  # a folder of files, which reads as one
                    written.replace(folder / part_name(part) / f"{name}.parquet")
        shutil.rmtree(joined)
        needed.unlink()

    def answer(self, work: Work, parts: Sequence[int]) -> Iterator[int]:
        """As many parts are in memory as the cluster has cores."""
        return self._cluster.run(work, parts)


@contextmanager
def on_cluster(master: str) -> Iterator[OnCluster]:
    """The cluster at this address, as long as it is needed; KizukiError where it is not there."""
    with cluster(master) as at_work:
        yield OnCluster(at_work)
