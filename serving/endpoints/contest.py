"""POST /v1/score/{scoreId}/contests: somebody says that a fact behind an answer is not so.

The answer stays what it was, and says from then on that it is contested; a supervisor decides
(`serving.endpoints.decision`). Where the fact is indeed wrong, the correction comes as every other
does, as a row that takes its place: then the child is scored anew, the answer names the one after
it, and all who have seen it are told (`serving.lookout.correcting`).
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from features.reading import LONGEST_IDENTIFIER
from features.tables import TABLES
from serving.about import CONTEST, ScoreId, keep_about
from serving.cases import of_store
from serving.desk import Desk
from serving.endpoints.review import Words
from serving.journal import Entry
from serving.problems import FieldProblem, invalid
from serving.shape import Shape
from serving.store.contesting import Contest
from serving.store.moment import told

Claim = Literal["wrong", "changed_since", "not_about_child", "missing"]
RowId = Annotated[str, Field(min_length=1, max_length=LONGEST_IDENTIFIER)]


class Request(Shape, title="ContestRequest"):
    """The fact, by table and row, what is said of it, and in which words.

    Of a fact that is `missing` there is no row to name.
    """

    table: str
    row_id: RowId | None = None
    claim: Claim
    words: Words


class Response(Shape, title="Contest"):
    """A challenge on record, since when, and about which answer."""

    contest_id: str
    score_id: str
    at: datetime
    table: str
    row_id: str | None
    claim: Claim
    words: str


def contest(desk: Desk, place: ScoreId, request: Request) -> bytes:
    """The challenge as it is kept."""
    kept = desk.said(place.score_id)
    problems = list(_unfit(request, kept))
    if problems:
        raise invalid(problems)

    def say(contest_id: str, at: datetime) -> bytes:
        said = request.model_dump()
        return Response(contest_id=contest_id, score_id=kept.id, at=at, **said).json_bytes

    answer = keep_about(desk, kept, CONTEST, request.json_bytes, say)
    _look_out(desk, kept, Response.model_validate_json(answer))
    return answer


def _look_out(desk: Desk, kept: Entry, contest: Response) -> None:
    """Have the store tell when the fact is told otherwise, where the fact is one of an office."""
    if desk.store is None or not kept.office:
        return
    with of_store(desk) as store:
        received = json.loads(kept.asked).get("received") or store.received(kept.office)
        store.keep_contest(
            kept.office,
            Contest(
                id=contest.contest_id,
                score_id=kept.id,
                child=kept.child,
                of_table=contest.table,
                of_row=contest.row_id,
                received=received,
                at=told(contest.at),
            ),
        )


def _unfit(request: Request, kept: Entry) -> Iterator[FieldProblem]:
    if request.table not in TABLES:
        yield FieldProblem("table", f"no such table; there are: {', '.join(TABLES)}")
    elif request.claim == "missing":
        if request.row_id:
            yield FieldProblem("rowId", "is left out where the fact is missing")
    elif request.row_id is None:
        yield FieldProblem("rowId", "is required")
    elif not _asked_with(kept, request.table, request.row_id):
        yield FieldProblem("rowId", "no such row was sent with the question")


def _asked_with(kept: Entry, table: str, row_id: str) -> bool:
    case_file = json.loads(kept.asked).get("caseFile")
    return case_file is None or any(row["id"] == row_id for row in case_file.get(table, ()))


EXAMPLE: dict[str, Any] = {
    "table": "contacts",
    "rowId": "v-2",
    "claim": "wrong",
    "words": "訪問を断ったのではなく、入院中で不在だった。",
}
