"""Problems, told in one shape: RFC 9457 problem details, with places and reasons, never values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from serving.strict_json import canonical

MEDIA_TYPE = "application/problem+json"
MOST_TOLD = 50  # a reader mends the first ones and asks again
_SAFE_PART = re.compile(r"\A[A-Za-z_][A-Za-z0-9_]{0,63}(?:\[\d+\])?\Z")

NO_SCORE = (
    "No score was given. Follow the office's screening policy. "
    "スコアは出ていません。所の受理基準に従って判断してください。"
)


@dataclass(frozen=True)
class Kind:
    """One kind of problem: its HTTP status and its title."""

    status: int
    title: str


NOT_KEPT = (
    "Nothing of this request was kept: send it again, with the same ids. "
    "何も保存されていません。同じ識別番号でもう一度送ってください。"
)
KINDS: Mapping[str, Kind] = {
    "malformed_json": Kind(400, "The body is not strict JSON"),
    "malformed_request": Kind(400, "This is no request of HTTP/1.1"),
    "bad_header": Kind(400, "A header says what cannot be taken"),
    "unauthenticated": Kind(401, "It is not certain who asks"),
    "forbidden": Kind(403, "This is not permitted to who asks"),
    "not_found": Kind(404, "There is nothing at this path"),
    "method_not_allowed": Kind(405, "This path does not take this method"),
    "conflict": Kind(409, "It was told otherwise before"),
    "not_again": Kind(409, "The answer cannot be worked out again"),
    "quarantined": Kind(409, "The answer is in quarantine: its row came out otherwise"),
    "still_running": Kind(409, "The first request with this key is still being answered"),
    "head_too_slow": Kind(408, "The head of the request took too long to arrive"),
    "body_too_slow": Kind(408, "The body took too long to arrive"),
    "erased": Kind(410, "What was kept of this child was erased"),
    "data_missing": Kind(412, "The hook was called without what a score needs"),
    "body_too_large": Kind(413, "The body is too large"),
    "unsupported_media_type": Kind(415, "The body must be application/json in UTF-8"),
    "key_taken": Kind(422, "This key was used for another request"),
    "invalid_request": Kind(422, "The request cannot be answered as it stands"),
    "head_too_large": Kind(431, "The head of the request is too large"),
    "too_many": Kind(429, "This caller asks too often"),
    "internal_error": Kind(500, "Something is wrong on our side"),
    "busy": Kind(503, "More is asked than can be answered"),
    "jobs_unavailable": Kind(503, "Jobs cannot be kept"),
    "journal_unavailable": Kind(503, "The journal cannot be written"),
    "pdf_unavailable": Kind(503, "Nothing here sets a page on paper"),
    "model_unavailable": Kind(503, "The model is not loaded"),
    "store_unavailable": Kind(503, "The store is not to be had"),
}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field: its place in the request, and why."""

    field: str
    reason: str


@dataclass(eq=False)
class Problem(Exception):
    """Why a question got no answer: the code of a kind, and what to do about it."""

    code: str
    detail: str
    errors: tuple[FieldProblem, ...] = field(default=())
    headers: tuple[tuple[str, str], ...] = field(default=())
    retry_after: int | None = None  # seconds

    @property
    def kind(self) -> Kind:
        """The status and the title."""
        return KINDS[self.code]

    @property
    def told_in_headers(self) -> dict[str, str]:
        """The headers that go with it; when to ask again stands in the body, too."""
        after = {} if self.retry_after is None else {"retry-after": str(self.retry_after)}
        return {**dict(self.headers), **after}

    def told(self, request_id: str) -> dict[str, object]:
        """The problem as problem details."""
        return {
            "type": f"urn:kizuki:problem:{self.code}",
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.detail,
            "instance": f"urn:uuid:{request_id}",
            "code": self.code,
            "retryAfterSeconds": self.retry_after,
            "errors": [{"field": e.field, "reason": e.reason} for e in self.errors],
        }

    def body(self, request_id: str) -> bytes:
        """The same as it leaves."""
        return canonical(self.told(request_id))


def invalid(errors: Iterable[FieldProblem]) -> Problem:
    """The problem of a request with fields that cannot be taken; the first fifty are told."""
    return _told("invalid_request", errors)


def conflicting(errors: Iterable[FieldProblem]) -> Problem:
    """The problem of a request that says otherwise what was told before; the first fifty fields."""
    return _told("conflict", errors)


def unavailable(code: str) -> Problem:
    """The problem of a desk that cannot answer now; the words keep the office working."""
    return Problem(code, NO_SCORE)


def erased() -> Problem:
    """The problem of an answer of which nothing can be read any more."""
    return Problem("erased", "Nobody can read it any more. もう誰にも読めません。")


def _told(code: str, errors: Iterable[FieldProblem]) -> Problem:
    found = tuple(errors)
    told = tuple(FieldProblem(_safe(error.field), error.reason) for error in found[:MOST_TOLD])
    count = f"{len(found)} field(s)" if len(found) <= MOST_TOLD else f"the first {MOST_TOLD} fields"
    return Problem(code, f"Mend {count} and ask again.", told)


def _safe(place: str) -> str:
    """The place, with each name that is not a plain word left out: it could hold case data."""
    return ".".join(part if _SAFE_PART.match(part) else "?" for part in place.split("."))
