"""How late the office writes down what happens: days from happened to known, by source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from features.tables import (
    allegations,
    assessments,
    children,
    contacts,
    findings,
    notifications,
    observations,
    placements,
    screenings,
    services,
)

LATE = 30  # days

# What the office receives or does itself. Births, households, benefits and what other agencies
# have on record happen long before the office can know of them: it is not late with those.
_OWN = (
    notifications, allegations, screenings, assessments, findings, observations, contacts,
    placements, services,
)  # fmt: skip


class By(StrEnum):
    """By what the rows are told apart."""

    TABLE = "table"
    SOURCE = "source"
    OFFICE = "office"


@dataclass(frozen=True)
class Lateness:
    """Days from happened to known of some rows: median, 90th percentile, and share over 30.

    Each row counts once, with the day of its first version: a correction is not late.
    """

    by: By
    name: str
    rows: int
    median: float
    ninetieth: float
    late: int

    @property
    def place(self) -> str:
        """What the rows have in common: `source police`."""
        return f"{self.by} {self.name}"

    @property
    def share(self) -> float:
        """The share known more than 30 days late."""
        return self.late / self.rows


def measure_lateness(kept: Mapping[str, pd.DataFrame]) -> list[Lateness]:
    """The office's own tables one by one, then all of them by notification source and by office.

    A row has the source of the notification that it is or refers to, and the office in charge of
    its child; rows of which these are not known are left out there.
    """
    lags = {table.name: _lags(kept[table.name]) for table in _OWN if table.name in kept}
    if not lags:
        return []
    told = pd.concat(lags.values(), keys=lags.keys(), names=[By.TABLE]).reset_index(By.TABLE)
    told[By.SOURCE] = told["notification"].map(_of(kept, notifications.name, "id", By.SOURCE))
    told[By.OFFICE] = told["child"].map(_of(kept, children.name, "child", By.OFFICE))
    return [lateness for by in By for lateness in _measure(told, by)]


def _lags(frame: pd.DataFrame) -> pd.DataFrame:
    first = frame.sort_values("known", kind="stable").drop_duplicates("id")
    refers = first["notification"] if "notification" in first else first["id"]
    return pd.DataFrame(
        {
            "child": first["child"],
            "notification": refers,
            "days": (first["known"] - first["happened"]).dt.days,
        }
    )


def _of(kept: Mapping[str, pd.DataFrame], table: str, key: str, field: str) -> "pd.Series[str]":
    """A field of a table by a key, of several versions the last."""
    if table not in kept:
        return pd.Series(dtype="str")
    last = kept[table].sort_values("known", kind="stable").drop_duplicates(key, keep="last")
    return last.set_index(key)[field]


def _measure(told: pd.DataFrame, by: By) -> Iterator[Lateness]:
    for name, days in told.groupby(by, sort=by is not By.TABLE)["days"]:
        late = int((days > LATE).sum())
        yield Lateness(
            by, str(name), len(days), float(days.median()), float(days.quantile(0.9)), late
        )
