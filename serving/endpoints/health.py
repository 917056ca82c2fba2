"""GET /livez and GET /readyz: whether the process answers, and whether a score could be given."""

from typing import Literal

from serving.champions import Standing
from serving.desk import Desk
from serving.problems import unavailable
from serving.shape import Shape


class Response(Shape, title="Health"):
    """How the desk is; `registry` is stale where who is to answer by now cannot be taken."""

    status: Literal["alive", "ready"]
    registry: Literal["current", "stale"] | None = None


def alive(desk: Desk) -> bytes:
    """Alive: nothing else is looked at, so that a desk without its journal is not restarted."""
    return Response(status="alive").json_bytes


def ready(desk: Desk) -> bytes:
    """Ready where an answer could be given now: the default model loaded, the journal in place."""
    if desk.model not in desk.champions:
        raise unavailable("model_unavailable")
    try:
        desk.journal.check()
    except OSError:
        raise unavailable("journal_unavailable") from None
    stale = isinstance(desk.champions, Standing) and desk.champions.stale
    return Response(status="ready", registry="stale" if stale else "current").json_bytes
