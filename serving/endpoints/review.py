"""POST /v1/score/{scoreId}/reviews: what a specialist decided, seeing the score."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from serving.about import REVIEW, ScoreId, keep_about
from serving.desk import Desk
from serving.override_reasons import OVERRIDE_REASONS
from serving.problems import FieldProblem, invalid
from serving.shape import Shape

AGREE, OVERRIDE = "agree", "override"
OTHER = "other"
ReasonCode = Literal[
    "known_otherwise", "record_wrong", "changed_since", "safe_already", "graver", "other"
]
Words = Annotated[str, Field(min_length=1, max_length=2000)]


class Request(Shape, title="ReviewRequest"):
    """The decision: an override names its reason, and says it in words where that is `other`."""

    decision: Literal["agree", "override"]
    reason_code: ReasonCode | None = None
    words: Words | None = None


class Response(Shape, title="Review"):
    """A decision on record, since when, and about which answer."""

    review_id: str
    score_id: str
    at: datetime
    decision: Literal["agree", "override"]
    reason_code: ReasonCode | None
    words: str | None


def review(desk: Desk, place: ScoreId, request: Request) -> bytes:
    """The review as it is kept; the answer itself stays what it was."""
    _check(request)
    kept = desk.said(place.score_id)

    def say(review_id: str, at: datetime) -> bytes:
        said = request.model_dump()
        return Response(review_id=review_id, score_id=kept.id, at=at, **said).json_bytes

    return keep_about(desk, kept, REVIEW, request.json_bytes, say)


def _check(request: Request) -> None:
    if request.decision == AGREE and request.reason_code:
        raise invalid([FieldProblem("reasonCode", "is for an override")])
    if request.decision == OVERRIDE and not request.reason_code:
        there = ", ".join(OVERRIDE_REASONS)
        raise invalid([FieldProblem("reasonCode", f"is required; one of: {there}")])
    if request.reason_code == OTHER and not request.words:
        raise invalid([FieldProblem("words", "is required where the reason is another")])


EXAMPLE: dict[str, Any] = {
    "decision": "override",
    "reasonCode": "safe_already",
    "words": "祖母宅に移り、安全を確認した。",
}
