"""GET /v1/notices and POST /v1/notices/{noticeId}/acknowledgements: what a person is to know.

Whoever has seen an answer is told what became of it, until they say that they have seen that, too.
"""

from typing import Any

from serving.cases import of_store
from serving.desk import Desk
from serving.endpoints.alerts import MOST, Place, list_of
from serving.endpoints.events import Identifier
from serving.journal.acts import Act
from serving.problems import Problem
from serving.shape import Shape
from serving.store.contesting import What

ACKNOWLEDGED = "acknowledged"  # the kind of the record
NO_NOTICE = "No notice to you has this id."


class Notice(Shape):
    """What became of an answer that was seen: its contest was decided, or the fact was corrected.

    `newScoreId` is the answer that stands now, be it the same. `position` counts the notices. It is
    open until it is acknowledged.
    """

    id: str
    position: int
    at: str
    contest_id: str
    score_id: str
    new_score_id: str
    what: What
    acknowledged_at: str | None


class Notices(Shape):
    """The notices to whoever asks, in their order; more are to come while the list is full."""

    office: str
    notices: list[Notice]


class NoticeId(Shape):
    """Which notice is meant."""

    notice_id: str


class Request(Shape, title="AcknowledgementRequest"):
    """That a notice, of an answer of the office, was seen."""

    office: Identifier


class Response(Shape, title="Acknowledgement"):
    """Since when a notice is acknowledged."""

    notice_id: str
    acknowledged_at: str


def notices(desk: Desk, place: Place) -> bytes:
    """The notices to the person who asks, as canonical JSON."""
    with list_of(desk, place) as store:
        found = store.notices(
            place.office, desk.asker.person, place.after, MOST, only_open=place.open
        )
    told = [
        Notice(
            id=notice.id,
            position=position,
            at=notice.at,
            contest_id=notice.contest_id,
            score_id=notice.score_id,
            new_score_id=notice.new_score_id,
            what=notice.what,
            acknowledged_at=notice.acknowledged_at,
        )
        for position, notice in found
    ]
    return Notices(office=place.office, notices=told).json_bytes


def acknowledge(desk: Desk, place: NoticeId, request: Request) -> bytes:
    """Since when the person who asks has acknowledged it; what was acknowledged before stays so."""
    desk.permit_in(request.office)
    to = request.office, desk.asker.person, place.notice_id
    with of_store(desk) as store:
        if not store.is_notice(*to):
            raise Problem("not_found", NO_NOTICE)
        asked: dict[str, object] = {"office": request.office, "notice": place.notice_id}
        since = store.acknowledge(*to, desk.do(Act(ACKNOWLEDGED, "", asked, {})).at)
    return Response(notice_id=place.notice_id, acknowledged_at=since).json_bytes


EXAMPLE: dict[str, Any] = {"office": "office-3"}
