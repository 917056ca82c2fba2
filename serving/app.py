"""The routes: every operation at its path, and how its answer goes out."""

from collections.abc import Awaitable, Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from serving.desk import Desk
from serving.keys import HEADER as KEY_HEADER
from serving.keys import read_key
from serving.openapi import PUBLISHED, VERSION, VERSION_HEADER
from serving.operations import HTML, JSON, OPERATIONS, PDF, Operation
from serving.pages.content_policy import content_policy
from serving.problems import MEDIA_TYPE, Problem
from serving.shape import Shape, read_shape, read_words
from serving.strict_json import Malformed, parse
from serving.turn import Turn
from serving.waiting import WaitingRoom

FILE = "/v1/openapi.json"
PATHS = tuple(dict.fromkeys([*(operation.path for operation in OPERATIONS), FILE]))
OPEN = tuple(operation.path for operation in OPERATIONS if operation.action is None)

READERS = 4  # threads: where the store says nothing, so many wait for it at a time
MOST_READING = 6  # who waits for a page, at the most; the last of them about a second
MOST_PRINTING = 6  # and for paper; the last of them a dozen seconds

_Handler = Callable[[Request], Awaitable[Response]]


class _Nothing(Shape):
    """What the path and the query say where nothing can be said."""


@dataclass(frozen=True)
class _Rooms:
    """Where requests wait, and the turn of whose body is read.

    Were many bodies or pages read at once, or more than one set on paper, which takes seconds, the
    loop that lets requests in would hardly get a turn.
    """

    asking: WaitingRoom
    reading: WaitingRoom
    printing: WaitingRoom
    bodies: Turn

    @classmethod
    def of(cls, turn: Turn) -> "_Rooms":
        """Rooms in which one waits for the turn."""
        return cls(
            asking=WaitingRoom(turn),
            reading=WaitingRoom(turn, READERS, MOST_READING, MOST_READING * 2 // 3),
            printing=WaitingRoom(turn, 1, MOST_PRINTING, MOST_PRINTING // 2),
            bodies=Turn(),
        )

    def for_(self, operation: Operation) -> WaitingRoom:
        """Where one waits for an operation."""
        if operation.request is not None:
            return self.asking
        return self.printing if operation.media_type == PDF else self.reading


def make_app(desk: Desk, pages: Iterable[Route] = ()) -> Starlette:
    """The desk's application with the routes of its pages, without the guard around it."""
    rooms = _Rooms.of(desk.turn)
    operations = [Route(o.path, _handler(desk, o, rooms), methods=[o.method]) for o in OPERATIONS]
    app = Starlette(
        routes=[*operations, Route(FILE, _published(desk)), *pages],
        exception_handlers={Problem: _problem, HTTPException: _http_problem, Exception: _fault},
    )
    app.router.redirect_slashes = False
    return app


def read_json(body: bytes) -> object:
    """What a body says; raises Problem where it is not strict JSON."""
    try:
        return parse(body)
    except Malformed as malformed:
        raise Problem("malformed_json", f"Not taken: {malformed}.") from None


def _handler(desk: Desk, operation: Operation, rooms: _Rooms) -> _Handler:
    # For a body that holds thousands of requests nobody else waits.
    alone = operation.request is not None and not operation.many
    room = rooms.for_(operation)

    def work(request: Request, said: list[tuple[str, str]], body: bytes) -> bytes:
        with rooms.bodies if alone else nullcontext():
            own, asked = _read(desk, operation, request, said, body)
        return operation.answer(own, *asked)

    async def handle(request: Request) -> Response:
        said = [*request.path_params.items(), *request.query_params.multi_items()]
        _check_version(request)
        body = await request.body()
        asked = partial(work, request, said, body)
        if operation.at_once:
            answered = asked()
        elif operation.action is None:
            answered = await to_thread.run_sync(asked)
        else:
            answered = await room.answer(request.state.asker, asked)
        headers = {VERSION_HEADER: VERSION}
        if operation.media_type == HTML:
            headers["content-security-policy"] = content_policy(answered.decode())
        return Response(answered, operation.status, headers, media_type=operation.media_type)

    return handle


def _read(
    desk: Desk, operation: Operation, request: Request, said: list[tuple[str, str]], body: bytes
) -> tuple[Desk, list[Any]]:
    """The desk as it answers who asks, and what it is asked; raises Problem."""
    asker, action = request.state.asker, operation.action
    own = desk.asked_by(asker, action) if action else desk
    place = read_words(operation.place or _Nothing, said)
    asked: list[Any] = [place] if operation.place else []
    if operation.request is None:
        return own, asked
    sent = read_json(body)
    asked.append(read_shape(operation.request, sent))
    key = read_key(request.headers.get(KEY_HEADER), asker.client, [operation.name, said, sent])
    return replace(own, key=key), asked


def _check_version(request: Request) -> None:
    if request.headers.get(VERSION_HEADER, VERSION) != VERSION:
        raise Problem("bad_header", f"{VERSION_HEADER} takes {VERSION}.")


def _published(desk: Desk) -> _Handler:
    async def handle(request: Request) -> Response:
        desk.asked_by(request.state.asker, "read_model")
        return Response(PUBLISHED.read_bytes(), media_type=JSON)

    return handle


async def _problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    body = problem.body(request.state.request_id)
    return Response(body, problem.kind.status, problem.told_in_headers, MEDIA_TYPE)


async def _http_problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    taken = ", ".join(_methods(request))
    if problem.status_code == 404 or not taken:
        told = Problem("not_found", f"There are: {', '.join(PATHS)}.")
    else:
        told = Problem("method_not_allowed", f"It takes {taken}.", headers=(("Allow", taken),))
    return await _problem(request, told)


def _methods(request: Request) -> list[str]:
    """What the path takes: the library would tell that of the first of its routes alone."""
    routes = [route for route in request.app.routes if isinstance(route, Route)]
    there = [route for route in routes if route.matches(request.scope)[0] is not Match.NONE]
    return sorted({method for route in there for method in route.methods or ()})


async def _fault(request: Request, fault: Exception) -> Response:
    """A fault of ours; the guard outside hears of it too, and logs it."""
    return await _problem(request, Problem("internal_error", "It is logged under this instance."))
