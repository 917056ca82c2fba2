"""Case files as the events that tell them."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from serving.endpoints.events import EXAMPLE
from tests.store.telling import OFFICE


def telling(case_file: dict[str, Any], office: str = OFFICE) -> dict[str, Any]:
    """The request that tells every row of a case file, and that each of its tables is kept."""
    return {"office": office, "events": list(_events(case_file))}


def changed(path: str, value: object) -> dict[str, Any]:
    """The example with one place changed."""
    request = deepcopy(EXAMPLE)
    *parts, last = path.split(".")
    place: Any = request
    for part in parts:
        place = place[int(part) if part.isdecimal() else part]
    place[last] = value
    return request


def _events(case_file: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for table, rows in case_file.items():
        kept = {"known": "2024-06-01"}
        yield {"id": f"kept-{table}", "type": "coverage", "table": table, "row": kept}
        for row in rows:
            yield {"id": f"{table}-{row['id']}", "type": "record", "table": table, "row": row}
