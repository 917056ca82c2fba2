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
    settings = {"spark.jars": similarity_jar_location(), "spark.sql.shuffle.partitions": "8"}
    with spark_session(master, settings) as session:
        yield SparkAPI(spark_session=session, break_lineage_method="persist")
