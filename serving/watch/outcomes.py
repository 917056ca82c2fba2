"""Served answers joined with a later case file: the children's groups, and how they fared."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from features.case_file import CaseFile
from features.coverage import covered_ahead, gap_of
from features.engines.batch import answer_all
from features.engines.batch_tables import BatchTables
from features.language.windows import EVER
from features.reading import day_number
from features.tables import children
from models.audit import audited_groups
from models.groups import Answered, Ints
from models.held import Held, held_ranges
from models.measures import Numbers
from models.spec import ModelSpec
from serving.watch.answers import HOUSEHOLD, LABEL, Answers
from serving.watch.drift import PROBABILITY

_AGE = children.within(EVER).age()


@dataclass(frozen=True)
class Joined:
    """The scored answers about children on file, and those of them whose horizon is over.

    The outcomes in `scored` are zeros that say nothing; those in `fared` are as they were on record
    on the day that the case file was drawn, and `ranges` tell how their range held. `not_on_file`
    counts scored answers about children that it does not know, `too_early` those whose horizon is
    not over, or not all on record.
    """

    scored: Answered
    fared: Answered
    not_on_file: int
    too_early: int
    ranges: Sequence[Held] = ()


@dataclass(frozen=True)
class Ends:
    """The ends of the range of each answer."""

    low: Numbers
    high: Numbers


def join_cases(spec: ModelSpec, answers: Answers, case_file: CaseFile) -> Joined:
    """Look up the groups and outcomes of served children in a case file that was drawn later.

    Of a child that is not on file nothing is known, which is not that nothing happened.
    """
    tables, as_of = BatchTables(case_file), day_number(case_file.as_of)
    was_scored = answers.rows[PROBABILITY].notna().to_numpy()
    on_file = tables.places(answers.children.tolist()) < len(tables.persons)
    label = spec.label.value
    recorded = gap_of(label, tables.recorded, tables.coverage) is None
    over = (answers.cutoffs + spec.label.over_after <= as_of) & recorded
    over &= covered_ahead(label, tables.coverage, answers.cutoffs)
    names, cutoffs = answers.children.tolist(), answers.cutoffs
    ages = answer_all([_AGE], tables, names, cutoffs)[:, 0]
    outcomes = answer_all([label], tables, names, cutoffs, known_by=as_of)[:, 0]
    everybody = Answered(
        outcomes=np.where(over, outcomes, 0),
        probabilities=answers.rows[PROBABILITY].to_numpy(np.float64),
        clusters=np.unique(answers.children.astype(str), return_inverse=True)[1],
        groups=audited_groups(spec, case_file, answers.children, ages),
    )
    ranged = np.flatnonzero(was_scored & on_file & over & ~np.isnan(answers.low))
    ends = Ends(answers.low[ranged], answers.high[ranged])
    return Joined(
        scored=_at(everybody, np.flatnonzero(was_scored & on_file)),
        fared=_at(everybody, np.flatnonzero(was_scored & on_file & over)),
        not_on_file=int((was_scored & ~on_file).sum()),
        too_early=int((was_scored & on_file & ~over).sum()),
        ranges=held_ranges(_at(everybody, ranged), ends, cutoffs[ranged]) if len(ranged) else (),
    )


def answered_in(reference: pd.DataFrame, spec: ModelSpec) -> Answered:
    """The reference as what is measured by group, with its households as clusters."""
    return Answered(
        outcomes=reference[LABEL].to_numpy(np.float64),
        probabilities=reference[PROBABILITY].to_numpy(np.float64),
        clusters=reference[HOUSEHOLD].to_numpy(np.int64),
        groups={field: reference[field].to_numpy(dtype=object) for field in spec.audited_by},
    )


def _at(answered: Answered, places: Ints) -> Answered:
    return Answered(
        answered.outcomes[places],
        answered.probabilities[places],
        answered.clusters[places],
        {field: names[places] for field, names in answered.groups.items()},
    )
