"""The slices filled: who is in them, their rows, and their outcomes as they were known in time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.errors import KizukiError
from features.groups import Names
from features.reading import calendar_day, day_number
from models.groups import Ints
from models.measures import Numbers
from models.spec import ModelSpec
from training.examples import Examples, RowsOf, draw_examples, read_labels, read_rows, why_unfit
from training.reweigh import weighing
from training.rows_on_disk import Rows
from training.splits import (
    FIT,
    FOLDS,
    SLICES,
    STOP,
    TEST,
    Origin,
    Sliced,
    origins_of,
    slice_at,
    slice_examples,
)

LEAST_EXAMPLES = 50  # in each slice; fewer say nothing
LEAST_OUTCOMES = 10  # in each slice, with the outcome and without
LEAST_IN_FOLD = 5  # in each fold of each slice


class Taught(NamedTuple):
    """What is learnt from: rows, their outcomes, and what each weighs; None where all weigh one."""

    rows: Rows
    outcomes: Numbers
    weights: Numbers | None = None


@dataclass(frozen=True)
class Slice:
    """The examples of one slice, their rows, their outcomes and the folds of their households.

    Where they are not `dated`, their cutoffs are an order and no days. `weights` say what each
    counts for where it is learnt from; None where all count as one.
    """

    examples: Examples
    rows: Numbers
    outcomes: Numbers
    folds: Ints
    dated: bool = True
    weights: Numbers | None = None

    def at(self, chosen: npt.NDArray[np.bool_]) -> "Slice":
        """Those of the examples that are chosen."""
        return Slice(
            self.examples.at(np.flatnonzero(chosen)),
            self.rows[chosen],
            self.outcomes[chosen],
            self.folds[chosen],
            self.dated,
            None if self.weights is None else self.weights[chosen],
        )

    @property
    def taught(self) -> Taught:
        """What can be learnt from it."""
        return Taught(self.rows, self.outcomes, self.weights)

    @property
    def clusters(self) -> Ints:
        """The household of each example as a whole number."""
        return np.unique(self.examples.households.astype(str), return_inverse=True)[1]

    @property
    def about(self) -> tuple[str, str, int, int]:
        """First day, last day, number of examples and number with the outcome."""
        days = self.examples.cutoffs
        if not self.dated:
            return "", "", len(days), int(self.outcomes.sum())
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

    @property
    def dated(self) -> bool:
        """Whether the slices are in the order of time."""
        return all(part.dated for part in self.by_name.values())


def fill_slices(
    spec: ModelSpec, tables: BatchTables, case_file: CaseFile, rows_of: RowsOf = read_rows
) -> Slices:
    """Draw the examples of a case file, made ready in `tables`, slice them, and answer them.

    The test slice is read as known on the day that it was drawn, the others as the spec's embargo
    says. Raises KizukiError where a slice is too small to say anything.
    """
    as_of = day_number(case_file.as_of)
    examples = draw_examples(spec, tables)
    unfit = why_unfit(spec, tables, examples)
    sliced = slice_examples(examples, unfit, spec.label.over_after, as_of, embargo=spec.embargo)
    places = {name: sliced.places(name) for name in SLICES}
    for name, chosen in places.items():
        _must_be_enough(spec.name, name, len(chosen), "examples", LEAST_EXAMPLES)
    rows = rows_of(spec, tables, examples.at(np.concatenate(list(places.values()))))
    ends = np.cumsum([len(chosen) for chosen in places.values()])
    parts = dict(zip(SLICES, np.split(rows, ends[:-1]), strict=True))
    return _filled(spec, tables, case_file, examples, sliced, parts)


def fill_origins(spec: ModelSpec, tables: BatchTables, case_file: CaseFile) -> Iterator[Slices]:
    """The slices at each origin of a rolling evaluation, in the order of time.

    Raises KizukiError where there are too few years or a slice is too small.
    """
    examples = draw_examples(spec, tables)
    unfit = why_unfit(spec, tables, examples)
    as_of = day_number(case_file.as_of)
    origins = origins_of(examples, unfit, spec.label.over_after, as_of)
    if not origins:
        raise KizukiError(
            f"{spec.name}: no example is left to judge once the labels of the first ones are over; "
            "give more years"
        )
    return _fill_at(spec, tables, case_file, examples, unfit, origins)


def fill_at(spec: ModelSpec, tables: BatchTables, case_file: CaseFile, origin: Origin) -> Slices:
    """The slices at this origin.

    Labels are learnt as they were known on its day, and judged as known on the day that the case
    file was drawn. Raises KizukiError where a slice is too small.
    """
    examples = draw_examples(spec, tables)
    unfit = why_unfit(spec, tables, examples)
    (slices,) = _fill_at(spec, tables, case_file, examples, unfit, [origin])
    return slices


def _fill_at(
    spec: ModelSpec,
    tables: BatchTables,
    case_file: CaseFile,
    examples: Examples,
    unfit: Names,
    origins: Sequence[Origin],
) -> Iterator[Slices]:
    as_of = day_number(case_file.as_of)
    cut = [slice_at(at, examples, unfit, spec.label.over_after, as_of) for at in origins]
    # A row that teaches at one origin and judges at another is read once.
    used = np.flatnonzero(np.any([np.isin(sliced.where, SLICES) for sliced in cut], axis=0))
    rows = read_rows(spec, tables, examples.at(used))
    for sliced in cut:
        parts = {name: rows[np.searchsorted(used, sliced.places(name))] for name in SLICES}
        yield _filled(spec, tables, case_file, examples, sliced, parts)


def _filled(
    spec: ModelSpec,
    tables: BatchTables,
    case_file: CaseFile,
    examples: Examples,
    sliced: Sliced,
    rows: Mapping[str, Numbers],
) -> Slices:
    filled, learnt_by = {}, sliced.origin.learnt_by
    weigh = weighing(spec, tables, case_file, learnt_by)
    for name, part in rows.items():
        places = sliced.places(name)
        chosen, folds = examples.at(places), sliced.folds[places]
        known_by = day_number(case_file.as_of) if name == TEST else learnt_by
        outcomes = read_labels(spec.label, tables, chosen, known_by)
        weights = weigh(chosen, outcomes) if name in (FIT, STOP) else None
        filled[name] = Slice(chosen, part, outcomes, folds, weights=weights)
        must_say_something(spec.name, name, filled[name])
    reasons, counts = np.unique(sliced.where[~np.isin(sliced.where, SLICES)], return_counts=True)
    left_out = dict(zip(map(str, reasons), map(int, counts), strict=True))
    return Slices(filled, left_out, learnt_by)


def must_say_something(model: str, name: str, part: Slice) -> None:
    """Raise KizukiError where a slice has too few examples, with the outcome or without."""
    for number, what, least in _counts(part):
        _must_be_enough(model, name, number, what, least)


def says_something(part: Slice) -> bool:
    """Whether a slice has examples enough, with the outcome and without."""
    return all(number >= least for number, _, least in _counts(part))


def _counts(part: Slice) -> Iterator[tuple[int, str, int]]:
    """How many a slice has, of what, and how many it needs."""
    count, positives = len(part.examples), int(part.outcomes.sum())
    yield count, "examples", LEAST_EXAMPLES
    yield positives, "examples with the outcome", LEAST_OUTCOMES
    yield count - positives, "examples without the outcome", LEAST_OUTCOMES
    yield int(np.bincount(part.folds, minlength=FOLDS).min()), "examples in a fold", LEAST_IN_FOLD


def _must_be_enough(model: str, name: str, count: int, what: str, least: int) -> None:
    if count < least:
        raise KizukiError(
            f"{model}: the {name} slice has {count} {what} and needs {least}; "
            "give more children or more years"
        )
