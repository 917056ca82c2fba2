"""The routes: which endpoint answers which path, and how its answer goes out."""

from collections.abc import Awaitable, Callable

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from serving.desk import Desk
from serving.endpoints import model, report, score
from serving.problems import MEDIA_TYPE, Problem, unavailable
from serving.shape import AnyShape, read_shape
from serving.strict_json import Malformed, canonical, parse

JSON, HTML = "application/json", "text/html; charset=utf-8"
PATHS = ("/v1/score", "/v1/report", "/v1/model", "/livez", "/readyz")

_Handler = Callable[[Request], Awaitable[Response]]
_CODES = {404: "not_found", 405: "method_not_allowed"}


def make_app(desk: Desk) -> Starlette:
    """The desk's application, without the guard around it."""
    # One at a time: Python computes one at a time anyway, and the loop stays free for the probes.
    turn = CapacityLimiter(1)
    scored = _posted(desk, score.Request, score.score, JSON, turn)
    reported = _posted(desk, report.Request, report.report, HTML, turn)
    told = {
        "/v1/model": lambda: model.model(desk),
        "/livez": _alive,
        "/readyz": lambda: _ready(desk),
    }
    app = Starlette(
        routes=[
            Route("/v1/score", scored, methods=["POST"]),
            Route("/v1/report", reported, methods=["POST"]),
            *(Route(path, _got(answer)) for path, answer in told.items()),
        ],
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


def _posted(
    desk: Desk,
    shape: type[AnyShape],
    answer: Callable[[Desk, AnyShape], bytes],
    media_type: str,
    turn: CapacityLimiter,
) -> _Handler:
    def work(body: bytes) -> bytes:
        return answer(desk, read_shape(shape, read_json(body)))

    async def handle(request: Request) -> Response:
        said = await to_thread.run_sync(work, await request.body(), limiter=turn)
        return Response(said, media_type=media_type)

    return handle


def _got(answer: Callable[[], bytes]) -> _Handler:
    async def handle(request: Request) -> Response:
        return Response(answer(), media_type=JSON)

    return handle


def _alive() -> bytes:
    return canonical({"status": "alive"})


def _ready(desk: Desk) -> bytes:
    """Ready where an answer could be given now: the default model loaded, the journal in place."""
    if desk.model not in desk.champions:
        raise unavailable("model_unavailable")
    try:
        desk.journal.check()
    except OSError:
        raise unavailable("journal_unavailable") from None
    return canonical({"status": "ready"})


async def _problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    body = problem.body(request.state.request_id)
    return Response(body, problem.kind.status, dict(problem.headers), MEDIA_TYPE)


async def _http_problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    headers = dict(problem.headers or {})
    takes, there = headers.get("Allow"), f"There are: {', '.join(PATHS)}."
    detail = f"It takes {takes}." if takes else there
    told = Problem(_CODES[problem.status_code], detail, headers=tuple(headers.items()))
    return await _problem(request, told)


async def _fault(request: Request, fault: Exception) -> Response:
    """A fault of ours; the guard outside hears of it too, and logs it."""
    return await _problem(request, Problem("internal_error", "It is logged under this instance."))
