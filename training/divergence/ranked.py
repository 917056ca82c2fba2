"""The same children on the same days, ranked by models of several outcomes.

All are fitted as on one day and asked about the children notified after it, so that nothing but the
outcome is another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.errors import KizukiError
from features.groups import Names
from features.reading import day_number
from models.audit import audited_groups
from models.bands import BAND_NAMES, band_code, score_of
from models.groups import Ints
from models.measures import Numbers, top_threshold
from models.spec import ModelSpec
from training.examples import draw_examples, read_ages, why_unfit
from training.fit import score_thresholds
from training.judge import must_be_askable
from training.rotate import unseen_trees
from training.slices import Slice, fill_at
from training.splits import TEST, Origin, slice_examples

TOP = 0.05  # whom an office would look at before all others

ANOTHER_SEED = {"feature_fraction_seed": 2}  # LightGBM derives it from its seed unless it is said

_BANDS = [name.code for name in BAND_NAMES]


@dataclass(frozen=True)
class Ranked:
    """What one model says of each child, and what became of the child by its outcome.

    `bands` are places in the order of the bands, the lowest first.
    """

    model: str
    margins: Numbers
    bands: Ints
    outcomes: Numbers

    @property
    def at_top(self) -> np.ndarray:
        """Whether each child is among the highest."""
        return self.margins >= top_threshold(self.margins, TOP)


@dataclass(frozen=True)
class Compared:
    """Several models on the same children; `fitted_as_on` is a day number.

    `households` are whole numbers, alike for the examples of one household.

    `again` is the first of them, grown anew by another seed: what differs between these two is
    chance, and the least that differs between any.
    """

    ranked: Sequence[Ranked]
    again: Ranked
    groups: Mapping[str, Names]
    households: Ints
    fitted_as_on: int


def compare_outcomes(specs: Sequence[ModelSpec], case_file: CaseFile) -> Compared:
    """Fit the models as on one day, and rank the children who were notified after it by each.

    Raises KizukiError where there is nothing to compare, the models score other children, or the
    case file is too small.
    """
    _must_be_comparable(specs)
    tables, as_of = BatchTables(case_file), day_number(case_file.as_of)
    origin = _common_origin(max(specs, key=lambda s: s.label.over_after), tables, as_of)
    ranked, tests = [], []
    for spec in specs:
        one, test = _ranked(spec, tables, case_file, origin)
        ranked.append(one)
        tests.append(test)
    _must_be_the_same(specs, tests)
    settings = {**specs[0].settings, **ANOTHER_SEED}
    again, _ = _ranked(replace(specs[0], settings=settings), tables, case_file, origin)
    judged = tests[0].examples
    groups = audited_groups(specs[0], case_file, judged.children, read_ages(tables, judged))
    return Compared(ranked, again, groups, tests[0].clusters, origin.learnt_by)


def _common_origin(longest: ModelSpec, tables: BatchTables, as_of: int) -> Origin:
    """The day from which the model that waits longest for its labels is judged, and until when."""
    examples = draw_examples(longest, tables)
    unfit = why_unfit(longest, tables, examples)
    over_after = longest.label.over_after
    embargoed = slice_examples(examples, unfit, over_after, as_of, embargo=True).origin
    return Origin(embargoed.learnt_by, embargoed.test_from, as_of - over_after + 1)


def _ranked(
    spec: ModelSpec, tables: BatchTables, case_file: CaseFile, origin: Origin
) -> tuple[Ranked, Slice]:
    slices = fill_at(spec, tables, case_file, origin)
    calibrate, margins = unseen_trees(spec, slices)
    thresholds = score_thresholds(calibrate)
    codes = [band_code(score_of(margin, thresholds)) for margin in margins.tolist()]
    test = slices.by_name[TEST]
    bands = np.array([_BANDS.index(code) for code in codes], np.int64)
    return Ranked(spec.name, margins, bands, test.outcomes), test


def _must_be_comparable(specs: Sequence[ModelSpec]) -> None:
    names = [spec.name for spec in specs]
    if len(set(names)) < max(2, len(names)):
        raise KizukiError("name two models or more, each of them once")
    for spec in specs:
        must_be_askable(spec)
        if spec.cohort != specs[0].cohort:
            raise KizukiError(f"{spec.name} scores others than {names[0]}: they cannot be compared")


def _must_be_the_same(specs: Sequence[ModelSpec], tests: Sequence[Slice]) -> None:
    first = tests[0].examples
    for spec, test in zip(specs[1:], tests[1:], strict=True):
        same = (
            len(test.examples) == len(first)
            and (
                (test.examples.cutoffs == first.cutoffs)
                & (test.examples.children == first.children)
            ).all()
        )
        if not same:
            raise KizukiError(
                f"{spec.name} and {specs[0].name} cannot be judged on the same children: the days "
                "of their outcomes are not recorded alike"
            )
