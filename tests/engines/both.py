"""Both engines asked the same: what one says of a child, the other must say to the last bit."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from features.case_file import CaseFile
from features.coverage import Coverage
from features.engines.batch import Answers, answer_all
from features.engines.batch_tables import BatchTables
from features.engines.one_child import answer
from features.events import Event
from features.histories import history_of
from features.language.values import Value

AS_OF = date(2199, 12, 31)
Rows = Mapping[str, Sequence[Event]]  # table -> rows


def one_by_one(
    values: Sequence[Value],
    case_files: Mapping[str, Rows],
    cutoffs: Sequence[int],
    known_by: int | None,
    coverage: Coverage | None = None,
) -> Answers:
    """Each child, from its own case file, on each cutoff, by values; NaN where missing."""
    numbers = [
        [answer(value, history, cutoff, known_by).number for value in values]
        for child, case_file in case_files.items()
        for history in [history_of(child, case_file, coverage)]
        for cutoff in cutoffs
    ]
    return np.array(numbers, dtype=np.float64).reshape(-1, len(values))


def in_batch(
    values: Sequence[Value],
    case_file: Mapping[str, Iterable[Event]],
    children: Sequence[str],
    cutoffs: Sequence[int],
    known_by: int | None,
    coverage: Coverage | None = None,
) -> Answers:
    """The same of all children at once, from one case file."""
    tables = BatchTables(CaseFile.of_events(AS_OF, case_file, coverage))
    pairs = [child for child in children for _ in cutoffs]
    days = np.tile(np.array(cutoffs, np.int64), len(children))
    return answer_all(values, tables, pairs, days, known_by=known_by)


def assert_bit_equal(one: Answers, batch: Answers, values: Sequence[Value]) -> None:
    """Raise AssertionError that names the first value on which the engines differ."""
    assert one.shape == batch.shape
    differ = one.view(np.int64) != batch.view(np.int64)
    if differ.any():
        pair, column = (int(place[0]) for place in np.nonzero(differ))
        raise AssertionError(
            f"{values[column]}\nof pair {pair}: one child {one[pair, column]}, "
            f"batch {batch[pair, column]} ({differ.sum()} cells differ)"
        )


def answers_of_both(
    values: Sequence[Value], case_file: Rows, children: Sequence[str], cutoffs: Sequence[int]
) -> tuple[Answers, Answers]:
    """What each engine says of children who share a case file; none looks ahead."""
    one = np.concatenate(
        [one_by_one(values, {child: case_file}, cutoffs, None) for child in children]
    )
    return one, in_batch(values, case_file, children, cutoffs, None)
