"""GET /v1/alerts: the work list of an office, of children who moved (`serving.lookout`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

from pydantic import BeforeValidator, Field

from features.language.fields import Code
from features.language.text import Text
from serving.cases import of_store
from serving.desk import Desk
from serving.problems import NO_SCORE
from serving.shape import Shape, taken
from serving.store.alerting import How
from serving.store.store import Store

MOST = 200  # of one answer

_OFFICE = Code(Text("所", "an office"), required=True)


def _read_office(raw: object) -> object:
    return taken(_OFFICE, raw)


class Place(Shape, title="ListOf"):
    """Whose list, after which entry of it, and whether only those that ask for something still."""

    office: Annotated[str, BeforeValidator(_read_office)]
    after: int = Field(default=0, ge=0, le=2**53)
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


def alerts(desk: Desk, place: Place) -> bytes:
    """The alerts as canonical JSON."""
    with list_of(desk, place) as store:
        looked, received = store.looked(place.office)
        found = store.alerts(
            place.office,
            place.after,
            MOST,
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


@contextmanager
def list_of(desk: Desk, place: Place) -> Iterator[Store]:
    """The store, for a list to be read; raises Problem where it is not permitted, or not there."""
    desk.permit_in(place.office)
    with of_store(desk, NO_SCORE) as store:
        yield store
