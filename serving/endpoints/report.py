"""POST /v1/report: the same question as a score's, answered as a page for people."""

from serving.advice import REPORT, Advice, Written
from serving.answers import respond
from serving.desk import Desk
from serving.endpoints import score
from serving.reports.page import draw

Request, EXAMPLE = score.Request, score.EXAMPLE  # the question is the same


def report(desk: Desk, request: score.Request) -> bytes:
    """The page: the very bytes that the journal holds, beside the answer that it explains."""
    written = desk.answer(request.question(desk), write, REPORT)
    assert written.page is not None  # `write` makes one
    return written.page


def write(advice: Advice) -> Written:
    """Advice as canonical JSON, and as the page."""
    return Written(score.write(advice).answer, draw(advice, respond(advice)).encode())
