"""An operation: one thing that can be asked, from which route and published words follow."""

from collections.abc import Callable
from dataclasses import dataclass

from serving.shape import Shape
from serving.who.asker import Action

JSON, HTML = "application/json", "text/html; charset=utf-8"
PDF = "application/pdf"
GET, POST = "GET", "POST"


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked.

    `answer` is given the desk, then what the path and the query say, read as `place`, then the
    body, read as `request`: each where there is one. What has no `response` is a page for people,
    or is of another standard, and is not in the published file. `action` is what the policy knows
    it by: it must permit it before `answer` is called; without one, whoever asks is answered, and
    is not asked who they are. `many` says that its body holds many requests, and `at_once` that it
    looks at nothing, and is answered without a thread.
    """

    name: str
    method: str
    path: str
    about: str
    answer: Callable[..., bytes]
    action: Action | None
    place: type[Shape] | None = None
    request: type[Shape] | None = None
    response: type[Shape] | None = None
    status: int = 200
    media_type: str = JSON
    many: bool = False
    at_once: bool = False
