"""Reweighing: an outcome that one group has more often is not learnt through what stands for it.

Each example is weighed by how often its group and its outcome would meet if they had nothing to do
with each other, over how often they do meet (Kamiran & Calders 2012). The trees read no group: only
what they learn from counts more, or less. It is done where the spec says so, and told.
"""

from collections.abc import Callable, Sequence

import numpy as np

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.groups import Names
from features.reading import calendar_day
from models.audit import audited_groups
from models.groups import LEAST_POSITIVES
from models.measures import Numbers
from models.spec import ModelSpec
from training.examples import Examples, read_ages

Weighing = Callable[[Examples, Numbers], Numbers | None]  # examples and outcomes to weights


def weighing(spec: ModelSpec, tables: BatchTables, case_file: CaseFile, known_by: int) -> Weighing:
    """How examples are weighed, by their groups as on record on the day `known_by`."""
    if not spec.mitigation.reweighed_by:
        return lambda _, __: None
    then = case_file.as_known_on(calendar_day(known_by))

    def weigh(examples: Examples, outcomes: Numbers) -> Numbers:
        groups = audited_groups(spec, then, examples.children, read_ages(tables, examples))
        return weights_of(outcomes, [groups[field] for field in spec.mitigation.reweighed_by])

    return weigh


def weights_of(outcomes: Numbers, fields: Sequence[Names]) -> Numbers:
    """The weight of each example, from its outcome and its groups in some fields together.

    Not to be known is a group as any other. The weights of a group add up to as many as it has. One
    with too few examples, with the outcome or without, to tell its share by is weighed evenly:
    single children would outweigh all others.
    """
    told = [np.unique(names.astype(str), return_inverse=True)[1] for names in fields]
    _, group = np.unique(np.column_stack(told), axis=0, return_inverse=True)
    outcome = outcomes.astype(np.int64)
    met = np.zeros((group.max() + 1, 2))
    np.add.at(met, (group, outcome), 1)
    expected = np.outer(met.sum(axis=1), met.sum(axis=0)) / len(outcomes)
    enough = met.min(axis=1) >= LEAST_POSITIVES
    weights: Numbers = np.where(enough[group], expected[group, outcome] / met[group, outcome], 1.0)
    return weights
