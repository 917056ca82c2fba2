"""One ranking, judged four ways: by whose outcomes are known, and by whose might be."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.errors import KizukiError
from features.groups import LEAST_EXAMPLES, Names
from models.groups import Answered, Estimate, Ints
from models.measures import MEASURES, Numbers, auroc
from models.spec import ModelSpec
from training.judge import SEED
from training.rotate import unseen_trees
from training.selective.doubly_robust import LEAST_CHANCE, estimate_outcomes
from training.selective.screened import SCREENED_IN, SCREENED_OUT, screened
from training.selective.truth import read_truth
from training.slices import fill_slices
from training.splits import TEST

MEASURED = ("auroc", "recall_top_5", "precision_top_5", "recall_top_20", "precision_top_20")
SHARE = "share with the outcome"
LOOKED_AT, ALL, ROBUST, TRUE = (
    "the screened-in",
    "all, as on record",
    "all, doubly robust",
    "all, by true harm",
)


@dataclass(frozen=True)
class Judged:
    """The measures by whose outcomes they were taken, and how the examples were screened.

    `unlikely` is the share of those not looked at whose chance to be was hardly any; `best` the
    AUROC of the true risk for the true harm, the most that can be reached, where truth is known.
    """

    measures: Mapping[str, Mapping[str, Estimate]]
    counts: Mapping[str, int]
    unlikely: float
    best: float | None


def judge_selective(spec: ModelSpec, case_file: CaseFile, truth: Path | None) -> Judged:
    """Judge a model on the children who were screened in, on all, and on what all would show.

    Raises KizukiError where nobody can tell who was looked at, or too few were or were not.
    """
    slices = fill_slices(spec, BatchTables(case_file), case_file)
    test = slices.by_name[TEST]
    known = screened(case_file, test.examples)
    looked_at = known == SCREENED_IN
    _must_be_some_of_each(known)
    _, margins = unseen_trees(spec, slices)
    rows = np.column_stack([test.rows, margins])
    estimated = estimate_outcomes(rows, test.outcomes, looked_at, test.folds)
    everybody, clusters = np.arange(len(margins)), test.clusters
    ways = {
        LOOKED_AT: (test.outcomes, np.flatnonzero(looked_at)),
        ALL: (test.outcomes, everybody),
        ROBUST: (estimated.outcomes, everybody),
    }
    best = None
    if truth is not None:
        true = read_truth(truth, test.examples, spec.label.horizon.days)
        ways[TRUE] = (true.harmed, everybody)
        best = auroc(true.harmed, true.risks)
    return Judged(
        {
            way: _measures(outcomes[whose], margins[whose], clusters[whose])
            for way, (outcomes, whose) in ways.items()
        },
        {str(name): int((known == name).sum()) for name in np.unique(known)},
        float((estimated.chances[~looked_at] < LEAST_CHANCE).mean()),
        best,
    )


def _measures(outcomes: Numbers, margins: Numbers, clusters: Ints) -> dict[str, Estimate]:
    answered = Answered(outcomes, margins, clusters, {})
    of = {name: MEASURES[name].of for name in MEASURED}
    of[SHARE] = lambda chosen, _: float(chosen.mean())
    return answered.estimates(of, np.random.default_rng(SEED))


def _must_be_some_of_each(known: Names) -> None:
    for name in (SCREENED_IN, SCREENED_OUT):
        count = int((known == name).sum())
        if count < LEAST_EXAMPLES:
            raise KizukiError(
                f"{count} of the judged examples were {name}: {LEAST_EXAMPLES} are needed to tell "
                "anything of selective labels"
            )
