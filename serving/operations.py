"""Operations: all that can be asked over HTTP, from which routes and published file follow."""

from collections.abc import Callable
from dataclasses import dataclass

from serving.endpoints import events, health, model, report, score
from serving.shape import Shape

JSON, HTML = "application/json", "text/html; charset=utf-8"
GET, POST = "GET", "POST"


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked.

    `answer` is given the desk, then what the path and the query say, read as `place`, then the
    body, read as `request`: each where there is one. What has no `response` is a page for people,
    and is not in the published file.
    """

    name: str
    method: str
    path: str
    about: str
    answer: Callable[..., bytes]
    place: type[Shape] | None = None
    request: type[Shape] | None = None
    response: type[Shape] | None = None
    status: int = 200
    media_type: str = JSON


OPERATIONS = (
    Operation(
        "scoreChild",
        POST,
        "/v1/scores",
        "Score one child from its case file.",
        score.score,
        request=score.Request,
        response=score.Response,
    ),
    Operation(
        "reportChild",
        POST,
        "/v1/reports",
        "Score one child, and explain the score on a page.",
        report.report,
        request=report.Request,
        media_type=HTML,
    ),
    Operation(
        "keepEvents",
        POST,
        "/v1/events",
        "Keep what became known in an office, all of it or nothing.",
        events.events,
        request=events.Request,
        response=events.Response,
    ),
    Operation(
        "tellModels",
        GET,
        "/v1/models",
        "Tell which models answer, and what is known of each.",
        model.model,
        response=model.Response,
    ),
    Operation(
        "isAlive",
        GET,
        "/livez",
        "Tell that the process answers.",
        health.alive,
        response=health.Response,
    ),
    Operation(
        "isReady",
        GET,
        "/readyz",
        "Tell whether a score could be given now.",
        health.ready,
        response=health.Response,
    ),
)
