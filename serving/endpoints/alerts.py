"""GET /v1/alerts: the work list of an office, of children whom new events have moved."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from features.language.fields import Code
from features.language.text import Text
from serving.desk import Desk
from serving.endpoints.lookout import look
from serving.problems import unavailable
from serving.shape import Shape, taken
from serving.store.database import StoreUnavailable

MOST_ALERTS = 200  # of one answer

_OFFICE = Code(Text("所", "an office"), required=True)


def _read_office(raw: object) -> object:
    return taken(_OFFICE, raw)


class Place(Shape, title="AlertsOf"):
    """Whose alerts, and after which one of them."""

    office: Annotated[str, BeforeValidator(_read_office)]
    after: int = Field(default=0, ge=0, le=2**53)


class Alert(Shape):
    """A child who moved to another band, or of whom red flags were raised, and the answer behind.

    `received` is how many events the office had told by then: with it, the store can be asked as
    it was. `position` counts the alerts of the office.
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


class Response(Shape, title="Alerts"):
    """Alerts in their order; more are to come while the list is full, or `looked` behind."""

    office: str
    alerts: list[Alert]
    looked: int


def alerts(desk: Desk, place: Place) -> bytes:
    """The alerts as canonical JSON, once those whom new events concern were looked at."""
    desk.permit_in(place.office)
    if desk.store is None:
        raise unavailable("store_unavailable")
    try:
        looked = look(desk.itself, desk.store, place.office).received
        found = desk.store.alerts(place.office, place.after, MOST_ALERTS)
    except StoreUnavailable as lost:
        raise unavailable("store_unavailable") from lost
    told = [
        Alert.model_validate(
            {**vars(alert), "cutoff": alert.cutoff.isoformat(), "position": position}
        )
        for position, alert in found
        if desk.may_see(place.office, alert.child)
    ]
    return Response(office=place.office, alerts=told, looked=looked).json_bytes
