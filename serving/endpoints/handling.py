"""POST /v1/cases/handlers and /v1/cases/seals: who handles a child's case, and who is kept out."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from serving.cases import of_store
from serving.desk import Desk
from serving.endpoints.events import Identifier
from serving.journal.acts import Act
from serving.shape import Shape

MOST_HANDLERS = 50
HANDED, SEALED = "handed", "sealed"  # kinds of records

Person = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,128}$")]


class HandlersRequest(Shape, title="HandlersRequest"):
    """Who handles the case of a child from now on, by the ids of the identity provider.

    They take the place of those before; where there are none, whoever asks for an answer handles
    the case as far as that answer goes.
    """

    office: Identifier
    child: Identifier
    persons: list[Person] = Field(max_length=MOST_HANDLERS)


class SealRequest(Shape, title="SealRequest"):
    """Whether the case of a child is closed to all but supervisors and auditors."""

    office: Identifier
    child: Identifier
    sealed: bool


class Response(Shape, title="Handling"):
    """How the case stands now, by the record of the journal that says so."""

    record_id: str
    office: str
    child: str
    handlers: list[str]
    sealed: bool


def hand(desk: Desk, request: HandlersRequest) -> bytes:
    """How the case stands, once it was handed to those persons."""
    desk.permit_on(request.office, request.child)
    asked: dict[str, object] = {"office": request.office, "persons": request.persons}
    with of_store(desk) as store:
        record = desk.do(Act(HANDED, request.child, asked, {}))
        store.hand_to(request.office, request.child, request.persons)
    return _standing(desk, record.id, request.office, request.child)


def seal(desk: Desk, request: SealRequest) -> bytes:
    """How the case stands, once it was closed or opened."""
    desk.permit_on(request.office, request.child)
    asked: dict[str, object] = {"office": request.office, "sealed": request.sealed}
    with of_store(desk) as store:
        record = desk.do(Act(SEALED, request.child, asked, {}))
        store.seal(request.office, request.child, closed=request.sealed)
    return _standing(desk, record.id, request.office, request.child)


def _standing(desk: Desk, record_id: str, office: str, child: str) -> bytes:
    with of_store(desk) as store:
        found = store.handling(office, child, desk.asker.person, desk.clock())
    return Response(
        record_id=record_id,
        office=office,
        child=child,
        handlers=sorted(found.handlers),
        sealed=found.sealed,
    ).json_bytes


HANDLERS_EXAMPLE: dict[str, Any] = {
    "office": "office-3", "child": "c-1041", "persons": ["person-17"],
}  # fmt: skip
SEAL_EXAMPLE: dict[str, Any] = {"office": "office-3", "child": "c-1041", "sealed": True}
