"""Train: from a case file to a judged version on record, in one go."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.reading import day_number
from models.audit import audited_groups
from models.bundle import Fitted
from models.groups import Answered
from models.spec import ModelSpec
from training.examples import read_ages
from training.fit import fit_calibrator, measure_bands, score_thresholds
from training.judge import judge
from training.leaks import must_be_believable
from training.record import Training, record_of, write_files
from training.registry import Registry, Version
from training.rotate import Rotated, rotate
from training.slices import Slices, fill_slices
from training.splits import CALIBRATE, TEST


def train_model(spec: ModelSpec, case_file: CaseFile) -> Training:
    """Fit a model on a case file and judge it.

    Raises KizukiError where the case file lacks a table or has too few examples.
    """
    tables = BatchTables(case_file)
    slices = fill_slices(spec, tables, day_number(case_file.as_of))
    rotated = rotate(spec, slices)
    fitted = calibrated(rotated, slices)
    test = slices.by_name[TEST]
    probability = fitted.calibrator.probability
    answered = Answered(
        outcomes=test.outcomes,
        probabilities=np.array([probability(margin) for margin in rotated.test.tolist()]),
        clusters=np.unique(test.examples.households.astype(str), return_inverse=True)[1],
        groups=audited_groups(
            spec, case_file, test.examples.children, read_ages(tables, test.examples)
        ),
    )
    judged = judge(spec, answered, test.rows)
    return Training(spec, slices, rotated.booster, fitted, answered, judged)


def keep_training(
    training: Training,
    case_file: CaseFile,
    registry: Registry,
    at: datetime,
    looked: str | None = None,
) -> Version:
    """Put a training on record as a new version of its model.

    `looked` is what somebody says who has checked it for leaks. Raises KizukiError where nobody
    has, and it ranks better than its spec believes.
    """
    test, measured = training.slices.by_name[TEST], training.judged.measures["auroc"].value
    must_be_believable(training.spec, measured, test.rows, test.outcomes, looked)
    with TemporaryDirectory() as folder:
        write_files(training, Path(folder))
        return registry.record(record_of(training, case_file, Path(folder), looked), at)


def calibrated(rotated: Rotated, slices: Slices) -> Fitted:
    """Calibrate the margins on the calibrate slice, and count the bands on the test slice."""
    thresholds = score_thresholds(rotated.calibrate)
    bands = measure_bands(rotated.test, slices.by_name[TEST].outcomes, thresholds)
    calibrator = fit_calibrator(rotated.calibrate, slices.by_name[CALIBRATE].outcomes)
    return Fitted(calibrator, thresholds, bands)
