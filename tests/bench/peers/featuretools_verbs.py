"""Primitives that know when a row happened and whether it was withdrawn, as of the cutoff."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from woodwork.column_schema import ColumnSchema
from woodwork.logical_types import Datetime, Double

from tests.bench.peers.featuretools_door import AggregationPrimitive

UNKNOWN = -1.0  # rows are there and nothing is known: Featuretools would fill in its own default
DAY = ColumnSchema(logical_type=Datetime)
ANY = ColumnSchema()


class Within(AggregationPrimitive):
    """A verb over the rows that are believed on the cutoff and happened in the lookback."""

    return_type = ColumnSchema(logical_type=Double, semantic_tags={"numeric"})
    uses_calc_time = True
    reads: tuple[str, ...] = ()
    input_types = (DAY, DAY)

    def __init__(self, days: int | None = None) -> None:
        self.days = days

    def get_function(self) -> Callable[..., float]:
        def made(
            happened: pd.Series, withdrawn: pd.Series, *values: pd.Series, time: pd.Timestamp
        ) -> float:
            seen = ~(withdrawn <= time).to_numpy()
            if self.days is not None:
                seen &= (happened > time - pd.Timedelta(days=self.days)).to_numpy()
            return self.of([column[seen] for column in (happened, *values)], time)

        return made

    def of(self, columns: list[pd.Series], _time: pd.Timestamp) -> float:
        raise NotImplementedError


class CountWithin(Within):
    """How many rows there are."""

    name = "count_within"
    default_value = 0

    def of(self, columns: list[pd.Series], _time: pd.Timestamp) -> float:
        return float(len(columns[0]))


class DaysSinceLast(Within):
    """Days from the last row to the cutoff."""

    name = "days_since_last"

    def of(self, columns: list[pd.Series], _time: pd.Timestamp) -> float:
        return float((_time - columns[0].max()).days) if len(columns[0]) else np.nan


class OfField(Within):
    """A verb that reads one more column."""

    input_types = (DAY, DAY, ANY)

    def __init__(self, field: str = "days", days: int | None = None) -> None:
        super().__init__(days)
        self.field, self.reads = field, (field,)


class Total(OfField):
    """The known days added up."""

    name = "total"
    default_value = 0

    def __init__(self, days: int | None = None) -> None:
        super().__init__("days", days)

    def of(self, columns: list[pd.Series], _time: pd.Timestamp) -> float:
        known = columns[1].dropna()
        return UNKNOWN if len(columns[1]) and not len(known) else float(known.sum())


class Most(OfField):
    """The largest known number."""

    name = "most"

    def of(self, columns: list[pd.Series], _time: pd.Timestamp) -> float:
        return float(columns[1].max())


class Different(OfField):
    """How many different known codes there are."""

    name = "different"
    default_value = 0

    def of(self, columns: list[pd.Series], _time: pd.Timestamp) -> float:
        known = columns[1].nunique()
        return UNKNOWN if len(columns[1]) and not known else float(known)
