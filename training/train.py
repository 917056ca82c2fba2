"""Train: from a case file to a judged version on record, in one go."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.groups import Names
from models.audit import audited_groups
from models.familiar import familiar_of
from models.fitted import Fitted
from models.measures import Numbers
from models.spec import ModelSpec
from models.table_spec import TableSpec
from training.audit.page import write_audit
from training.baselines.beside import measure_baselines
from training.calibrate import fit_calibrator
from training.examples import RowsOf, read_ages, read_rows
from training.fit import measure_bands, score_thresholds
from training.judge import answers, judge, must_be_askable
from training.leaks import must_be_believable
from training.record import Training, data_hash, record_of, write_files
from training.registry import Registry, Version
from training.rotate import ON_THIS_MACHINE, Growing, Rotated, rotate
from training.slices import Slices, fill_slices
from training.splits import CALIBRATE, FIT, TEST
from training.told import told_of, unanswered_share


def train_model(
    spec: ModelSpec,
    case_file: CaseFile,
    rows_of: RowsOf = read_rows,
    growing: Growing = ON_THIS_MACHINE,
) -> Training:
    """Fit a model on a case file and judge it; `rows_of` says where the rows come from.

    Raises KizukiError where the case file lacks a table or has too few examples.
    """
    must_be_askable(spec)
    tables = BatchTables(case_file)
    slices = fill_slices(spec, tables, case_file, rows_of)
    test = slices.by_name[TEST].examples
    groups = audited_groups(spec, case_file, test.children, read_ages(tables, test))
    unanswered = unanswered_share(spec, tables, slices.by_name[TEST].rows)
    return learn(spec, slices, groups, unanswered, growing)


def learn(
    spec: ModelSpec | TableSpec,
    slices: Slices,
    groups: Mapping[str, Names],
    unanswered: Numbers,
    growing: Growing,
) -> Training:
    """Fit, calibrate and judge a model on slices.

    Of each example of the test slice, `groups` names the groups, and `unanswered` the share of the
    features that nothing on record could answer.
    """
    rotated = rotate(spec, slices, growing)
    return hold_against(spec, slices, groups, unanswered, rotated, fit_rest(rotated, slices))


def hold_against(
    spec: ModelSpec | TableSpec,
    slices: Slices,
    groups: Mapping[str, Names],
    unanswered: Numbers,
    rotated: Rotated,
    fitted: Fitted,
) -> Training:
    """Judge what was learnt: simpler ways beside it, every measure, every group; see `learn`."""
    test = slices.by_name[TEST]
    answered = answers(fitted.calibrator, test, rotated.test, groups)
    told = told_of(spec.doubt, fitted, unanswered, test.rows, rotated.test)
    judged = judge(spec, answered, told, test, measure_baselines(spec, slices, answered))
    return Training(spec, slices, rotated.booster, fitted, answered, told, judged)


def keep_training(
    training: Training,
    case_file: CaseFile,
    registry: Registry,
    at: datetime,
    looked: str | None = None,
) -> Version:
    """Put a training on record as a new version of its model; see `keep`."""
    return keep(training, data_hash(case_file), registry, at, looked)


def keep(
    training: Training, data: str, registry: Registry, at: datetime, looked: str | None
) -> Version:
    """Put a training on record; `data` is the hash of what it was made from.

    `looked` is what somebody says who has checked it for leaks. Raises KizukiError where nobody
    has, and it ranks better than its spec believes.
    """
    test, measured = training.slices.by_name[TEST], training.judged.measures["auroc"].value
    must_be_believable(training.spec, measured, test.rows, test.outcomes, looked)
    with TemporaryDirectory() as folder:
        write_files(training, Path(folder))
        write_audit(training, Path(folder))
        return registry.record(record_of(training, data, Path(folder), looked), at)


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
    familiar = familiar_of(np.asarray(slices.by_name[FIT].rows), gains)
    return Fitted(calibrator, thresholds, bands, familiar)
