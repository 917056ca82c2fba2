"""About an answer: whoever reads, reviews or contests one leaves a record behind it, first."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from serving.desk import Desk
from serving.journal import Entry
from serving.shape import Shape
from serving.strict_json import canonical

READ, REVIEW, CONTEST = "read", "review", "contest"


class ScoreId(Shape):
    """Which answer is meant."""

    score_id: str


def read_by(desk: Desk, kept: Entry, what: str, said: bytes) -> bytes:
    """What is said about an answer, once it is on record that it was read, and its hash."""
    asked = canonical({"read": what})
    keep_about(desk, kept, READ, asked, lambda *_: canonical({"sha256": _sha256(said)}))
    return said


def keep_about(
    desk: Desk, kept: Entry, kind: str, asked: bytes, say: Callable[[str, datetime], bytes]
) -> bytes:
    """What is said to whoever asks something about an answer; it is in the journal already.

    `say` is given the id and the time of the record. Raises Problem where it cannot be kept.
    """
    request = _sha256(asked)

    def made() -> Entry:
        record_id, at = desk.new_id(), desk.clock()
        return replace(
            kept,
            id=record_id,
            at=at,
            kind=kind,
            request=request,
            asked=asked,
            row={},
            probability=None,
            score=None,
            band=None,
            answer=say(record_id, at),
            page=None,
            about=kept.id,
            key=None,
            sent=None,
        )

    return desk.once(made).answer


def _sha256(said: bytes) -> str:
    return hashlib.sha256(said).hexdigest()
