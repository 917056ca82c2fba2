"""Where pairs are compared: a Spark cluster, for more persons than one machine holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from splink.backends.spark import SparkAPI, similarity_jar_location

from features.engines.spark import spark_session


@contextmanager
def on_spark(master: str) -> Iterator[Any]:
    """The cluster at this address, as long as it is needed.

    The weights are those of DuckDB but for the last digits, which depend on what is added first.
    Raises KizukiError where the cluster cannot be reached.
    """
    with spark_session(master, {"spark.jars": similarity_jar_location()}) as session:
        parts = 2 * session.sparkContext.defaultParallelism  # two rounds of tasks, not 200 tasks
        session.conf.set("spark.sql.shuffle.partitions", str(parts))
        yield SparkAPI(spark_session=session, break_lineage_method="persist")
