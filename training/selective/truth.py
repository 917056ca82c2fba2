"""The truth of a synthetic town, which no office has: what harm truly came to each child."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from features.errors import KizukiError
from features.reading import calendar_day
from models.measures import Numbers
from training.examples import Examples

_COLUMNS = ("child", "day", "true_risk", "harm")


@dataclass(frozen=True)
class Truth:
    """Of each example: whether any harm came within the horizon, and the true risk on its day."""

    harmed: Numbers
    risks: Numbers


def read_truth(path: Path, examples: Examples, horizon: int) -> Truth:
    """The truth of these examples, from the file that `kizuki town` leaves beside its case file.

    `horizon` is in days from the cutoff. Raises KizukiError where the file is none, or is that of
    another town.
    """
    try:
        frame = pd.read_parquet(path, columns=list(_COLUMNS))
    except (OSError, ValueError) as problem:
        raise KizukiError(
            f"{path}: is not the truth of a town, which `kizuki town` makes"
        ) from problem
    frame["child"] = frame["child"].astype(str)
    asked = pd.DataFrame({
        "example": np.arange(len(examples)),
        "child": examples.children.astype(str),
        "cutoff": pd.to_datetime([calendar_day(int(day)) for day in examples.cutoffs]),
    })  # fmt: skip
    unknown = sorted(set(asked["child"]) - set(frame["child"]))
    if unknown:
        raise KizukiError(
            f"{path}: tells nothing of {len(unknown)} children: it is of another town"
        )
    months = asked.merge(frame, on="child")
    after = (months["day"] - months["cutoff"]).dt.days
    harmed = months[(after > 0) & (after <= horizon)].groupby("example")["harm"].max() > 0
    last = months[after <= 0].sort_values("day").groupby("example")["true_risk"].last()
    every = asked["example"]
    return Truth(
        np.asarray(harmed.reindex(every, fill_value=False), np.float64),
        np.asarray(last.reindex(every), np.float64),
    )
