"""The parts of a cohort on a Spark cluster."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq

from features.case_file import arrow_schema
from features.engines.spark import Cluster, Work, cluster
from features.rows.part import part_name
from features.rows.plan import Plan
from features.rows.source import Source
from features.tables import TABLES


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
                self._move(name, joined / name / f"part={part}", folder / part_name(part))
        shutil.rmtree(joined)
        needed.unlink()

    @staticmethod
    def _move(table: str, joined: Path, part: Path) -> None:
        file = part / f"{table}.parquet"
        if joined.exists():
            joined.replace(file)  # a folder of files, which reads as one
        else:  # a part that needs none of the rows: empty is not unknown
            pq.write_table(arrow_schema(TABLES[table]).empty_table(), file)

    def answer(self, work: Work, parts: Sequence[int]) -> Iterator[int]:
        """As many parts are in memory as the cluster has cores."""
        return self._cluster.run(work, parts)


@contextmanager
def on_cluster(master: str) -> Iterator[OnCluster]:
    """The cluster at this address, as long as it is needed; KizukiError where it is not there."""
    with cluster(master) as at_work:
        yield OnCluster(at_work)
