"""Rolling origins: the same way of fitting on several days of the past, and how each one did after.

One test slice says how well a model did once. Offices change, and what counts is whether the next
model will do as well as this one: so it is fitted anew at each origin from what was known then, and
judged on the months that followed (Tashman 2000).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, stdev

import numpy as np

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.reading import calendar_day
from models.groups import Estimate, measure_all
from models.measures import MEASURES
from models.spec import ModelSpec
from training.calibrate import fit_calibrator
from training.judge import SEED, answers
from training.leaks import must_be_as_known
from training.rotate import unseen_trees
from training.slices import Slices, fill_origins
from training.splits import CALIBRATE, TEST

SHOWN = ("auroc", "average_precision", "recall_top_5", "calibration_slope")


@dataclass(frozen=True)
class AtOrigin:
    """What a model measured that was fitted on one day: `learnt_by`, a day number."""

    learnt_by: int
    judged: tuple[str, str, int, int]
    measures: Mapping[str, Estimate]


def roll(spec: ModelSpec, case_file: CaseFile) -> list[AtOrigin]:
    """Fit and judge a model at each origin.

    Raises KizukiError where the case file has too few years, or where a row that was learnt from
    is another when it is made from the case file as it was on that day.
    """
    origins = list(fill_origins(spec, BatchTables(case_file), case_file))
    must_be_as_known(spec, case_file, origins[-1])
    return [_at(spec, slices) for slices in origins]


def rolled_table(rolled: Sequence[AtOrigin]) -> list[list[str]]:
    """The measures at each origin as rows of text under a heading, and how far they spread."""
    words = [MEASURES[name].words.en for name in SHOWN]
    heading = ["fitted as on", "judged until", "examples", "with the outcome", *words]
    rows = [
        [
            calendar_day(at.learnt_by).isoformat(),
            *map(str, at.judged[1:]),
            *(str(at.measures[name]) for name in SHOWN),
        ]
        for at in rolled
    ]
    values = [[at.measures[name].value for at in rolled] for name in SHOWN]
    spread = [f"{mean(v):.3f} (deviation {stdev(v):.3f})" for v in values]
    return [heading, *rows, ["mean", "", "", "", *spread]]


def rolled_words(spec: ModelSpec, rolled: Sequence[AtOrigin]) -> Iterator[str]:
    """What the origins say of the gates, and of change over time."""
    for gate in spec.gates:
        if gate.by is None and gate.measure in MEASURES:
            held = sum(gate.holds(at.measures[gate.measure].value) for at in rolled)
            yield f"gate {gate}: holds at {held} of {len(rolled)} origins"
    first, last = rolled[0].measures["auroc"], rolled[-1].measures["auroc"]
    change = last.value - first.value
    apart = last.low > first.high or last.high < first.low
    yield f"the AUROC changed by {change:+.3f} from the first origin to the last, which is " + (
        "more than chance explains: find out what changed" if apart else "no more than chance"
    )


def rolled_numbers(rolled: Sequence[AtOrigin]) -> dict[str, float]:
    """Each measure at each origin, under a name that MLflow takes."""
    return {
        f"{name}_at_{calendar_day(at.learnt_by)}": at.measures[name].value
        for at in rolled
        for name in MEASURES
    }


def _at(spec: ModelSpec, slices: Slices) -> AtOrigin:
    calibrate, test = unseen_trees(spec, slices)
    part = slices.by_name[TEST]
    past = slices.by_name[CALIBRATE]
    calibrator = fit_calibrator(calibrate, past.outcomes, past.folds)
    measures = measure_all(answers(calibrator, part, test, {}), np.random.default_rng(SEED))
    return AtOrigin(slices.learnt_by, part.about, measures)
