"""POST /v1/alerts/{alertId}/tendings: somebody takes up an alert, or says that it needs nothing.

Who does is on record from then on as one who has seen the answer behind it; the alert stays in the
list of its office, where whoever asks for the open ones does not find it any more.
"""

from datetime import datetime
from typing import Any

from serving.about import TENDING, keep_first
from serving.cases import of_store
from serving.desk import Desk
from serving.endpoints.events import Identifier
from serving.endpoints.review import Words
from serving.problems import FieldProblem, conflicting
from serving.shape import Shape
from serving.store.alerting import How, Tended
from serving.store.moment import told


class AlertId(Shape):
    """Which alert is meant."""

    alert_id: str


class Request(Shape, title="TendingRequest"):
    """What becomes of an alert of the office: it is `taken_up`, or there is `nothing_needed`."""

    office: Identifier
    what: How
    words: Words | None = None


class Response(Shape, title="Tending"):
    """Who has dealt with an alert, when, and how."""

    tending_id: str
    alert_id: str
    score_id: str
    at: datetime
    person: str
    what: How
    words: str | None


def tend(desk: Desk, place: AlertId, request: Request) -> bytes:
    """What became of the alert, as it is kept; it is dealt with once."""
    desk.permit_in(request.office)
    with of_store(desk) as store:
        alert = store.alert(request.office, place.alert_id)
    kept = desk.said(alert.score_id if alert else "")
    assert alert, "else there was nothing to be said of it"

    def say(tending_id: str, at: datetime) -> bytes:
        return Response(
            tending_id=tending_id,
            alert_id=alert.id,
            score_id=kept.id,
            at=at,
            person=desk.asker.person,
            what=request.what,
            words=request.words,
        ).json_bytes

    def of_it(answer: bytes) -> bool:
        return Response.model_validate_json(answer).alert_id == alert.id

    answer, is_first = keep_first(desk, kept, TENDING, request.json_bytes, say, of_it)
    first = Response.model_validate_json(answer)
    with of_store(desk) as store:  # whoever was first may have been cut off before the list knew
        store.tend(request.office, alert.id, Tended(told(first.at), first.person, first.what))
    if not is_first:
        raise conflicting([FieldProblem("what", f"was said before, by {first.person}")])
    return answer


EXAMPLE: dict[str, Any] = {
    "office": "office-3",
    "what": "taken_up",
    "words": "本日、家庭訪問を行う。",
}
