"""A question to the desk: one child's case file and a cutoff, read strictly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from features.events import Event, read_case_file
from features.language.fields import Day
from features.language.text import Language
from features.reading import day_number
from features.tables import TABLES, children
from serving.problems import FieldProblem, invalid

CASE_FILE = "caseFile"
MOST_ROWS = 5000  # every link is held against every row: more would keep others waiting
_PAST = ("happened", "known", "withdrawn")  # `until` may be planned ahead


@dataclass(frozen=True)
class Question:
    """Who is asked about, as of which day, and by which request (the SHA-256 of its JSON).

    `case_file` holds the tables as lists of rows, unread; `model` is a model's name.
    """

    child: str
    cutoff: date
    case_file: Mapping[str, object]
    model: str
    language: Language
    request: str


def read_question(question: Question, today: date) -> dict[str, list[Event]]:
    """The case file as events by table.

    Raises Problem with every field that cannot be taken: rows that the tables do not allow, days
    after today, and a cutoff after today or before the child's birth.
    """
    if sum(len(rows) for rows in question.case_file.values() if isinstance(rows, list)) > MOST_ROWS:
        too_many = f"holds more than {MOST_ROWS:,} rows; send those of the child and its household"
        raise invalid([FieldProblem(CASE_FILE, too_many)])
    events, problems = read_case_file(question.case_file, CASE_FILE)
    refused = [FieldProblem(problem.place, problem.reason) for problem in problems]
    if not refused:
        refused = list(_impossible_days(question, events, today))
    if refused:
        raise invalid(refused)
    return events


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
            for name, day in _days(table, event):
                if day > now:
                    place = f"{CASE_FILE}.{table}[{index}].{name}"
                    yield FieldProblem(place, "is a future date")


def _births(child: str, events: Mapping[str, Sequence[Event]]) -> Iterator[int]:
    for event in events.get(children.name, ()):
        if event.filled["child"] == child and event.withdrawn is None:
            yield event.happened


def _days(table: str, event: Event) -> Iterator[tuple[str, int]]:
    for name in _PAST:
        day = getattr(event, name)
        if day is not None:
            yield name, day
    for name, field in TABLES[table].columns.items():
        day = event.filled.get(name)
        if isinstance(field, Day) and isinstance(day, int):
            yield name, day
