"""GET /v1/score/{scoreId}: an answer as it was given, and what was done about it since."""

import json
from datetime import datetime
from typing import TypeVar

from serving import answers
from serving.about import CONTEST, CORRECTION, REVIEW, CorrectionShape, ScoreId, read_by
from serving.at_hand import journal_at_hand
from serving.desk import Desk
from serving.endpoints import contest, decision, review
from serving.journal import Entry
from serving.journal.reading import QUARANTINE
from serving.shape import Shape

_Kept = TypeVar("_Kept", bound=Shape)


class Quarantine(Shape):
    """Since when the answer is worth nothing, and which columns of its row came out otherwise."""

    at: datetime
    columns: list[str]


class Response(Shape, title="ScoreRecord"):
    """The answer, its reviews, which facts are contested, what was decided of that, and corrected.

    An answer in `quarantine` is not to be used: its row could not be answered the same again.
    """

    answer: answers.Response
    quarantine: Quarantine | None
    reviews: list[review.Response]
    contests: list[contest.Response]
    decisions: list[decision.Response]
    corrections: list[CorrectionShape]


def record(desk: Desk, place: ScoreId) -> bytes:
    """The record of an answer; that it was read is in the journal already."""
    kept = desk.said(place.score_id)
    with journal_at_hand():
        since = desk.journal.about(kept.id, QUARANTINE, REVIEW, CONTEST, CORRECTION)
    contests = _of(since, CONTEST, contest.Response)
    response = Response(
        answer=answers.Response.model_validate_json(kept.answer),
        quarantine=_quarantine(since),
        reviews=_of(since, REVIEW, review.Response),
        contests=contests,
        decisions=[said for c in contests for said in decision.decisions_of(desk, c.contest_id)],
        corrections=_of(since, CORRECTION, CorrectionShape),
    )
    return read_by(desk, kept, "record", response.json_bytes)


def _quarantine(since: list[Entry]) -> Quarantine | None:
    for entry in since:
        if entry.kind == QUARANTINE:
            return Quarantine(at=entry.at, columns=json.loads(entry.answer)["columns"])
    return None


def _of(since: list[Entry], kind: str, shape: type[_Kept]) -> list[_Kept]:
    return [shape.model_validate_json(entry.answer) for entry in since if entry.kind == kind]
