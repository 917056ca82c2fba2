"""What is watched: the answers of a journal, beside the reference they are held against."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.errors import KizukiError
from features.reading import day_number
from models.groups import Ints
from models.measures import Numbers
from models.spec import ModelSpec
from serving.advice import LOOK
from serving.journal import Served, served
from serving.watch.drift import PROBABILITY

LABEL = "label"
HOUSEHOLD = "household"  # a whole number, alike for the rows of one household


@dataclass(frozen=True)
class Answers:
    """The answers watched: one for each child and cutoff, the last that was given.

    `rows` has the columns of the row and the probability, NaN where missing; `low` and `high` are
    the ends of the range, NaN where none was given. `left_out` says how many answers are not
    watched, and why.
    """

    version: int
    first: datetime
    last: datetime
    children: npt.NDArray[np.object_]
    cutoffs: Ints
    rows: pd.DataFrame
    low: Numbers
    high: Numbers
    left_out: dict[str, int]

    @property
    def child_count(self) -> int:
        """How many children were served."""
        return len(set(self.children))


def read_answers(
    journal: Path, spec: ModelSpec, since: date | None, keys: Path | None = None
) -> Answers:
    """The answers that the latest version gave since a day (UTC), or ever since.

    Raises KizukiError where the journal cannot be read or holds none.
    """
    given = _given(journal, spec.name, since, keys)
    if not given:
        when = f" since {since}" if since else ""
        raise KizukiError(f"{journal}: holds no answer of {spec.name}{when}; nothing to watch")
    version = given[-1].version
    latest = {(s.child, s.cutoff): s for s in given if s.version == version}
    watched = list(latest.values())
    of_version = sum(s.version == version for s in given)
    return Answers(
        version=version,
        first=min(s.at for s in watched),
        last=max(s.at for s in watched),
        children=np.array([s.child for s in watched], dtype=object),
        cutoffs=np.array([day_number(s.cutoff) for s in watched], dtype=np.int64),
        rows=_rows(spec, watched),
        low=_ends("low", watched),
        high=_ends("high", watched),
        left_out={
            "given by another version": len(given) - of_version,
            "given again later for the same child and day": of_version - len(watched),
        },
    )


def read_reference(path: Path, spec: ModelSpec) -> pd.DataFrame:
    """The reference that training left beside the model.

    Raises KizukiError where it cannot be read, or is not of this model as it is now.
    """
    try:
        frame = pd.read_parquet(path)
    except (OSError, ValueError) as problem:
        raise KizukiError(f"{path}: is not a reference that can be read") from problem
    columns = (column.name for column in spec.columns)
    needed = [*columns, PROBABILITY, LABEL, HOUSEHOLD, *spec.audited_by]
    missing = [name for name in needed if name not in frame]
    if missing or frame.empty:
        lacks = f"lacks {', '.join(missing[:3])}" if missing else "has no row"
        raise KizukiError(
            f"{path}: is not a reference of {spec.name} as it is now: it {lacks}; "
            "train and promote the model anew"
        )
    return frame[needed]


def _given(journal: Path, model: str, since: date | None, keys: Path | None) -> list[Served]:
    try:
        answers = list(served(journal, model, keys))
    except (sqlite3.Error, ValueError) as problem:
        raise KizukiError(f"{journal}: is not a journal that can be read") from problem
    # Who was looked at again was not reported again: they are not whom the model was made for.
    asked = [s for s in answers if s.kind != LOOK]
    return [s for s in asked if since is None or s.at.date() >= since]


def _rows(spec: ModelSpec, watched: Sequence[Served]) -> pd.DataFrame:
    """A column that is not in the row at all is missing for everybody."""
    names = [column.name for column in spec.columns]
    numbers = [
        [_number(s.row.get(name)) for name in names] + [_number(s.probability)] for s in watched
    ]
    return pd.DataFrame(np.array(numbers, dtype=np.float64), columns=[*names, PROBABILITY])


def _ends(name: str, watched: Sequence[Served]) -> Numbers:
    """An end of the range that each answer told."""
    ranges = [json.loads(s.answer).get("range") or {} for s in watched]
    return np.array([_number(told.get(name)) for told in ranges], dtype=np.float64)


def _number(value: float | None) -> float:
    return np.nan if value is None else value
