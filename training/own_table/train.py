"""Train on a ready-made table: slices, trees, calibration, judgement and record, as our own."""

from typing import cast

import numpy as np

from models.measures import Numbers
from training.examples import Examples
from training.own_table.table import OwnTable
from training.record import Training
from training.rotate import ON_THIS_MACHINE, Growing
from training.slices import Slice, Slices, must_say_something
from training.splits import SLICES, TEST, Sliced, drawn, slice_examples
from training.train import learn


def train_table(table: OwnTable, growing: Growing = ON_THIS_MACHINE) -> Training:
    """Fit a model on a ready-made table and judge it.

    Raises KizukiError where there are too few rows to say anything.
    """
    sliced = _sliced(table)
    groups = {name: of[sliced.places(TEST)] for name, of in table.groups.items()}
    slices = slices_of(table, sliced)
    unanswered = np.isnan(slices.by_name[TEST].rows).mean(axis=1)
    return learn(table.spec, slices, groups, unanswered, growing)


def slices_of(table: OwnTable, sliced: Sliced) -> Slices:
    """The slices of a table, in the order of its time or, where it has none, of whole entities.

    The test slice is read into memory, since it is looked at column by column; the others stay on
    disk. Raises KizukiError where a slice is too small to say anything.
    """
    filled = {name: _slice(table, sliced, name) for name in SLICES}
    for name, part in filled.items():
        must_say_something(table.spec.name, name, part)
    return Slices(filled, {}, sliced.origin.learnt_by)


def _sliced(table: OwnTable) -> Sliced:
    examples = _examples(table)
    unfit = np.full(len(examples), "")
    return slice_examples(examples, unfit, 0, int(examples.cutoffs.max()), embargo=False)


def _examples(table: OwnTable) -> Examples:
    days = table.days
    if days is None:  # a day for each entity, so that all of its rows are in one slice
        days = drawn(table.entities, "day ", 4).astype(np.int64)
    return Examples(table.entities, days, table.entities)


def _slice(table: OwnTable, sliced: Sliced, name: str) -> Slice:
    places, rows = sliced.places(name), table.rows[sliced.where == name]
    return Slice(
        _examples(table).at(places),
        # On disk they stand where a matrix would: they are masked and read as one.
        np.asarray(rows) if name == TEST else cast("Numbers", rows),
        table.outcomes[places],
        sliced.folds[places],
        dated=table.days is not None,
    )
