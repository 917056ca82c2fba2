"""GET /v1/score/{scoreId}/explanation: every reason of an answer, not only those first shown."""

from serving.about import ScoreId, read_by, refuse_quarantined
from serving.advice import Advice
from serving.answers import Contributions, Reason, Said, ThemeShape, respond
from serving.answers import Response as Answer
from serving.desk import Desk
from serving.endpoints.replay import said_again
from serving.shape import Shape


class Response(Shape, title="Explanation"):
    """All reasons, the weightiest first, the themes they belong to, and how the score adds up.

    Where no score was shown there are none, and `contributions` is null.
    """

    score_id: str
    reasons: list[Reason]
    themes: list[ThemeShape]
    contributions: Contributions | None
    missing: list[Said]
    cannot_tell: list[Said]


def explanation(desk: Desk, place: ScoreId) -> bytes:
    """The explanation, worked out anew by the bundle that answered; its reading is on record."""
    kept = desk.said(place.score_id)
    refuse_quarantined(desk, kept)
    said = said_again(desk, kept, _with_all_reasons)
    response = Response(
        score_id=kept.id,
        reasons=said.reasons,
        themes=said.themes,
        contributions=said.contributions,
        missing=said.missing,
        cannot_tell=said.cannot_tell,
    )
    return read_by(desk, kept, "explanation", response.json_bytes)


def _with_all_reasons(advice: Advice) -> Answer:
    return respond(advice, most_reasons=len(advice.reasons))
