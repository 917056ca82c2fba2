"""Golden rows: what a bundle said when it was written, and must say wherever it is read.

The rows are made of the model's own thresholds, so that they go many ways through its trees; no
child's row is among them.
"""

import json
from typing import Any

import numpy as np

from features.errors import KizukiError
from models.measures import Numbers
from models.shapley import explain
from models.trees.paths import Paths
from models.trees.text import CATEGORY, Trees

ROWS = 8
CLOSE = 1e-9  # on another kind of processor; on the same, every bit is the same


def golden_text(trees: Trees, paths: Paths) -> str:
    """The rows, and the margin and the shares that the trees give each."""
    rows = _rows(trees)
    margins, shares = _explained(paths, rows)
    said = {
        "rows": [[None if np.isnan(value) else value for value in row] for row in rows.tolist()],
        "margins": margins.tolist(),
        "shares": shares.tolist(),
    }
    return json.dumps(said) + "\n"


def check_golden(text: str, paths: Paths) -> None:
    """Raise KizukiError unless the trees give the rows what they gave them when it was written."""
    try:
        said: dict[str, Any] = json.loads(text)
        rows, margins, shares = (
            np.array(said[name], np.float64) for name in ("rows", "margins", "shares")
        )
        if rows.shape != (ROWS, paths.columns):
            raise ValueError
    except (ValueError, TypeError, KeyError, RecursionError):
        raise KizukiError("holds no golden rows of this model") from None
    found = _explained(paths, rows)
    if not (_same(found[0], margins) and _same(found[1], shares)):
        raise KizukiError("the model does not say here what it said where it was written")


def _explained(paths: Paths, rows: Numbers) -> tuple[Numbers, Numbers]:
    """One by one, as they are when a child is asked about."""
    explained = [explain(paths, row[None]) for row in rows]
    return np.concatenate([one.margins for one in explained]), np.concatenate(
        [one.shares for one in explained]
    )


def _rows(trees: Trees) -> Numbers:
    """A row takes each column's thresholds in turn, or a little more; some answers are missing."""
    splits = np.concatenate([tree.splits for tree in trees.trees])
    rows = np.zeros((ROWS, len(trees.columns)))
    for column in range(len(trees.columns)):
        own = splits[(splits["column"] == column) & (splits["kind"] != CATEGORY)]
        at = np.unique(own["threshold"][np.isfinite(own["threshold"])])
        if len(at):
            rows[:, column] = at[np.arange(ROWS) * (column + 1) % len(at)] + np.arange(ROWS) % 2
        rows[(column % ROWS), column] = np.nan
    return rows


def _same(found: Numbers, said: Numbers) -> bool:
    return found.shape == said.shape and bool(np.allclose(found, said, rtol=CLOSE, atol=CLOSE))
