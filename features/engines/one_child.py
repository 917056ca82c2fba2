"""One child, in plain Python: the online path, and the reference for every other engine."""

from collections.abc import Sequence
from dataclasses import dataclass

from features.coverage import Gap, gap_of, gap_of_days
from features.engines.one_child_rows import View, days_asked, select
from features.engines.one_child_values import make
from features.histories import History
from features.language.feature import Column
from features.language.values import Value
from features.language.windows import Lookback


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question comes to: the number, None where it is missing, and the rows behind it.

    `evidence` holds (table, id) of each row that made the answer; where rows are there but none of
    them says what was asked, the number is missing and these rows are the evidence. `gap` says what
    the office does not record of what was asked: unknown, not "none".
    """

    number: float | None
    evidence: tuple[tuple[str, str], ...] = ()
    gap: Gap | None = None

    @property
    def recorded(self) -> bool:
        """Whether the office records what was asked."""
        return self.gap is None


def answer(value: Value, history: History, cutoff: int, known_by: int | None = None) -> Answer:
    """The answer to one question about one child on the cutoff, a day number.

    A question that looks back sees what was known on the cutoff and nothing else. One that looks
    ahead, a label, sees what was known by the day `known_by`, which it needs.
    """
    gap = gap_of(value, history.recorded, history.coverage)
    if gap is not None:
        return Answer(None, gap=gap)
    view = View(history, cutoff, _day_of_knowledge(value, cutoff, known_by))
    events = select(value.rows, view)
    if not events:
        gap = gap_of_days(value, history.coverage, *days_asked(value, view))
        return Answer(value.empty if gap is None else None, gap=gap)
    number, used = make(value, events, view)
    return Answer(number, tuple((value.table, event.id) for event in used))


def answer_row(columns: Sequence[Column], history: History, cutoff: int) -> dict[str, Answer]:
    """The row of a child and cutoff: every column answered, by column name."""
    return {column.name: answer(column.value, history, cutoff) for column in columns}


def _day_of_knowledge(value: Value, cutoff: int, known_by: int | None) -> int:
    if isinstance(value.span, Lookback):
        return cutoff
    if known_by is None:
        raise ValueError(f"{value} looks ahead: say by which day it must be known")
    return known_by
