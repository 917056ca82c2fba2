"""An entry: one answer as the journal keeps it, or what was done about one later."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from serving.who.asker import NOBODY, Asker


@dataclass(frozen=True)
class Entry:
    """One answer: when, from which model, to what, and the bytes that leave.

    `asked` is the request as canonical JSON, and `request` its SHA-256; `row` maps columns to
    numbers, None where missing; `answer` is canonical JSON, `page` the report where one was asked
    for. What is not an answer itself says which one it is `about`. Under a `key` there is one entry
    at the most: who asks again with it is given that one, if what was `sent` is the same. `asker`
    is who asked, through whom, for what, and by which rules of the policy. `reason` is the code of
    why a child's records were erased or held.
    """

    id: str
    at: datetime
    kind: str
    model: str
    version: int
    digest: str
    lock: str
    request: str
    asked: bytes
    child: str
    cutoff: date
    row: Mapping[str, float | None]
    probability: float | None
    score: int | None
    band: str | None
    answer: bytes
    page: bytes | None
    about: str | None = None
    key: str | None = None
    sent: str | None = None
    asker: Asker = NOBODY
    reason: str | None = None

    @property
    def office(self) -> str:
        """The office of the case: the one that was named, or else that of who asked."""
        return json.loads(self.asked).get("office") or self.asker.office or ""


@dataclass(frozen=True)
class Served:
    """What a model was asked and what it said, for those who watch it."""

    at: datetime
    version: int
    child: str
    cutoff: date
    row: Mapping[str, float | None]
    probability: float | None
    score: int | None
    band: str | None
    answer: bytes
    kind: str
