"""GET /v1/alerts and /v1/notices: the work list of an office, and what a person is to know.

Alerts are of children who moved (`serving.lookout`), notices of answers that the person has seen.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

from pydantic import BeforeValidator, Field

from features.language.fields import Code
from features.language.text import Text
from serving.desk import Desk
from serving.problems import unavailable
from serving.shape import Shape, taken
from serving.store.alerting import How
from serving.store.contesting import What
from serving.store.database import StoreUnavailable
from serving.store.store import Store

MOST_ALERTS = 200  # of one answer

_OFFICE = Code(Text("所", "an office"), required=True)


def _read_office(raw: object) -> object:
    return taken(_OFFICE, raw)


class NoticesPlace(Shape, title="NoticesOf"):
    """Whose list, and after which entry of it."""

    office: Annotated[str, BeforeValidator(_read_office)]
    after: int = Field(default=0, ge=0, le=2**53)


class Place(NoticesPlace, title="AlertsOf"):
    """Whose alerts, after which one of them, and whether only those that nobody has tended."""

    open: bool = False


class Tended(Shape):
    """Who has dealt with an alert, when, and how."""

    at: str
    person: str
    what: How


class Alert(Shape):
    """A child who moved to another band, or of whom red flags were raised, and the answer behind.

    `received` is how many events the office had told by then: with it, the store can be asked as
    it was. `position` counts the alerts of the office. It is open until it is `tended`.
    """

    id: str
    position: int
    at: str
    child: str
    model: str
    cutoff: str
    received: int
    band_before: str | None
    band: str | None
    red_flags: list[str]
    score_id: str
    tended: Tended | None


class Response(Shape, title="Alerts"):
    """Alerts in their order; more are to come while the list is full.

    They are of the first `looked` events that the office told, of `received`.
    """

    office: str
    alerts: list[Alert]
    looked: int
    received: int


class Notice(Shape):
    """What became of an answer that was seen: its contest was decided, or the fact was corrected.

    `newScoreId` is the answer that stands now, be it the same. `position` counts the notices.
    """

    id: str
    position: int
    at: str
    contest_id: str
    score_id: str
    new_score_id: str
    what: What


class Notices(Shape):
    """The notices to whoever asks, in their order; more are to come while the list is full."""

    office: str
    notices: list[Notice]


def alerts(desk: Desk, place: Place) -> bytes:
    """The alerts as canonical JSON."""
    with _list_of(desk, place) as store:
        looked, received = store.looked(place.office)
        found = store.alerts(
            place.office,
            place.after,
            MOST_ALERTS,
            only_open=place.open,
            sealed=desk.may_sealed(place.office),
        )
    told = [
        Alert.model_validate(
            {**asdict(alert), "cutoff": alert.cutoff.isoformat(), "position": position}
        )
        for position, alert in found
    ]
    return Response(office=place.office, alerts=told, looked=looked, received=received).json_bytes


def notices(desk: Desk, place: NoticesPlace) -> bytes:
    """The notices to the person who asks, as canonical JSON."""
    with _list_of(desk, place) as store:
        found = store.notices(place.office, desk.asker.person, place.after, MOST_ALERTS)
    told = [
        Notice(
            id=notice.id,
            position=position,
            at=notice.at,
            contest_id=notice.contest_id,
            score_id=notice.score_id,
            new_score_id=notice.new_score_id,
            what=notice.what,
        )
        for position, notice in found
    ]
    return Notices(office=place.office, notices=told).json_bytes


@contextmanager
def _list_of(desk: Desk, place: NoticesPlace) -> Iterator[Store]:
    desk.permit_in(place.office)
    if desk.store is None:
        raise unavailable("store_unavailable")
    try:
        yield desk.store
    except StoreUnavailable as lost:
        raise unavailable("store_unavailable") from lost
