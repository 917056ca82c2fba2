"""All that one watch found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from features.case_file import CaseFile
from models.spec import ModelSpec
from serving.watch.alarms import Alarm, drift_alarms
from serving.watch.answers import Answers
from serving.watch.drift import PROBABILITY, Drift, find_drift
from serving.watch.fairness import (
    Fairness,
    fairness_alarms,
    judge_fairness,
    not_asked_again,
    share_unscored,
)
from serving.watch.outcomes import answered_in, join_cases


@dataclass(frozen=True)
class Findings:
    """Drift, fairness, the alarms that follow from them, and what cannot be known, in words."""

    spec: ModelSpec
    drift: Drift
    fairness: Fairness
    alarms: Sequence[Alarm]
    unknown: Sequence[str]


def find(
    spec: ModelSpec, answers: Answers, reference: pd.DataFrame, case_file: CaseFile | None
) -> Findings:
    """Hold the answers against the reference, and against what the case file says came out."""
    watched = [*(column.name for column in spec.columns), PROBABILITY]
    before, served = answered_in(reference, spec), answers.rows[watched]
    drift = find_drift(reference[watched], served, before.clusters, answers.child_count)
    joined = join_cases(spec, answers, case_file) if case_file else None
    fairness = judge_fairness(before, share_unscored(answers), joined)
    alarms = [*drift_alarms(drift), *fairness_alarms(spec, fairness)]
    unknown = [*_unclear(drift), *fairness.unknown, *not_asked_again(spec)]
    return Findings(spec, drift, fairness, alarms, unknown)


def _unclear(drift: Drift) -> Iterator[str]:
    if drift.unclear:
        among = "the score among them, " if drift.score in drift.unclear else ""
        yield (
            f"Insufficient evidence: in {len(drift.unclear)} of {len(drift.columns) + 1} columns, "
            f"{among}too few children were served to tell a shift from chance."
        )
