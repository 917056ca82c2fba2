"""A crowd that asks a desk at a steady pace, whether or not it keeps up."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import count
from threading import Lock

LONGEST_SILENCE = 2.0  # seconds; after five the server closes a connection, just as one may ask


@dataclass(frozen=True)
class Reply:
    """What came of a request: the status, 0 where there was none, the body, and how long it took.

    The seconds count from when it was to be asked: who asks late has waited, too.
    """

    status: int
    body: bytes
    seconds: float
    retry_after: str | None = None


def ask_at_pace(
    port: int,
    rate: float,
    seconds: float,
    said: object,
    path: str = "/v1/score",
    headers: Mapping[str, str] | None = None,
) -> list[Reply]:
    """Ask so many times a second for so long; all replies. Where nothing is said, it is a GET."""
    body = None if said is None else json.dumps(said).encode()
    sent = dict(headers or {}) | ({"content-type": "application/json"} if body else {})
    many, begin = int(rate * seconds), time.perf_counter()
    numbers, guard, replies = count(), Lock(), list[Reply]()

    def ask_on() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        while True:
            with guard:
                number = next(numbers)
            if number >= many:
                connection.close()
                return
            due = begin + number / rate
            wait = max(0.0, due - time.perf_counter())
            if wait > LONGEST_SILENCE:
                connection.close()  # it is opened anew for the next
            time.sleep(wait)
            replies.append(_ask(connection, path, body, sent, due))

    with ThreadPoolExecutor(max_workers=min(many, 160)) as crowd:
        for _ in range(min(many, 160)):
            crowd.submit(ask_on)
    return replies


def _ask(
    connection: HTTPConnection, path: str, body: bytes | None, sent: Mapping[str, str], due: float
) -> Reply:
    try:
        connection.request("POST" if body else "GET", path, body, dict(sent))
        reply = connection.getresponse()
        said = reply.read()
    except (OSError, HTTPException):
        connection.close()
        return Reply(0, b"", time.perf_counter() - due)
    after = reply.getheader("retry-after")
    return Reply(reply.status, said, time.perf_counter() - due, after)


def percentile(replies: Sequence[Reply], share: float, *, only: Callable[[Reply], bool]) -> float:
    """The milliseconds within which that share of the chosen replies came."""
    taken = sorted(1000 * reply.seconds for reply in replies if only(reply))
    return taken[min(len(taken) - 1, int(share * len(taken)))] if taken else float("inf")


def answered(reply: Reply) -> bool:
    """Whether the reply is an answer."""
    return reply.status == 200


def failed(replies: Sequence[Reply]) -> int:
    """How many replies are neither answers nor say when to ask again."""
    told = {429, 503}
    return sum(
        not answered(reply) and (reply.status not in told or not reply.retry_after)
        for reply in replies
    )
