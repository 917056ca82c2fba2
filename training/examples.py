"""Examples: who was scored and when, as the office could have done it on the day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from tqdm import tqdm

from features.coverage import ALWAYS, WHOLLY, covered_ahead
from features.engines.batch import answer_all
from features.engines.batch_tables import BatchTables
from features.errors import KizukiError
from features.households import household_names
from features.language.values import Value
from features.language.windows import EVER
from features.reading import day_number
from features.rows.made import MadeRows
from features.tables import TABLES, children, needed_tables
from models.groups import Ints
from models.measures import Numbers
from models.spec import Cohort, Label, ModelSpec, Roster

RUN_IN = "too soon after the records begin"
NOT_COVERED = "not all days of the outcome are recorded"

_AGE = children.within(EVER).age()


@dataclass(frozen=True)
class Examples:
    """Children and the days on which they are scored: one example a child and day.

    `cutoffs` are day numbers; `households` names of households.
    """

    children: npt.NDArray[Any]
    cutoffs: Ints
    households: npt.NDArray[Any]

    def at(self, places: Ints) -> "Examples":
        """Those of the examples at these places."""
        return Examples(self.children[places], self.cutoffs[places], self.households[places])

    def __len__(self) -> int:
        return len(self.cutoffs)


RowsOf = Callable[[ModelSpec, BatchTables, Examples], Numbers]


def draw_examples(spec: ModelSpec, tables: BatchTables) -> Examples:
    """The children and days that the spec's cohort scores, by day and then child.

    Raises KizukiError where a table is not recorded that cohort or label are made from.
    """
    _need_tables(spec, tables)
    cohort = spec.cohort
    drawn = _learnt(cohort, tables) if isinstance(cohort, Cohort) else _present(cohort, tables)
    return drawn.at(np.lexsort((drawn.children.astype(str), drawn.cutoffs)))


def why_unfit(spec: ModelSpec, tables: BatchTables, examples: Examples) -> npt.NDArray[np.str_]:
    """Why each example can teach nothing, whatever its day; empty where it can."""
    cutoffs = examples.cutoffs
    begins = _records_begin(spec.cohort, tables, cutoffs)
    covered = covered_ahead(spec.label.value, tables.coverage, cutoffs)
    return np.select([cutoffs < begins + spec.cohort.run_in, ~covered], [RUN_IN, NOT_COVERED], "")


def read_rows(spec: ModelSpec, tables: BatchTables, examples: Examples) -> Numbers:
    """The row of each example: examples by columns, NaN where an answer is missing."""
    values = [column.value for column in spec.columns]
    children, cutoffs = examples.children.tolist(), examples.cutoffs
    with tqdm(total=len(examples), desc="rows", unit="row") as bar:
        return answer_all(values, tables, children, cutoffs, done=bar.update)


def rows_made(made: MadeRows) -> RowsOf:
    """How rows that were made before are read in place of `read_rows`."""
    return lambda _, __, examples: made.at(examples.children.tolist(), examples.cutoffs.tolist())


def read_labels(label: Label, tables: BatchTables, examples: Examples, known_by: int) -> Numbers:
    """The outcome of each example, 0 or 1, as it was on record on the day `known_by`."""
    return _ask(label.value, tables, examples, known_by)


def read_ages(tables: BatchTables, examples: Examples) -> Numbers:
    """The age of each example on its cutoff in completed years, NaN where it is not known."""
    return _ask(_AGE, tables, examples)


def _learnt(cohort: Cohort, tables: BatchTables) -> Examples:
    """A child on each day on which a row was first on record, if the age is among those asked."""
    columns = tables.columns(cohort.each)
    rows = pd.DataFrame({name: columns[name] for name in ("id", "known", "withdrawn")})
    rows["child"] = columns[cohort.each.concerns[0]]
    # A correction is another row with the same id: it tells of nothing new.
    first = rows[rows["known"] < rows["withdrawn"]].groupby(["child", "id"])["known"].min()
    pairs = first.reset_index()[["child", "known"]].drop_duplicates()
    drawn = _examples(tables, pairs["child"].to_numpy(np.int64), pairs["known"].to_numpy(np.int64))
    ages = read_ages(tables, drawn)
    youngest, oldest = cohort.ages
    return drawn.at(np.flatnonzero((youngest <= ages) & (ages <= oldest)))


def _present(roster: Roster, tables: BatchTables) -> Examples:
    """Everybody who is present, on each of the days."""
    table = TABLES[roster.present.table]
    everybody = np.unique(tables.columns(table)[table.concerns[0]])
    days = [day_number(date.fromisoformat(day)) for day in roster.days]
    drawn = _examples(
        tables, np.tile(everybody, len(days)), np.repeat(np.array(days), len(everybody))
    )
    return drawn.at(np.flatnonzero(_ask(roster.present, tables, drawn) == 1))


def _records_begin(cohort: Cohort | Roster, tables: BatchTables, cutoffs: Ints) -> int:
    """The first day of the records that make the cohort: as declared, or else as found."""
    table = cohort.each.name if isinstance(cohort, Cohort) else cohort.present.table
    declared = tables.coverage.get(table, WHOLLY).first
    return int(cutoffs.min(initial=ALWAYS)) if declared == WHOLLY.first else declared


def _examples(tables: BatchTables, codes: Ints, cutoffs: Ints) -> Examples:
    names = tables.persons.to_numpy(dtype=object)[codes]
    return Examples(names, cutoffs, household_names(tables, codes))


def _ask(
    value: Value, tables: BatchTables, examples: Examples, known_by: int | None = None
) -> Numbers:
    children, cutoffs = examples.children.tolist(), examples.cutoffs
    answers: Numbers = answer_all([value], tables, children, cutoffs, known_by=known_by)[:, 0]
    return answers


def _need_tables(spec: ModelSpec, tables: BatchTables) -> None:
    needed = set(needed_tables(spec.label.value))
    if isinstance(spec.cohort, Cohort):
        needed |= {spec.cohort.each.name, children.name}
    else:
        needed |= needed_tables(spec.cohort.present)
    missing = sorted(needed - tables.recorded)
    if missing:
        raise KizukiError(
            f"the case file does not record {', '.join(missing)}, which {spec.name} is trained on"
        )
