"""A question to the desk: one child's case file and a cutoff, read strictly."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from features.coverage import Coverage
from features.declared_coverage import contradicted, read_coverage
from features.events import Event, read_case_file
from features.language.fields import Day
from features.language.rows import Table
from features.language.text import Language
from features.reading import day_number
from features.tables import TABLES, children
from serving.problems import FieldProblem, invalid

CASE_FILE, COVERAGE = "caseFile", "coverage"
MOST_ROWS = 5000  # every link is held against every row: more would keep others waiting
_PAST = ("happened", "known", "withdrawn")  # `until` may be planned ahead


@dataclass(frozen=True)
class Question:
    """Who is asked about, as of which day, and by which request, as canonical JSON.

    `case_file` holds the tables as lists of rows and `coverage` what is declared of them, both
    unread; `model` is a model's name.
    """

    child: str
    cutoff: date
    case_file: Mapping[str, object]
    coverage: Mapping[str, object]
    model: str
    language: Language
    asked: bytes

    @property
    def request(self) -> str:
        """The SHA-256 of what was asked."""
        return hashlib.sha256(self.asked).hexdigest()


def read_question(question: Question, today: date) -> tuple[dict[str, list[Event]], Coverage]:
    """The case file as events by table, and its coverage.

    Raises Problem with every field that cannot be taken: rows that the tables do not allow, days
    after today, a cutoff after today or before the child's birth, and a coverage that the rows
    contradict.
    """
    events, coverage = read_rows(question.case_file, question.coverage)
    refused = list(_impossible_days(question, events, today))
    if refused:
        raise invalid(refused)
    return events, coverage


def read_rows(
    case_file: Mapping[str, object], declared: Mapping[str, object]
) -> tuple[dict[str, list[Event]], Coverage]:
    """A case file and its coverage, whoever is asked about, and as of whichever day.

    Raises Problem with every field that the tables do not allow, or the rows contradict.
    """
    if sum(len(rows) for rows in case_file.values() if isinstance(rows, list)) > MOST_ROWS:
        too_many = f"holds more than {MOST_ROWS:,} rows; send those of the child and its household"
        raise invalid([FieldProblem(CASE_FILE, too_many)])
    events, problems = read_case_file(case_file, CASE_FILE)
    coverage, undeclared = read_coverage(declared, case_file, COVERAGE)
    problems = [*problems, *undeclared] or contradicted(coverage, events, CASE_FILE)
    if problems:
        raise invalid(FieldProblem(problem.place, problem.reason) for problem in problems)
    return events, coverage


def days_of(table: Table, event: Event) -> Iterator[tuple[str, int]]:
    """The days of a row that must lie in the past, by the field."""
    for name in _PAST:
        day = getattr(event, name)
        if day is not None:
            yield name, day
    for name in _own_days(table):
        day = event.filled.get(name)
        if isinstance(day, int):
            yield name, day


@cache  # asked for every row
def _own_days(table: Table) -> tuple[str, ...]:
    return tuple(name for name, field in table.columns.items() if isinstance(field, Day))


def _impossible_days(
    question: Question, events: Mapping[str, Sequence[Event]], today: date
) -> Iterator[FieldProblem]:
    if question.cutoff > today:
        yield FieldProblem("cutoff", "lies in the future")
    cutoff, now = day_number(question.cutoff), day_number(today)
    if any(born > cutoff for born in _births(question.child, events)):
        yield FieldProblem("cutoff", "lies before the child's birth")
    for table, rows in events.items():
        for index, event in enumerate(rows):
            for name, day in days_of(TABLES[table], event):
                if day > now:
                    place = f"{CASE_FILE}.{table}[{index}].{name}"
                    yield FieldProblem(place, "is a future date")


def _births(child: str, events: Mapping[str, Sequence[Event]]) -> Iterator[int]:
    for event in events.get(children.name, ()):
        if event.filled["child"] == child and event.withdrawn is None:
            yield event.happened
