"""Train: from a case file to a judged version on record, in one go."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import lightgbm as lgb
import numpy as np

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.reading import day_number
from models.audit import audited_groups
from models.bundle import Fitted
from models.groups import Answered
from models.spec import ModelSpec
from training.examples import read_ages
from training.fit import fit_calibrator, fit_trees, margins_of, measure_bands, score_thresholds
from training.judge import judge
from training.record import Training, record_of, write_files
from training.registry import Registry, Version
from training.slices import Slice, Slices, fill_slices
from training.splits import CALIBRATE, FIT, STOP, TEST


def train_model(spec: ModelSpec, case_file: CaseFile) -> Training:
    """Fit a model on a case file and judge it.

    Raises KizukiError where the case file lacks a table or has too few examples.
    """
    tables = BatchTables(case_file)
    slices = fill_slices(spec, tables, day_number(case_file.as_of))
    booster, fitted = fit_model(spec, slices)
    test = slices.by_name[TEST]
    probabilities = _probabilities(booster, fitted, test)
    answered = Answered(
        outcomes=test.outcomes,
        probabilities=probabilities,
        clusters=np.unique(test.examples.households.astype(str), return_inverse=True)[1],
        groups=audited_groups(
            spec, case_file, test.examples.children, read_ages(tables, test.examples)
        ),
    )
    judged = judge(spec, answered, test.rows)
    return Training(spec, slices, booster, fitted, answered, judged)


def keep_training(
    training: Training, case_file: CaseFile, registry: Registry, at: datetime
) -> Version:
    """Put a training on record as a new version of its model."""
    with TemporaryDirectory() as folder:
        write_files(training, Path(folder))
        return registry.record(record_of(training, case_file, Path(folder)), at)


def fit_model(spec: ModelSpec, slices: Slices) -> tuple[lgb.Booster, Fitted]:
    """Grow the trees, calibrate them on a later slice, and count the bands on the last."""
    fit, stop, calibrate, test = (slices.by_name[n] for n in (FIT, STOP, CALIBRATE, TEST))
    booster = fit_trees(spec, (fit.rows, fit.outcomes), (stop.rows, stop.outcomes))
    margins = margins_of(booster, calibrate.rows)
    thresholds = score_thresholds(margins)
    bands = measure_bands(margins_of(booster, test.rows), test.outcomes, thresholds)
    return booster, Fitted(fit_calibrator(margins, calibrate.outcomes), thresholds, bands)


def _probabilities(booster: lgb.Booster, fitted: Fitted, test: Slice) -> np.ndarray:
    probability = fitted.calibrator.probability
    return np.array([probability(margin) for margin in margins_of(booster, test.rows).tolist()])
