"""How much is not filled in: the share of each field, by table."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from features.tables import TABLES

_EMPTY_BY_NATURE = ("withdrawn", "until")  # a row that is believed, a span that goes on


@dataclass(frozen=True)
class Filling:
    """A field of a table: in how many of its rows it is not filled in."""

    table: str
    field: str
    rows: int
    missing: int

    @property
    def place(self) -> str:
        """The field and its table by name."""
        return f"{self.table}.{self.field}"

    @property
    def share(self) -> float:
        """The share of rows without it."""
        return self.missing / self.rows


def measure_filling(kept: Mapping[str, pd.DataFrame]) -> list[Filling]:
    """Every field that a row need not have, table by table; tables without rows have none."""
    return [
        Filling(name, field, len(frame), int(frame[field].isna().sum()))
        for name, frame in kept.items()
        for field, kind in TABLES[name].columns.items()
        if len(frame) and not kind.required and field not in _EMPTY_BY_NATURE
    ]
