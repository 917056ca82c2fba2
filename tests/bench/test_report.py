"""What the bench tells: engines that answer otherwise, and aims that were reached or not."""

from dataclasses import replace

from tests.bench.measure import Measured, differing
from tests.bench.report import aims, table

OURS = Measured(
    "ours", 1000, load=1.0, answer=1.0, cpu=2.0, cpu_answering=1.0, peak=1e9,
    digests={"a": 1, "b": 2},
)  # fmt: skip
POLARS = replace(OURS, engine="Polars", load=5.0, answer=5.0, cpu=6.0, cpu_answering=2.0)
PANDAS = replace(OURS, engine="pandas", load=10.0, answer=10.0)


def test_a_column_that_is_answered_otherwise_is_named() -> None:
    other = replace(PANDAS, digests={"a": 1, "b": 3})
    assert differing(OURS, [POLARS, other]) == ["b in pandas"]


def test_only_what_an_engine_answers_is_compared() -> None:
    assert differing(OURS, [replace(PANDAS, digests={"a": 1})]) == []


def test_each_engine_is_compared_with_ours_from_disk_to_answers() -> None:
    header, ours, polars = (line.split() for line in table([OURS, POLARS]))
    assert header[:2] == ["engine", "rows"]
    assert (ours[-1], polars[-1]) == ("1.0", "5.0")
    assert polars[4:6] == ["100", "200"]  # rows a second, with and without loading


def test_aims_are_told_as_reached_or_not() -> None:
    many = replace(OURS, rows=9000, load=10.0, answer=10.0, peak=5e9)
    slow = replace(OURS, engine="Featuretools", load=0.0, answer=201.0)
    told = list(aims({100_000: [OURS, POLARS, PANDAS], 1_000_000: [many, POLARS]}, slow))
    aimed = [line for line in told if not line.startswith(" ")]
    assert [line.partition(":")[0] for line in aimed] == [
        "reached",  # 5.0 times Polars, the better of the two
        "NOT reached",
        "reached",  # 100.5 times Featuretools
        "reached",  # 500 rows a second, and 450
        "NOT reached",  # 5 GB
    ]
    assert "ours 5.0 times the best of Polars, pandas (Polars)" in told[0]
    assert told[1:4] == [
        "  by the processor's time: 1.0 times pandas",
        "  from tables that each has read and made ready in memory: 5.0 times Polars",
        "  the same by the processor's time: 1.0 times pandas",
    ]
