"""Where pairs are compared: DuckDB, in this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
from splink import DuckDBAPI

# What Spark calls so, in DuckDB's words: the comparisons are written once.
MACROS = (
    "jaro_winkler(a, b) AS jaro_winkler_similarity(a, b)",
    "array_intersect(a, b) AS list_intersect(a, b)",
    "size(a) AS len(a)",
)


@contextmanager
def on_duckdb() -> Iterator[Any]:
    """A database in memory whose SQL reads and writes no file and reaches for no network.

    One thread adds up in one order: the same records give the same weights to the last bit.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "enable_external_access": False,
        "allow_community_extensions": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(":memory:", config=settings) as connection:
        for macro in MACROS:
            connection.execute(f"CREATE MACRO {macro}")
        connection.execute("SET lock_configuration = true")
        yield DuckDBAPI(connection)
