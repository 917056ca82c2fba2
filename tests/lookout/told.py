"""What an office tells, for the tests of this room: the example, and children like it."""

from typing import Any

from serving.desk import Desk
from serving.endpoints.events import Request, events
from serving.endpoints.score import EXAMPLE
from serving.shape import read_shape
from tests.store.requests import telling
from tests.store.telling import OFFICE

CHILD = "c-1041"


def tell(desk: Desk, *told: dict[str, Any], office: str = OFFICE) -> None:
    """Have the desk keep events."""
    events(desk, read_shape(Request, {"office": office, "events": list(told)}))


def tell_example(desk: Desk, office: str = OFFICE) -> None:
    """Have it keep the case file of the example."""
    events(desk, read_shape(Request, telling(EXAMPLE["caseFile"], office=office)))


def child(id_: str) -> dict[str, Any]:
    """That there is a child of whom nothing more is known."""
    row = {"id": id_, "child": id_, "happened": "2018-09-14", "known": "2022-05-10"}
    return {"id": f"children-{id_}", "type": "record", "table": "children", "row": row}


def weapon(day: str = "2024-06-20", of: str = CHILD) -> dict[str, Any]:
    """That a weapon was seen, which raises a red flag."""
    row = {"id": f"o-{of}", "child": of, "kind": "weapon", "happened": day, "known": day}
    return {"id": f"weapon-{of}", "type": "record", "table": "observations", "row": row}
