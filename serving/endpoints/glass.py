"""POST and GET /v1/brokenGlass: a case is opened in an emergency, shortly, and for all to see.

Who breaks the glass in front of a case says why. It is in the work list of the supervisors of the
case's office at once, and stays there until one of them has said what to think of it.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, StringConstraints

from serving.about import READ, keep_about
from serving.at_hand import journal_at_hand
from serving.cases import of_store
from serving.desk import Desk
from serving.endpoints.events import Identifier
from serving.endpoints.review import Words
from serving.journal.acts import Act
from serving.log import log
from serving.metrics import BROKEN_GLASS
from serving.shape import Shape
from serving.store.handling import Glass
from serving.store.moment import told

GLASS, GLASS_REVIEW = "glass", "glass_review"  # kinds of records
LONGEST = 60  # minutes
MOST_GLASS = 200  # of one answer
SHORTEST_REASON = 20  # characters

Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=SHORTEST_REASON, max_length=2000),
]
ReasonCode = Literal["imminent_danger", "nobody_reachable", "family_moved", "other"]
for code in get_args(ReasonCode):  # a series that begins with its first count hides that one
    BROKEN_GLASS.labels(code)


class Request(Shape, title="GlassRequest"):
    """Whose case is to be opened to who asks, for how long, and why, in words of 20 characters."""

    office: Identifier
    child: Identifier
    reason_code: ReasonCode
    words: Reason
    minutes: int = Field(default=LONGEST, ge=1, le=LONGEST)


class Response(Shape, title="GlassReceipt"):
    """The case can be scored and read until then, by who asked and nobody else."""

    glass_id: str
    office: str
    child: str
    until: datetime


class Place(Shape, title="GlassOf"):
    """In front of whose cases the glass was broken, and behind which one."""

    office: Identifier
    after: str | None = None


class ReviewRequest(Shape, title="GlassReviewRequest"):
    """What a supervisor thinks of it."""

    decision: Literal["justified", "not_justified"]
    words: Words | None = None


class Reviewed(Shape, title="GlassReview"):
    """What a supervisor said of it, and when."""

    review_id: str
    glass_id: str
    at: datetime
    person: str
    decision: Literal["justified", "not_justified"]
    words: str | None


class Broken(Shape, title="BrokenGlass"):
    """Who broke the glass in front of which case, why, and what supervisors said of it since."""

    glass_id: str
    at: str
    until: str
    child: str
    person: str
    reason_code: ReasonCode
    words: str
    reviews: list[Reviewed]


class Listed(Shape, title="BrokenGlassList"):
    """The oldest first; more may be behind the last one while the list is full."""

    office: str
    glass: list[Broken]


class GlassId(Shape):
    """Which broken glass is meant."""

    glass_id: str


def break_glass(desk: Desk, request: Request) -> bytes:
    """Until when the case is open; the journal has it, and those who supervise find it."""
    desk.permit_on(request.office, request.child)
    asked = request.model_dump(by_alias=True, mode="json")
    with of_store(desk) as store:
        record = desk.do(Act(GLASS, request.child, asked, {}))
        until = record.at + timedelta(minutes=request.minutes)
        store.keep_glass(
            request.office,
            Glass(
                id=record.id,
                at=told(record.at),
                until=told(until),
                child=request.child,
                person=record.asker.person,
                reason_code=request.reason_code,
            ),
        )
    BROKEN_GLASS.labels(request.reason_code).inc()
    log("the glass was broken", requestId=desk.asker.request, person=desk.asker.person)
    return Response(
        glass_id=record.id, office=request.office, child=request.child, until=until
    ).json_bytes


def listed(desk: Desk, place: Place) -> bytes:
    """The list as canonical JSON; that it was read is in the journal already."""
    desk.permit_in(place.office)
    with of_store(desk) as store:
        found = store.glass(place.office, place.after, MOST_GLASS)
    response = Listed(office=place.office, glass=[_broken(desk, glass) for glass in found])
    asked: dict[str, object] = {"read": "broken glass", "office": place.office}
    desk.do(Act(READ, "", asked, {"sha256": sha256(response.json_bytes).hexdigest()}))
    return response.json_bytes


def review(desk: Desk, place: GlassId, request: ReviewRequest) -> bytes:
    """What was said of it, as it is kept."""
    kept = desk.said(place.glass_id, GLASS)

    def say(review_id: str, at: datetime) -> bytes:
        said = request.model_dump()
        person = desk.asker.person
        return Reviewed(
            review_id=review_id, glass_id=kept.id, at=at, person=person, **said
        ).json_bytes

    return keep_about(desk, kept, GLASS_REVIEW, request.json_bytes, say)


def _broken(desk: Desk, glass: Glass) -> Broken:
    """What is told of one; its reason in words, and what was said of it, are in the journal."""
    with journal_at_hand():
        kept = desk.journal.entry(glass.id)
        reviews = [one.answer for one in desk.journal.about(glass.id, GLASS_REVIEW)]
    assert kept, "it was kept there before the glass was broken"
    asked = Request.model_validate_json(kept.asked)
    return Broken(
        glass_id=glass.id,
        at=glass.at,
        until=glass.until,
        child=glass.child,
        person=glass.person,
        reason_code=asked.reason_code,
        words=asked.words,
        reviews=[Reviewed.model_validate_json(said) for said in reviews],
    )


EXAMPLE: dict[str, Any] = {
    "office": "office-4", "child": "c-2001", "reasonCode": "imminent_danger", "minutes": 30,
    "words": "きょうだいが救急搬送され、この子の過去の通告を今すぐ確認する必要がある。",
}  # fmt: skip
