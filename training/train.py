"""Train: from a case file to a judged version on record, in one go."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.reading import day_number
from models.audit import audited_groups
from models.familiar import familiar_of
from models.fitted import Fitted
from models.groups import Answered
from models.spec import ModelSpec
from training.audit.page import write_audit
from training.calibrate import fit_calibrator
from training.examples import RowsOf, read_ages, read_rows
from training.fit import measure_bands, score_thresholds
from training.judge import judge, must_be_askable
from training.leaks import must_be_believable
from training.record import Training, record_of, write_files
from training.registry import Registry, Version
from training.rotate import Rotated, rotate
from training.slices import Slices, fill_slices
from training.splits import CALIBRATE, FIT, TEST
from training.told import told_of


def train_model(spec: ModelSpec, case_file: CaseFile, rows_of: RowsOf = read_rows) -> Training:
    """Fit a model on a case file and judge it; `rows_of` says where the rows come from.

    Raises KizukiError where the case file lacks a table or has too few examples.
    """
    must_be_askable(spec)
    tables = BatchTables(case_file)
    slices = fill_slices(spec, tables, day_number(case_file.as_of), rows_of)
    rotated = rotate(spec, slices)
    fitted = fit_rest(rotated, slices)
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
    told = told_of(spec, fitted, tables, test.rows, rotated.test)
    judged = judge(spec, answered, told, test)
    return Training(spec, slices, rotated.booster, fitted, answered, told, judged)


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
        write_audit(training, Path(folder))
        return registry.record(record_of(training, case_file, Path(folder), looked), at)


def fit_rest(rotated: Rotated, slices: Slices) -> Fitted:
    """What is learnt beside the trees.

    The margins are calibrated on the calibrate slice, the bands counted on the test slice, and what
    is familiar is what was common where the trees grew.
    """
    thresholds = score_thresholds(rotated.calibrate)
    bands = measure_bands(rotated.test, slices.by_name[TEST].outcomes, thresholds)
    judged = slices.by_name[CALIBRATE]
    calibrator = fit_calibrator(rotated.calibrate, judged.outcomes, judged.folds)
    gains = rotated.booster.feature_importance("gain")
    familiar = familiar_of(slices.by_name[FIT].rows, gains)
    return Fitted(calibrator, thresholds, bands, familiar)
