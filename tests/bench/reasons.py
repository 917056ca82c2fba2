"""How fast exact reasons are, beside LightGBM's and shap's: `make bench-reasons` prints it.

All take turns in one run, on the same rows and with one thread each, and are timed by the
processor's own time, which other work on the machine disturbs least. Where a model is asked on a
path only, shap hands the question to LightGBM itself.

Others that were tried, at 300 trees of 31 leaves: woodelf-explainer 0.4.8 gave 1,900 rows a second
in a batch of 10,000, and took 10 seconds however few were asked; it differs by 5e-7. shapiq 1.4.1
gave 1 row a second. fasttreeshap 0.1.6 does not import beside numpy 2, and treeshap 0.1.2 has no
wheel for this Python and needs a Rust compiler with its registry.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from statistics import median

import lightgbm as lgb
import numpy as np
import shap
import typer

from models.measures import Numbers
from models.shapley import explain
from models.trees.paths import Paths, paths_of
from models.trees.text import read_trees

COLUMNS = 200
ROUNDS = 3
TURNS = 9
BATCH = 10_000
FEW = 40  # rows of a batch that the slow ones are asked, and rows asked one by one
Explain = Callable[[Numbers], Numbers]


@dataclass(frozen=True)
class Shape:
    """How large a model is; a depth of -1 is any."""

    trees: int
    leaves: int
    depth: int

    def __str__(self) -> str:
        depth = f"depth {self.depth}" if self.depth > 0 else "any depth"
        return f"{self.trees} x {self.leaves}, {depth}"


SHAPES = (Shape(300, 31, 6), Shape(500, 31, -1), Shape(1000, 63, 8))


def rows_of(count: int, seed: int) -> Numbers:
    """Rows as histories give them: small counts, days, and much that is missing."""
    chance = np.random.default_rng(seed)
    rows = np.where(
        chance.random((count, COLUMNS)) < 0.5,
        chance.poisson(0.6, (count, COLUMNS)),
        np.round(chance.exponential(300, (count, COLUMNS))),
    )
    return np.where(chance.random(rows.shape) < 0.15, np.nan, rows)


@cache  # both measurements ask for it
def grown(shape: Shape) -> lgb.Booster:
    """A model of that size."""
    rows, chance = rows_of(20_000, 1), np.random.default_rng(2)
    margins = np.log1p(np.nan_to_num(rows)) @ chance.normal(0, 0.15, COLUMNS)
    outcomes = chance.random(len(rows)) < 1 / (1 + np.exp(np.median(margins) - margins))
    settings = {
        "objective": "binary", "num_leaves": shape.leaves, "max_depth": shape.depth,
        "learning_rate": 0.05, "feature_fraction": 0.3, "num_threads": 1, "seed": 1,
        "verbosity": -1,
    }  # fmt: skip
    trained = lgb.train(settings, lgb.Dataset(rows, outcomes), shape.trees)
    return lgb.Booster(model_str=trained.model_to_string())


def ours(paths: Paths) -> Explain:
    return lambda rows: explain(paths, rows).shares


def peers(booster: lgb.Booster) -> dict[str, Explain]:
    explainer = shap.TreeExplainer(booster)
    return {
        "LightGBM pred_contrib": lambda rows: np.asarray(
            booster.predict(rows, pred_contrib=True, num_threads=1)
        )[:, :-1],
        "shap.TreeExplainer": lambda rows: explainer(rows).values,
    }


def seconds(work: Explain, rows: Numbers) -> float:
    begin = time.process_time()
    work(rows)
    return time.process_time() - begin


def measured(shape: Shape) -> Iterator[tuple[str, float, float, float]]:
    """Of each: microseconds a row in a batch, milliseconds alone, and the largest difference."""
    booster, rows = grown(shape), rows_of(BATCH, 3)
    paths = paths_of(read_trees(booster.model_to_string()))
    everybody = {"ours": ours(paths), **peers(booster)}
    truth = everybody["LightGBM pred_contrib"](rows[:FEW])
    batch, alone = defaultdict(list), defaultdict(list)
    for work in everybody.values():  # compiled, and read into memory
        work(rows[:8])
        work(rows[:1])
    for _ in range(ROUNDS):
        for name, work in everybody.items():
            asked = rows if name == "ours" else rows[:FEW]
            batch[name].append(seconds(work, asked) / len(asked))
            alone[name] += [seconds(work, row[None]) for row in rows[:FEW]]
    for name, work in everybody.items():
        difference = float(np.abs(work(rows[:FEW]) - truth).max())
        yield name, median(batch[name]) * 1e6, median(alone[name]) * 1e3, difference


def two_threads(shape: Shape) -> float:
    """How much sooner two threads are done than one, by the clock on the wall.

    The best of some turns each: other work on the machine takes a core away, and never gives one.
    """
    paths = paths_of(read_trees(grown(shape).model_to_string()))
    rows, walls = rows_of(BATCH, 3), defaultdict(list)
    for _ in range(TURNS):
        for threads in (1, 2):
            begin = time.perf_counter()
            explain(paths, rows, threads=threads)
            walls[threads].append(time.perf_counter() - begin)
    return min(walls[1]) / min(walls[2])


def main() -> None:
    """Print one table a model."""
    for shape in SHAPES:
        typer.echo(f"\n{shape}, {COLUMNS} columns")
        typer.echo(f"{'':24}{'rows/s':>10}{'one row, ms':>13}{'times':>7}{'alone':>7}  difference")
        first: tuple[float, float] | None = None
        for name, batch, alone, difference in measured(shape):
            first = first or (batch, alone)
            typer.echo(
                f"{name:24}{1e6 / batch:10,.0f}{alone:13.3f}{batch / first[0]:7.1f}"
                f"{alone / first[1]:7.1f}  {difference:.0e}"
            )
        typer.echo(f"two threads are {two_threads(shape):.2f} times as fast as one")
    typer.echo("\nto reach: 10 times in a batch, 5 times alone, two threads 1.8 times one")


if __name__ == "__main__":
    main()
