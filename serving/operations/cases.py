"""What offices tell of their cases, and what they are told of them."""

from serving.endpoints import alerts, events
from serving.operations.operation import GET, POST, Operation

OPERATIONS = (
    Operation(
        "keepEvents",
        POST,
        "/v1/events",
        "Keep what became known in an office, all of it or nothing.",
        events.events,
        "send_events",
        request=events.Request,
        response=events.Response,
    ),
    Operation(
        "tellAlerts",
        GET,
        "/v1/alerts",
        "Tell which children of an office were moved by new events.",
        alerts.alerts,
        "read_worklist",
        place=alerts.Place,
        response=alerts.Response,
    ),
)
