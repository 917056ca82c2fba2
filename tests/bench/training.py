"""What training costs beside bare LightGBM, and how much memory: `make bench-training` prints it.

    python -m tests.bench.training                 the time, on rows made beforehand
    python -m tests.bench.training --rows 5000000  the memory, on a Parquet file of 180 columns

The time is that of the processor, on one thread, of bare LightGBM and of our training in turns, on
the same matrix and with the same settings. Bare LightGBM: the five rotations and the trees that
serve, each a data set, a training that stops early, and the margins of those who are judged;
nothing else. Learnt: slices, the same trees, calibration with its range, bands, and what is
familiar. Judged: besides these the simpler ways, every measure with 200 resamples, every audited
group, and every pair of two. Not in any of them: making the rows, and writing bundle, card, report
and record.

The memory is the peak of one process that bins the file and grows trees on it.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Annotated

import lightgbm as lgb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import typer

from features.groups import Names
from models.specs import spec_of
from models.table_spec import TableColumn, TableSpec
from tests.bench.memory import peak_bytes
from training.examples import Examples
from training.fit import MOST_TREES, PATIENCE, grow_trees, parameters
from training.rotate import rotate
from training.rows_on_disk import AT_ONCE, RowsOnDisk
from training.slices import Slice, Slices, Taught
from training.splits import CALIBRATE, FIT, FOLDS, SLICES, STOP, TEST, slice_examples
from training.train import fit_rest, hold_against

SPEC = spec_of("placement_24m")
ASKED, MOST_GIGABYTES = 15, 12
COLUMNS, TREES = 180, 20
Ints, Numbers = np.ndarray, np.ndarray


def made(examples: int) -> tuple[Examples, Numbers, Numbers]:
    """Children with two days each, and rows like our own: mostly counts, a tenth missing."""
    chance = np.random.default_rng(1)
    children = np.array([f"c{place // 2}" for place in range(examples)], dtype=object)
    days = np.sort(chance.integers(15_000, 18_000, examples))
    rows = chance.poisson(1.0, (examples, len(SPEC.columns))).astype(float)
    odds = rows[:, :20] @ chance.normal(0, 0.25, 20) + chance.normal(0, 1, examples)
    rows[chance.random(rows.shape) < 0.1] = np.nan
    outcomes = (odds > np.quantile(odds, 0.75)).astype(float)
    return Examples(children, days, children), rows, outcomes


def sliced(examples: Examples, rows: Numbers, outcomes: Numbers) -> Slices:
    """The slices of rows that were made beforehand."""
    unfit = np.full(len(examples), "")
    cut = slice_examples(examples, unfit, 730, 20_000, embargo=False)
    places = {name: cut.places(name) for name in SLICES}
    filled = {
        name: Slice(examples.at(own), rows[own], outcomes[own], cut.folds[own])
        for name, own in places.items()
    }
    return Slices(filled, {}, cut.origin.learnt_by)


def bare(slices: Slices) -> lgb.Booster:
    """The same trees, as LightGBM alone grows them; those that serve."""
    names = [column.name for column in SPEC.columns]
    fit, stop, *judged = (slices.by_name[name] for name in (FIT, STOP, CALIBRATE, TEST))
    counts = []
    for fold in range(FOLDS):
        own = (fit.folds != fold) & (fit.folds != (fold + 1) % FOLDS)
        other = stop.folds == (fold + 1) % FOLDS
        data = lgb.Dataset(fit.rows[own], fit.outcomes[own], feature_name=names)
        against = lgb.Dataset(stop.rows[other], stop.outcomes[other], reference=data)
        stopping = lgb.early_stopping(PATIENCE, verbose=False)
        grown = lgb.train(
            parameters(SPEC), data, MOST_TREES, valid_sets=[against], callbacks=[stopping]
        )
        counts.append(grown.best_iteration)
        for part in judged:
            grown.predict(part.rows[part.folds == fold], raw_score=True, num_threads=1)
    data = lgb.Dataset(fit.rows, fit.outcomes, feature_name=names)
    return lgb.train(parameters(SPEC), data, int(median(counts)))


def groups_of(count: int) -> dict[str, Names]:
    """Groups by chance, as many as the audited fields have."""
    chance = np.random.default_rng(2)
    sizes = {"sex": 2, "age_band": 5, "nationality": 2, "disability": 2, "income_support": 2,
             "office": 6}  # fmt: skip
    return {
        field: chance.integers(size, size=count).astype(str).astype(object)
        for field, size in sizes.items()
    }


def ours(made_rows: tuple[Examples, Numbers, Numbers]) -> tuple[float, float]:
    """The seconds until all is learnt, and until it is judged."""
    begun = time.process_time()
    slices = sliced(*made_rows)
    rotated = rotate(SPEC, slices)
    fitted = fit_rest(rotated, slices)
    learnt = time.process_time()
    count = len(slices.by_name[TEST].outcomes)
    hold_against(SPEC, slices, groups_of(count), np.zeros(count), rotated, fitted)
    return learnt - begun, time.process_time() - begun


def alone(slices: Slices) -> float:
    """The seconds of bare LightGBM."""
    begun = time.process_time()
    bare(slices)
    return time.process_time() - begun


def one_round(made_rows: tuple[Examples, Numbers, Numbers], number: int) -> list[float]:
    """The seconds of bare LightGBM, until learnt, until judged; who begins changes by round."""
    slices = sliced(*made_rows)
    if number % 2:
        own = ours(made_rows)
        return [alone(slices), *own]
    return [alone(slices), *ours(made_rows)]


def tell_time(examples: int, rounds: int) -> None:
    """Print one line a way, medians of rounds and of the ratios within each round."""
    rows = made(examples)
    taken = np.array([one_round(rows, number) for number in range(rounds)])
    over = np.median(taken / taken[:, :1] - 1, axis=0)
    typer.echo(f"{examples} examples by {len(SPEC.columns)} columns, one thread, {rounds} rounds")
    typer.echo(f"{'':16}seconds  over bare LightGBM")
    ways = ("bare LightGBM", "learnt", "and judged")
    for name, seconds, more in zip(ways, np.median(taken, axis=0), over, strict=True):
        typer.echo(f"{name:16}{seconds:7.1f}  {more:+18.1%}")
    typer.echo(f"asked: at most {ASKED} % over")


def write_table(path: Path, rows: int) -> None:
    """A table of chance counts, and an outcome that leans on the first of them."""
    chance, names = np.random.default_rng(3), [f"n{place}" for place in range(COLUMNS)]
    schema = pa.schema([("label", pa.float32()), *((name, pa.float32()) for name in names)])
    with pq.ParquetWriter(path, schema) as writer:
        for begin in range(0, rows, AT_ONCE):
            count = min(AT_ONCE, rows - begin)
            part = chance.integers(0, 60, (COLUMNS, count), np.uint8)
            label = (part[:3].sum(axis=0) + chance.integers(0, 60, count) > 140).astype(np.float32)
            arrays = [label, *part.astype(np.float32)]
            writer.write_table(pa.Table.from_arrays([pa.array(a) for a in arrays], schema=schema))


def grow(path: Path) -> None:
    """Grow trees on the file, and print the peak of this process in bytes."""
    columns = tuple(TableColumn(f"n{place}") for place in range(COLUMNS))
    spec = TableSpec("bench", "label", columns, ())
    outcomes = pq.read_table(path, columns=["label"])["label"].to_numpy().astype(float)
    rows = RowsOnDisk(path, [column.name for column in columns])
    booster = grow_trees(spec, Taught(rows, outcomes), TREES)
    sys.stdout.write(json.dumps({"peak": peak_bytes(), "trees": booster.num_trees()}))


def tell_memory(rows: int) -> None:
    """Print the peak of a process of its own, and what the same matrix would be by itself."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        write_table(path, rows)
        command = [sys.executable, "-m", "tests.bench.training", "--grow", str(path)]
        done = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    typer.echo(
        f"{rows} rows by {COLUMNS} columns, {done['trees']} trees: peak {done['peak'] / 1e9:.2f} GB"
        f" (the matrix alone would be {rows * COLUMNS * 8 / 1e9:.2f} GB); asked: under "
        f"{MOST_GIGABYTES} GB"
    )


def main(
    examples: Annotated[int, typer.Option(help="Examples that the time is measured on.")] = 20_000,
    rounds: Annotated[int, typer.Option(help="Rounds, beginning with either way in turns.")] = 2,
    rows: Annotated[int, typer.Option(help="Rows that the memory is measured on.")] = 0,
    grow_on: Annotated[Path | None, typer.Option("--grow", hidden=True)] = None,
) -> None:
    """Measure the time or, with --rows, the memory."""
    if grow_on is not None:
        grow(grow_on)
    elif rows:
        tell_memory(rows)
    else:
        tell_time(examples, rounds)


if __name__ == "__main__":
    typer.run(main)
