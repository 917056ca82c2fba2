"""The guard: the outermost wall of the server, through which everything comes and goes.

It asks who comes, takes only whole, small bodies of JSON, answers every fault in the one shape, and
writes one log line a request. Nothing raised inside reaches the server around it.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving import tracing
from serving.log import log, log_fault
from serving.metrics import REQUESTS
from serving.problems import MEDIA_TYPE, Problem
from serving.who.asker import NOBODY, Asker
from serving.who.doorman import Doorman

JSON_TYPES = {
    "application/json",
    "application/json;charset=utf-8",
    'application/json;charset="utf-8"',
}
FORM_TYPES = {"application/x-www-form-urlencoded"}
HEARD_OUT = 32  # times the largest body: who sends up to that much is still told why it is refused
_HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_NOTHING = (
    "default-src 'none'; frame-ancestors 'none'"  # what a page may do that says nothing of it
)


@dataclass
class Guard:
    """An ASGI application around another; `largest` in bytes, `slowest` in seconds.

    Who asks for one of the `open_paths` is not asked who they are; `pages` ask that themselves, and
    take forms. `roomy` names the paths that take more bytes than that.
    """

    app: ASGIApp
    ask: Doorman
    paths: Iterable[str]
    open_paths: Iterable[str]
    new_id: Callable[[], str]
    largest: int
    slowest: float
    roomy: Mapping[str, int] = field(default_factory=dict)
    pages: Iterable[str] = ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            headers = Headers(scope=scope)
            reply = Reply(send, self.new_id(), _reads_plain_json_only(headers.get("accept", "")))
            await self._watch(scope, receive, reply, headers.get("traceparent"))

    async def _watch(
        self, scope: Scope, receive: Receive, reply: "Reply", caller: str | None
    ) -> None:
        """Answer, and tell trace, log and metrics of it: by the path's template, not its ids."""
        clock = asyncio.get_running_loop().time
        begun = clock()
        method = scope["method"] if scope["method"] in _METHODS else "other"
        known = (*self.paths, *self.pages)
        path = next((p for p in known if _matches(p, scope["path"])), "other")
        with tracing.request(method, path, reply.request_id, caller) as span:
            await self._answer(scope, receive, reply)
            tracing.answered(span, reply.status)
        seconds = clock() - begun
        REQUESTS.labels(path, method, reply.status).observe(seconds)
        log(
            "request",
            requestId=reply.request_id,
            method=method,
            path=path,
            status=reply.status,
            milliseconds=round(1000 * seconds, 1),
        )

    async def _answer(self, scope: Scope, receive: Receive, reply: "Reply") -> None:
        scope["state"] = {**scope.get("state", {}), "request_id": reply.request_id}
        try:
            if not scope["path"].isprintable():  # around us, a line break is the end of a path
                raise Problem("not_found", "No path has such characters.")
            body = await self._let_in(scope, receive)
            await self.app(scope, _once(body, receive), reply)
        except Problem as problem:
            await reply.problem(problem)
        except Exception as fault:  # noqa: BLE001  # whatever it is, it must not get out
            log_fault("a fault of ours", fault, requestId=reply.request_id)
            await reply.problem(Problem("internal_error", "It is logged under this instance."))

    async def _let_in(self, scope: Scope, receive: Receive) -> bytes:
        """The body of who may come in, who is kept beside it; raises Problem for anybody else."""
        headers = Headers(scope=scope)
        try:
            scope["state"]["asker"] = self._asker(headers, scope)
        except Problem:
            with suppress(Problem):
                await self._body(headers, scope, receive)  # heard out, and not looked at
            raise
        return await self._body(headers, scope, receive)

    def _asker(self, headers: Headers, scope: Scope) -> Asker:
        is_open = scope["path"] in self.open_paths or self._is_page(scope)
        who = NOBODY if is_open else self.ask(headers)
        return who.for_purpose(headers.get("purpose-of-use"), scope["state"]["request_id"])

    def _is_page(self, scope: Scope) -> bool:
        return any(_matches(page, scope["path"]) for page in self.pages)

    async def _body(self, headers: Headers, scope: Scope, receive: Receive) -> bytes:
        """The whole body; raises Problem where it is not JSON by its headers, large or slow."""
        largest = self.roomy.get(scope["path"], self.largest)
        announced = headers.get("content-length", "0")
        empty = announced == "0" and "transfer-encoding" not in headers
        if empty and "content-type" not in headers:  # nothing came; who needs a body says so
            return b""
        kind = headers.get("content-type", "").lower().replace(" ", "")
        taken = FORM_TYPES if self._is_page(scope) else JSON_TYPES
        if kind not in taken or headers.get("content-encoding", "identity") != "identity":
            raise Problem("unsupported_media_type", "Send application/json in UTF-8, not packed.")
        if not announced.isdecimal() or int(announced) > HEARD_OUT * largest:
            raise _too_large(largest)
        try:
            async with asyncio.timeout(self.slowest):
                return await self._received(receive, largest)
        except TimeoutError:
            raise Problem("body_too_slow", f"Send it within {self.slowest:g} seconds.") from None

    async def _received(self, receive: Receive, largest: int) -> bytes:
        """The body; of one that is too large the rest is heard out, and thrown away.

        Who is refused while still sending sees the connection break, and never learns why.
        """
        parts: list[bytes] = []
        size, more = 0, True
        while more and size <= HEARD_OUT * largest:
            message = await receive()
            if message["type"] == "http.disconnect":
                break
            part = message.get("body", b"")
            size += len(part)
            if size <= largest:
                parts.append(part)
            more = message.get("more_body", False)
        if size > largest:
            raise _too_large(largest)
        return b"".join(parts)


def _too_large(largest: int) -> Problem:
    return Problem("body_too_large", f"At most {largest:,} bytes are taken.")


_METHODS = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}


@dataclass
class Reply:
    """The way out: adds headers that every reply has, and remembers whether one has begun.

    To a `plain` client, which knows no problem details, the same problem goes out as plain JSON.
    """

    send: Send
    request_id: str
    plain: bool = False
    status: int = field(default=0)

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers.update(_HEADERS)
            headers.setdefault("content-security-policy", _NOTHING)
            headers["x-request-id"] = self.request_id
            del headers["server"]
            if self.plain and headers.get("content-type") == MEDIA_TYPE:
                headers["content-type"] = "application/json"
        await self.send(message)

    async def problem(self, problem: Problem) -> None:
        """Send a problem, unless a reply has begun: then the broken connection says it."""
        if not self.status:
            body = problem.body(self.request_id)
            told = {
                "content-type": MEDIA_TYPE,
                "content-length": str(len(body)),
                **problem.told_in_headers,
            }
            headers = [(name.encode(), value.encode()) for name, value in told.items()]
            start = {
                "type": "http.response.start",
                "status": problem.kind.status,
                "headers": headers,
            }
            await self(start)
            await self.send({"type": "http.response.body", "body": body})


def _reads_plain_json_only(accept: str) -> bool:
    return "application/json" in accept and MEDIA_TYPE not in accept and "*/*" not in accept


def _matches(template: str, path: str) -> bool:
    """Whether a path is of a template, such as `/v1/score/{scoreId}`."""
    told, said = template.split("/"), path.split("/")
    return len(told) == len(said) and all(
        a == b or a[:1] == "{" for a, b in zip(told, said, strict=True)
    )


def _once(body: bytes, receive: Receive) -> Receive:
    """A receive that hands the whole body over, and then what else comes."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Message:
        return waiting.pop() if waiting else await receive()

    return received
