"""POST /v1/alerts/{alertId}/tendings: somebody takes up an alert, or says that it needs nothing.

Who does is on record from then on as one who has seen the answer behind it; the alert stays in the
list of its office, where whoever asks for the open ones does not find it any more.
"""

from datetime import datetime
from typing import Any

from serving.about import TENDING, keep_about
from serving.at_hand import journal_at_hand
from serving.cases import of_store
from serving.desk import Desk
from serving.endpoints.events import Identifier
from serving.endpoints.review import Words
from serving.journal import Entry
from serving.keys import Key
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
        _refuse_tended(desk, request.office, kept, alert.id)
        return Response(
            tending_id=tending_id,
            alert_id=alert.id,
            score_id=kept.id,
            at=at,
            person=desk.asker.person,
            what=request.what,
            words=request.words,
        ).json_bytes

    with desk.running.alone(Key(f"tending of {alert.id}", "")):
        answer = keep_about(desk, kept, TENDING, request.json_bytes, say)
    _keep(desk, request.office, Response.model_validate_json(answer))
    return answer


def _refuse_tended(desk: Desk, office: str, kept: Entry, alert_id: str) -> None:
    """Raise Problem where somebody was faster; they may have been cut off before the list knew."""
    with journal_at_hand():
        since = desk.journal.about(kept.id)
    said = [Response.model_validate_json(e.answer) for e in since if e.kind == TENDING]
    for earlier in (one for one in said if one.alert_id == alert_id):
        _keep(desk, office, earlier)
        raise conflicting([FieldProblem("what", f"was said before, by {earlier.person}")])


def _keep(desk: Desk, office: str, said: Response) -> None:
    with of_store(desk) as store:
        store.tend(office, said.alert_id, Tended(told(said.at), said.person, said.what))


EXAMPLE: dict[str, Any] = {
    "office": "office-3",
    "what": "taken_up",
    "words": "本日、家庭訪問を行う。",
}
