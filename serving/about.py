"""About an answer: whoever reads, reviews or contests one leaves a record behind it, first."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from serving.at_hand import journal_at_hand
from serving.desk import REFUSED, Desk
from serving.journal import Entry
from serving.journal.reading import QUARANTINE
from serving.problems import NO_SCORE, Problem
from serving.shape import Shape
from serving.strict_json import canonical
from serving.who.asker import ITSELF

READ, REVIEW, CONTEST, CORRECTION = "read", "review", "contest", "correction"
DECISION, TENDING = "contest_decision", "tending"

Say = Callable[[str, datetime], bytes]


class ScoreId(Shape):
    """Which answer is meant."""

    score_id: str


class CorrectionShape(Shape, title="Correction"):
    """That a contested fact behind an answer was corrected, and which answer takes its place."""

    correction_id: str
    contest_id: str
    score_id: str
    new_score_id: str
    at: datetime


def read_by(desk: Desk, kept: Entry, what: str, said: bytes) -> bytes:
    """What is said about an answer, once it is on record that it was read, and its hash."""
    asked = canonical({"read": what})
    keep_about(desk, kept, READ, asked, lambda *_: canonical({"sha256": _sha256(said)}))
    return said


def refuse_quarantined(desk: Desk, kept: Entry) -> None:
    """Raise Problem for an answer whose row could not be answered the same again."""
    with journal_at_hand():
        since = desk.journal.about(kept.id, QUARANTINE)
    if since:
        raise Problem("quarantined", NO_SCORE)


def readers(desk: Desk, answer: Entry) -> set[str]:
    """Who was given an answer, or has read, reviewed or contested it since."""
    with journal_at_hand():
        since = desk.journal.persons_about(answer.id, but=REFUSED)
    return {answer.asker.person, *since} - {ITSELF.person}


def keep_first(
    desk: Desk,
    kept: Entry,
    kind: str,
    asked: bytes,
    say: Say,
    same: Callable[[bytes], bool] = lambda _: True,
) -> tuple[bytes, bool]:
    """What was said first, of a kind that is said once about a record, and whether that is this.

    `same` tells whether something of the kind is about the same thing, too. Of all who ask at the
    same instant, in whichever process, one is the first.
    """

    def look() -> None:
        said = (entry.answer for entry in desk.journal.about(kept.id, kind))
        for earlier in filter(same, said):
            raise _SaidBefore(earlier)

    try:
        return keep_about(desk, kept, kind, asked, say, look), True
    except _SaidBefore as before:
        return before.answer, False


class _SaidBefore(Exception):
    """It is on record what was said of it."""

    def __init__(self, answer: bytes) -> None:
        super().__init__()
        self.answer = answer


def keep_about(
    desk: Desk,
    kept: Entry,
    kind: str,
    asked: bytes,
    say: Say,
    look: Callable[[], None] = lambda: None,
) -> bytes:
    """What is said to whoever asks something about an answer; it is in the journal already.

    `say` is given the id and the time of the record, and `look` is the journal's last look before
    it is kept. Raises Problem where it cannot be kept.
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

    return desk.once(made, look).answer


def _sha256(said: bytes) -> str:
    return hashlib.sha256(said).hexdigest()
