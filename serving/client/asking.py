"""How the client asks: one request, one answer of a known type, or a problem that is raised."""

from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel

from serving.client import shapes

LONGEST_WAIT = 30.0  # seconds
_Answer = TypeVar("_Answer", bound=BaseModel)


class Refused(Exception):
    """There is no answer; `problem` says why, and what to do."""

    def __init__(self, problem: shapes.Problem) -> None:
        places = "; ".join(f"{error.field} {error.reason}" for error in problem.errors)
        super().__init__(f"{problem.title}: {places or problem.detail}")
        self.problem = problem


class Asking:
    """A desk at an address; `headers` go with every request, such as those that say who asks."""

    def __init__(
        self,
        address: str,
        headers: Mapping[str, str] | None = None,
        http: httpx.Client | None = None,
    ) -> None:
        self._http = http or httpx.Client(timeout=LONGEST_WAIT)
        self._address = address.rstrip("/")
        self._headers = dict(headers or {})

    def ask(
        self,
        method: str,
        path: str,
        answer: type[_Answer],
        *,
        request: BaseModel | None = None,
        key: str | None = None,
        query: Mapping[str, int | str | None] | None = None,
    ) -> _Answer:
        """The answer; raises Refused where there is none, and httpx.HTTPError without a desk."""
        headers = {**self._headers, **({"Idempotency-Key": key} if key else {})}
        body = None
        if request is not None:
            headers["Content-Type"] = "application/json"
            body = request.model_dump_json(by_alias=True, exclude_unset=True).encode()
        told = {name: value for name, value in (query or {}).items() if value is not None}
        reply = self._http.request(
            method, self._address + path, content=body, headers=headers, params=told
        )
        if not reply.is_success:
            raise Refused(shapes.Problem.model_validate_json(reply.content))
        return answer.model_validate_json(reply.content)

    @staticmethod
    def part(text: str) -> str:
        """A part of a path, in which nothing can point elsewhere."""
        return quote(text, safe="")
