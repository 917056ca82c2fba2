"""POST /v1/events: what became known in an office is kept in the store, all of it or nothing."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from features.events import Problem
from features.language.fields import Code
from features.language.text import Text
from features.tables import TABLES
from serving.cases import keep_events
from serving.desk import Desk
from serving.problems import FieldProblem, invalid
from serving.shape import MADE_ELSEWHERE, Shape, taken
from serving.store.case_event import CaseEvent, Heading, read_case_event

MOST_EVENTS = 1000  # of one request: while they are kept, the office's others wait
_IDENTIFIER = Code(Text("識別番号", "identifier"), required=True)


def _read_identifier(raw: object) -> object:
    return taken(_IDENTIFIER, raw)


def _read_table(raw: object) -> object:
    if not isinstance(raw, str) or raw not in TABLES:
        raise ValueError(f"no such table; there are: {', '.join(TABLES)}")
    return raw


Identifier = Annotated[str, BeforeValidator(_read_identifier)]


class Event(Shape, title="CaseEvent"):
    """One event: `row` is a row of the table as it became known, with the two days of every row.

    Of the type `record`, it holds the fields of the case file; a later known record of the same row
    corrects it. Of the type `withdrawal`, it holds `id` and `known`: from that day on, nothing of
    the row is believed. Of the type `coverage`, it holds `known`, `from`, `to` and `kinds`: the
    office keeps the table at all, and what of it.

    `version` orders what became known of one row on one day: the highest stands.
    """

    id: Identifier
    type: Literal["record", "withdrawal", "coverage"]
    table: Annotated[str, BeforeValidator(_read_table)]
    version: int = Field(default=0, ge=0, le=999)
    row: Annotated[dict[str, Any], WithJsonSchema({MADE_ELSEWHERE: "EventRow"})]


class Request(Shape, title="CaseEvents"):
    """Events of one office, in any order; those that were kept before count as kept."""

    office: Identifier
    events: list[Event] = Field(min_length=1, max_length=MOST_EVENTS)


class Kept(Shape, title="Receipt"):
    """The receipt of an event: how many the office had told with it, and when it was first told."""

    id: str
    received: int
    received_at: str


class Response(Shape, title="Receipts"):
    """A receipt for each event, in the order of the request; it is the same however often asked."""

    office: str
    events: list[Kept]


def events(desk: Desk, request: Request) -> bytes:
    """The receipts as canonical JSON; they are given when all events are on the disk.

    Raises Problem where an event cannot be taken: then none is kept.
    """
    receipts = keep_events(desk, request.office, _read(request, desk))
    kept = [Kept(id=r.id, received=r.number, received_at=r.received_at) for r in receipts]
    return Response(office=request.office, events=kept).json_bytes


def _read(request: Request, desk: Desk) -> list[CaseEvent]:
    told: list[CaseEvent] = []
    problems: list[Problem] = []
    today = desk.clock().date()
    for index, event in enumerate(request.events):
        heading = Heading(event.id, event.type, event.table, event.version)
        read = read_case_event(heading, event.row, f"events[{index}].row", today)
        if isinstance(read, CaseEvent):
            told.append(read)
        else:
            problems += read
    if problems:
        raise invalid(FieldProblem(problem.place, problem.reason) for problem in problems)
    return told


EXAMPLE: dict[str, Any] = {
    "office": "office-3",
    "events": [
        {"id": "ev-1", "type": "record", "table": "children",
         "row": {"id": "c-1041", "child": "c-1041",
                 "happened": "2018-09-14", "known": "2022-05-10"}},
        {"id": "ev-2", "type": "record", "table": "notifications",
         "row": {"id": "n-1", "child": "c-1041", "source": "nursery",
                 "happened": "2022-05-10", "known": "2022-05-10"}},
        {"id": "ev-3", "type": "record", "table": "notifications", "version": 1,
         "row": {"id": "n-1", "child": "c-1041", "source": "school",
                 "happened": "2022-05-10", "known": "2022-05-10"}},
        {"id": "ev-4", "type": "withdrawal", "table": "notifications",
         "row": {"id": "n-0", "known": "2022-05-12"}},
        {"id": "ev-5", "type": "coverage", "table": "placements",
         "row": {"known": "2022-04-01", "from": "2016-04-01"}},
    ],
}  # fmt: skip
