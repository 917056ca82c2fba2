"""Leaks: what a model must not know is looked for in its rows, and in how well it ranks."""

import numpy as np

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.errors import KizukiError
from features.reading import calendar_day
from models.measures import Numbers, auroc
from models.spec import ModelSpec, Task
from training.examples import read_rows
from training.slices import Slices
from training.splits import CALIBRATE, FIT, STOP

SUSPECTS = 3  # columns that are named: a leak is nearly always one of the best


def must_be_believable(
    spec: Task, measured: float, rows: Numbers, outcomes: Numbers, looked: str | None
) -> None:
    """Refuse an AUROC above the spec's ceiling where nobody says that they looked for leaks.

    `looked` is what somebody found who did. Raises KizukiError that names the columns which alone
    rank the outcomes best, since one of them will be the leak.
    """
    if looked is not None and not looked.strip():
        raise KizukiError("say what was looked at: --i-have-checked-for-leaks REASON")
    if looked is None and measured > spec.ceiling:
        told = ", ".join(f"{name} {alone:.3f}" for name, alone in suspects(spec, rows, outcomes))
        raise KizukiError(
            f"{spec.name}: an AUROC of {measured:.3f} is above {spec.ceiling}, the ceiling of its "
            f"spec, so a leak is suspected (best columns alone: {told}); look at when their rows "
            "are recorded as known, or say --i-have-checked-for-leaks REASON"
        )


def suspects(spec: Task, rows: Numbers, outcomes: Numbers) -> list[tuple[str, float]]:
    """The columns that rank the outcomes best by themselves, either way round, and their AUROC."""
    alone = [_alone(column, outcomes) for column in rows.T]
    best = np.argsort(alone)[::-1][:SUSPECTS]
    return [(spec.columns[place].name, alone[place]) for place in best.tolist()]


def _alone(column: Numbers, outcomes: Numbers) -> float:
    """The AUROC of one column; that nothing is known is a value of its own, the lowest."""
    reached = auroc(outcomes, np.nan_to_num(column, nan=-np.inf, posinf=np.inf, neginf=-np.inf))
    return max(reached, 1 - reached)


def must_be_as_known(spec: ModelSpec, case_file: CaseFile, slices: Slices) -> None:
    """Refuse rows that say what nobody knew: each that is learnt from is made once more.

    It is made from the case file as it was on the day of fitting, in which nothing that came later
    is left, by day or in any other way. Raises KizukiError that names the columns which differ.
    """
    then = BatchTables(case_file.as_known_on(calendar_day(slices.learnt_by)))
    for name in (FIT, STOP, CALIBRATE):
        part = slices.by_name[name]
        again = read_rows(spec, then, part.examples)
        differs = ~((again == part.rows) | (np.isnan(again) & np.isnan(part.rows))).all(axis=0)
        if differs.any():
            names = [column.name for column, bad in zip(spec.columns, differs, strict=True) if bad]
            raise KizukiError(
                f"{spec.name}: rows of the {name} slice were made from what nobody knew on "
                f"{calendar_day(slices.learnt_by)}; the columns that differ: {', '.join(names)}"
            )
