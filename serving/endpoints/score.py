"""POST /v1/score: a child's case file and a cutoff in, a reasoned score out.

The answer's shape is that of `serving.answers`.
"""

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from features.events import as_json
from features.language.fields import Code, Day
from features.language.text import Language, Text
from features.reading import calendar_day
from features.tables import children
from serving.advice import Advice, Written
from serving.answers import Response, respond
from serving.cases import known_around
from serving.desk import Desk
from serving.problems import FieldProblem, invalid
from serving.question import Question
from serving.shape import MADE_ELSEWHERE, Shape, taken
from serving.strict_json import LARGEST_INTEGER, canonical

__all__ = ["EXAMPLE", "Request", "Response", "score", "write"]


def _read_child(raw: object) -> object:
    return taken(children.child, raw)


def _read_office(raw: object) -> object:
    return taken(_OFFICE, raw)


def _read_day(raw: object) -> object:
    day = taken(_A_DAY, raw if isinstance(raw, str) else "")
    assert isinstance(day, int)
    return calendar_day(day)


def _as(name: str) -> WithJsonSchema:
    """In the published file: the schema of that name, which is made from the tables."""
    return WithJsonSchema({MADE_ELSEWHERE: name})


_OFFICE = Code(Text("所", "an office"), required=True)
_A_DAY = Day(Text("日", "a day"), required=True)


class Request(Shape, title="ScoreRequest"):
    """The question: `caseFile` holds rows by table, in the fields of the case file.

    `coverage` says from which day on, until which, and in which kinds the office records a table.
    Without a case file, what `office` has told the store until the cutoff is taken, of the first
    `received` events that it told, or of all. With one, the two say where it came from.
    """

    child: Annotated[str, BeforeValidator(_read_child)]
    cutoff: Annotated[date, BeforeValidator(_read_day)]
    case_file: Annotated[dict[str, Any], _as("CaseFile")] | None = None
    coverage: Annotated[dict[str, Any], _as("Coverage")] | None = None
    office: Annotated[str, BeforeValidator(_read_office)] | None = None
    received: int | None = Field(default=None, ge=1, le=LARGEST_INTEGER)
    model: str | None = None
    language: Language | None = None

    def question(self, desk: Desk) -> Question:
        """What the desk is asked; its own model and language stand in where none is named.

        Raises Problem where there is no case file, neither sent nor in the store.
        """
        desk.permit_on(self.office or desk.asker.office or "", self.child)
        whole = self if self.case_file is not None else self._from_store(desk)
        assert whole.case_file is not None
        sent = whole.model_dump(by_alias=True, exclude_unset=True, mode="json")
        return Question(
            child=self.child,
            cutoff=self.cutoff,
            case_file=whole.case_file,
            coverage=whole.coverage or {},
            model=self.model or desk.model,
            language=self.language or desk.language,
            asked=canonical(sent),
        )

    def _from_store(self, desk: Desk) -> "Request":
        """The same request as it would be sent with its case file: so it is journaled, too."""
        if self.office is None:
            missing = "is required, unless `office` says whose store has it"
            raise invalid([FieldProblem("caseFile", missing)])
        if self.coverage is not None:
            raise invalid([FieldProblem("coverage", "goes with a caseFile; the store has its own")])
        found = known_around(desk, self.office, self.child, self.cutoff, self.received)
        case_file: dict[str, Any] = dict(as_json(found.rows))
        said = {"case_file": case_file, "coverage": found.coverage, "received": found.received}
        return self.model_copy(update=said)


def score(desk: Desk, request: Request) -> bytes:
    """The answer as canonical JSON: the very bytes that the journal holds."""
    return desk.answer(request.question(desk), write).answer


def write(advice: Advice) -> Written:
    """Advice as canonical JSON."""
    return Written(respond(advice).json_bytes)


EXAMPLE: dict[str, Any] = {
    "child": "c-1041",
    "cutoff": "2024-06-03",
    "model": "placement_24m",
    "language": "ja",
    "caseFile": {
        "children": [
            {"id": "c-1041", "child": "c-1041", "happened": "2018-09-14", "known": "2022-05-10"},
            {"id": "c-1042", "child": "c-1042", "happened": "2021-02-27", "known": "2022-05-10"},
        ],
        "members": [
            {"id": "m-1", "child": "c-1041", "person": "a-77", "relation": "mother",
             "happened": "2018-09-14", "known": "2022-05-10"},
            {"id": "m-2", "child": "c-1041", "person": "c-1042", "relation": "sibling",
             "happened": "2021-02-27", "known": "2022-05-10"},
            {"id": "m-3", "child": "c-1041", "person": "a-91", "relation": "parents_partner",
             "happened": "2024-01-15", "known": "2024-06-01"},
        ],
        "notifications": [
            {"id": "n-1", "child": "c-1041", "source": "nursery", "child_seen": True,
             "happened": "2022-05-10", "known": "2022-05-10"},
            {"id": "n-2", "child": "c-1042", "source": "neighbour", "anonymous": True,
             "happened": "2023-11-20", "known": "2023-11-21"},
            {"id": "n-3", "child": "c-1041", "source": "school", "child_seen": True,
             "happened": "2024-06-01", "known": "2024-06-01"},
        ],
        "allegations": [
            {"id": "g-1", "child": "c-1041", "notification": "n-1", "kind": "neglect",
             "abuser": "a-77", "abuser_relation": "mother",
             "happened": "2022-05-10", "known": "2022-05-10"},
            {"id": "g-2", "child": "c-1041", "notification": "n-3", "kind": "physical",
             "abuser": "a-91", "abuser_relation": "parents_partner",
             "happened": "2024-06-01", "known": "2024-06-01"},
        ],
        "findings": [
            {"id": "f-1", "child": "c-1041", "notification": "n-1", "kind": "neglect",
             "outcome": "substantiated", "severity": 2, "abuser": "a-77",
             "happened": "2022-07-01", "known": "2022-07-01"},
        ],
        "observations": [
            {"id": "o-1", "child": "c-1041", "notification": "n-3", "kind": "disclosure",
             "happened": "2024-06-01", "known": "2024-06-01"},
            {"id": "o-2", "child": "c-1041", "notification": "n-3", "kind": "injury",
             "site": "face", "extent": 2, "happened": "2024-06-01", "known": "2024-06-01"},
        ],
        "screenings": [
            {"id": "s-1", "child": "c-1041", "notification": "n-3", "outcome": "screened_in",
             "urgency": 3, "happened": "2024-06-01", "known": "2024-06-01"},
        ],
        "contacts": [
            {"id": "v-1", "child": "c-1041", "kind": "visit", "outcome": "made",
             "child_seen": True, "happened": "2022-05-11", "known": "2022-05-11"},
            {"id": "v-2", "child": "c-1041", "kind": "visit", "outcome": "refused",
             "child_seen": False, "happened": "2024-06-02", "known": "2024-06-02"},
        ],
        "placements": [],
        "agency_events": [
            {"id": "e-1", "person": "c-1042", "kind": "health_check_missed",
             "happened": "2024-03-05", "known": "2024-04-10"},
            {"id": "e-2", "person": "a-91", "kind": "police_call",
             "happened": "2024-02-11", "known": "2024-06-02"},
        ],
    },
}  # fmt: skip
