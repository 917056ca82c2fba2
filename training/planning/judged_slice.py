"""The judged slice, as training left it beside a bundle: scores and outcomes, without a child."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from features.errors import KizukiError
from features.groups import Names
from models.groups import Ints
from models.measures import Numbers
from models.spec import ModelSpec
from training.record import FIRST_DAY, LAST_DAY, REFERENCE

_NEEDED = ("score", "label", "household")


@dataclass(frozen=True)
class JudgedSlice:
    """Children who were judged by trees that never saw them: score, outcome, household, groups.

    A score is 0 where none is told, since the child cannot be compared with past cases.
    `households` are whole numbers; `first` and `last` are the first and the last day on which one
    was scored.
    """

    scores: Ints
    outcomes: Numbers
    households: Ints
    groups: Mapping[str, Names]
    first: date
    last: date

    @property
    def a_week(self) -> float:
        """How many children were notified in a week."""
        return len(self.scores) * 7 / ((self.last - self.first).days + 1)


def read_judged(bundle: Path, spec: ModelSpec) -> JudgedSlice:
    """The judged slice beside a bundle; raises KizukiError where there is none that can be read."""
    path = bundle / REFERENCE
    try:
        frame = pd.read_parquet(path)
    except (OSError, ValueError) as problem:
        raise KizukiError(f"{path}: is not a reference that can be read") from problem
    missing = [name for name in (*_NEEDED, *spec.audited_by) if name not in frame]
    missing += [name for name in (FIRST_DAY, LAST_DAY) if name not in frame.attrs]
    if missing:
        raise KizukiError(f"{path}: does not tell {', '.join(missing)}; train the model anew")
    return JudgedSlice(
        scores=frame["score"].fillna(0).to_numpy(np.int64),
        outcomes=frame["label"].to_numpy(np.float64),
        households=frame["household"].to_numpy(np.int64),
        groups={field: frame[field].to_numpy(object) for field in spec.audited_by},
        first=date.fromisoformat(frame.attrs[FIRST_DAY]),
        last=date.fromisoformat(frame.attrs[LAST_DAY]),
    )
