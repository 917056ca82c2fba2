"""What every peer reads and hands over: the columns asked about, and a matrix of answers."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from features.engines.plan import plan_of
from features.language.fields import Field
from features.language.rows import Table
from features.tables import ROW_FIELDS, TABLES, fields_of
from tests.bench.columns import QUESTIONS

Answers = npt.NDArray[np.float64]
PLACES = {name: place for place, name in enumerate(QUESTIONS)}
EMPTY = np.array([np.nan if q.empty is None else q.empty for q in QUESTIONS.values()])

HAVE_IDS = ("notifications", "allegations", "findings")  # others refer to them, or see them twice
_PLAN = plan_of(tuple(QUESTIONS.values()), frozenset(TABLES), {})
_READ = {(_PLAN.streams[slot.stream].table, slot.field) for slot in _PLAN.slots}


def asked_fields(table: Table) -> Mapping[str, Field]:
    """The fields that the questions need: nobody has to read the others from disk."""
    days = ROW_FIELDS.keys() - {"id"}
    needed = {*days, *table.concerns, *(["id"] if table.name in HAVE_IDS else [])}
    return {
        name: field
        for name, field in fields_of(table).items()
        if name in needed or (table.name, name) in _READ
    }


def empty_answers(pairs: int) -> Answers:
    """What the columns say of pairs without any row: pairs by columns, NaN where missing."""
    answers = np.empty((pairs, len(EMPTY)), order="F")  # written a column at a time
    answers[:] = EMPTY
    return answers
