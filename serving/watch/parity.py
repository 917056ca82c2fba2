"""Parity: rows that were served are answered again by the engine of the workshop, bit for bit.

The desk answers one child at a time, and the models have learnt from rows of another engine. Where
the two do not agree, a score is worth nothing: it is put in quarantine, and whoever reads it is
told.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from features.case_file import CaseFile
from features.declared_coverage import read_coverage
from features.engines.batch import answer_all
from features.engines.batch_tables import BatchTables
from features.events import read_case_file
from features.reading import day_number
from models.lock import lock_hash
from models.spec import ModelSpec
from serving.journal import Entry, Journal
from serving.journal.reading import QUARANTINE, sampled
from serving.strict_json import canonical
from serving.who.asker import NOBODY, Asker

PARITY = Asker("parity", NOBODY.roles, NOBODY.agency)
Row = Mapping[str, float | None]


@dataclass(frozen=True)
class Compared:
    """How many answers were compared, and the ids of those that are in quarantine since."""

    answers: int
    left_out: int
    differing: tuple[str, ...]


def compare(
    journal: Journal,
    spec: ModelSpec,
    share: float,
    since: datetime,
    now: Callable[[], datetime],
    new_id: Callable[[], str],
) -> Compared:
    """Compare a share of the answers of a model since a time, and put in quarantine what differs.

    Which ones are compared follows from their ids: the same ones whenever it is asked for.
    """
    count = left_out = 0
    differing = []
    for kept in sampled(journal.path, journal.keys, spec.name, since, lambda i: _chosen(i, share)):
        if kept.lock != lock_hash(spec):
            left_out += 1  # other questions, which nobody can ask any more
            continue
        count += 1
        columns = differences(kept.row, batch_row(kept, spec))
        if columns:
            journal.keep(_quarantine(kept, columns, now(), new_id()))
            differing.append(kept.id)
    return Compared(count, left_out, tuple(differing))


def batch_row(kept: Entry, spec: ModelSpec) -> Row:
    """The row of an answer as the batch engine gives it, from the very case file that was asked."""
    asked = json.loads(kept.asked)
    events, _ = read_case_file(asked["caseFile"], "caseFile")
    coverage, _ = read_coverage(asked.get("coverage") or {}, asked["caseFile"], "coverage")
    tables = BatchTables(CaseFile.of_events(kept.at.date(), events, coverage))
    values = [column.value for column in spec.columns]
    cutoff = np.array([day_number(kept.cutoff)], np.int64)
    (numbers,) = answer_all(values, tables, [kept.child], cutoff).tolist()
    return {
        column.name: None if np.isnan(number) else number
        for column, number in zip(spec.columns, numbers, strict=True)
    }


def differences(served: Row, again: Row) -> list[str]:
    """The columns that are not the same to the last bit."""
    return [name for name, number in again.items() if served.get(name) != number]


def _chosen(answer_id: str, share: float) -> bool:
    part = int.from_bytes(hashlib.sha256(answer_id.encode()).digest()[:8], "big")
    return part < share * 2**64


def _quarantine(kept: Entry, columns: list[str], at: datetime, record_id: str) -> Entry:
    said = canonical({"columns": columns})
    return replace(
        kept, id=record_id, at=at, kind=QUARANTINE, asked=said, request="", row={},
        probability=None, score=None, band=None, answer=said, page=None, about=kept.id, key=None,
        sent=None, asker=PARITY,
    )  # fmt: skip
