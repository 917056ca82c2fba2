"""The proxy table: every column against every group, on examples drawn from a case file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from features.case_file import CaseFile
from features.engines.batch import answer_all
from features.engines.batch_tables import BatchTables
from features.errors import KizukiError
from features.groups import PROTECTED, Names, recorded_groups
from features.households import household_names
from features.language.feature import Column
from features.proxies.separation import Examples, Separation, separations
from features.rows.pairs import notified
from features.rows.source import Source
from features.tables import children


@dataclass(frozen=True)
class ProxyTable:
    """How well each column tells each group; the columns that tell most come first.

    `examples` and `children` are how many were looked at, `counts` the children of each group by
    protected field.
    """

    as_of: date
    examples: int
    children: int
    counts: Mapping[str, Mapping[str, int]]
    columns: Mapping[str, Sequence[Separation]]


def proxy_table(
    cases: Path, columns: Sequence[Column], done: Callable[[int], object]
) -> ProxyTable:
    """The table of a case file: a child is an example on each day that it was first reported on.

    `done` is told how many columns were measured since it last was. Raises KizukiError where the
    case file records no notifications or no children.
    """
    pairs, case_file = notified(Source(cases)), CaseFile.read(cases)
    frame = case_file.tables.get(children.name)
    if frame is None or not len(pairs):
        raise KizukiError(f"{cases} has no notification, or does not record children: no groups")
    names = pairs["child"].to_numpy().astype(object)
    cutoffs = pairs["cutoff"].to_numpy().astype("datetime64[D]").astype(np.int64)
    tables = BatchTables(case_file)
    households = household_names(tables, tables.places(names.tolist()))
    clusters = np.unique(households.astype(str), return_inverse=True)[1]
    groups = {field: recorded_groups(field, frame, names) for field in PROTECTED}
    examples = Examples(clusters, groups)
    values = [column.value for column in columns]
    answers = answer_all(values, tables, names.tolist(), cutoffs)
    told: dict[str, list[Separation]] = {}
    for column, answered in zip(columns, answers.T, strict=True):
        told[column.name] = list(separations(answered, examples))
        done(1)
    everybody = np.unique(names)
    counts = {field: _counts(recorded_groups(field, frame, everybody)) for field in PROTECTED}
    strongest = dict(sorted(told.items(), key=lambda item: (-strength(item[1]), item[0])))
    return ProxyTable(case_file.as_of, len(names), len(everybody), counts, strongest)


def strength(separations_of: Sequence[Separation]) -> float:
    """The best that a column can do for any group of which there is evidence enough."""
    return max((one.auroc for one in separations_of if one.enough), default=0.0)


def _counts(groups: Names) -> dict[str, int]:
    names, counts = np.unique(groups.astype(str), return_counts=True)
    return dict(zip(names.tolist(), counts.tolist(), strict=True))
