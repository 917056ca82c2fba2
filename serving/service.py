"""The one door to BentoML: the service that hosts the desk, and nothing that comes along with it.

BentoML opens routes, a timer, traces and pages of its own. They are taken off again: the pages tell
what nobody asked, the timer keeps every request in memory until it runs out (bentoml 1.4.39,
_internal/server/http/traffic.py), its spans note paths and queries, which hold ids, and the ban on
pickle covers only what BentoML parses itself.
"""

from time import monotonic
from typing import Any

import bentoml
from starlette.applications import Starlette
from starlette.types import ASGIApp

from serving.app import OPEN, PATHS, make_app
from serving.desk import Desk
from serving.guard import Guard
from serving.operations import OPERATIONS
from serving.pages.app import PATHS as PAGES
from serving.pages.opening import open_pages
from serving.settings import Settings
from serving.who.doorman import doorman
from serving.who.pace import Pace

_DESK = "desk"
_BROUGHT = {"TimeoutMiddleware", "OpenTelemetryMiddleware"}


def make_service(desk: Desk, settings: Settings) -> ASGIApp:
    """The service as one ASGI application: guard, BentoML, desk."""
    pace = Pace(settings.most_asked, monotonic)
    pages = open_pages(desk, settings, pace)
    app = make_app(desk, pages.routes() if pages else ())

    class Kizuki:
        """The desk as BentoML knows it."""

    quiet = {"metrics": {"enabled": False}, "logging": {"access": {"enabled": False}}}
    service: Any = bentoml.service(name="kizuki", **quiet)(Kizuki)
    # Mounted as a bare callable, it gets every path; BentoML would keep those a Starlette lacks.
    service.mount_asgi_app(app.__call__, "/", _DESK)
    hosted = service.to_asgi()
    assert isinstance(hosted, Starlette)
    _take_off_what_it_brings(hosted)
    return Guard(
        app=hosted,
        ask=pace.behind(doorman(settings, desk.clock)),
        paths=PATHS,
        pages=PAGES if pages else (),
        open_paths=OPEN,
        new_id=desk.new_id,
        largest=settings.largest_body,
        slowest=settings.slowest_body,
        roomy={o.path: settings.largest_batch for o in OPERATIONS if o.many},
    )


def _take_off_what_it_brings(hosted: Starlette) -> None:
    hosted.router.redirect_slashes = False
    hosted.router.routes[:] = [r for r in hosted.routes if getattr(r, "name", "") == _DESK]
    there = {getattr(layer.cls, "__name__", ""): layer for layer in hosted.user_middleware}
    hosted.user_middleware = [layer for name, layer in there.items() if name not in _BROUGHT]
    if len(hosted.routes) != 1 or not there.keys() >= _BROUGHT:
        raise RuntimeError("this bentoml is not the one that serving.service knows")
