"""A made-up desk for the watch: a reference, rows served from the same world, and a journal."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from models.bands import band_code
from models.spec import ModelSpec
from serving.journal import Entry
from serving.watch.answers import HOUSEHOLD, LABEL
from serving.watch.drift import PROBABILITY
from serving.who.asker import NOBODY
from tests.serving.desks import journal_at

FIRST_DAY = datetime(2024, 4, 1, 9, tzinfo=UTC)
GROUPS = {
    "age_band": ("0-2", "3-5", "6-11"),
    "office": ("north", "south"),
    "nationality": ("national", "foreign"),
}


def draw_rows(names: Sequence[str], count: int, chance: np.random.Generator) -> pd.DataFrame:
    """Rows of a world that never changes: columns of six kinds that lean on one hidden risk."""
    risk = chance.normal(size=count)
    rows = {name: _column(place % 6, risk, chance) for place, name in enumerate(names)}
    return pd.DataFrame({**rows, PROBABILITY: 1 / (1 + np.exp(1.5 - 1.2 * risk))})


def _column(kind: int, risk: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    leaning = 0.5 * risk + chance.normal(size=len(risk))
    if kind == 0:
        return (leaning > 1).astype(float)  # a flag
    if kind == 1:
        return chance.poisson(np.exp(0.4 * leaning - 1)).astype(float)  # a count, mostly zero
    if kind == 2:
        return np.round(np.exp(1.2 * leaning + 5))  # days
    if kind == 3:
        return np.where(chance.random(len(risk)) < 0.4, np.nan, leaning)  # often missing
    if kind == 4:
        return np.round(chance.uniform(0, 18, len(risk)))  # an age
    return (leaning > 3.2).astype(float)  # a rare flag


def draw_reference(spec: ModelSpec, count: int, chance: np.random.Generator) -> pd.DataFrame:
    """Rows with outcomes as likely as the probabilities say, two a household, and their groups."""
    frame = draw_rows([column.name for column in spec.columns], count, chance)
    frame[LABEL] = (chance.random(count) < frame[PROBABILITY]).astype(float)
    frame[HOUSEHOLD] = np.arange(count) // 2
    for field in spec.audited_by:
        frame[field] = chance.choice(GROUPS.get(field, ("yes", "no")), size=count)
    return frame


def _told(probability: float | None) -> bytes:
    """What of an answer the watch reads: its range, where there is a probability."""
    if probability is None:
        return b'{"range": null}'
    return json.dumps({"range": {"low": probability - 0.1, "high": probability + 0.1}}).encode()


def keep_answers(
    path: Path,
    rows: pd.DataFrame,
    children: Sequence[str],
    cutoffs: Sequence[date],
    *,
    version: int = 3,
) -> None:
    """Keep an answer in a journal for each row, a minute apart."""
    journal = journal_at(path)
    for place, row in enumerate(rows.to_dict("records")):
        numbers = {str(name): None if pd.isna(value) else value for name, value in row.items()}
        probability = numbers.pop(PROBABILITY)
        score = None if probability is None else 1 + int(probability * 19)
        journal.keep(
            Entry(
                id=f"{version}-{place}", at=FIRST_DAY + timedelta(minutes=place), kind="score",
                model="placement_24m", version=version, digest="d", lock="l", request="r",
                asked=b"{}", child=children[place], cutoff=cutoffs[place], row=numbers,
                probability=probability, score=score,
                band=None if score is None else band_code(score), answer=_told(probability),
                page=None, asker=NOBODY,
            )
        )  # fmt: skip
    journal.close()
