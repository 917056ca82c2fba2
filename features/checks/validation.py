"""The one door to pandera: demands on the columns of a frame, and the rows that do not meet them.

Its report of failures holds values of the case file; only places and codes leave this module.
"""

import warnings
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from features.checks.faults import NOT_FILLED_IN, Fault

with warnings.catch_warnings():  # pandera imports pyspark where it is installed
    warnings.filterwarnings("ignore", "PySpark does not yet fully support", FutureWarning)
    import pandera.pandas as pandera

Holds = Callable[["pd.Series[Any]"], "pd.Series[bool]"]


@dataclass(frozen=True)
class Demand:
    """What a column must be: `holds` says of each value that is filled in whether it is so."""

    field: str
    fault: Fault
    holds: Holds


def among(allowed: Collection[str]) -> Holds:
    """The demand to be one of these."""
    return lambda column: column.isin(allowed)


def failures(
    frame: pd.DataFrame, demands: Iterable[Demand], required: Collection[str] = ()
) -> pd.DataFrame:
    """The rows that fail, once for each demand: `place` in the frame's index, `field`, `fault`.

    The fields that are `required` must be filled in.
    """
    checks: dict[str, list[pandera.Check]] = {name: [] for name in required}
    for demand in demands:
        check = pandera.Check(demand.holds, error=demand.fault.code)
        checks.setdefault(demand.field, []).append(check)
    schema = pandera.DataFrameSchema(
        {
            name: pandera.Column(nullable=name not in required, checks=own)
            for name, own in checks.items()
        }
    )
    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as found:
        return _places(found.failure_cases)
    return _places(pd.DataFrame(columns=["index", "column", "check"]))


def _places(cases: pd.DataFrame) -> pd.DataFrame:
    assert cases["index"].notna().all(), "a demand broke off"
    kept = cases[["index", "column", "check"]].set_axis(["place", "field", "fault"], axis="columns")
    kept["fault"] = kept["fault"].replace("not_nullable", NOT_FILLED_IN.code)
    return kept.astype({"place": "int64", "field": "str", "fault": "str"})
