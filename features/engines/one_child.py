"""One child, in plain Python: the online path, and the reference for every other engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from features.coverage import Gap, Needs, last_days_asked
from features.engines.one_child_rows import Selections, View
from features.engines.one_child_values import making
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


class Question:
    """A question turned into functions once, to be asked of any number of views."""

    def __init__(self, value: Value, selections: Selections) -> None:
        self._span, self.ahead = value.span, not isinstance(value.span, Lookback)
        self._table, self._needs = value.table, Needs.of(value)
        self._select, self._make = selections.of(value.rows), making(value)
        self._latest = [selections.of(rows) for rows in last_days_asked(value)]
        self._none = Answer(value.empty)

    def answer(self, view: View) -> Answer:
        """The answer of the history in view, as it was believed on the day of the view."""
        recorded, coverage = view.history.recorded, view.history.coverage
        gap = self._needs.gap(recorded, coverage)
        if gap is not None:
            return Answer(None, gap=gap)
        events = self._select(view)
        if events:
            number, used = self._make(events, view)
            return Answer(number, tuple([(self._table, event.id) for event in used]))
        gap = self._needs.gap_of_days(coverage, *self._days(view)) if coverage else None
        return self._none if gap is None else Answer(None, gap=gap)

    def _days(self, view: View) -> tuple[int, int]:
        """The first and the last day that are asked about; none before the child's birth."""
        if not isinstance(self._span, Lookback):
            return view.cutoff + 1, view.cutoff + self._span.days
        for select in self._latest:
            events = select(view)
            if events:
                return events[-1].happened, view.cutoff
        opens, born = view.opens(self._span), view.born
        return (opens if born is None else max(opens, born)), view.cutoff


def answer(value: Value, history: History, cutoff: int, known_by: int | None = None) -> Answer:
    """The answer to one question about one child on the cutoff, a day number.

    A question that looks back sees what was known on the cutoff and nothing else. One that looks
    ahead, a label, sees what was known by the day `known_by`, which it needs.
    """
    question = _question(value)
    if question.ahead and known_by is None:
        raise ValueError(f"{value} looks ahead: say by which day it must be known")
    believed_on = known_by if question.ahead and known_by is not None else cutoff
    return question.answer(View(history, cutoff, believed_on))


def answer_row(columns: Sequence[Column], history: History, cutoff: int) -> dict[str, Answer]:
    """The row of a child and cutoff: every column answered, by column name."""
    view = View(history, cutoff, cutoff)
    return {name: question.answer(view) for name, question in _row(ColumnsAsked(columns))}


class ColumnsAsked:
    """Columns told apart by which they are: to compare what they ask would take too long."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = tuple(columns)  # kept, so that no other column can get the same identity
        self._ids = tuple(map(id, self.columns))

    def __hash__(self) -> int:
        return hash(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ColumnsAsked) and self._ids == other._ids


@lru_cache(maxsize=32)  # more than there are models
def _row(asked: ColumnsAsked) -> list[tuple[str, Question]]:
    selections = Selections()
    return [(column.name, Question(column.value, selections)) for column in asked.columns]


@lru_cache(maxsize=4096)  # more than there are features
def _question(value: Value) -> Question:
    return Question(value, Selections())
