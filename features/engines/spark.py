"""Many machines: Spark joins the rows that each part needs, and says which machine answers it.

Only whole rows of the case file travel through Spark, as Parquet. The answers do not: each task
reads and writes its own files, which is faster than to send some hundred columns through the JVM.
So all machines must see the same folders at the same paths, and have the same Kizuki installed.
"""

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial, reduce
from pathlib import Path
from urllib.parse import urlsplit

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from features.errors import KizukiError
from features.tables import TABLES

Work = Callable[[int], int]
LOOPBACK = "127.0.0.1"
SETTINGS: dict[str, bool | float | int | str | None] = {
    "spark.app.name": "kizuki",
    "spark.executorEnv.NUMBA_NUM_THREADS": "1",  # each core has a task of its own
    "spark.executorEnv.OMP_NUM_THREADS": "1",
    "spark.executorEnv.OMP_WAIT_POLICY": "passive",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "true",
}


class Cluster:
    """A Spark cluster that is there to be worked with: see `cluster`."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session

    def join(self, tables: Mapping[str, Path], needed: Path, folder: Path) -> None:
        """Write the rows of each table into `folder/TABLE/part=N` for every part that needs them.

        `tables` maps names to Parquet files; `needed` is a Parquet file with the columns `person`
        and `parts`, the parts that need the rows concerning that person. A part that needs no row
        of a table gets no folder for it.
        """
        parts_of = self._read(needed)
        for name, path in tables.items():
            rows = _with_parts(self._read(path), parts_of, TABLES[name].concerns)
            rows.repartition("part").write.partitionBy("part").parquet(_url(folder / name))

    def run(self, work: Work, parts: Sequence[int]) -> Iterator[int]:
        """Have the work done on each of the parts, one task each; what it gave, in their order.

        Raises KizukiError where the work did.
        """
        tasks = self._session.sparkContext.parallelize(parts, max(len(parts), 1))
        for given in tasks.map(partial(_attempt, work)).collect():
            if isinstance(given, str):
                raise KizukiError(given)
            yield given

    def _read(self, path: Path) -> DataFrame:
        return self._session.read.parquet(_url(path))


@contextmanager
def cluster(master: str) -> Iterator[Cluster]:
    """The cluster whose master has this address, such as `spark://host:7077` or `local[2]`.

    Raises KizukiError where it cannot be reached.
    """
    with spark_session(master, {}) as session:
        yield Cluster(session)


@contextmanager
def spark_session(master: str, more: Mapping[str, str]) -> Iterator[SparkSession]:
    """A session on the cluster, with more settings than those that are always made.

    Raises KizukiError where it cannot be reached.
    """
    builder = SparkSession.builder.master(master).config(map=SETTINGS | dict(more))
    if master.startswith("local") or urlsplit(master).hostname in {LOOPBACK, "localhost"}:
        builder = builder.config("spark.driver.host", LOOPBACK)
        builder = builder.config("spark.driver.bindAddress", LOOPBACK)
    try:
        with warnings.catch_warnings():  # Spark gets no frame of ours
            warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
            session = builder.getOrCreate()
    except (PySparkException, Py4JError) as problem:
        raise KizukiError(
            f"Spark could not be started on {master}: it needs Java 17, and the cluster to be up"
        ) from problem
    try:
        yield session
    finally:
        session.stop()


def _with_parts(rows: DataFrame, parts_of: DataFrame, concerns: Sequence[str]) -> DataFrame:
    """Each row once for every part that needs anybody whom the row concerns."""
    names, none = rows.columns, f.array().cast("array<bigint>")
    for field in concerns:
        person, parts = f.col("person").alias(field), f.col("parts").alias(f"of {field}")
        rows = rows.join(parts_of.select(person, parts), field, "left")
    wanted = [f.coalesce(f.col(f"of {field}"), none) for field in concerns]
    part = f.explode(reduce(f.array_union, wanted)).alias("part")
    return rows.select(*names, part)


def _attempt(work: Work, part: int) -> int | str:
    """What the work gives, or the words of what a person can mend, told without a traceback."""
    try:
        return work(part)
    except KizukiError as problem:
        return str(problem)


def _url(path: Path) -> str:
    return f"file://{path.resolve()}"
