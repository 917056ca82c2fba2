"""What the desk would have said of the test slice: the range of each example, or "cannot tell"."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from features.coverage import gap_of
from features.engines.batch_tables import BatchTables
from models.cannot_tell import STRANGE, TOO_THIN, TOO_WIDE
from models.fitted import Fitted
from models.measures import Numbers
from models.score import scores_spanned
from models.spec import Doubt, ModelSpec


@dataclass(frozen=True)
class Told:
    """For each example the ends of its range, and why no score is given: empty where one is."""

    low: Numbers
    high: Numbers
    untold: npt.NDArray[np.str_]


def told_of(
    doubt: Doubt, fitted: Fitted, unanswered: Numbers, rows: Numbers, margins: Numbers
) -> Told:
    """What is said of rows and their margins, by the rules of the desk.

    `unanswered` is the share of the features that nothing on record could answer, for each row.
    """
    low, high = np.array([fitted.calibrator.range(margin) for margin in margins.tolist()]).T
    ends = zip(low.tolist(), high.tolist(), strict=True)
    spanned = np.array([scores_spanned(fitted, *end) for end in ends])
    reasons = {
        TOO_THIN: unanswered > doubt.most_unknown,
        STRANGE: fitted.familiar.strangeness(rows) > doubt.most_strange,
        TOO_WIDE: spanned[:, 1] - spanned[:, 0] >= doubt.widest_range,
    }
    return Told(low, high, np.select(list(reasons.values()), list(reasons), ""))


def unanswered_share(spec: ModelSpec, tables: BatchTables, rows: Numbers) -> Numbers:
    """For each row, the share of the features that nothing on record could answer.

    No answer can mean "none so far" where that is no number, as for days since something: such a
    column counts only where its table, or the kind it asks for, is not recorded at all.
    """
    values = [column.value for column in spec.columns]
    unknown = np.isnan(rows) & [
        value.empty is not None or gap_of(value, tables.recorded, tables.coverage) is not None
        for value in values
    ]
    names = [column.feature for column in spec.columns]
    first = [names.index(feature.name) for feature in spec.features]
    share: Numbers = np.logical_and.reduceat(unknown, first, axis=1).mean(axis=1)
    return share
