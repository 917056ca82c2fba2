"""The slices filled: who is in them, their rows, and their outcomes as they were known in time."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from features.engines.batch_tables import BatchTables
from features.errors import KizukiError
from features.reading import calendar_day
from models.groups import Ints
from models.measures import Numbers
from models.spec import ModelSpec
from training.examples import Examples, draw_examples, read_labels, read_rows, why_unfit
from training.splits import FOLDS, SLICES, TEST, slice_examples

LEAST_EXAMPLES = 50  # in each slice; fewer say nothing
LEAST_OUTCOMES = 10  # in each slice, with the outcome and without
LEAST_IN_FOLD = 5  # in each fold of each slice


@dataclass(frozen=True)
class Slice:
    """The examples of one slice, their rows, their outcomes and the folds of their households."""

    examples: Examples
    rows: Numbers
    outcomes: Numbers
    folds: Ints

    @property
    def about(self) -> tuple[str, str, int, int]:
        """First day, last day, number of examples and number with the outcome."""
        days = self.examples.cutoffs
        first, last = (calendar_day(int(day)).isoformat() for day in (days.min(), days.max()))
        return first, last, len(days), int(self.outcomes.sum())


@dataclass(frozen=True)
class Slices:
    """The four slices by name, how many examples were left out and why.

    The labels of all slices but the last were read as known on the day `learnt_by`, a day number.
    """

    by_name: Mapping[str, Slice]
    left_out: Mapping[str, int]
    learnt_by: int


def fill_slices(spec: ModelSpec, tables: BatchTables, as_of: int) -> Slices:
    """Draw the examples of a case file drawn on the day `as_of`, slice them, and answer them.

    The test slice is read as known on that day, the others as the spec's embargo says. Raises
    KizukiError where a slice is too small to say anything.
    """
    examples = draw_examples(spec, tables)
    unfit = why_unfit(spec, tables, examples)
    sliced = slice_examples(examples, unfit, spec.label.over_after, as_of, embargo=spec.embargo)
    drawn = {name: examples.at(sliced.places(name)) for name in SLICES}
    for name, chosen in drawn.items():
        _must_be_enough(spec, name, len(chosen), "examples", LEAST_EXAMPLES)
    places = np.concatenate([sliced.places(name) for name in SLICES])
    rows = read_rows(spec, tables, examples.at(places))
    ends = np.cumsum([len(chosen) for chosen in drawn.values()])
    filled = {}
    for (name, chosen), part in zip(drawn.items(), np.split(rows, ends[:-1]), strict=True):
        known_by = as_of if name == TEST else sliced.learnt_by
        outcomes = read_labels(spec.label, tables, chosen, known_by)
        positives = int(outcomes.sum())
        _must_be_enough(spec, name, positives, "examples with the outcome", LEAST_OUTCOMES)
        negatives = len(chosen) - positives
        _must_be_enough(spec, name, negatives, "examples without the outcome", LEAST_OUTCOMES)
        folds = sliced.folds[sliced.places(name)]
        fewest = int(np.bincount(folds, minlength=FOLDS).min())
        _must_be_enough(spec, name, fewest, "examples in a fold", LEAST_IN_FOLD)
        filled[name] = Slice(chosen, part, outcomes, folds)
    reasons, counts = np.unique(sliced.where[~np.isin(sliced.where, SLICES)], return_counts=True)
    left_out = dict(zip(map(str, reasons), map(int, counts), strict=True))
    return Slices(filled, left_out, sliced.learnt_by)


def _must_be_enough(spec: ModelSpec, name: str, count: int, what: str, least: int) -> None:
    if count < least:
        raise KizukiError(
            f"{spec.name}: the {name} slice has {count} {what} and needs {least}; "
            "give more children or more years"
        )
