"""The reader of requests: uvicorn's, whose heads come to an end, and who refuses in the one shape.

It is h11's, not the quicker httptools': that one has no limit on the size of a head.
"""

import asyncio
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from serving.log import log
from serving.problems import MEDIA_TYPE, Problem

LARGEST_HEAD = 2**16  # bytes of a request before its body


class Reader(H11Protocol):
    """A connection; who sends no whole head within so many seconds is refused, and cut off."""

    def __init__(self, slowest: float, new_id: Callable[[], str], **of_uvicorn: Any) -> None:
        super().__init__(**of_uvicorn)
        self._slowest, self._new_id = slowest, new_id
        self._too_late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read on; between two requests uvicorn itself waits, until the next one begins."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._wait_no_more()
        elif self._too_late is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of it."""
        self._wait_no_more()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  # ours say what to do
        """Refuse what h11 cannot read."""
        too_large = getattr(sys.exception(), "error_status_hint", 400) == 431
        if too_large:
            self._refuse(Problem("head_too_large", f"At most {LARGEST_HEAD:,} bytes are taken."))
        else:
            self._refuse(Problem("malformed_request", "Send it as RFC 9112 says."))

    def _wait(self) -> None:
        detail = f"Send it within {self._slowest:g} seconds."
        refuse = partial(self._refuse, Problem("head_too_slow", detail))
        self._too_late = self.loop.call_later(self._slowest, refuse)

    def _wait_no_more(self) -> None:
        if self._too_late is not None:
            self._too_late.cancel()
            self._too_late = None

    def _refuse(self, problem: Problem) -> None:
        """Send a problem and close, unless a reply has begun: then the closing says it."""
        request_id, status = self._new_id(), problem.kind.status
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            body = problem.body(request_id)
            headers = [("content-type", MEDIA_TYPE), ("content-length", str(len(body)))]
            headers += [("connection", "close"), ("x-request-id", request_id)]
            reply = (h11.Response(status_code=status, headers=headers), h11.Data(data=body))
            for part in (*reply, h11.EndOfMessage()):
                self.transport.write(self.conn.send(part) or b"")
        log("refused before it was whole", requestId=request_id, status=status)
        self.transport.close()
