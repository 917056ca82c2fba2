"""GET /v1/score/{scoreId}: an answer as it was given, and what was done about it since."""

from typing import TypeVar

from serving import answers
from serving.about import CONTEST, REVIEW, ScoreId, read_by
from serving.desk import Desk
from serving.endpoints import contest, review
from serving.journal import Entry, JournalUnavailable
from serving.problems import unavailable
from serving.shape import Shape

_Kept = TypeVar("_Kept", bound=Shape)


class Response(Shape, title="ScoreRecord"):
    """The answer, what specialists decided, and which facts are contested, the oldest first."""

    answer: answers.Response
    reviews: list[review.Response]
    contests: list[contest.Response]


def record(desk: Desk, place: ScoreId) -> bytes:
    """The record of an answer; that it was read is in the journal already."""
    kept = desk.said(place.score_id)
    try:
        since = desk.journal.about(kept.id)
    except JournalUnavailable as lost:
        raise unavailable("journal_unavailable") from lost
    response = Response(
        answer=answers.Response.model_validate_json(kept.answer),
        reviews=_of(since, REVIEW, review.Response),
        contests=_of(since, CONTEST, contest.Response),
    )
    return read_by(desk, kept, "record", response.json_bytes)


def _of(since: list[Entry], kind: str, shape: type[_Kept]) -> list[_Kept]:
    return [shape.model_validate_json(entry.answer) for entry in since if entry.kind == kind]
