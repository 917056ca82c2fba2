"""The same links from Spark as from DuckDB: hundreds of small stages, so it runs when asked for."""

import os
import shutil
import sys

import pandas as pd
import pytest

from features.linking.duckdb_engine import on_duckdb
from features.linking.matching import score_pairs
from features.linking.records import records_of
from features.town.town import make_town
from tests.linking.split_town import split_town


@pytest.mark.skipif("KIZUKI_SLOW" not in os.environ, reason="a minute or more: set KIZUKI_SLOW")
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17")
def test_spark_finds_the_same_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setattr("features.linking.matching.LEAST_PAIRS", 0)  # learn even from these
    from features.linking.spark_engine import on_spark

    told = split_town(make_town(40, 8, 7, "jp").case_file, 7).case_files
    records = records_of({agency: told[agency] for agency in ("north", "south")})
    with on_duckdb() as duckdb, on_spark("local[2]") as spark:
        pd.testing.assert_frame_equal(
            score_pairs(records, spark), score_pairs(records, duckdb), rtol=1e-6
        )
